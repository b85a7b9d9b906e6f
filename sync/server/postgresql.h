/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/server/ledger-seal.h"
#include "sync/server/order.h"

G_BEGIN_DECLS

/**
 * YmPostgresql:
 *
 * An order in a PostgreSQL database, for any number of server processes. docs/server.md has its tables and what an
 * operator does with them. The order belongs to one thread; it can be lost and found again while it is open.
 */
typedef struct _YmPostgresql YmPostgresql;

/**
 * YmPostgresqlOptions:
 * @url: of the database, as libpq takes it; may name several hosts
 * @key: seals what goes there
 * @random: for nonces
 * @term: the highest fencing term that this server has seen so far; an order with a lower one is of a database that was
 *   replaced, and is not spoken to
 * @moving: to move a ledger in or out: also one that is closed is spoken to
 * @saw_term: (nullable): makes a higher one durable
 * @context: handed to @saw_term
 */
typedef struct {
  const char *url;
  const YmSecret *key;
  const YmRandom *random;
  guint64 term;
  gboolean moving;
  gboolean (*saw_term) (gpointer context, guint64 term, GError **error);
  gpointer context;
} YmPostgresqlOptions;

/**
 * ym_postgresql_open:
 *
 * Connects, and makes the tables in a database that has none.
 *
 * Returns: (transfer full) (nullable): %NULL with YM_ERROR_NETWORK, or YM_ERROR_INVALID for a database that is not to be
 *   trusted
 */
YmPostgresql *ym_postgresql_open (const YmPostgresqlOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_postgresql_free (YmPostgresql *postgresql);

/** ym_postgresql_get_order: (transfer none): Valid as long as @postgresql. */
const YmOrder *ym_postgresql_get_order (YmPostgresql *postgresql);

/**
 * ym_postgresql_raise_term:
 * @epoch: (nullable): a new one for the positions from here on, where acknowledged envelopes may have been lost; %NULL to
 *   keep it
 * @term: (out): the new term
 *
 * Fences off every process that speaks to a database as it was before: for after a standby was promoted. Errors also:
 * YM_ERROR_NOT_FOUND if the database has no ledger of @force.
 */
gboolean ym_postgresql_raise_term (YmPostgresql *postgresql, const YmId *force, const YmId *epoch, guint64 *term,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_postgresql_set_closed:
 *
 * A closed ledger is there to be read, by who moves it, and takes nothing. Every process is fenced off first.
 */
gboolean ym_postgresql_set_closed (YmPostgresql *postgresql, const YmId *force, gboolean closed,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmPostgresql, ym_postgresql_free)

G_END_DECLS
