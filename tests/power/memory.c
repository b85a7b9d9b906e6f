/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Between SQLite and malloc(): an allocation can fail. */

#include "tests/power/memory.h"

#include <sqlite3.h>

static sqlite3_mem_methods below;
static guint count;
static guint fail_in;
static gboolean fails_on;
static gboolean met;
static gboolean is_held;

static gboolean
fails_now (void)
{
  if (is_held)
    return FALSE;
  count++;
  if (fail_in > 0 && --fail_in == 0)
    {
      met = TRUE;
      return TRUE;
    }
  return met && fails_on;
}

static void *
allocate (int bytes)
{
  return fails_now () ? NULL : below.xMalloc (bytes);
}

static void *
reallocate (void *memory, int bytes)
{
  return fails_now () ? NULL : below.xRealloc (memory, bytes);
}

void
memory_init (void)
{
  sqlite3_mem_methods methods;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &below), ==, SQLITE_OK);
  methods = below;
  methods.xMalloc = allocate;
  methods.xRealloc = reallocate;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &methods), ==, SQLITE_OK);
}

void
memory_fail (guint nth, gboolean from_then_on)
{
  fail_in = nth;
  fails_on = from_then_on;
  met = FALSE;
}

void
memory_hold (gboolean held)
{
  is_held = held;
}

gboolean
memory_has_failed (void)
{
  return met;
}

guint
memory_count (void)
{
  return count;
}
