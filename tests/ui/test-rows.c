/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows that forms are made of: what is answered is what is kept, and what is wrong is said there. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/forms/fields.h"
#include "tests/ui/harness.h"
#include "ui/widgets/choice-row.h"
#include "ui/widgets/choices-row.h"
#include "ui/widgets/date-row.h"
#include "ui/widgets/date-text.h"
#include "ui/widgets/form-rows.h"
#include "ui/widgets/note-row.h"
#include "ui/widgets/number-row.h"
#include "ui/widgets/pick-row.h"
#include "ui/widgets/text-row.h"

static GtkWidget *
find_type (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
count_cb (YmFieldRow *row, guint *count)
{
  (*count)++;
}

static GtkWidget *
make_choice (void)
{
  GtkWidget *row = ym_choice_row_new ("Announced");

  ym_choice_row_add (YM_CHOICE_ROW (row), 1, _ ("Yes"));
  ym_choice_row_add (YM_CHOICE_ROW (row), 2, _ ("No"));
  ym_choice_row_add (YM_CHOICE_ROW (row), 3, _ ("Not known"));
  return row;
}

static GtkWidget *
make_choices (void)
{
  GtkWidget *row = ym_choices_row_new ("Checks before calling");

  ym_choices_row_add (YM_CHOICES_ROW (row), 1, _ ("Contacted the child"));
  ym_choices_row_add (YM_CHOICES_ROW (row), 4, "Checked the room");
  return row;
}

static GtkWidget *
make_pick (void)
{
  GtkWidget *row = ym_pick_row_new (_ ("Category"));

  for (gint64 i = 1; i <= 12; i++)
    {
      const YmValue value = ym_value_integer (i);
      g_autofree char *label = g_strdup_printf ("Kind %" G_GINT64_FORMAT, i);

      ym_pick_row_add (YM_PICK_ROW (row), &value, label, NULL);
    }
  return row;
}

static GtkWidget *
make_number (void)
{
  return ym_number_row_new ("Staff on duty", 0, 60);
}

static GtkWidget *
make_text (void)
{
  return ym_text_row_new (_ ("Name"), 40);
}

static GtkWidget *
make_note (void)
{
  return ym_note_row_new (_ ("Notes"), 20);
}

static GtkWidget *
make_date (void)
{
  return ym_date_row_new ("Next visit", &harness_clock);
}

static GtkWidget *
make_instant (void)
{
  return ym_date_row_new_instant ("Began", &harness_clock);
}

typedef struct {
  GtkWidget *(*make) (void);
  YmValue value;
  const char *last_time;
} RoundTrip;

/* Fails if an answer comes back as another one, or a change by the program passes for one by the officer. */
static void
test_round_trip (void)
{
  RoundTrip cases[] = {
    { make_choice, ym_value_integer (2), "Last time: No" },
    { make_choices, ym_value_integer (1 << 1 | 1 << 4), "Last time: Contacted the child; Checked the room" },
    { make_pick, ym_value_integer (7), "Last time: Kind 7" },
    { make_number, ym_value_integer (0), "Last time: 0" },
    { make_text, ym_value_text ("Tŷ Gwyn & Co <b>"), "Last time: Tŷ Gwyn & Co <b>" },
    { make_note, ym_value_text ("one\ntwo"), "Last time: one\ntwo" },
    { make_date, ym_value_integer (20526), "Last time: Saturday 14 March 2026" },
    { make_instant, ym_value_integer (G_GINT64_CONSTANT (1773484200) * G_USEC_PER_SEC),
      "Last time: Saturday 14 March 2026, 10:30" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const YmValue none = YM_VALUE_INIT;
      g_auto (YmValue) value = YM_VALUE_INIT;
      GtkWidget *row = cases[i].make ();
      GtkWindow *window = harness_show (row, 400, 300);
      g_autofree char *shown = NULL;
      guint changes = 0;

      g_signal_connect (row, "changed", G_CALLBACK (count_cb), &changes);
      g_assert_true (ym_field_row_get_value (YM_FIELD_ROW (row), &value));
      g_assert_cmpint (value.kind, ==, YM_VALUE_NULL);
      ym_field_row_set_value (YM_FIELD_ROW (row), &cases[i].value);
      g_assert_true (ym_field_row_get_value (YM_FIELD_ROW (row), &value));
      g_assert_true (ym_value_equal (&value, &cases[i].value));
      ym_field_row_set_value (YM_FIELD_ROW (row), &none);
      g_assert_true (ym_field_row_get_value (YM_FIELD_ROW (row), &value));
      g_assert_cmpint (value.kind, ==, YM_VALUE_NULL);
      g_assert_cmpuint (changes, ==, 0);

      ym_field_row_set_previous (YM_FIELD_ROW (row), &cases[i].value);
      harness_settle ();
      shown = harness_text (row);
      g_assert_nonnull (strstr (shown, cases[i].last_time));
      harness_press (find_type (gtk_widget_get_last_child (row), GTK_TYPE_BUTTON));
      g_assert_true (ym_field_row_get_value (YM_FIELD_ROW (row), &value));
      g_assert_true (ym_value_equal (&value, &cases[i].value));
      g_assert_cmpuint (changes, ==, 1);
      /* Answered as before: the offer goes away, the focus stays in the row. */
      g_assert_false (gtk_widget_get_mapped (find_type (gtk_widget_get_last_child (row), GTK_TYPE_BUTTON)));
      harness_close (window);
      ym_value_clear (&cases[i].value);
    }
}

/* Fails if what can't be read is kept as something else, or isn't said at the field and to a screen reader. */
static void
test_unreadable (void)
{
  static const struct
  {
    GtkWidget *(*make) (void);
    const char *typed;
    gboolean readable;
  } cases[] = {
    { make_number, "61", FALSE },
    { make_number, "many", FALSE },
    { make_number, " 12 ", TRUE },
    { make_date, "31/2/2026", FALSE },
    { make_date, "tomorrow", FALSE },
    { make_date, "2026-02-28", TRUE },
    { make_instant, "14/3/2026", FALSE },
    { make_note, "12345678901234567890", TRUE },
    { make_note, "123456789012345678901", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (YmValue) value = YM_VALUE_INIT;
      GtkWidget *row = g_object_ref_sink (cases[i].make ());
      GtkWidget *text = find_type (row, GTK_TYPE_TEXT_VIEW);
      GtkWidget *spoken = text != NULL ? text : find_type (row, GTK_TYPE_ENTRY);

      if (text != NULL)
        gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), cases[i].typed, -1);
      else
        gtk_editable_set_text (GTK_EDITABLE (spoken), cases[i].typed);
      g_test_message ("%s", cases[i].typed);
      g_assert_cmpint (ym_field_row_get_value (YM_FIELD_ROW (row), &value), ==, cases[i].readable);
      g_assert_cmpint (ym_field_row_get_error (YM_FIELD_ROW (row)) == NULL, ==, cases[i].readable);
      gtk_test_accessible_assert_state (spoken, GTK_ACCESSIBLE_STATE_INVALID,
                                        cases[i].readable ? GTK_ACCESSIBLE_INVALID_FALSE
                                                          : GTK_ACCESSIBLE_INVALID_TRUE);
      g_object_unref (row);
    }
}

/* Fails if what sign-off finds missing isn't shown and told at the question itself. */
static void
test_error_from_outside (void)
{
  GtkWidget *row = make_text ();
  GtkWindow *window = harness_show (row, 400, 200);
  GtkWidget *entry = find_type (row, GTK_TYPE_ENTRY);

  ym_field_row_set_hint (YM_FIELD_ROW (row), "As on the register");
  ym_field_row_set_error (YM_FIELD_ROW (row), "Say who <you> met.");
  gtk_test_accessible_assert_property (entry, GTK_ACCESSIBLE_PROPERTY_LABEL, "Name");
  gtk_test_accessible_assert_property (entry, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Say who <you> met. As on the register");
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  ym_field_row_set_error (YM_FIELD_ROW (row), NULL);
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE);
  g_assert_null (ym_field_row_get_error (YM_FIELD_ROW (row)));
  harness_close (window);
}

/* Fails if the large buttons count wrongly, past the limits, or turn "not answered" into a guess. */
static void
test_number_steps (void)
{
  GtkWidget *row = ym_number_row_new ("Vacancies", 2, 4);
  GtkWindow *window = harness_show (row, 500, 200);
  GtkWidget *more = harness_find (row, "Vacancies: one more");
  GtkWidget *less = harness_find (row, "Vacancies: one fewer");
  g_auto (YmValue) value = YM_VALUE_INIT;
  guint changes = 0;

  g_signal_connect (row, "changed", G_CALLBACK (count_cb), &changes);
  for (gint64 expected = 2; expected <= 4; expected++)
    {
      harness_press (more);
      g_assert_true (ym_field_row_get_value (YM_FIELD_ROW (row), &value));
      g_assert_cmpint (value.integer, ==, expected);
    }
  g_assert_cmpuint (changes, ==, 3);
  g_assert_false (gtk_widget_is_sensitive (more));
  harness_press (less);
  g_assert_true (gtk_widget_is_sensitive (more));
  gtk_test_accessible_assert_property (find_type (row, GTK_TYPE_ENTRY), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 3.0);
  gtk_test_accessible_assert_role (find_type (row, GTK_TYPE_ENTRY), GTK_ACCESSIBLE_ROLE_SPIN_BUTTON);
  harness_close (window);
}

/* Fails if two answers can stand at once, or a wrong tap can't be taken back. */
static void
test_choice_exclusive (void)
{
  GtkWidget *row = make_choice ();
  GtkWindow *window = harness_show (row, 500, 200);
  GtkWidget *yes = harness_find (row, "Yes"), *no = harness_find (row, "No");
  g_auto (YmValue) value = YM_VALUE_INIT;

  harness_press (yes);
  harness_press (no);
  g_assert_true (ym_field_row_get_value (YM_FIELD_ROW (row), &value));
  g_assert_cmpint (value.integer, ==, 2);
  gtk_test_accessible_assert_role (no, GTK_ACCESSIBLE_ROLE_RADIO);
  gtk_test_accessible_assert_state (no, GTK_ACCESSIBLE_STATE_CHECKED, GTK_ACCESSIBLE_TRISTATE_TRUE);
  gtk_test_accessible_assert_state (yes, GTK_ACCESSIBLE_STATE_CHECKED, GTK_ACCESSIBLE_TRISTATE_FALSE);
  harness_press (no);
  g_assert_true (ym_field_row_get_value (YM_FIELD_ROW (row), &value));
  g_assert_cmpint (value.kind, ==, YM_VALUE_NULL);
  harness_close (window);
}

/* Fails if a reference to a record that hasn't arrived yet is lost by showing it. */
static void
test_pick_keeps_unknown (void)
{
  static const YmId id = { { 9, 8, 7 } };
  GtkWidget *row = g_object_ref_sink (ym_pick_row_new ("Home"));
  g_auto (YmValue) reference = ym_value_id (&id);
  g_auto (YmValue) value = YM_VALUE_INIT;
  g_autofree char *shown = NULL;

  ym_field_row_set_value (YM_FIELD_ROW (row), &reference);
  g_assert_true (ym_field_row_get_value (YM_FIELD_ROW (row), &value));
  g_assert_true (ym_value_equal (&value, &reference));
  ym_pick_row_add (YM_PICK_ROW (row), &reference, "Bryn Awel & Co", "Aberaeron");
  shown = harness_text (row);
  g_assert_nonnull (strstr (shown, "Bryn Awel & Co"));
  g_object_unref (row);
}

/* Fails if the row picked from the open list isn't the answer, or the search hides it. */
static void
test_pick_from_list (void)
{
  GtkWidget *row = make_pick ();
  GtkWindow *window = harness_show (row, 500, 600);
  GtkWidget *button = find_type (row, GTK_TYPE_BUTTON);
  GtkWidget *search, *chosen;
  g_auto (YmValue) value = YM_VALUE_INIT;
  guint changes = 0;

  g_signal_connect (row, "changed", G_CALLBACK (count_cb), &changes);
  harness_press (button);
  search = harness_find (button, "Search the list");
  chosen = harness_find (button, "Kind 11");
  g_assert_true (gtk_widget_get_mapped (search));
  gtk_editable_set_text (GTK_EDITABLE (search), "KIND 11");
  g_signal_emit_by_name (search, "search-changed");
  harness_settle ();
  g_assert_true (gtk_widget_get_child_visible (chosen));
  g_assert_false (gtk_widget_get_child_visible (harness_find (button, "Kind 10")));
  g_signal_emit_by_name (search, "activate");
  harness_settle ();
  g_assert_true (ym_field_row_get_value (YM_FIELD_ROW (row), &value));
  g_assert_cmpint (value.integer, ==, 11);
  g_assert_cmpuint (changes, ==, 1);
  harness_close (window);
}

/* Fails if a date is read as another day than was typed. */
static void
test_date_texts (void)
{
  static const struct
  {
    const char *text;
    YmDay day; /* YM_DAY_NONE: not a date */
  } cases[] = {
    { "14/3/2026", 20526 },   { "2026-03-14", 20526 },  { "14.03.26", 20526 },     { " 14 3 2026 ", 20526 },
    { "29/2/2024", 19782 },   { "29/2/2025", YM_DAY_NONE }, { "3/14/2026", YM_DAY_NONE }, { "14/3", YM_DAY_NONE },
    { "", YM_DAY_NONE },      { "14/3/226", YM_DAY_NONE },  { "1/2/3/4", YM_DAY_NONE },   { "0/1/2026", YM_DAY_NONE },
    { "99999999999999999999/1/1", YM_DAY_NONE },        { "14-03-2026x", YM_DAY_NONE },
  };
  static const struct
  {
    const char *text;
    int minute; /* -1: not a time */
  } times[] = {
    { "9:05", 545 }, { "0905", 545 }, { "905", 545 }, { "9.05", 545 }, { "9", 540 },   { "23:59", 1439 },
    { "24:00", -1 }, { "9:5", -1 },   { "", -1 },     { "12:60", -1 }, { "noon", -1 }, { "00:00", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmDay day = YM_DAY_NONE;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (ym_date_read (cases[i].text, &day), ==, cases[i].day != YM_DAY_NONE);
      if (cases[i].day != YM_DAY_NONE)
        g_assert_cmpint (day, ==, cases[i].day);
    }
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      int minute = -1;

      g_test_message ("%s", times[i].text);
      g_assert_cmpint (ym_time_read (times[i].text, &minute), ==, times[i].minute >= 0);
      g_assert_cmpint (minute, ==, times[i].minute);
    }
}

/* Fails if a visit that began in summer time is an hour off, or a time that never was is believed. */
static void
test_instants (void)
{
  static const struct
  {
    const char *date, *time;
    gint64 unix_s; /* -1: there was no such time */
  } cases[] = {
    { "1/7/2026", "10:00", 1782896400 },  /* 09:00 UTC */
    { "1/12/2026", "10:00", 1796119200 }, /* 10:00 UTC */
    { "29/3/2026", "1:30", -1 },          /* skipped */
    { "25/10/2026", "1:30", 1792888200 }, /* twice: the first, 00:30 UTC */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *row = g_object_ref_sink (make_instant ());
      g_auto (YmValue) value = YM_VALUE_INIT;
      GtkWidget *date = find_type (row, GTK_TYPE_ENTRY);
      GtkWidget *time = harness_find (row, "Began: time");

      gtk_editable_set_text (GTK_EDITABLE (date), cases[i].date);
      gtk_editable_set_text (GTK_EDITABLE (time), cases[i].time);
      g_assert_cmpint (ym_field_row_get_value (YM_FIELD_ROW (row), &value), ==, cases[i].unix_s >= 0);
      if (cases[i].unix_s >= 0)
        g_assert_cmpint (value.integer, ==, cases[i].unix_s * G_USEC_PER_SEC);
      g_object_unref (row);
    }
}

/* Fails if "today" is the machine's day and not London's. */
static void
test_today (void)
{
  GtkWidget *row = make_date ();
  GtkWindow *window = harness_show (row, 600, 300);
  g_auto (YmValue) value = YM_VALUE_INIT;

  harness_wall_us = G_GINT64_CONSTANT (1782860400) * G_USEC_PER_SEC; /* 23:00 UTC on 30 June: 1 July in London */
  harness_press (harness_find (row, "Next visit: Today"));
  g_assert_true (ym_field_row_get_value (YM_FIELD_ROW (row), &value));
  g_assert_cmpint (value.integer, ==, 20635);
  harness_wall_us = G_GINT64_CONSTANT (1773484200) * G_USEC_PER_SEC;
  harness_close (window);
}

/* Fails if a question of any form has no row, or the row has no name for a screen reader. */
static void
test_every_question_has_a_row (void)
{
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    for (guint j = 0; j < forms[i]->n_fields; j++)
      {
        const YmField *field = &forms[i]->fields[j];
        GtkWidget *row;

        if (field->kind == YM_FIELD_BYTES || (field->flags & YM_FIELD_AUTOMATIC) != 0)
          continue;
        row = g_object_ref_sink (ym_form_row_new (field, &harness_clock));
        g_assert_cmpstr (ym_field_row_get_title (YM_FIELD_ROW (row)), ==, field->label);
        harness_find (row, field->label);
        g_object_unref (row);
      }
}

static gboolean
is_pressed (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget)
         || GTK_IS_TEXT_VIEW (widget);
}

