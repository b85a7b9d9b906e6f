/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/exchange/receipt.h"
#include "sync/exchange/request.h"
#include "sync/exchange/response.h"
#include "sync/server/accept.h"
#include "sync/server/returned.h"

/* What the files of the server's ledger share. */

struct _YmLedger {
  YmJournal *journal;
  sqlite3 *db; /* the journal's */
  YmLedgerOptions options;
  YmId server;
  YmId epoch;
  GArray *past;      /* YmPosition: of the epochs before */
  guint64 end;       /* the last position given out, in this transaction or before */
  guint64 committed; /* the last that is committed */
  YmId force;        /* whose order it stands on, if on one */
  YmOrderPoint at;   /* how far it has followed that */
  gboolean has_order; /* it is this ledger's alone for now */
  struct {
    YmId epoch;
    guint64 committed;
    YmOrderPoint at;
  } before; /* what a rollback goes back to */
  gint64 now_us;     /* the server's clock, for everything in this transaction */
  YmAcceptCounts counts;
};

/* One transaction, with every position that was given out placed at its end. */
gboolean ym_ledger_begin (YmLedger *ledger, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_ledger_commit (YmLedger *ledger, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_ledger_rollback (YmLedger *ledger);

/* Only here, without the order: nothing may be given out in it. */
gboolean ym_ledger_begin_here (YmLedger *ledger, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * follow.c: inside a transaction, takes in what others have put into the order, or hands over what this transaction has
 * added. Once that is handed over it is durable, and rolling back here would only mean to read it again.
 */
gboolean ym_ledger_set_up_order (YmLedger *ledger, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_ledger_catch_up (YmLedger *ledger, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The point up to which the journal would have followed an order, if that had given it its entries up to @to. */
gboolean ym_ledger_measure (YmLedger *ledger, guint64 to, YmOrderPoint *point, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_ledger_hand_over (YmLedger *ledger, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_ledger_store_epoch (sqlite3 *db, const YmId *epoch, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A part of it that can be undone: positions given out in it are given out again. */
typedef struct {
  YmJournalStep journal;
  guint64 end;
} YmLedgerStep;

gboolean ym_ledger_begin_step (YmLedger *ledger, YmLedgerStep *step, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_ledger_end_step (YmLedger *ledger, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_ledger_undo_step (YmLedger *ledger, const YmLedgerStep *step, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * devices.c: what the server remembers of each device: the counter of its last request, when that was, and the
 * highest base that its envelopes have named.
 */
typedef struct {
  guint64 counter;
  gint64 synced_at_us;
  guint64 base;
} YmDeviceState;

gboolean ym_device_state_read (YmLedger *ledger, const YmId *device, YmDeviceState *state,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_device_state_count (YmLedger *ledger, const YmId *device, guint64 counter,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_device_state_raise_base (YmLedger *ledger, const YmId *device, guint64 base,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the device was revoked, whatever it signs now. */
gboolean ym_device_is_revoked (YmLedger *ledger, const YmId *device, gboolean *revoked,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Who sent a signed message: fills @certificate, or sets the job's status and problem and returns TRUE with *@known
 * FALSE. FALSE only if the store could not be read.
 */
gboolean ym_device_admit (YmLedger *ledger, YmJob *job, YmMessageKind kind, const YmId *force, const YmId *server,
                          const YmId *device, YmCertificate *certificate, gboolean *known,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Status and problem of a job that gets no answer; @failure is what the decoder said. */
void ym_job_turn_away (YmJob *job, guint status, const char *problem);
void ym_job_turn_away_undecoded (YmJob *job, const GError *failure);

/* groups.c: what a batch brought and what became of it. */
typedef struct {
  YmId author;
  YmId chain;
  guint64 first;
  YmChainPoint last;
  GArray *outcomes; /* YmOutcome */
  gboolean known;   /* was here before this request */
  YmId scope;       /* one stream: who may see one of a run's envelopes may see all */
  YmClass stream_class;
  gint64 server_us; /* when they were taken: before now for what comes back */
} YmRun;

void ym_run_free (YmRun *run);

/*
 * Takes the groups one after the other until one must stop: *@stop says why, or is NULL. @runs (element-type YmRun) gets
 * what is in the ledger now. @returned: (nullable): what an earlier ledger had is taken as it was judged there.
 */
gboolean ym_groups_take (YmLedger *ledger, GPtrArray *groups, const YmReturned *returned, GPtrArray *runs,
                         YmStop **stop, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* judge.c: what the server makes of a group that is genuine. */
typedef struct {
  YmDisposition disposition;
  guint reason;
} YmVerdict;

/*
 * Judges and appends; the group takes one verdict, the worst that any of its envelopes deserves.
 * @arrivals: (element-type YmArrival): all by the author of @certificate, in chain order
 */
gboolean ym_judge_append (YmLedger *ledger, const YmCertificate *certificate, GPtrArray *arrivals, gboolean side_branch,
                          YmVerdict *verdict, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Appends what an earlier ledger had, as that one judged it, unless it is worse by what is known now. */
gboolean ym_judge_returned (YmLedger *ledger, const YmCertificate *certificate, const YmArrival *arrival,
                            const YmVouch *vouch, YmVerdict *verdict, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* receipts.c: a stored receipt for what was here already, a new one for what was not, into @receipts (GBytes). */
gboolean ym_receipts_give (YmLedger *ledger, GPtrArray *runs, GPtrArray *receipts,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * The receipt that covers one envelope: stored, or, if there is none and @make, made now. Added to @receipts unless it is
 * there (@given holds the hashes of those that are).
 */
gboolean ym_receipts_find (YmLedger *ledger, const YmId *author, const YmId *chain, guint64 sequence, gboolean make,
                           GHashTable *given, GPtrArray *receipts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* verify.c: the signing key of a server that this force has certified. */
gboolean ym_ledger_read_server_key (sqlite3 *db, const YmId *server, guint8 key[YM_PUBLIC_KEY_BYTES]);

/* pull.c: what the device may see after its cursor, and old entries of homes that it has only now. */
gboolean ym_pull (YmLedger *ledger, const YmRequest *request, const YmCertificate *certificate, gboolean revoked,
                  YmResponse *response, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* enrol.c */
gboolean ym_enrol (YmLedger *ledger, YmJob *job, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_administer (YmLedger *ledger, YmJob *job, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A device that has exchanged has its certificates: what it posted to get them is done with. */
gboolean ym_enrol_finish (YmLedger *ledger, const YmId *device, GError **error) G_GNUC_WARN_UNUSED_RESULT;
