/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Calls from homes (R4): what the control room's export says, with what officers say of it laid over, and calls that
 * officers typed where there is no export. A call and its review have one id, so a typed call whose incident reference
 * turns up in an export becomes that call, and is counted once.
 */

#include "app/notebook/calls.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/save.h"

#define STANDS "coalesce(withdrawn, 0) <> 1 "
#define WITH_HOME "scope = ?1 AND "
#define OF_ALL "?1 IS NULL AND "
#define IN_PERIOD "received_at >= ?2 AND received_at < ?3 "
#define TYPED "NOT EXISTS (SELECT 1 FROM call c WHERE c.id = call_review.id AND c.scope = call_review.scope) "

void
ym_call_free (YmCall *call)
{
  if (call == NULL)
    return;
  g_clear_pointer (&call->call, ym_record_free);
  g_clear_pointer (&call->review, ym_record_free);
  g_free (call);
}

const char *
ym_call_incident_ref (const YmCall *call)
{
  if (call->call != NULL)
    return ym_record_get_text (call->call, YM_CALL_INCIDENT_REF);
  return ym_record_get_text (call->review, YM_CALL_REVIEW_INCIDENT_REF);
}

gint64
ym_call_answer (const YmCall *call, guint field)
{
  if (call->review != NULL && ym_record_has (call->review, field))
    return ym_record_get_integer (call->review, field, 0);
  return call->call == NULL ? 0 : ym_record_get_integer (call->call, field, 0);
}

YmPeriod
ym_period_of_month (YmMonth month)
{
  return ym_period_of_months (month, month);
}

YmPeriod
ym_period_of_months (YmMonth first, YmMonth last)
{
  return (YmPeriod){ ym_month_first_day (first), ym_month_last_day (last) };
}

YmPeriod
ym_period_all (void)
{
  return (YmPeriod){ YM_DAY_MIN + 1, YM_DAY_MAX - 1 };
}

/* @taken: (transfer full): a review without a call, or a call */
static YmCall *
call_of_record (YmRecord *taken)
{
  YmCall *call = g_new0 (YmCall, 1);
  gboolean typed = taken->form->id == YM_FORM_CALL_REVIEW;

  call->id = taken->id;
  call->home = taken->scope;
  call->received_at_us
      = ym_record_get_integer (taken, typed ? YM_CALL_REVIEW_RECEIVED_AT : YM_CALL_RECEIVED_AT, YM_INSTANT_NONE);
  *(typed ? &call->review : &call->call) = taken;
  return call;
}

static int
compare_calls (gconstpointer a, gconstpointer b)
{
  const YmCall *one = *(YmCall *const *) a, *other = *(YmCall *const *) b;
  int order;

  if (one->received_at_us != other->received_at_us)
    return one->received_at_us < other->received_at_us ? -1 : 1;
  order = g_strcmp0 (ym_call_incident_ref (one), ym_call_incident_ref (other));
  return order != 0 ? order : ym_id_compare (&one->id, &other->id);
}

/* Moves the records into calls. */
static void
add_calls (GPtrArray *calls, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (calls, call_of_record (ym_record_copy (g_ptr_array_index (records, i))));
}

/* A call's name among those of all homes: the same reference may have been moved from one home to another. */
static guint
hash_call (gconstpointer call)
{
  return ym_id_hash_func (&((const YmCall *) call)->id) ^ ym_id_hash_func (&((const YmCall *) call)->home);
}

static gboolean
same_call (gconstpointer a, gconstpointer b)
{
  const YmCall *one = a, *other = b;

  return ym_id_equal (&one->id, &other->id) && ym_id_equal (&one->home, &other->home);
}

static void
lay_reviews_over (GPtrArray *calls, GPtrArray *reviews)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (hash_call, same_call);

  for (guint i = 0; i < calls->len; i++)
    g_hash_table_add (by_id, g_ptr_array_index (calls, i));
  for (guint i = 0; i < reviews->len; i++)
    {
      const YmRecord *review = g_ptr_array_index (reviews, i);
      YmCall name = { .id = review->id, .home = review->scope };
      YmCall *call = g_hash_table_lookup (by_id, &name);

      if (call != NULL)
        call->review = ym_record_copy (review);
    }
}

