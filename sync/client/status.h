/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"
#include "app/journal/envelope.h"
#include "app/rules/judgement.h"

G_BEGIN_DECLS

/**
 * YmSyncState:
 * @YM_SYNC_STATE_HERE: on this device
 * @YM_SYNC_STATE_SENT: in a request that has had no answer yet; it may have arrived
 * @YM_SYNC_STATE_RECEIPTED: in the server's ledger, by its signed word
 * @YM_SYNC_STATE_REFUSED: in the ledger too, but refused or set aside, with a reason
 *
 * How far a save got.
 */
typedef enum {
  YM_SYNC_STATE_HERE,
  YM_SYNC_STATE_SENT,
  YM_SYNC_STATE_RECEIPTED,
  YM_SYNC_STATE_REFUSED,
} YmSyncState;

/**
 * YmSyncStanding:
 * @sent_at_us: when it was sent, by the device's clock; only in the state *sent*
 * @position: the number in the ledger; 0 while it has none
 * @received_at_us: when the server took it, by its clock
 * @disposition: what the server made of it; 0 before
 * @reason: a #YmReason, also one of this device's own (a rule that every replica checks)
 */
typedef struct {
  YmSyncState state;
  gint64 sent_at_us;
  guint64 position;
  gint64 received_at_us;
  guint disposition;
  guint reason;
} YmSyncStanding;

/**
 * ym_sync_standing_read:
 * @db: any connection
 * @type: the record type
 * @scope: the home, or the force
 * @record: the record
 *
 * Where a record stands: the save of it that has come the least far, or the last one if all are in the ledger.
 * Errors: YM_ERROR_NOT_FOUND if nothing in the store has touched it.
 */
gboolean ym_sync_standing_read (sqlite3 *db, guint type, const YmId *scope, const YmId *record,
                                YmSyncStanding *standing, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * YmSyncSave:
 * @group: names the save
 * @intent: why, such as "visit.sign-off"
 * @subject: the record it is about
 * @scope: of its first envelope
 * @wall_us: when, by the device's clock
 * @n_envelopes: how many it has
 * @standing: one for all, because the server takes a save whole
 *
 * One save of this device, for a list.
 */
typedef struct {
  YmId group;
  char intent[YM_INTENT_MAX_BYTES + 1];
  YmId subject;
  YmId scope;
  gint64 wall_us;
  guint n_envelopes;
  YmSyncStanding standing;
} YmSyncSave;

/**
 * ym_sync_saves_read:
 * @author: (nullable): whose; %NULL: all that were made in this store
 * @most: no more than this
 *
 * Returns: (transfer full) (element-type YmSyncSave) (nullable): the last saves, newest first
 */
GArray *ym_sync_saves_read (sqlite3 *db, const YmId *author, guint most, GError **error);

/**
 * YmSyncOverview:
 * @here: saves that were not sent yet
 * @sent: saves without an answer yet
 * @receipted: saves in the ledger
 * @refused: saves refused or set aside
 * @backfills: homes whose earlier records are still coming in
 * @tried_at_us: when the last round ended; 0 if there was none
 * @succeeded_at_us: when the last good round ended; 0 if there was none
 * @error: (nullable): why the last round failed, a whole sentence; %NULL if it did not
 * @error_code: its #YmError, or -1
 */
typedef struct {
  guint here;
  guint sent;
  guint receipted;
  guint refused;
  guint backfills;
  gint64 tried_at_us;
  gint64 succeeded_at_us;
  char *error;
  int error_code;
} YmSyncOverview;

/** ym_sync_overview_read: @author: (nullable): whose saves are counted; %NULL: all that were made in this store. Clear with ym_sync_overview_clear(). */
gboolean ym_sync_overview_read (sqlite3 *db, const YmId *author, YmSyncOverview *overview,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_sync_overview_clear (YmSyncOverview *overview);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmSyncOverview, ym_sync_overview_clear)

G_END_DECLS
