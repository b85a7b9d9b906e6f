/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of a return in the words of one language. Labels and choices are those of the forms. */

#include "app/returns/return-tables.h"

#include <glib/gi18n-lib.h>

#include "app/forms/fields.h"
#include "app/rules/percent.h"

/* Where one English word needs two Welsh ones: keep the context before the word. */
#undef NC_
#define NC_(context, text) context "\004" text

/* The columns of numbers in the table of homes, and what they are called in the changes. */
static const struct {
  const char *label;
  YmCellKind kind;
} numbers[YM_RETURN_N_NUMBERS] = {
  [YM_RETURN_CALLS] = { N_ ("Calls to the police"), YM_CELL_NUMBER },
  [YM_RETURN_APPROPRIATE] = { N_ ("Calls found appropriate"), YM_CELL_NUMBER },
  [YM_RETURN_NOT_APPROPRIATE] = { N_ ("Calls found not appropriate"), YM_CELL_NUMBER },
  [YM_RETURN_VISITS_MADE] = { N_ ("Visits made in time"), YM_CELL_NUMBER },
  [YM_RETURN_VISITS_DUE] = { N_ ("Visits asked for"), YM_CELL_NUMBER },
  [YM_RETURN_POLICE] = { N_ ("Last reconciliation: calls by police record"), YM_CELL_NUMBER },
  [YM_RETURN_LOGGED] = { N_ ("Last reconciliation: in both"), YM_CELL_NUMBER },
  [YM_RETURN_NOT_LOGGED] = { N_ ("Last reconciliation: only with the police"), YM_CELL_NUMBER },
  [YM_RETURN_RECONCILED_FROM] = { N_ ("Last reconciliation: from"), YM_CELL_DAY },
  [YM_RETURN_RECONCILED_UNTIL] = { N_ ("Last reconciliation: until"), YM_CELL_DAY },
  [YM_RETURN_OPEN_ISSUES] = { N_ ("Issues not settled"), YM_CELL_NUMBER },
  [YM_RETURN_MISSING] = { N_ ("Missing episodes"), YM_CELL_NUMBER },
  [YM_RETURN_NOTIFIABLE] = { N_ ("Notifiable events"), YM_CELL_NUMBER },
  [YM_RETURN_CALL_OUTS] = { N_ ("Emergency call-outs"), YM_CELL_NUMBER },
  [YM_RETURN_RESTRAINTS] = { N_ ("Restraints"), YM_CELL_NUMBER },
};

static void
add_known (YmTable *table, YmCellKind kind, gint64 number)
{
  if (number == YM_RETURN_UNKNOWN)
    ym_table_add_empty (table);
  else
    ym_table_add_number (table, kind, number);
}

static void
add_share (YmTable *table, gint64 part, gint64 whole)
{
  if (part < 0 || whole <= 0)
    ym_table_add_empty (table);
  else
    ym_table_add_number (table, YM_CELL_PERCENT, ym_percent (part, whole));
}

static const char *
choice_word (const YmChoices *choices, gint64 number, const YmWords *words)
{
  const YmChoice *choice = ym_choices_by_number (choices, number);

  return choice == NULL ? NULL : ym_words_get (words, choice->label);
}

static const char *
state_word (YmInspectionState state, const YmWords *words)
{
  const char *recorded = choice_word (&ym_choices_inspection_state, state, words);

  if (recorded != NULL)
    return recorded;
  return ym_words_get (words, state == YM_INSPECTION_WITHDRAWN ? NC_ ("inspection", "Withdrawn")
                                                               : NC_ ("inspection", "None"));
}

/* "Triggered", or with its month where the period has several. */
static void
add_inspections (YmTable *table, const YmReturnHome *home, const YmWords *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < home->inspections->len; i++)
    {
      const YmReturnInspection *inspection = &g_array_index (home->inspections, YmReturnInspection, i);
      g_autofree char *month = ym_words_month (words, inspection->month);

      g_string_append_printf (text, "%s%s: %s", i == 0 ? "" : "; ", month, state_word (inspection->state, words));
    }
  ym_table_add_text (table, text->str);
}

