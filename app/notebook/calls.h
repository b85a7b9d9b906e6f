/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"
#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * YmCall:
 * @id: the call's, and that of its review
 * @home: where it came from
 * @received_at_us: by the control room's record, where there is one
 * @call: (nullable): what the control room says; %NULL for a call that an officer typed
 * @review: (nullable): what officers say of it
 *
 * A call from a home (R4) that stands: not withdrawn by the control room, or, where typed, by an officer.
 */
typedef struct {
  YmId id;
  YmId home;
  gint64 received_at_us;
  YmRecord *call;
  YmRecord *review;
} YmCall;

void ym_call_free (YmCall *call);

/** ym_call_incident_ref: (nullable) (transfer none): Its reference with the control room, where it has one. */
const char *ym_call_incident_ref (const YmCall *call);

/**
 * ym_call_answer:
 * @field: one of those in fields/call-facts.h, such as YM_CALL_REASON
 *
 * Returns: what officers say, else what the control room says, else 0
 */
gint64 ym_call_answer (const YmCall *call, guint field);

/**
 * YmPeriod:
 * @from: its first day, in London
 * @until: its last day
 */
typedef struct {
  YmDay from;
  YmDay until;
} YmPeriod;

/** ym_period_of_month: A calendar month; ym_period_of_months: from the first month's first day to the last's last. */
YmPeriod ym_period_of_month (YmMonth month);
YmPeriod ym_period_of_months (YmMonth first, YmMonth last);

/** ym_period_all: Every day there can be. */
YmPeriod ym_period_all (void);

/**
 * ym_calls_list:
 * @home: (nullable): of one home, or of all on this device for %NULL
 * @period: by London's days
 *
 * Returns: (transfer full) (element-type YmCall) (nullable): the calls that stand, by time received, then incident
 * reference, then id: the same order on every device
 */
GPtrArray *ym_calls_list (YmDesk *desk, const YmId *home, const YmPeriod *period, GError **error);

/** ym_calls_between: As ym_calls_list(), from one instant up to, not including, another. */
GPtrArray *ym_calls_between (YmDesk *desk, const YmId *home, gint64 from_us, gint64 until_us, GError **error);

/** ym_calls_count: How many ym_calls_list() would give, without reading them. */
gboolean ym_calls_count (YmDesk *desk, const YmId *home, const YmPeriod *period, guint *count,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_calls_earliest_us: (out): When the first call of all that is known here was received; YM_INSTANT_NONE if none. */
gboolean ym_calls_earliest_us (YmDesk *desk, gint64 *earliest_us, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_call_load: (transfer full) (nullable): One call that stands; %NULL with YM_ERROR_NOT_FOUND if there is none. */
YmCall *ym_call_load (YmDesk *desk, const YmId *home, const YmId *id, GError **error);

/** ym_call_review_begin: (transfer full): What officers say of it now, to be changed and given to ym_call_review_save(). */
YmRecord *ym_call_review_begin (const YmCall *call);

/** ym_call_type_begin: (transfer full): A call to be typed, where there is no export. */
YmRecord *ym_call_type_begin (YmDesk *desk, const YmId *home);

/**
 * ym_call_review_save:
 * @review: (inout): from ym_call_review_begin() or ym_call_type_begin(). A typed call that got its incident reference takes
 *   the id that follows from it, so that the control room's export, when it comes, speaks of the same call
 *
 * Signs what an officer says of a call. On the writing lane. Errors: YM_ERROR_INVALID where it was judged without a
 * reason, or typed without a time or reason.
 */
gboolean ym_call_review_save (YmDesk *desk, YmRecord *review, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmCall, ym_call_free)

G_END_DECLS
