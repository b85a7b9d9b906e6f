/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Arrests of children from homes and their reviews (R9): begun by an officer, or asked for by a call that ended in one. */

#include "app/notebook/arrests.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/forms/validate.h"
#include "app/journal/tables.h"
#include "app/notebook/save.h"

void
ym_arrest_free (YmArrest *arrest)
{
  if (arrest == NULL)
    return;
  g_clear_pointer (&arrest->review, ym_record_free);
  g_clear_pointer (&arrest->call, ym_call_free);
  g_clear_pointer (&arrest->views, g_ptr_array_unref);
  g_free (arrest);
}

/* The record's state and due day, once it is known when the arrest was. */
static void
judge (YmDesk *desk, YmArrest *arrest)
{
  gint64 done_us = arrest->review == NULL
                       ? YM_INSTANT_NONE
                       : ym_record_get_integer (arrest->review, YM_ARREST_REVIEW_COMPLETED_AT, YM_INSTANT_NONE);

  arrest->due = ym_arrest_review_due_day (arrest->arrested_at_us);
  arrest->state = ym_arrest_review_state (arrest->arrested_at_us, done_us, ym_clock_wall_us (desk->clock));
}

static gboolean
read_call (YmDesk *desk, YmArrest *arrest, GError **error)
{
  g_autoptr (GError) failure = NULL;
  YmId call;

  if (!ym_record_get_id (arrest->review, YM_ARREST_REVIEW_CALL, &call))
    return TRUE;
  arrest->call = ym_call_load (desk, &arrest->home, &call, &failure);
  if (arrest->call != NULL || g_error_matches (failure, YM_ERROR, YM_ERROR_NOT_FOUND)) /* corrected away since */
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* @review: (transfer full) */
static YmArrest *
arrest_of_review (YmDesk *desk, YmRecord *review, GError **error)
{
  g_autoptr (YmArrest) arrest = g_new0 (YmArrest, 1);

  arrest->review = review;
  arrest->home = review->scope;
  arrest->arrested_at_us = ym_record_get_integer (review, YM_ARREST_REVIEW_ARRESTED_AT, 0);
  arrest->views = ym_tables_select (desk->db, ym_form (YM_FORM_ARREST_VIEW), error,
                                    "WHERE review = ? AND scope = ? ORDER BY asked_on, id", "dd", &review->id,
                                    &review->scope);
  if (arrest->views == NULL || !read_call (desk, arrest, error))
    return NULL;
  judge (desk, arrest);
  return g_steal_pointer (&arrest);
}

YmArrest *
ym_arrest_load (YmDesk *desk, const YmId *id, GError **error)
{
  YmRecord *review = ym_tables_find (desk->db, ym_form (YM_FORM_ARREST_REVIEW), id, error);

  return review == NULL ? NULL : arrest_of_review (desk, review, error);
}

/* @call: (transfer full) */
static YmArrest *
arrest_of_call (YmDesk *desk, YmCall *call)
{
  YmArrest *arrest = g_new0 (YmArrest, 1);

  arrest->call = call;
  arrest->home = call->home;
  arrest->arrested_at_us = call->received_at_us;
  arrest->views = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  judge (desk, arrest);
  return arrest;
}

static gboolean
is_reviewed (GPtrArray *arrests, const YmCall *call)
{
  for (guint i = 0; i < arrests->len; i++)
    {
      const YmArrest *arrest = g_ptr_array_index (arrests, i);
      const char *ref = arrest->review == NULL ? NULL : ym_record_get_text (arrest->review, YM_ARREST_REVIEW_INCIDENT_REF);
      YmId id;

      if (!ym_id_equal (&arrest->home, &call->home) || arrest->review == NULL)
        continue;
      if ((ym_record_get_id (arrest->review, YM_ARREST_REVIEW_CALL, &id) && ym_id_equal (&id, &call->id))
          || (ref != NULL && g_strcmp0 (ref, ym_call_incident_ref (call)) == 0))
        return TRUE;
    }
  return FALSE;
}

/* Calls that ended in an arrest of a child, and nobody has begun the review. */
static gboolean
add_unreviewed (YmDesk *desk, const YmId *home, GPtrArray *arrests, GError **error)
{
  gint64 now_us = ym_clock_wall_us (desk->clock);
  g_autoptr (GPtrArray) calls
      = ym_calls_between (desk, home, now_us - YM_ARREST_CALL_DAYS * YM_DAY_US, now_us + YM_DAY_US, error);

  for (guint i = 0; calls != NULL && i < calls->len; i++)
    {
      YmCall *call = g_ptr_array_index (calls, i);

      if (ym_call_answer (call, YM_CALL_OUTCOME) != YM_CALL_OUTCOME_ARREST
          || ym_call_answer (call, YM_CALL_CONCERNS_RESIDENT) == YM_NO || is_reviewed (arrests, call))
        continue;
      g_ptr_array_add (arrests, arrest_of_call (desk, call));
      g_ptr_array_index (calls, i) = NULL; /* it is the arrest's now */
    }
  return calls != NULL;
}

static int
compare_arrests (gconstpointer a, gconstpointer b)
{
  static const int ranks[] = { [YM_ARREST_REVIEW_LATE] = 0, [YM_ARREST_REVIEW_OPEN] = 1, [YM_ARREST_REVIEW_DONE] = 2,
                               [YM_ARREST_REVIEW_DONE_LATE] = 2 };
  const YmArrest *one = *(YmArrest *const *) a, *other = *(YmArrest *const *) b;
  gboolean waits = ranks[one->state] < 2;

  if (ranks[one->state] != ranks[other->state])
    return ranks[one->state] - ranks[other->state];
  if (one->arrested_at_us != other->arrested_at_us)
    return (one->arrested_at_us < other->arrested_at_us) == waits ? -1 : 1;
  return ym_id_compare (&one->home, &other->home);
}

GPtrArray *
ym_arrest_list (YmDesk *desk, const YmId *home, GError **error)
{
  g_autoptr (GPtrArray) arrests = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_arrest_free);
  g_autoptr (GPtrArray) reviews = ym_tables_select (desk->db, ym_form (YM_FORM_ARREST_REVIEW), error,
                                                    "WHERE scope = coalesce(?, scope)", "d", home);

  if (reviews == NULL)
    return NULL;
  for (guint i = 0; i < reviews->len; i++)
    {
      YmArrest *arrest = arrest_of_review (desk, ym_record_copy (g_ptr_array_index (reviews, i)), error);

      if (arrest == NULL)
        return NULL;
      g_ptr_array_add (arrests, arrest);
    }
  if (!add_unreviewed (desk, home, arrests, error))
    return NULL;
  g_ptr_array_sort (arrests, compare_arrests);
  return g_steal_pointer (&arrests);
}