static gint64
sum_of (const YmReturn *given, YmReturnNumber which)
{
  gint64 sum = YM_RETURN_UNKNOWN;

  for (guint i = 0; i < given->homes->len; i++)
    {
      gint64 number = ((const YmReturnHome *) g_ptr_array_index (given->homes, i))->number[which];

      if (number != YM_RETURN_UNKNOWN)
        sum = sum == YM_RETURN_UNKNOWN ? number : sum + number;
    }
  return sum;
}

static guint
count_inspections (const YmReturn *given)
{
  guint n = 0;

  for (guint i = 0; i < given->homes->len; i++)
    {
      const YmReturnHome *home = g_ptr_array_index (given->homes, i);

      for (guint j = 0; j < home->inspections->len; j++)
        n += g_array_index (home->inspections, YmReturnInspection, j).state != YM_INSPECTION_WITHDRAWN;
    }
  return n;
}

static void
add_line (YmTable *table, const char *label)
{
  ym_table_add_text (table, label);
}

static void
fill_summary (YmTable *table, const YmReturn *given, const YmWords *words)
{
  gint64 yes = sum_of (given, YM_RETURN_APPROPRIATE), no = sum_of (given, YM_RETURN_NOT_APPROPRIATE);
  static const YmReturnNumber shown[]
      = { YM_RETURN_CALLS,   YM_RETURN_VISITS_MADE, YM_RETURN_VISITS_DUE, YM_RETURN_OPEN_ISSUES,
          YM_RETURN_MISSING, YM_RETURN_NOTIFIABLE,  YM_RETURN_CALL_OUTS,  YM_RETURN_RESTRAINTS };

  ym_table_add_column (table, ym_words_get (words, N_ ("Figure")), 44);
  ym_table_add_column (table, ym_words_get (words, N_ ("Value")), 16);
  add_line (table, ym_words_get (words, N_ ("First day")));
  ym_table_add_number (table, YM_CELL_DAY, given->period.from);
  add_line (table, ym_words_get (words, N_ ("Last day")));
  ym_table_add_number (table, YM_CELL_DAY, given->period.until);
  add_line (table, ym_words_get (words, N_ ("Homes")));
  ym_table_add_number (table, YM_CELL_NUMBER, given->homes->len);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      add_line (table, ym_words_get (words, numbers[shown[i]].label));
      add_known (table, YM_CELL_NUMBER, sum_of (given, shown[i]));
    }
  add_line (table, ym_words_get (words, N_ ("Appropriate, of the calls that were judged")));
  add_share (table, yes, yes + no);
  add_line (table, ym_words_get (words, N_ ("Calls missing from the home's log")));
  add_share (table, sum_of (given, YM_RETURN_NOT_LOGGED), sum_of (given, YM_RETURN_POLICE));
  add_line (table, ym_words_get (words, N_ ("Joint inspections raised")));
  ym_table_add_number (table, YM_CELL_NUMBER, count_inspections (given));
}

static const char *
reason_word (guint reason, const YmWords *words)
{
  const char *word = choice_word (&ym_choices_call_reason, reason, words);

  return word != NULL ? word : ym_words_get (words, N_ ("No reason recorded"));
}

static void
fill_reasons (YmTable *table, const YmReturn *given, const YmWords *words)
{
  guint total = (guint) MAX (sum_of (given, YM_RETURN_CALLS), 0);

  ym_table_add_column (table, ym_words_get (words, N_ ("Reason for the call")), 28);
  ym_table_add_column (table, ym_words_get (words, N_ ("Calls to the police")), 12);
  ym_table_add_column (table, ym_words_get (words, N_ ("Share (%)")), 10);
  table->chart_column = 1;
  for (guint step = 1; step <= YM_RETURN_N_REASONS; step++)
    {
      guint reason = step % YM_RETURN_N_REASONS; /* what has none comes last */
      guint n = 0;

      for (guint i = 0; i < given->homes->len; i++)
        n += ((const YmReturnHome *) g_ptr_array_index (given->homes, i))->by_reason[reason];
      if (n == 0 && reason == 0)
        continue;
      ym_table_add_text (table, reason_word (reason, words));
      ym_table_add_number (table, YM_CELL_NUMBER, n);
      add_share (table, n, total);
    }
}

