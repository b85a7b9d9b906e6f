/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * ym_try_out_make:
 * @directory: of its own; what an earlier try left there goes first
 * @options: copied
 *
 * Makes a notebook with a whole made-up force, off the main loop. Its passphrase is random and forgotten: once closed,
 * nobody opens it again.
 */
void ym_try_out_make (const char *directory, const YmStoreOptions *options, GAsyncReadyCallback callback, gpointer user_data);

/** ym_try_out_make_finish: (transfer full) (nullable) */
YmNotebook *ym_try_out_make_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_try_out_remove: Removes the folder with all that is in it, off the main loop; @callback takes no result. */
void ym_try_out_remove (const char *directory, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
