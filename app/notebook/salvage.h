/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"
#include "app/vault/salvage.h"

G_BEGIN_DECLS

/**
 * ym_draft_salvage_row:
 * @only_current: pass over what stands on pages that were written anew since: for a store of which no page is damaged
 *
 * Keeps a row if it is a draft, in its newest version; others are passed over. In a transaction.
 */
gboolean ym_draft_salvage_row (sqlite3 *db, const YmSalvagedRow *row, gboolean only_current,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_draft_salvage_finish:
 * @drafts: (out): how many there are
 *
 * When the journal is salvaged: lets go of the drafts that were signed off since, and of what can't be read.
 */
gboolean ym_draft_salvage_finish (YmDesk *desk, guint *drafts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