static void
add_home_columns (YmTable *table, const YmWords *words)
{
  ym_table_add_column (table, ym_words_get (words, N_ ("Registration number")), 12);
  ym_table_add_column (table, ym_words_get (words, N_ ("Home")), 24);
}

static void
add_home_cells (YmTable *table, const YmReturnHome *home)
{
  ym_table_add_text (table, home->registration_no);
  ym_table_add_text (table, home->name);
}

static void
fill_homes (YmTable *table, const YmReturn *given, const YmWords *words)
{
  add_home_columns (table, words);
  ym_table_add_column (table, ym_words_get (words, N_ ("Provider")), 22);
  ym_table_add_column (table, ym_words_get (words, N_ ("Area")), 10);
  ym_table_add_column (table, ym_words_get (words, N_ ("Local authority")), 16);
  for (guint i = 0; i < YM_RETURN_N_NUMBERS; i++)
    ym_table_add_column (table, ym_words_get (words, numbers[i].label), 12);
  ym_table_add_column (table, ym_words_get (words, N_ ("Appropriate, of the calls that were judged (%)")), 12);
  ym_table_add_column (table, ym_words_get (words, N_ ("Calls missing from the home's log (%)")), 12);
  ym_table_add_column (table, ym_words_get (words, N_ ("Joint inspection")), 22);
  ym_table_add_column (table, ym_words_get (words, N_ ("Other relevant information")), 40);
  for (guint i = 0; i < given->homes->len; i++)
    {
      const YmReturnHome *home = g_ptr_array_index (given->homes, i);

      add_home_cells (table, home);
      ym_table_add_text (table, home->provider);
      ym_table_add_text (table, home->area);
      ym_table_add_text (table, home->local_authority);
      for (guint j = 0; j < YM_RETURN_N_NUMBERS; j++)
        add_known (table, numbers[j].kind, home->number[j]);
      add_share (table, home->number[YM_RETURN_APPROPRIATE],
                 home->number[YM_RETURN_APPROPRIATE] + home->number[YM_RETURN_NOT_APPROPRIATE]);
      add_share (table, home->number[YM_RETURN_NOT_LOGGED], home->number[YM_RETURN_POLICE]);
      add_inspections (table, home, words);
      ym_table_add_text (table, home->other);
    }
}

static char *
answer_text (const YmField *field, gint64 answer, const YmWords *words)
{
  GString *text;

  if (field->kind == YM_FIELD_CHOICE)
    return g_strdup (choice_word (field->choices, answer, words));
  text = g_string_new (NULL);
  for (guint i = 0; i < field->choices->n_items; i++)
    if ((answer & (G_GINT64_CONSTANT (1) << field->choices->items[i].number)) != 0)
      g_string_append_printf (text, "%s%s", text->len == 0 ? "" : "; ",
                              ym_words_get (words, field->choices->items[i].label));
  return g_string_free (text, FALSE);
}

static void
add_call (YmTable *table, const YmReturnHome *home, const YmReturnCall *call, const YmWords *words)
{
  int offset = ym_london_from_instant (call->received_at_us).offset_minutes;

  add_home_cells (table, home);
  ym_table_add_text (table, call->incident_ref);
  ym_table_add_number (table, YM_CELL_INSTANT, call->received_at_us);
  ym_table_add_text (table, offset == 0 ? "UTC" : "UTC+1");
  for (guint i = 0; i < YM_RETURN_N_ANSWERS; i++)
    {
      g_autofree char *text = answer_text (ym_form_field (ym_form (YM_FORM_CALL), ym_return_answers[i]), call->answer[i],
                                           words);

      ym_table_add_text (table, text);
    }
}

