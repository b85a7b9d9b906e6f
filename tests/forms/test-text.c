/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers as text: what importers and scripts write must become exactly the value that the screen would store. */

#include "app/forms/text.h"

#include "app/forms/fields.h"

typedef struct {
  guint form;
  guint field;
  const char *text;
  const char *written; /* NULL: refused; "" : no answer */
} Case;

static const Case cases[] = {
  { YM_FORM_HOME, YM_HOME_NAME, "  Tŷ Gwyn, Aberteifi ", "Tŷ Gwyn, Aberteifi" },
  { YM_FORM_HOME, YM_HOME_NAME, " \t", "" },
  { YM_FORM_HOME, YM_HOME_NAME, "a\x01z", NULL },
  { YM_FORM_VISIT, YM_VISIT_NOTES, "one\ntwo", "one\ntwo" },
  { YM_FORM_VISIT, YM_VISIT_STAFF_ON_DUTY, "0", "0" },
  { YM_FORM_VISIT, YM_VISIT_STAFF_ON_DUTY, "99", "99" },
  { YM_FORM_VISIT, YM_VISIT_STAFF_ON_DUTY, "100", NULL },
  { YM_FORM_VISIT, YM_VISIT_STAFF_ON_DUTY, "-1", NULL },
  { YM_FORM_VISIT, YM_VISIT_STAFF_ON_DUTY, "3.0", NULL },
  { YM_FORM_VISIT, YM_VISIT_STAFF_ON_DUTY, "18446744073709551617", NULL },
  { YM_FORM_VISIT, YM_VISIT_PLACE, "at_home", "at_home" },
  { YM_FORM_VISIT, YM_VISIT_PLACE, "At the home", NULL },
  { YM_FORM_VISIT, YM_VISIT_PLACE, "1", NULL },
  { YM_FORM_VISIT, YM_VISIT_PLACE, "At_Home", "at_home" },
  { YM_FORM_MONTHLY_FIGURES, YM_MONTHLY_FIGURES_MONTH, "2026-03", "2026-03-01" },
  { YM_FORM_MONTHLY_FIGURES, YM_MONTHLY_FIGURES_MONTH, "2026-03-02", NULL },
  { YM_FORM_VISIT, YM_VISIT_NEXT_VISIT, "2026-03", NULL },
  { YM_FORM_VISIT, YM_VISIT_CHECKS, "nothing, called_family;checked_room", "called_family,checked_room,nothing" },
  { YM_FORM_VISIT, YM_VISIT_CHECKS, ",;", "" },
  { YM_FORM_VISIT, YM_VISIT_CHECKS, "called_family,rang", NULL },
  { YM_FORM_VISIT, YM_VISIT_NEXT_VISIT, "2024-02-29", "2024-02-29" },
  { YM_FORM_VISIT, YM_VISIT_NEXT_VISIT, "2026-02-29", NULL },
  { YM_FORM_VISIT, YM_VISIT_NEXT_VISIT, "14/03/2026", NULL },
  { YM_FORM_VISIT, YM_VISIT_NEXT_VISIT, "1066-10-14", NULL },
  { YM_FORM_VISIT, YM_VISIT_STARTED_AT, "2026-06-01T09:05Z", "2026-06-01T10:05:00+01:00" },
  { YM_FORM_VISIT, YM_VISIT_STARTED_AT, "09:05", "2026-07-10T09:05:00+01:00" },
  { YM_FORM_VISIT, YM_VISIT_STARTED_AT, "23:59", "2026-07-10T23:59:00+01:00" },
  { YM_FORM_VISIT, YM_VISIT_STARTED_AT, "24:00", NULL },
  { YM_FORM_VISIT, YM_VISIT_STARTED_AT, "09:60", NULL },
  { YM_FORM_VISIT, YM_VISIT_STARTED_AT, "9:05", NULL },
  { YM_FORM_VISIT, YM_VISIT_STARTED_AT, "2026-01-10 09:05", "2026-01-10T09:05:00+00:00" },
  { YM_FORM_VISIT, YM_VISIT_STARTED_AT, "2026-01-10T09:05", "2026-01-10T09:05:00+00:00" },
  { YM_FORM_VISIT, YM_VISIT_STARTED_AT, "2026-13-10 09:05", NULL },
  { YM_FORM_VISIT, YM_VISIT_STARTED_AT, "2026-03-29 01:30", NULL }, /* skipped */
  { YM_FORM_VISIT, YM_VISIT_STARTED_AT, "2026-10-25 01:30", NULL }, /* twice */
  { YM_FORM_VISIT, YM_VISIT_STARTED_AT, "2026-10-25T01:30+00:00", "2026-10-25T01:30:00+00:00" },
  { YM_FORM_VISIT, YM_VISIT_OFFICER, "000102030405060708090A0b0c0d0e0f", "000102030405060708090a0b0c0d0e0f" },
  { YM_FORM_VISIT, YM_VISIT_OFFICER, "0001", NULL },
  { YM_FORM_VISIT, YM_VISIT_OFFICER, "00010203040506070809z90b0c0d0e0f", NULL },
  { YM_FORM_VISIT, YM_VISIT_OFFICER, "00010203040506070809090b0c0d0e0", NULL },
};

