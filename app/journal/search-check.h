/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * ym_search_check:
 * @good: (out): whether a search finds all that it should, as far as the index is made
 *
 * Holds the index of words against the records, all of it: takes some 20 microseconds a record. Reads only; inside the caller's
 * transaction, so that all is of one moment. A store without an index is good. FALSE with @error if it can't be read.
 */
gboolean ym_search_check (sqlite3 *db, gboolean *good, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
