/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/validate.h"
#include "app/notebook/draft.h"

G_BEGIN_DECLS

/**
 * ym_visit_begin:
 * @home: the home visited
 *
 * A new draft of a visit, begun now and saved, with what is known already: the officer, the arrival. On the writing
 * lane. Where the officer has an unfinished draft of a visit to the home, that one comes back instead.
 *
 * Returns: (transfer full) (nullable): the draft
 */
YmDraft *ym_visit_begin (YmDesk *desk, const YmId *home, GError **error);

/**
 * ym_visit_asks_rows:
 * @form: a form whose rows belong to visits, such as people met
 *
 * Whether the answers so far ask for such rows. What was entered before an answer changed stays in the draft, and is
 * neither asked for nor signed.
 */
gboolean ym_visit_asks_rows (const YmDraft *draft, const YmForm *form);

/**
 * YmVisitProblem:
 * @record: the visit's id, or that of one of its rows
 * @section: the number of the section where it is asked
 * @field: (nullable): the field; %NULL when a whole row is missing
 * @rows: (nullable): then the form of which a row is missing
 * @message: what is missing, in the user's language
 */
typedef struct {
  YmId record;
  guint section;
  const YmField *field;
  const YmForm *rows;
  char *message;
} YmVisitProblem;

void ym_visit_problem_free (YmVisitProblem *problem);

/**
 * ym_visit_problems:
 *
 * What stands between the draft and sign-off, in the order of the form. Pure: for the screen to call as often as it
 * likes.
 *
 * Returns: (transfer full) (element-type YmVisitProblem): empty when it can be signed off
 */
GPtrArray *ym_visit_problems (const YmDraft *draft);

/**
 * ym_visit_sign_off:
 *
 * Fixes the visit for ever (R12): its envelopes are signed, its rows folded and the draft gone, in one transaction.
 * On the writing lane. Errors: YM_ERROR_INVALID with the first problem.
 */
gboolean ym_visit_sign_off (YmDesk *desk, const YmDraft *draft, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * YmVisit:
 * @visit: the signed-off visit
 * @rows: (element-type YmRecord): people met and the like
 * @addenda: (element-type YmRecord): oldest first
 * @signed_at_us: device time of the sign-off
 * @received_at_us: the server's time; 0 while it is only here
 * @device: the device that signed
 */
typedef struct {
  YmRecord *visit;
  GPtrArray *rows;
  GPtrArray *addenda;
  gint64 signed_at_us;
  gint64 received_at_us;
  YmId device;
} YmVisit;

void ym_visit_free (YmVisit *visit);

/** ym_visit_load: (transfer full) (nullable): A signed-off visit with all that belongs to it. */
YmVisit *ym_visit_load (YmDesk *desk, const YmId *id, GError **error);

/**
 * ym_visit_previous:
 *
 * Returns: (transfer full) (nullable): the latest signed-off visit to the home, for its answers to be shown beside the
 * new ones; %NULL without @error if there is none
 */
YmVisit *ym_visit_previous (YmDesk *desk, const YmId *home, GError **error);

/**
 * ym_visit_add_addendum:
 * @text: the correction
 * @reason: why
 *
 * Signs a dated correction that is shown beside the original (R12). On the writing lane.
 */
gboolean ym_visit_add_addendum (YmDesk *desk, const YmId *visit, const char *text, const char *reason,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmVisit, ym_visit_free)

G_END_DECLS