/* What the program fills in later is empty in a new record. */
static void
clear (YmRecord *record, guint field)
{
  const YmValue nothing = YM_VALUE_INIT;

  ym_record_set (record, field, &nothing);
}

YmRecord *
ym_arrest_begin (YmDesk *desk, const YmId *home, const YmCall *call)
{
  YmRecord *review = ym_desk_new_record (desk, ym_form (YM_FORM_ARREST_REVIEW), home);

  clear (review, YM_ARREST_REVIEW_COMPLETED_AT);
  clear (review, YM_ARREST_REVIEW_COMPLETED_BY);
  if (call == NULL)
    return review;
  ym_record_set_id (review, YM_ARREST_REVIEW_CALL, &call->id);
  ym_record_set_text (review, YM_ARREST_REVIEW_INCIDENT_REF, ym_call_incident_ref (call));
  ym_record_set_integer (review, YM_ARREST_REVIEW_ARRESTED_AT, call->received_at_us);
  if (call->review != NULL)
    ym_record_set_text (review, YM_ARREST_REVIEW_ALTERNATIVES,
                        ym_record_get_text (call->review, YM_CALL_REVIEW_ALTERNATIVES));
  return review;
}

static gboolean
say (GError **error, const char *message)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, message);
  return FALSE;
}

gboolean
ym_arrest_save (YmDesk *desk, const YmRecord *before, const YmRecord *after, GError **error)
{
  if (before != NULL && ym_record_has (before, YM_ARREST_REVIEW_COMPLETED_AT))
    return say (error, _ ("This review is completed. Record what came later as a debrief."));
  if (ym_record_get_integer (after, YM_ARREST_REVIEW_ARRESTED_AT, 0) > ym_clock_wall_us (desk->clock))
    return say (error, _ ("The arrest can't lie in the future. Correct when it was."));
  return ym_desk_save (desk, "arrest.review", before, after, error);
}

gboolean
ym_arrest_complete (YmDesk *desk, const YmId *id, GError **error)
{
  g_autoptr (YmRecord) review = ym_tables_find (desk->db, ym_form (YM_FORM_ARREST_REVIEW), id, error);
  g_autoptr (YmRecord) completed = NULL;

  if (review == NULL)
    return FALSE;
  if (ym_record_has (review, YM_ARREST_REVIEW_COMPLETED_AT))
    return say (error, _ ("This review is completed. Record what came later as a debrief."));
  completed = ym_record_copy (review);
  ym_record_set_integer (completed, YM_ARREST_REVIEW_COMPLETED_AT, ym_clock_wall_us (desk->clock));
  ym_record_set_id (completed, YM_ARREST_REVIEW_COMPLETED_BY, &desk->officer);
  return ym_record_check (completed, YM_MOMENT_SIGN_OFF, error)
         && ym_desk_save (desk, "arrest.complete", review, completed, error);
}

guint
ym_arrest_answered (const YmArrest *arrest, guint *of)
{
  const YmForm *form = ym_form (YM_FORM_ARREST_REVIEW);
  guint answered = 0;

  *of = 0;
  for (guint i = 0; i < form->n_fields; i++)
    if ((form->fields[i].flags & YM_FIELD_SIGN_OFF) != 0)
      {
        ++*of;
        answered += arrest->review != NULL && ym_record_has (arrest->review, form->fields[i].id);
      }
  return answered;
}

YmRecord *
ym_arrest_view_begin (YmDesk *desk, const YmRecord *review)
{
  YmRecord *view = ym_desk_new_record (desk, ym_form (YM_FORM_ARREST_VIEW), &review->scope);

  ym_record_set_id (view, YM_ARREST_VIEW_REVIEW, &review->id);
  ym_record_set_integer (view, YM_ARREST_VIEW_ON, ym_london_day (ym_clock_wall_us (desk->clock)));
  return view;
}
