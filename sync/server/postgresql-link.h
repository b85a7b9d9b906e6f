/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libpq-fe.h>

#include "app/base/id.h"

G_BEGIN_DECLS

/**
 * YmLink:
 * @pg: the connection
 * @notices: warnings and notices that came since ym_link_commit() last looked
 *
 * One connection to a PostgreSQL server that takes writes and means it when it says that it has them.
 */
typedef struct {
  PGconn *pg;
  guint notices;
} YmLink;

/**
 * ym_link_open:
 * @url: "postgresql://..." or any other connection string of libpq's
 *
 * Connects to the first of the URL's hosts that takes writes. Over a network the server must show a certificate for its
 * name (sslmode=verify-full) unless the URL says otherwise. The session commits to disk and to synchronous standbys, and
 * waits for nothing for ever.
 *
 * Returns: (transfer full) (nullable): %NULL with YM_ERROR_NETWORK, or YM_ERROR_INVALID for a database that does not keep
 *   what it acknowledges
 */
YmLink *ym_link_open (const char *url, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_link_close (YmLink *link);

/**
 * ym_link_run:
 * @sql: one statement with $1, $2... for each letter of @types
 * @types: what follows, one letter each: `i` gint64, `d` const YmId *, `h` const YmHash *, `b` GBytes *, `t` text, `a`
 *   GPtrArray * of GBytes, for an array of bytea
 *
 * Returns: (transfer full) (nullable): its rows, in binary; %NULL with YM_ERROR_NETWORK, whatever the reason; the SQLSTATE
 *   is in @error's message
 */
PGresult *ym_link_run (YmLink *link, GError **error, const char *sql, const char *types, ...) G_GNUC_WARN_UNUSED_RESULT;

/** ym_link_do: As ym_link_run(), where nothing is to be read. */
gboolean ym_link_do (YmLink *link, GError **error, const char *sql, const char *types, ...) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_link_commit:
 *
 * TRUE only if the server said COMMIT and not one word more: a warning there means that it did not wait for its standby,
 * or could not. FALSE does not mean that nothing was done.
 */
gboolean ym_link_commit (YmLink *link, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gint64 ym_link_integer (const PGresult *rows, int row, int column);
YmId ym_link_id (const PGresult *rows, int row, int column);
YmHash ym_link_hash (const PGresult *rows, int row, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmLink, ym_link_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

G_END_DECLS