GPtrArray *
ym_calls_between (YmDesk *desk, const YmId *home, gint64 from_us, gint64 until_us, GError **error)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_call_free);
  const char *whose = home != NULL ? WITH_HOME : OF_ALL;
  g_autofree char *where_call = g_strconcat ("WHERE ", whose, IN_PERIOD "AND " STANDS, NULL);
  g_autofree char *where_typed = g_strconcat ("WHERE ", whose, IN_PERIOD "AND " STANDS "AND " TYPED, NULL);
  g_autofree char *where_review
      = g_strconcat ("WHERE ", whose, "EXISTS (SELECT 1 FROM call c WHERE c.id = call_review.id AND ",
                     "c.scope = call_review.scope AND c.received_at >= ?2 AND c.received_at < ?3)", NULL);
  g_autoptr (GPtrArray) imported
      = ym_tables_select (desk->db, ym_form (YM_FORM_CALL), error, where_call, "dii", home, from_us, until_us);
  g_autoptr (GPtrArray) typed = NULL;
  g_autoptr (GPtrArray) reviews = NULL;

  if (imported == NULL)
    return NULL;
  typed = ym_tables_select (desk->db, ym_form (YM_FORM_CALL_REVIEW), error, where_typed, "dii", home, from_us, until_us);
  if (typed == NULL)
    return NULL;
  reviews
      = ym_tables_select (desk->db, ym_form (YM_FORM_CALL_REVIEW), error, where_review, "dii", home, from_us, until_us);
  if (reviews == NULL)
    return NULL;
  add_calls (calls, imported);
  lay_reviews_over (calls, reviews);
  add_calls (calls, typed);
  g_ptr_array_sort (calls, compare_calls);
  return g_steal_pointer (&calls);
}

GPtrArray *
ym_calls_list (YmDesk *desk, const YmId *home, const YmPeriod *period, GError **error)
{
  return ym_calls_between (desk, home, ym_london_day_start (period->from), ym_london_day_start (period->until + 1), error);
}

gboolean
ym_calls_count (YmDesk *desk, const YmId *home, const YmPeriod *period, guint *count, GError **error)
{
  const char *whose = home != NULL ? WITH_HOME : OF_ALL;
  g_autofree char *sql
      = g_strconcat ("SELECT (SELECT count(*) FROM call WHERE ", whose, IN_PERIOD "AND " STANDS,
                     ") + (SELECT count(*) FROM call_review WHERE ", whose, IN_PERIOD "AND " STANDS "AND " TYPED ")", NULL);
  gint64 n = 0;
  gboolean counted = ym_sql_integer (desk->db, &n, error, sql, "dii", home, ym_london_day_start (period->from),
                                     ym_london_day_start (period->until + 1));

  *count = (guint) n;
  return counted;
}

gboolean
ym_calls_earliest_us (YmDesk *desk, gint64 *earliest_us, GError **error)
{
  return ym_sql_integer (desk->db, earliest_us, error,
                         "SELECT min(coalesce((SELECT min(received_at) FROM call WHERE " STANDS "), ?1), "
                         "coalesce((SELECT min(received_at) FROM call_review WHERE " STANDS "), ?1))",
                         "i", G_MAXINT64)
         && (*earliest_us != G_MAXINT64 || (*earliest_us = YM_INSTANT_NONE) != 0);
}

YmCall *
ym_call_load (YmDesk *desk, const YmId *home, const YmId *id, GError **error)
{
  g_autoptr (GPtrArray) found
      = ym_tables_select (desk->db, ym_form (YM_FORM_CALL), error, "WHERE scope = ? AND id = ? AND " STANDS, "dd", home, id);
  g_autoptr (GPtrArray) reviews = NULL;
  YmCall *call;

  if (found == NULL)
    return NULL;
  if (found->len == 0)
    {
      g_ptr_array_unref (found);
      found = ym_tables_select (desk->db, ym_form (YM_FORM_CALL_REVIEW), error,
                                "WHERE scope = ? AND id = ? AND received_at IS NOT NULL AND " STANDS "AND " TYPED, "dd",
                                home, id);
    }
  reviews = ym_tables_select (desk->db, ym_form (YM_FORM_CALL_REVIEW), error, "WHERE scope = ? AND id = ?", "dd", home, id);
  if (found == NULL || reviews == NULL)
    return NULL;
  if (found->len == 0)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND, "%s", ym_label (ym_form (YM_FORM_CALL)->label));
      return NULL;
    }
  call = call_of_record (g_ptr_array_steal_index (found, 0));
  if (call->call != NULL && reviews->len > 0)
    call->review = g_ptr_array_steal_index (reviews, 0);
  return call;
}

