/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"
#include "app/journal/author.h"
#include "app/journal/arrival.h"

G_BEGIN_DECLS

/**
 * ym_stream_rules_judge:
 * @force: the force
 * @certificate: the author's
 * @arrival: with its change set
 * @reason: (out): %YM_REASON_NONE, or the rule it breaks
 *
 * The rules that hold wherever an envelope is taken in, because they need nothing but the stream itself: a
 * signed-off visit is fixed (R12), the author writes in the author's own name, the record's home is the
 * envelope's scope, the class fits, every value is one that its field can hold. An envelope that breaks
 * one is kept, not folded, and shown. Record types and fields that this program does not know pass.
 */
gboolean ym_stream_rules_judge (sqlite3 *db, const YmId *force, const YmCertificate *certificate,
                                const YmArrival *arrival, YmReason *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
