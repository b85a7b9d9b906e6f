/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"
#include "app/journal/cose.h"

G_BEGIN_DECLS

/**
 * ym_journal_name_damage:
 * @db: any connection to a store that ym_journal_recount() has found damaged
 * @root_key: the force's root public key
 * @known: what ym_journal_recount() said; it is not said again
 *
 * What exactly does not hold, as far as it can be read: envelopes that do not verify, and of each kind of record how many
 * are not what the signed operations make of them. Costs more than a recount.
 *
 * Returns: (transfer full) (element-type utf8): short lines; may be empty where pages alone are damaged
 */
GPtrArray *ym_journal_name_damage (sqlite3 *db, const guint8 root_key[YM_PUBLIC_KEY_BYTES], const GError *known);

G_END_DECLS
