/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of calls (R4, R6). Pure: calls in, words out. */

#include "ui/calls/call-words.h"

#include <glib/gi18n-lib.h>

#include "ui/visit/answer-text.h"

/* The context goes along, for ym_label() to find it. */
#undef NC_
#define NC_(context, text) context "\004" text

const YmChipLook *
ym_appropriate_look (gint64 appropriate)
{
  static const YmChipLook looks[] = {
    [0] = { "due", "state-due-symbolic", NC_ ("call", "not judged yet") },
    [YM_APPROPRIATE_YES] = { "visited", "issue-resolved-symbolic", NC_ ("call", "appropriate") },
    [YM_APPROPRIATE_NO] = { "overdue", "refused-symbolic", NC_ ("call", "not appropriate") },
    [YM_APPROPRIATE_UNDECIDED] = { "due-soon", "dialog-question-symbolic", NC_ ("call", "undecided") },
  };

  return &looks[appropriate >= 0 && appropriate < (gint64) G_N_ELEMENTS (looks) ? appropriate : 0];
}

const YmChipLook *
ym_calls_look (guint n_calls, guint threshold)
{
  static const YmChipLook none = { "visited", "state-visited-symbolic", "" };
  static const YmChipLook some = { "due", "state-due-symbolic", "" };
  static const YmChipLook nearly = { "due-soon", "state-due-soon-symbolic", "" };
  static const YmChipLook reached = { "overdue", "state-overdue-symbolic", "" };

  if (n_calls >= threshold)
    return &reached;
  if (n_calls == 0)
    return &none;
  return n_calls + 1 == threshold ? &nearly : &some;
}

char *
ym_calls_count_text (guint n_calls, guint threshold)
{
  /* TRANSLATORS: calls of a month, of those that raise a joint inspection */
  return g_strdup_printf (n_calls >= threshold ? _ ("%u of %u: joint inspection") : _ ("%u of %u"), n_calls, threshold);
}

char *
ym_call_day (gint64 at_us)
{
  gint64 day = ym_london_from_instant (at_us).day;
  g_autoptr (GDateTime) midnight = g_date_time_new_from_unix_utc (day * YM_DAY_US / G_USEC_PER_SEC);

  /* TRANSLATORS: %A is the weekday's name, %-d the day, %B the month's name. */
  return midnight != NULL ? g_date_time_format (midnight, _ ("%A %-d %B")) : g_strdup ("");
}

char *
ym_call_when (gint64 at_us)
{
  g_autofree char *day = ym_call_day (at_us);
  g_autofree char *time = ym_time_say (at_us);

  return g_strdup_printf ("%s, %s", day, time);
}

const char *
ym_call_choice (const YmCall *call, guint field)
{
  const YmChoice *choice
      = ym_choices_by_number (ym_form_field (ym_form (YM_FORM_CALL_REVIEW), field)->choices, ym_call_answer (call, field));

  return choice != NULL ? ym_label (choice->label) : NULL;
}

char *
ym_call_facts (const YmCall *call)
{
  const char *parts[] = { ym_call_choice (call, YM_CALL_REASON), ym_call_choice (call, YM_CALL_CHILD_PART),
                          ym_call_incident_ref (call) };
  GString *facts = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_string_append_printf (facts, "%s%s", facts->len > 0 ? " · " : "", parts[i]);
  return g_string_free (facts, FALSE);
}

YmEntries *
ym_calls_entries (GPtrArray *calls, guint most)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < MIN (calls->len, most); i++)
    {
      const YmCall *call = g_ptr_array_index (calls, calls->len - 1 - i);
      const YmEntry entry = {
        .key = ym_entries_own (entries, ym_id_to_string (&call->id)),
        .title = ym_entries_own (entries, ym_call_when (call->received_at_us)),
        .detail = ym_entries_own (entries, ym_call_facts (call)),
        .text = call->review != NULL ? ym_record_get_text (call->review, YM_CALL_REVIEW_APPROPRIATE_WHY) : NULL,
        .chip = ym_appropriate_look (ym_call_answer (call, YM_CALL_APPROPRIATE)),
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

char *
ym_calls_judged_text (GPtrArray *calls)
{
  guint judged[3] = { 0 };
  g_autofree char *yes = NULL, *no = NULL, *open = NULL;
  const char *parts[4];
  guint n = 0;

  for (guint i = 0; i < calls->len; i++)
    {
      gint64 appropriate = ym_call_answer (g_ptr_array_index (calls, i), YM_CALL_APPROPRIATE);

      judged[appropriate == YM_APPROPRIATE_YES || appropriate == YM_APPROPRIATE_NO ? appropriate : 0]++;
    }
  if (judged[YM_APPROPRIATE_YES] > 0)
    parts[n++] = yes = g_strdup_printf (_ ("%u appropriate"), judged[YM_APPROPRIATE_YES]);
  if (judged[YM_APPROPRIATE_NO] > 0)
    parts[n++] = no = g_strdup_printf (_ ("%u not appropriate"), judged[YM_APPROPRIATE_NO]);
  if (judged[0] > 0)
    parts[n++] = open = g_strdup_printf (_ ("%u still to be judged"), judged[0]);
  parts[n] = NULL;
  return g_strjoinv (" · ", (char **) parts);
}
