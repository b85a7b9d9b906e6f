/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The forms are data that are signed for ever: these tests guard what may never change or clash. */

#include "app/forms/record.h"
#include "app/forms/validate.h"

#include <string.h>

/* A column of the tables' own under the name of a field would take what was answered for something else. */
static gboolean
is_own_column (const char *name)
{
  static const char *const own[] = { "number", "scope", "id", "entry", NULL };

  return g_strv_contains (own, name);
}

/* A clash would make one signed number mean two things. */
static void
test_numbers_and_names_are_unique (void)
{
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    {
      g_assert_true (ym_form (forms[i]->id) == forms[i]);
      g_assert_true (ym_form_by_name (forms[i]->name) == forms[i]);
      for (guint j = 0; j < forms[i]->n_fields; j++)
        {
          const YmField *field = &forms[i]->fields[j];

          g_assert_true (ym_form_field (forms[i], field->id) == field);
          g_assert_true (ym_form_field_by_name (forms[i], field->name) == field);
          g_assert_false (is_own_column (field->name));
        }
    }
}

/* A field named as a column that every table has would write over it. */
static void
test_names_are_free (void)
{
  static const char *const taken[] = { "number", "scope", "id", "entry", NULL };
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    for (guint j = 0; j < forms[i]->n_fields; j++)
      g_assert_false (g_strv_contains (taken, forms[i]->fields[j].name));
}

/* A field that points nowhere, or a choice that a bit mask can't hold, would fail in an officer's hands. */
static void
test_fields_hold_together (void)
{
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    for (guint j = 0; j < forms[i]->n_fields; j++)
      {
        const YmField *field = &forms[i]->fields[j];
        gboolean chooses = field->kind == YM_FIELD_CHOICE || field->kind == YM_FIELD_CHOICES;

        g_test_message ("%s.%s", forms[i]->name, field->name);
        g_assert_cmpint (field->choices != NULL, ==, chooses);
        if (field->kind == YM_FIELD_TEXT || field->kind == YM_FIELD_NOTE || field->kind == YM_FIELD_INTEGER
            || field->kind == YM_FIELD_BYTES)
          g_assert_cmpint (field->maximum, >, field->minimum);
        if (field->kind == YM_FIELD_REFERENCE)
          g_assert_nonnull (ym_form (field->refers_to));
        if (field->section != 0)
          g_assert_nonnull (ym_form_section (forms[i], field->section));
        if (field->only_if != 0)
          g_assert_nonnull (
              ym_choices_by_number (ym_form_field (forms[i], field->only_if)->choices, field->only_if_is));
        for (guint k = 0; chooses && k < field->choices->n_items; k++)
          g_assert_cmpuint (field->choices->items[k].number, <, 63);
      }
}

static YmRecord *
new_record (guint type)
{
  YmId scope = { { 1 } };
  YmId id = { { 2 } };

  return ym_record_new (ym_form (type), &scope, &id);
}

/* Two importers that read the same line must make the same record. */
static void
test_natural_keys_make_ids (void)
{
  YmId force = { { 9 } };
  g_autoptr (YmRecord) home = new_record (YM_FORM_HOME);
  YmId by_record;
  YmId by_key = ym_id_from_key (&force, "home", "W013000");

  ym_record_set_text (home, YM_HOME_REGISTRATION_NO, "W013000");
  by_record = ym_record_key_id (home, &force);
  g_assert_true (ym_id_equal (&by_record, &by_key));
}

static const struct {
  guint type, field;
  YmValue value;
  gboolean fine;
} checks[] = {
  { YM_FORM_VISIT, YM_VISIT_STAFF_ON_DUTY, { YM_VALUE_INTEGER, { .integer = 0 } }, TRUE },
  { YM_FORM_VISIT, YM_VISIT_STAFF_ON_DUTY, { YM_VALUE_INTEGER, { .integer = -1 } }, FALSE },
  { YM_FORM_VISIT, YM_VISIT_STAFF_ON_DUTY, { YM_VALUE_INTEGER, { .integer = 100 } }, FALSE },
  { YM_FORM_VISIT, YM_VISIT_STAFF_ON_DUTY, { YM_VALUE_TEXT, { .text = (char *) "3" } }, FALSE },
  { YM_FORM_VISIT, YM_VISIT_PLACE, { YM_VALUE_INTEGER, { .integer = 2 } }, TRUE },
  { YM_FORM_VISIT, YM_VISIT_PLACE, { YM_VALUE_INTEGER, { .integer = 3 } }, FALSE },
  { YM_FORM_VISIT, YM_VISIT_CHECKS, { YM_VALUE_INTEGER, { .integer = 0x3e } }, TRUE },
  { YM_FORM_VISIT, YM_VISIT_CHECKS, { YM_VALUE_INTEGER, { .integer = 0x40 } }, FALSE },
  { YM_FORM_VISIT, YM_VISIT_CHECKS, { YM_VALUE_INTEGER, { .integer = 1 } }, FALSE },
  { YM_FORM_VISIT, YM_VISIT_NEXT_VISIT, { YM_VALUE_INTEGER, { .integer = 20000 } }, TRUE },
  { YM_FORM_VISIT, YM_VISIT_NEXT_VISIT, { YM_VALUE_INTEGER, { .integer = 200000 } }, FALSE },
  { YM_FORM_VISIT, YM_VISIT_NOTES, { YM_VALUE_TEXT, { .text = (char *) "one\ntwo ŵ" } }, TRUE },
  { YM_FORM_VISIT, YM_VISIT_NOTES, { YM_VALUE_TEXT, { .text = (char *) "bell\a" } }, FALSE },
  { YM_FORM_ISSUE, YM_ISSUE_TITLE, { YM_VALUE_TEXT, { .text = (char *) "one\ntwo" } }, FALSE },
  { YM_FORM_CHILD_CONCERN, YM_CHILD_CONCERN_INITIALS, { YM_VALUE_TEXT, { .text = (char *) "ŴŷÂô" } }, TRUE },
  { YM_FORM_CHILD_CONCERN, YM_CHILD_CONCERN_INITIALS, { YM_VALUE_TEXT, { .text = (char *) "ABCDE" } }, FALSE },
};

