/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/server/ledger.h"

G_BEGIN_DECLS

/** YmJobKind: What a request asks for; each has a path of its own. */
typedef enum {
  YM_JOB_EXCHANGE,   /* a signed YmRequest */
  YM_JOB_ENROL,      /* a YmEnrolmentPost */
  YM_JOB_ADMINISTER, /* a signed YmAdministration */
} YmJobKind;

/**
 * YmJob:
 * @kind: what @request is
 * @request: the bytes as they came, inflated
 * @status: (out): an HTTP status; only 200 has an answer
 * @problem: (out): for other statuses, a constant word such as "unknown-device" (docs/protocol.md)
 * @answer: (out) (nullable) (transfer full): valid only after ym_accept_jobs() has returned TRUE
 *
 * One request on its way through the ledger.
 */
typedef struct {
  YmJobKind kind;
  GBytes *request;
  guint status;
  const char *problem;
  GBytes *answer;
} YmJob;

YmJob *ym_job_new (YmJobKind kind, GBytes *request);
void ym_job_free (YmJob *job);

/**
 * ym_accept_jobs:
 * @jobs: (array length=n_jobs): each is answered
 *
 * Verifies, judges, appends and answers every job in one commit (group commit), each by itself: what is wrong with
 * one spoils no other. When it returns, everything that the answers say is durable. FALSE, with 503 for every job,
 * if it could not be made so: then nothing may be answered from this store until it was opened again. 503 for every job
 * and TRUE if it is not certified yet, or the order that it stands on is out of reach: later it may be otherwise.
 */
gboolean ym_accept_jobs (YmLedger *ledger, YmJob *const *jobs, guint n_jobs, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * YmAcceptCounts:
 *
 * What was done since the ledger was opened. Envelopes are counted by disposition, a YmDisposition being the index.
 */
typedef struct {
  guint64 commits;
  guint64 exchanges;
  guint64 enrolments;
  guint64 administrations;
  guint64 turned_away; /* not answered with 200 */
  guint64 old_counters;
  guint64 known_again; /* envelopes that were here already */
  guint64 stops;
  guint64 forks;
  guint64 envelopes[5];
  guint64 entries_sent;
} YmAcceptCounts;

/** ym_accept_get_counts: By the thread that owns the ledger. */
YmAcceptCounts ym_accept_get_counts (YmLedger *ledger);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmJob, ym_job_free)

G_END_DECLS