static void
fill_calls (YmTable *table, const YmReturn *given, const YmWords *words)
{
  add_home_columns (table, words);
  ym_table_add_column (table, ym_words_get (words, N_ ("Incident reference")), 20);
  ym_table_add_column (table, ym_words_get (words, N_ ("Received")), 16);
  ym_table_add_column (table, ym_words_get (words, N_ ("Clock")), 9);
  for (guint i = 0; i < YM_RETURN_N_ANSWERS; i++)
    ym_table_add_column (table, ym_words_get (words, ym_form_field (ym_form (YM_FORM_CALL), ym_return_answers[i])->label),
                         14);
  for (guint i = 0; i < given->homes->len; i++)
    {
      const YmReturnHome *home = g_ptr_array_index (given->homes, i);

      for (guint j = 0; j < home->calls->len; j++)
        add_call (table, home, g_ptr_array_index (home->calls, j), words);
    }
}

static void
fill_issues (YmTable *table, const YmReturn *given, const YmWords *words)
{
  add_home_columns (table, words);
  ym_table_add_column (table, ym_words_get (words, N_ ("Category")), 30);
  ym_table_add_column (table, ym_words_get (words, N_ ("Issues not settled")), 12);
  for (guint i = 0; i < given->homes->len; i++)
    for (guint j = 0; j < YM_RETURN_N_CATEGORIES; j++)
      {
        const YmReturnHome *home = g_ptr_array_index (given->homes, i);
        const char *category = choice_word (&ym_choices_issue_category, j, words);

        if (home->by_category[j] == 0)
          continue;
        add_home_cells (table, home);
        ym_table_add_text (table, category != NULL ? category : ym_words_get (words, N_ ("Other")));
        ym_table_add_number (table, YM_CELL_NUMBER, home->by_category[j]);
      }
}

static const struct {
  const char *name;
  const char *title;
  void (*fill) (YmTable *table, const YmReturn *given, const YmWords *words);
} tables[YM_RETURN_N_TABLES] = {
  [YM_RETURN_TABLE_SUMMARY] = { "summary", N_ ("Summary"), fill_summary },
  [YM_RETURN_TABLE_REASONS] = { "reasons", N_ ("Calls by reason"), fill_reasons },
  [YM_RETURN_TABLE_HOMES] = { "homes", N_ ("Homes"), fill_homes },
  [YM_RETURN_TABLE_CALLS] = { "calls", N_ ("Calls"), fill_calls },
  [YM_RETURN_TABLE_ISSUES] = { "issues", N_ ("Issues"), fill_issues },
};

const char *
ym_return_table_name (YmReturnTable which)
{
  return tables[which].name;
}

YmTable *
ym_return_table (const YmReturn *given, YmReturnTable which, const YmWords *words)
{
  YmTable *table = ym_table_new (ym_words_get (words, tables[which].title));

  tables[which].fill (table, given, words);
  return table;
}

static const char *
kind_word (YmReturnChangeKind kind, const YmWords *words)
{
  static const char *const labels[] = {
    [YM_RETURN_HOME_ADDED] = N_ ("Home added"),
    [YM_RETURN_HOME_LEFT] = N_ ("Home no longer listed"),
    [YM_RETURN_CALL_ADDED] = N_ ("Call added"),
    [YM_RETURN_CALL_LEFT] = N_ ("Call withdrawn"),
    [YM_RETURN_CALL_CHANGED] = N_ ("Call corrected"),
    [YM_RETURN_NUMBER_CHANGED] = N_ ("Figure corrected"),
    [YM_RETURN_TEXT_CHANGED] = N_ ("Other information corrected"),
    [YM_RETURN_INSPECTION_CHANGED] = N_ ("Joint inspection"),
  };

  return ym_words_get (words, labels[kind]);
}

static void
add_values_of_call (YmTable *table, const YmReturnChange *change, const YmWords *words)
{
  const YmField *field;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (change->what < 0)
    {
      ym_table_add_text (table, ym_words_get (words, N_ ("Received")));
      ym_table_add_number (table, YM_CELL_INSTANT, change->before);
      ym_table_add_number (table, YM_CELL_INSTANT, change->after);
      return;
    }
  field = ym_form_field (ym_form (YM_FORM_CALL), ym_return_answers[change->what]);
  before = answer_text (field, change->before, words);
  after = answer_text (field, change->after, words);
  ym_table_add_text (table, ym_words_get (words, field->label));
  ym_table_add_text (table, before);
  ym_table_add_text (table, after);
}

