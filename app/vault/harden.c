/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps a process's memory, where keys and records are, out of files and of other processes, and what SQLite gives back
 * from being found in it after the store is locked. */

#include "app/vault/harden.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/base/error.h"

/* SQLite's own allocator, under the one that wipes. */
static sqlite3_mem_methods plain;

static void
wiping_free (void *memory)
{
  if (memory == NULL)
    return;
  sodium_memzero (memory, plain.xSize (memory));
  plain.xFree (memory);
}

/* Never in place: what is cut off or left behind would stay as it was. */
static void *
wiping_realloc (void *memory, int bytes)
{
  void *moved = plain.xMalloc (bytes);

  if (moved == NULL)
    return NULL;
  memcpy (moved, memory, MIN (bytes, plain.xSize (memory)));
  wiping_free (memory);
  return moved;
}

static int
have_sqlite_wipe (void)
{
  sqlite3_mem_methods wiping;
  int result = sqlite3_config (SQLITE_CONFIG_GETMALLOC, &plain);

  if (result != SQLITE_OK)
    return result;
  wiping = plain;
  wiping.xFree = wiping_free;
  wiping.xRealloc = wiping_realloc;
  return sqlite3_config (SQLITE_CONFIG_MALLOC, &wiping);
}

gboolean
ym_process_harden (GError **error)
{
  const struct rlimit none = { 0, 0 };

  if (prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || setrlimit (RLIMIT_CORE, &none) != 0)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_STORAGE, _ ("The system refuses to turn memory dumps off: %s."),
                   g_strerror (errno));
      return FALSE;
    }
  if (have_sqlite_wipe () == SQLITE_OK)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("The program used its database before it was protected. Start it again."));
  return FALSE;
}

void
ym_process_do_without_slices (char **argv)
{
  if (glib_check_version (2, 76, 0) == NULL || g_strcmp0 (g_getenv ("G_SLICE"), "always-malloc") == 0)
    return;
  g_setenv ("G_SLICE", "always-malloc", TRUE);
  execv ("/proc/self/exe", argv);
}
