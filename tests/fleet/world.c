/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time, luck, the trace and the verdict of one simulation. */

#include "tests/fleet/world.h"

#include <string.h>

void
world_init (World *world, guint64 seed)
{
  *world = (World){ .seed = seed, .agenda = agenda_new (), .chance = chance_new (seed) };
}

void
world_clear (World *world)
{
  g_clear_pointer (&world->agenda, agenda_free);
  g_clear_pointer (&world->failure, g_free);
}

gint64
world_now_us (World *world)
{
  return WORLD_BEGIN_US + agenda_now_us (world->agenda);
}

/* FNV-1a (RFC draft-eastlake-fnv): order matters, nothing else does. */
static guint64
mix (guint64 hash, const char *text)
{
  for (; *text != '\0'; text++)
    hash = (hash ^ (guint8) *text) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

static char *
format_line (World *world, const char *format, va_list arguments)
{
  const gint64 now_us = agenda_now_us (world->agenda);
  g_autofree char *what = g_strdup_vprintf (format, arguments);

  return g_strdup_printf ("%6" G_GINT64_FORMAT ".%06" G_GINT64_FORMAT " %s", now_us / SECOND_US, now_us % SECOND_US, what);
}

void
world_note (World *world, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = format_line (world, format, arguments);
  va_end (arguments);
  world->trace = mix (world->trace, line);
  world->n_notes++;
  if (world->is_shown)
    g_print ("%s\n", line);
}

void
world_fail (World *world, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = format_line (world, format, arguments);
  va_end (arguments);
  if (world->is_shown)
    g_print ("%s\n", line);
  if (world->failure == NULL)
    world->failure = g_steal_pointer (&line);
}