static void
assert_touchable (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_POPOVER (widget))
    return;
  if (is_pressed (widget))
    {
      graphene_rect_t bounds;

      g_assert_true (gtk_widget_compute_bounds (widget, widget, &bounds));
      g_assert_cmpfloat (bounds.size.height, >=, 44);
      g_assert_cmpfloat (bounds.size.width, >=, 44);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_touchable (child);
}

static GtkWidget *
make_all (void)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *(*const makers[]) (void)
      = { make_text, make_number, make_choice, make_pick, make_date, make_instant, make_choices, make_note };
  const YmValue previous[] = { ym_value_integer (4), ym_value_integer (1) };

  gtk_widget_add_css_class (box, "form-card");
  g_object_set (box, "margin-top", 12, "margin-bottom", 12, "margin-start", 12, "margin-end", 12, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      GtkWidget *row = makers[i]();

      gtk_box_append (GTK_BOX (box), row);
      if (i == 1 || i == 2)
        ym_field_row_set_previous (YM_FIELD_ROW (row), &previous[i - 1]);
      if (i == 0)
        ym_field_row_set_error (YM_FIELD_ROW (row), "Say who you met before you sign off.");
      if (i == 6)
        ym_field_row_set_hint (YM_FIELD_ROW (row), "What staff did before they called the police");
      if (i == 5)
        {
          const YmValue now = ym_value_integer (harness_wall_us);

          ym_field_row_set_value (YM_FIELD_ROW (row), &now);
        }
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  return scrolled;
}