YmRecord *
ym_call_review_begin (const YmCall *call)
{
  YmRecord *review;

  if (call->review != NULL)
    {
      review = ym_record_copy (call->review);
      if (call->call != NULL) /* said while it was only typed: the control room's record decides now */
        ym_record_set (review, YM_CALL_REVIEW_WITHDRAWN, &(const YmValue) YM_VALUE_INIT);
      return review;
    }
  review = ym_record_new (ym_form (YM_FORM_CALL_REVIEW), &call->home, &call->id);
  ym_record_set_id (review, YM_CALL_REVIEW_HOME, &call->home);
  ym_record_set_text (review, YM_CALL_REVIEW_INCIDENT_REF, ym_call_incident_ref (call));
  return review;
}

YmRecord *
ym_call_type_begin (YmDesk *desk, const YmId *home)
{
  YmRecord *review = ym_desk_new_record (desk, ym_form (YM_FORM_CALL_REVIEW), home);

  ym_record_set_id (review, YM_CALL_REVIEW_HOME, home);
  return review;
}

static gboolean
say (GError **error, const char *message)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
check_review (const YmRecord *review, gboolean typed, GError **error)
{
  gint64 appropriate = ym_record_get_integer (review, YM_CALL_APPROPRIATE, 0);

  if ((appropriate == YM_APPROPRIATE_YES || appropriate == YM_APPROPRIATE_NO)
      && !ym_record_has (review, YM_CALL_REVIEW_APPROPRIATE_WHY))
    return say (error, _ ("Say why the call was appropriate or not: would a reasonable parent have called the police?"));
  if (typed && (!ym_record_has (review, YM_CALL_REVIEW_RECEIVED_AT) || !ym_record_has (review, YM_CALL_REASON)))
    return say (error, _ ("A call that the control room has not sent needs the time it was received and its reason."));
  if (!typed && ym_record_get_integer (review, YM_CALL_REVIEW_WITHDRAWN, YM_NO) == YM_YES)
    return say (error, _ ("Only the control room can withdraw a call that it has recorded; ask it to correct its record."));
  return TRUE;
}

/* The record with that id as it stands; null where there is none. */
static gboolean
read_now (YmDesk *desk, guint form, const YmId *home, const YmId *id, YmRecord **record, GError **error)
{
  g_autoptr (GPtrArray) found
      = ym_tables_select (desk->db, ym_form (form), error, "WHERE scope = ? AND id = ?", "dd", home, id);

  if (found != NULL && found->len > 0)
    *record = g_ptr_array_steal_index (found, 0);
  return found != NULL;
}

gboolean
ym_call_review_save (YmDesk *desk, YmRecord *review, GError **error)
{
  const char *ref = ym_record_get_text (review, YM_CALL_REVIEW_INCIDENT_REF);
  YmId first_id = review->id;
  YmId id = review->id;
  g_autoptr (YmRecord) call = NULL;
  g_autoptr (YmRecord) there = NULL;
  g_autoptr (YmRecord) first = NULL;
  g_autoptr (YmRecord) withdrawn = NULL;
  YmChange changes[2];

  if (ref != NULL)
    id = ym_id_from_key (ym_journal_get_force (desk->journal), ym_form (YM_FORM_CALL)->name, ref);
  if (!read_now (desk, YM_FORM_CALL, &review->scope, &id, &call, error) || !check_review (review, call == NULL, error)
      || !read_now (desk, YM_FORM_CALL_REVIEW, &review->scope, &id, &there, error))
    return FALSE;
  review->id = id;
  changes[0] = (YmChange){ there, review };
  if (ym_id_equal (&first_id, &id))
    return ym_desk_save_changes (desk, "call.review", changes, 1, error);
  /* A typed call that got its reference goes on under the id that follows from it; its first record is withdrawn. */
  if (!read_now (desk, YM_FORM_CALL_REVIEW, &review->scope, &first_id, &first, error))
    return FALSE;
  if (first == NULL)
    return ym_desk_save_changes (desk, "call.review", changes, 1, error);
  withdrawn = ym_record_copy (first);
  ym_record_set_integer (withdrawn, YM_CALL_REVIEW_WITHDRAWN, YM_YES);
  changes[1] = (YmChange){ first, withdrawn };
  return ym_desk_save_changes (desk, "call.review", changes, 2, error);
}
