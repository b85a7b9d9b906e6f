/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/calls.h"
#include "app/rules/arrest-review.h"

G_BEGIN_DECLS

/**
 * YmArrest:
 * @home: where the child lives
 * @review: (nullable): the `arrest_review`; %NULL while a call says that there was an arrest and nobody has begun
 * @call: (nullable): the call that led to it, where it is known
 * @views: (element-type YmRecord): the `arrest_view` records, the first asked first
 * @state: open, late, done, done late
 * @arrested_at_us: when; the call's time while there is no review
 * @due: the London day by whose end the review is due
 *
 * An arrest of a child from a home, and how far its review is (R9).
 */
typedef struct {
  YmId home;
  YmRecord *review;
  YmCall *call;
  GPtrArray *views;
  YmArrestReview state;
  gint64 arrested_at_us;
  YmDay due;
} YmArrest;

void ym_arrest_free (YmArrest *arrest);

/** YM_ARREST_CALL_DAYS: how long a call with an arrest and without a review is shown. */
#define YM_ARREST_CALL_DAYS 31

/**
 * ym_arrest_list:
 * @home: (nullable): of one home, or of every home on this device for %NULL
 *
 * Returns: (transfer full) (element-type YmArrest) (nullable): late ones first, then open ones by when they are due, then
 * those done, the latest first
 */
GPtrArray *ym_arrest_list (YmDesk *desk, const YmId *home, GError **error);

/** ym_arrest_load: (transfer full) (nullable): @id: of the review. Errors: YM_ERROR_NOT_FOUND. */
YmArrest *ym_arrest_load (YmDesk *desk, const YmId *id, GError **error);

/**
 * ym_arrest_begin:
 * @call: (nullable): the call that led to the arrest
 *
 * Returns: (transfer full): a new `arrest_review`, with what the call says already, for ym_arrest_save()
 */
YmRecord *ym_arrest_begin (YmDesk *desk, const YmId *home, const YmCall *call);

/**
 * ym_arrest_save:
 * @before: (nullable): as it was seen; %NULL for a new one
 *
 * Saves the review as far as it is; it stays open. Errors: YM_ERROR_INVALID for an arrest in the future or a review that is
 * completed already.
 */
gboolean ym_arrest_save (YmDesk *desk, const YmRecord *before, const YmRecord *after,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_arrest_complete:
 * @id: of the review
 *
 * Marks it completed, now and by the desk's officer. Errors: YM_ERROR_INVALID naming the first of the ten points without an
 * answer.
 */
gboolean ym_arrest_complete (YmDesk *desk, const YmId *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_arrest_answered: How many of the points that completion asks for have an answer; @of: (out): of how many. */
guint ym_arrest_answered (const YmArrest *arrest, guint *of);

/** ym_arrest_view_begin: (transfer full): A new `arrest_view` of @review, asked today, for ym_desk_save(). */
YmRecord *ym_arrest_view_begin (YmDesk *desk, const YmRecord *review);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmArrest, ym_arrest_free)

G_END_DECLS