/* A value that slips through would be signed and could never be edited. */
static void
test_values_are_checked (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      const YmField *field = ym_form_field (ym_form (checks[i].type), checks[i].field);
      g_autofree char *message = ym_field_check (field, &checks[i].value);

      g_test_message ("case %u: %s", i, field->name);
      g_assert_cmpint (message == NULL, ==, checks[i].fine);
    }
}

static gboolean
has_problem (const YmRecord *record, YmMoment moment, guint field)
{
  g_autoptr (GPtrArray) problems = ym_record_problems (record, moment);

  for (guint i = 0; i < problems->len; i++)
    if (((const YmProblem *) g_ptr_array_index (problems, i))->field->id == field)
      return TRUE;
  return FALSE;
}

/* Sign-off must ask for what is missing, take "not discussed" as an answer, and not ask what does not apply. */
static void
test_sign_off_asks_for_what_is_missing (void)
{
  g_autoptr (YmRecord) visit = new_record (YM_FORM_VISIT);

  g_assert_true (has_problem (visit, YM_MOMENT_SIGN_OFF, YM_VISIT_PLACE));
  g_assert_false (has_problem (visit, YM_MOMENT_SAVE, YM_VISIT_PLACE));
  g_assert_true (has_problem (visit, YM_MOMENT_SIGN_OFF, YM_VISIT_STAFF_ON_DUTY));
  ym_record_set_integer (visit, YM_VISIT_NOT_DISCUSSED, 1 << 1);
  g_assert_false (has_problem (visit, YM_MOMENT_SIGN_OFF, YM_VISIT_STAFF_ON_DUTY));
  g_assert_true (has_problem (visit, YM_MOMENT_SIGN_OFF, YM_VISIT_POLICY_SEEN));
  g_assert_false (has_problem (visit, YM_MOMENT_SIGN_OFF, YM_VISIT_SPOKE_WITH_CHILD));
  ym_record_set_integer (visit, YM_VISIT_CHILDREN_PRESENT, YM_YES);
  g_assert_true (has_problem (visit, YM_MOMENT_SIGN_OFF, YM_VISIT_SPOKE_WITH_CHILD));
}

/* Times and numbers that contradict each other would be fixed for ever. */
static void
test_sign_off_sees_contradictions (void)
{
  g_autoptr (YmRecord) visit = new_record (YM_FORM_VISIT);

  ym_record_set_integer (visit, YM_VISIT_STARTED_AT, 2000);
  ym_record_set_integer (visit, YM_VISIT_ENDED_AT, 1000);
  ym_record_set_integer (visit, YM_VISIT_STAFF_TOTAL, 3);
  ym_record_set_integer (visit, YM_VISIT_STAFF_TRAINED, 4);
  g_assert_true (has_problem (visit, YM_MOMENT_SIGN_OFF, YM_VISIT_ENDED_AT));
  g_assert_true (has_problem (visit, YM_MOMENT_SIGN_OFF, YM_VISIT_STAFF_TRAINED));
  ym_record_set_integer (visit, YM_VISIT_ENDED_AT, 2000);
  ym_record_set_integer (visit, YM_VISIT_STAFF_TRAINED, 3);
  g_assert_false (has_problem (visit, YM_MOMENT_SIGN_OFF, YM_VISIT_ENDED_AT));
  g_assert_false (has_problem (visit, YM_MOMENT_SIGN_OFF, YM_VISIT_STAFF_TRAINED));
}

/* A copy that shares memory with its original would change behind an officer's back. */
static void
test_records_copy_deeply (void)
{
  g_autoptr (YmRecord) visit = new_record (YM_FORM_VISIT);
  g_autoptr (YmRecord) copy = NULL;

  ym_record_set_text (visit, YM_VISIT_NOTES, "before");
  copy = ym_record_copy (visit);
  g_assert_true (ym_record_equal (visit, copy));
  ym_record_set_text (visit, YM_VISIT_NOTES, "after");
  g_assert_cmpstr (ym_record_get_text (copy, YM_VISIT_NOTES), ==, "before");
  g_assert_false (ym_record_equal (visit, copy));
  ym_record_set_text (visit, YM_VISIT_NOTES, "");
  g_assert_false (ym_record_has (visit, YM_VISIT_NOTES));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/numbers-and-names-are-unique", test_numbers_and_names_are_unique);
  g_test_add_func ("/forms/names-are-free", test_names_are_free);
  g_test_add_func ("/forms/fields-hold-together", test_fields_hold_together);
  g_test_add_func ("/forms/natural-keys-make-ids", test_natural_keys_make_ids);
  g_test_add_func ("/forms/values-are-checked", test_values_are_checked);
  g_test_add_func ("/forms/sign-off-asks-for-what-is-missing", test_sign_off_asks_for_what_is_missing);
  g_test_add_func ("/forms/sign-off-sees-contradictions", test_sign_off_sees_contradictions);
  g_test_add_func ("/forms/records-copy-deeply", test_records_copy_deeply);
  return g_test_run ();
}