#define TODAY "2026-07-10"

/* An answer read as something else than was written is signed into a notebook. */
static void
test_answers (void)
{
  YmDay today;

  g_assert_true (ym_day_parse (TODAY, &today));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const YmField *field = ym_form_field (ym_form (cases[i].form), cases[i].field);
      g_auto (YmValue) value = YM_VALUE_INIT;
      g_autofree char *problem = ym_field_read (field, cases[i].text, today, &value);
      g_autofree char *written = ym_field_write (field, &value);

      g_test_message ("%s: “%s”", field->name, cases[i].text);
      if (cases[i].written == NULL)
        {
          g_assert_nonnull (problem);
          g_assert_cmpint (value.kind, ==, YM_VALUE_NULL);
          continue;
        }
      g_assert_null (problem);
      g_assert_cmpstr (written, ==, cases[i].written);
      g_assert_cmpint (value.kind == YM_VALUE_NULL, ==, *cases[i].written == '\0');
    }
}

/* Each choice that there is must be found again by its code, or an export could not be imported. */
static void
test_choices_come_back (void)
{
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    for (guint j = 0; j < forms[i]->n_fields; j++)
      {
        const YmField *field = &forms[i]->fields[j];

        for (guint k = 0; field->choices != NULL && k < field->choices->n_items; k++)
          {
            gint64 number = field->choices->items[k].number;
            const YmValue value
                = ym_value_integer (field->kind == YM_FIELD_CHOICE ? number : G_GINT64_CONSTANT (1) << number);
            g_autofree char *text = ym_field_write (field, &value);
            g_auto (YmValue) again = YM_VALUE_INIT;
            g_autofree char *problem = ym_field_read (field, text, YM_DAY_NONE, &again);

            g_test_message ("%s.%s: %s", forms[i]->name, field->name, text);
            g_assert_null (problem);
            g_assert_true (ym_value_equal (&value, &again));
          }
      }
}

/* A file's time without a date or an offset would be filed under the day of the import. */
static void
test_a_file_wants_whole_instants (void)
{
  static const char *const texts[] = { "09:05", "2026-01-10 09:05" };
  const YmField *field = ym_form_field (ym_form (YM_FORM_VISIT), YM_VISIT_STARTED_AT);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (YmValue) value = YM_VALUE_INIT;
      g_autofree char *problem = ym_field_read (field, texts[i], YM_DAY_NONE, &value);

      g_assert_nonnull (problem);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/answers", test_answers);
  g_test_add_func ("/text/choices-come-back", test_choices_come_back);
  g_test_add_func ("/text/a-file-wants-whole-instants", test_a_file_wants_whole_instants);
  return g_test_run ();
}
