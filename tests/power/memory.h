/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SQLite's memory, which can run out. For programs with one thread. */

/** memory_init: Before SQLite is used. */
void memory_init (void);

/** memory_fail: At the @nth allocation from now on SQLite gets none, once or from then on; 0: it gets what it asks for. */
void memory_fail (guint nth, gboolean from_then_on);

/** memory_hold: While held, SQLite gets what it asks for and nothing is counted: for what is not on trial. */
void memory_hold (gboolean held);

/** memory_has_failed: Whether that has happened. */
gboolean memory_has_failed (void);

/** memory_count: How many allocations there were. */
guint memory_count (void);

G_END_DECLS