/* Fails if something is too small for a finger, or a form needs more width than a phone has. */
static void
test_touch_and_width (void)
{
  GtkWindow *window = harness_show (make_all (), 360, 1300);

  assert_touchable (GTK_WIDGET (window));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), ==, 360);
  harness_close (window);
}

/* Fails if Tab misses a control or stops at something that can't be used. */
static void
test_tab_order (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *number = make_number (), *choice = make_choice ();
  GtkWindow *window;
  GtkWidget *expected[5];

  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), choice);
  window = harness_show (box, 600, 300);
  expected[0] = find_type (number, GTK_TYPE_TEXT);
  expected[1] = harness_find (number, "Staff on duty: one more");
  expected[2] = harness_find (choice, "Yes");
  expected[3] = harness_find (choice, "No");
  expected[4] = harness_find (choice, "Not known");
  gtk_widget_grab_focus (number);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (gtk_window_get_focus (window) == expected[i]);
      g_signal_emit_by_name (window, "move-focus", GTK_DIR_TAB_FORWARD);
    }
  harness_close (window);
}

/* Fails if a row can't be drawn in some look; the pictures are for people. */
static void
test_pictures (void)
{
  harness_pictures ("rows", make_all);
}

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  g_test_add_func ("/ui/rows/round-trip", test_round_trip);
  g_test_add_func ("/ui/rows/unreadable", test_unreadable);
  g_test_add_func ("/ui/rows/error-from-outside", test_error_from_outside);
  g_test_add_func ("/ui/rows/number-steps", test_number_steps);
  g_test_add_func ("/ui/rows/choice-exclusive", test_choice_exclusive);
  g_test_add_func ("/ui/rows/pick-keeps-unknown", test_pick_keeps_unknown);
  g_test_add_func ("/ui/rows/pick-from-list", test_pick_from_list);
  g_test_add_func ("/ui/rows/date-texts", test_date_texts);
  g_test_add_func ("/ui/rows/instants", test_instants);
  g_test_add_func ("/ui/rows/today", test_today);
  g_test_add_func ("/ui/rows/every-question-has-a-row", test_every_question_has_a_row);
  g_test_add_func ("/ui/rows/touch-and-width", test_touch_and_width);
  g_test_add_func ("/ui/rows/tab-order", test_tab_order);
  g_test_add_func ("/ui/rows/pictures", test_pictures);
  return g_test_run ();
}
