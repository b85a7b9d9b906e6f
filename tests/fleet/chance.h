/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Chance: One stream of luck, which follows from its seed alone. */
typedef struct {
  guint64 state;
} Chance;

Chance chance_new (guint64 seed);
guint64 chance_next (Chance *chance);

/** chance_below: From 0 up to, and without, @end, which is above 0. */
guint chance_below (Chance *chance, guint end);

/** chance_between: From @least to @most, both included. */
gint64 chance_between (Chance *chance, gint64 least, gint64 most);

/** chance_percent: TRUE in @percent of a hundred cases. */
gboolean chance_percent (Chance *chance, guint percent);

G_END_DECLS
