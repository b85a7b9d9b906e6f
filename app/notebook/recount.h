/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * YmRecount:
 *
 * The scan that shows what opening a store can't: pages put back from an older copy. It runs on a thread and a connection
 * of its own, so neither lane waits for it, and can be stopped at any point.
 */
typedef struct _YmRecount YmRecount;

/**
 * YmRecounted:
 * @damage: (nullable): %NULL if all is well; else what is wrong, as a sentence
 * @named: (nullable) (element-type utf8): with @damage: what exactly, line by line
 */
typedef void (*YmRecounted) (gpointer data, const GError *damage, GPtrArray *named);

/**
 * ym_recount_start:
 * @notebook: of an enrolled device; outlives the recount
 * @recounted: called once on the caller's main context, unless the recount is stopped before
 *
 * Returns: (transfer full): give it to ym_recount_stop() and ym_recount_free()
 */
YmRecount *ym_recount_start (YmNotebook *notebook, YmRecounted recounted, gpointer data);

/** ym_recount_stop: From the thread that started it: @recounted is not called any more. Does not wait. */
void ym_recount_stop (YmRecount *recount);

/** ym_recount_free: After ym_recount_stop(), from any thread: waits, for a moment, for its thread to end. %NULL is allowed. */
void ym_recount_free (YmRecount *recount);

G_END_DECLS