/* What, before and after. */
static void
add_values (YmTable *table, const YmReturnChange *change, const YmWords *words)
{
  g_autofree char *month = NULL;

  switch (change->kind)
    {
    case YM_RETURN_CALL_CHANGED:
      add_values_of_call (table, change, words);
      return;
    case YM_RETURN_NUMBER_CHANGED:
      ym_table_add_text (table, ym_words_get (words, numbers[change->what].label));
      add_known (table, numbers[change->what].kind, change->before);
      add_known (table, numbers[change->what].kind, change->after);
      return;
    case YM_RETURN_INSPECTION_CHANGED:
      month = ym_words_month (words, change->what);
      ym_table_add_text (table, month);
      ym_table_add_text (table, state_word ((YmInspectionState) change->before, words));
      ym_table_add_text (table, state_word ((YmInspectionState) change->after, words));
      return;
    case YM_RETURN_HOME_ADDED:
    case YM_RETURN_HOME_LEFT:
    case YM_RETURN_CALL_ADDED:
    case YM_RETURN_CALL_LEFT:
    case YM_RETURN_TEXT_CHANGED:
      break;
    }
  for (int i = 0; i < 3; i++)
    ym_table_add_empty (table);
}

YmTable *
ym_return_changes_table (GPtrArray *changes, const YmWords *words)
{
  YmTable *table = ym_table_new (ym_words_get (words, N_ ("Changes since the last issue")));

  ym_table_add_column (table, ym_words_get (words, N_ ("Registration number")), 12);
  ym_table_add_column (table, ym_words_get (words, N_ ("Change")), 24);
  ym_table_add_column (table, ym_words_get (words, N_ ("Incident reference")), 20);
  ym_table_add_column (table, ym_words_get (words, N_ ("What")), 30);
  ym_table_add_column (table, ym_words_get (words, N_ ("Before")), 18);
  ym_table_add_column (table, ym_words_get (words, N_ ("After")), 18);
  for (guint i = 0; i < changes->len; i++)
    {
      const YmReturnChange *change = g_ptr_array_index (changes, i);

      ym_table_add_text (table, change->home);
      ym_table_add_text (table, kind_word (change->kind, words));
      ym_table_add_text (table, change->incident_ref);
      add_values (table, change, words);
    }
  return table;
}

char *
ym_return_title (const YmReturn *given, guint number, const YmWords *words)
{
  YmMonth month = ym_month_of_day (given->period.from);
  gboolean is_month = given->period.from == ym_month_first_day (month) && given->period.until == ym_month_last_day (month);
  g_autofree char *span = NULL;
  g_autoptr (GString) title = NULL;

  if (is_month)
    span = ym_words_month (words, month);
  else
    {
      g_autofree char *from = ym_words_day (words, given->period.from);
      g_autofree char *until = ym_words_day (words, given->period.until);

      span = g_strdup_printf ("%s – %s", from, until);
    }
  title = g_string_new (ym_words_get (words, is_month ? N_ ("Monthly return") : N_ ("Return")));
  g_string_append_printf (title, ", %s", span);
  if (number > 0)
    g_string_append_printf (title, ", %s %u", ym_words_get (words, NC_ ("return", "issue")), number);
  else
    g_string_append_printf (title, ", %s", ym_words_get (words, NC_ ("return", "not issued")));
  return g_string_free (g_steal_pointer (&title), FALSE);
}

GPtrArray *
ym_return_tables (const YmReturn *given, GPtrArray *changes, const YmWords *words)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_table_free);

  for (guint i = 0; i < YM_RETURN_N_TABLES; i++)
    g_ptr_array_add (all, ym_return_table (given, i, words));
  if (changes != NULL)
    g_ptr_array_add (all, ym_return_changes_table (changes, words));
  return all;
}
