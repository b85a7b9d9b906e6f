/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing a visit, from the first key to the sign-off, on a real store. */

#include <string.h>

#include "app/rules/civil.h"
#include "tests/ui/harness.h"
#include "tests/ui/tablet.h"
#include "ui/language.h"
#include "ui/visit/draft-keeper.h"
#include "ui/visit/section-page.h"
#include "ui/visit/visit-editor.h"
#include "ui/widgets/confirm.h"
#include "ui/widgets/field-row.h"
#include "ui/widgets/page.h"

static YmVisitEditor *
show_editor (TestTablet *tablet, YmDraft *draft, int width, int height, GtkWindow **window)
{
  GtkWidget *editor = ym_visit_editor_new (tablet->session, draft);

  *window = harness_show (GTK_WIDGET (ym_page_new ("", editor)), width, height);
  test_tablet_settle (tablet);
  return YM_VISIT_EDITOR (editor);
}

static void
type_into (GtkWidget *root, const char *label, const char *text)
{
  GtkWidget *control = test_control (root, label);

  if (GTK_IS_TEXT_VIEW (control))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (control), text);
}

/* A choice is its question's group, then the button in it. */
static void
choose (GtkWidget *root, const char *question, const char *answer)
{
  GtkWidget *button = test_control (test_control (root, question), answer);

  g_signal_emit_by_name (button, "clicked");
  harness_settle ();
}

/* As if the officer chose a section: by its place, counted from 0. */
static void
go_to_section (YmVisitEditor *editor, int index)
{
  GtkWidget *list = test_control (GTK_WIDGET (editor), "Sections");

  gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), index)));
  harness_settle ();
}

/* Fails unless the focus is in the row that asks @question. */
static void
assert_focus (GtkWindow *window, const char *question)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, YM_TYPE_FIELD_ROW) : NULL;

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_get_mapped (focus));
  g_assert_cmpstr (ym_field_row_get_title (YM_FIELD_ROW (row)), ==, question);
}

static gpointer
do_load (YmDesk *desk, gpointer id, GError **error)
{
  return ym_draft_load (desk, id, error);
}

static void
count_cb (gpointer object, guint *count)
{
  (*count)++;
}

/* Fails if more keys put the save off, or if "saved" is said before it is so. */
static void
test_keeper_saves_within_a_second_of_the_first_key (TestTablet *tablet, gconstpointer data)
{
  YmDraft *draft = test_tablet_begin_visit (tablet);
  const YmId id = draft->record->id;
  g_autoptr (YmDraftKeeper) keeper = ym_draft_keeper_new (tablet->session, draft);
  g_autoptr (YmDraft) found = NULL;
  gint64 first_key_us, due_us;

  g_assert_true (ym_draft_keeper_is_saved (keeper));
  g_assert_cmpint (ym_draft_keeper_get_due_us (keeper), ==, 0);
  first_key_us = g_get_monotonic_time ();
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_TOTAL, 1);
  ym_draft_keeper_touch (keeper);
  due_us = ym_draft_keeper_get_due_us (keeper);
  g_assert_cmpint (due_us, >, 0);
  g_assert_cmpint (due_us, <, g_get_monotonic_time () + G_USEC_PER_SEC);
  g_assert_cmpint (due_us, >=, first_key_us);
  g_assert_false (ym_draft_keeper_is_saved (keeper));
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_TOTAL, 12);
  ym_draft_keeper_touch (keeper);
  g_assert_cmpint (ym_draft_keeper_get_due_us (keeper), ==, due_us);
  test_wait_for (ym_draft_keeper_is_saved (keeper));
  found = test_tablet_do (tablet, YM_LANE_READ, do_load, (gpointer) &id);
  g_assert_cmpint (ym_record_get_integer (found->record, YM_VISIT_STAFF_TOTAL, 0), ==, 12);
}

/* Fails if a word typed while a save is on its way is never saved, or a stopped keeper brings a signed draft back. */
static void
test_keeper_goes_on_and_stops (TestTablet *tablet, gconstpointer data)
{
  YmDraft *draft = test_tablet_begin_visit (tablet);
  const YmId id = draft->record->id;
  YmDraftKeeper *keeper = ym_draft_keeper_new (tablet->session, draft);
  g_autoptr (YmDraft) found = NULL;
  g_autoptr (YmDraft) later = NULL;

  ym_record_set_integer (draft->record, YM_VISIT_STAFF_TOTAL, 1);
  ym_draft_keeper_touch (keeper);
  ym_draft_keeper_save_now (keeper);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_TOTAL, 2);
  ym_draft_keeper_touch (keeper);
  ym_draft_keeper_save_now (keeper);
  test_wait_for (ym_draft_keeper_is_saved (keeper));
  found = test_tablet_do (tablet, YM_LANE_WRITE, do_load, (gpointer) &id);
  g_assert_cmpint (ym_record_get_integer (found->record, YM_VISIT_STAFF_TOTAL, 0), ==, 2);
  ym_draft_keeper_stop (keeper);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_TOTAL, 3);
  ym_draft_keeper_touch (keeper);
  ym_draft_keeper_save_now (keeper);
  g_object_unref (keeper);
  later = test_tablet_do (tablet, YM_LANE_WRITE, do_load, (gpointer) &id);
  g_assert_cmpint (ym_record_get_integer (later->record, YM_VISIT_STAFF_TOTAL, 0), ==, 2);
}

/* Fails if power lost in mid-visit costs a word that was said to be saved, or the place in the form. */
static void
test_power_cut_comes_back_to_the_field (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmVisitEditor *editor = show_editor (tablet, test_tablet_begin_visit (tablet), 360, 740, &window);
  const YmId id = ym_visit_editor_get_draft (editor)->record->id;
  YmDraft *found;

  go_to_section (editor, 1);
  gtk_widget_grab_focus (test_control (GTK_WIDGET (editor), "Notes on staffing"));
  type_into (GTK_WIDGET (editor), "Notes on staffing", "Dau ar ddyletswydd");
  g_assert_false (ym_visit_editor_is_saved (editor));
  test_wait_for (ym_visit_editor_is_saved (editor));
  type_into (GTK_WIDGET (editor), "Notes on staffing", "lost with the power");
  test_tablet_cut_power (tablet);
  harness_close (window);
  found = test_tablet_do (tablet, YM_LANE_READ, do_load, (gpointer) &id);
  g_assert_cmpstr (ym_record_get_text (found->record, YM_VISIT_STAFFING_NOTE), ==, "Dau ar ddyletswydd");
  g_assert_cmpstr (found->place, ==, "staffing_note");
  editor = show_editor (tablet, found, 360, 740, &window);
  assert_focus (window, "Notes on staffing");
  harness_close (window);
}

/* Fails if what was typed last is lost because the page went away before its save: the lock, a language switch. */
static void
test_dropped_page_saves (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmVisitEditor *editor = show_editor (tablet, test_tablet_begin_visit (tablet), 800, 600, &window);
  const YmId id = ym_visit_editor_get_draft (editor)->record->id;
  g_autoptr (YmDraft) found = NULL;

  type_into (GTK_WIDGET (editor), "Notes", "y gair olaf");
  gtk_window_destroy (window);
  test_tablet_reopen (tablet);
  found = test_tablet_do (tablet, YM_LANE_READ, do_load, (gpointer) &id);
  g_assert_cmpstr (ym_record_get_text (found->record, YM_VISIT_NOTES), ==, "y gair olaf");
}

/* Fails if a question is asked that doesn't apply, or one that does is not. */
static void
test_only_what_applies_is_asked (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmVisitEditor *editor = show_editor (tablet, test_tablet_begin_visit (tablet), 800, 1200, &window);
  GtkWidget *root = GTK_WIDGET (editor);
  GtkWidget *spoke = test_control (root, "Did you speak with a child?");
  GtkWidget *conversations = test_control (root, "Conversations with children");

  g_assert_false (gtk_widget_is_visible (spoke));
  g_assert_false (gtk_widget_is_visible (conversations));
  choose (root, "Were children present?", "Yes");
  g_assert_true (gtk_widget_get_mapped (spoke));
  choose (root, "Did you speak with a child?", "Yes");
  g_assert_true (gtk_widget_get_mapped (conversations));
  choose (root, "Were children present?", "No");
  g_assert_false (gtk_widget_is_visible (spoke));
  g_assert_false (gtk_widget_is_visible (conversations));
  harness_close (window);
}

/* Fails if "not discussed" is not kept, or still asks. */
static void
test_not_discussed_is_an_answer (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmVisitEditor *editor = show_editor (tablet, test_tablet_begin_visit (tablet), 1280, 800, &window);
  GtkWidget *root = GTK_WIDGET (editor);
  GtkWidget *section = gtk_widget_get_ancestor (test_control (root, "Staff in all"), YM_TYPE_SECTION_PAGE);
  GtkWidget *row = test_control (section, "Not discussed");
  GtkWidget *said = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));

  gtk_switch_set_active (GTK_SWITCH (said), TRUE);
  harness_settle ();
  g_assert_true (ym_record_is_not_discussed (ym_visit_editor_get_draft (editor)->record, 1));
  g_assert_false (gtk_widget_is_visible (test_control (root, "Staff in all")));
  harness_close (window);
}

/* R8 fails if the officer does not see at once how many are missing. */
static void
test_training_target_is_live (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmVisitEditor *editor = show_editor (tablet, test_tablet_begin_visit (tablet), 800, 1200, &window);
  g_autofree char *short_by = NULL;
  g_autofree char *met = NULL;

  go_to_section (editor, 1);
  type_into (GTK_WIDGET (editor), "Staff in all", "13");
  type_into (GTK_WIDGET (editor), "Staff trained in restorative approaches", "1");
  short_by = harness_text (GTK_WIDGET (editor));
  g_assert_nonnull (strstr (short_by, "4 of the staff should have it. Short by 3."));
  type_into (GTK_WIDGET (editor), "Staff trained in restorative approaches", "4");
  met = harness_text (GTK_WIDGET (editor));
  g_assert_nonnull (strstr (met, "The target is met."));
  harness_close (window);
}

static YmConfirm *
find_confirm (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (YM_IS_CONFIRM (window))
        return YM_CONFIRM (window);
    }
  return NULL;
}

/* Fails if rows can't be added, or go without a question once something was written in them. */
static void
test_rows_come_and_go (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmVisitEditor *editor = show_editor (tablet, test_tablet_begin_visit (tablet), 800, 1200, &window);
  const YmDraft *draft = ym_visit_editor_get_draft (editor);
  GtkWidget *people = test_control (GTK_WIDGET (editor), "People met");

  harness_press (test_control (people, "Add a person"));
  harness_press (test_control (people, "Add a person"));
  g_assert_cmpuint (draft->rows->len, ==, 2);
  harness_press (test_control (people, "Remove")); /* an empty one goes at once */
  g_assert_cmpuint (draft->rows->len, ==, 1);
  g_assert_null (find_confirm ());
  type_into (people, "Name", "D. Griffiths");
  g_assert_cmpstr (ym_record_get_text (g_ptr_array_index (draft->rows, 0), YM_PERSON_MET_NAME), ==, "D. Griffiths");
  harness_press (test_control (people, "Remove"));
  g_assert_cmpuint (draft->rows->len, ==, 1);
  g_assert_nonnull (find_confirm ());
  harness_press (test_control (GTK_WIDGET (find_confirm ()), "Remove"));
  g_assert_cmpuint (draft->rows->len, ==, 0);
  harness_close (window);
}

/* Fails if last time's answer is not offered, or a tap on it is not an answer. */
static void
test_as_before (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmVisitEditor *editor;
  const YmDraft *draft;

  test_tablet_sign_visit (tablet);
  editor = show_editor (tablet, test_tablet_begin_visit (tablet), 800, 1200, &window);
  draft = ym_visit_editor_get_draft (editor);
  go_to_section (editor, 1);
  harness_press (test_control (GTK_WIDGET (editor), "Staff in all: as before, 12"));
  g_assert_cmpint (ym_record_get_integer (draft->record, YM_VISIT_STAFF_TOTAL, 0), ==, 12);
  go_to_section (editor, 0);
  harness_press (test_control (test_control (GTK_WIDGET (editor), "People met"), "As before"));
  g_assert_cmpuint (draft->rows->len, ==, 1);
  g_assert_cmpstr (ym_record_get_text (g_ptr_array_index (draft->rows, 0), YM_PERSON_MET_ROLE), ==, "manager");
  harness_close (window);
}

/* Fails if sign-off does not lead to what is missing. */
static void
test_sign_off_leads_to_what_is_missing (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmDraft *draft = test_tablet_begin_visit (tablet);
  YmVisitEditor *editor;
  g_autofree char *text = NULL;

  test_fill_visit (draft);
  ym_record_set_integer (draft->record, YM_VISIT_NOT_DISCUSSED, 0x3c);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_ON_DUTY, 2);
  editor = show_editor (tablet, draft, 1280, 800, &window);
  go_to_section (editor, 6);
  type_into (GTK_WIDGET (editor), "Date agreed for the next visit", "32 March");
  harness_press (test_control (GTK_WIDGET (editor), "Sign off…"));
  g_assert_null (find_confirm ());
  assert_focus (window, "Staff required");
  text = harness_text (GTK_WIDGET (editor));
  g_assert_nonnull (strstr (text, "Missing for sign-off"));
  g_assert_nonnull (strstr (text, "This is not answered yet."));
  g_assert_nonnull (strstr (text, "4 missing")); /* required, in all, trained, and a date that is none */
  type_into (GTK_WIDGET (editor), "Staff required", "3");
  type_into (GTK_WIDGET (editor), "Staff in all", "12");
  type_into (GTK_WIDGET (editor), "Staff trained in restorative approaches", "2");
  harness_press (test_control (GTK_WIDGET (editor), "Sign off…"));
  assert_focus (window, "Date agreed for the next visit");
  harness_close (window);
}

static gpointer
do_load_visit (YmDesk *desk, gpointer id, GError **error)
{
  return ym_visit_load (desk, id, error);
}

static gpointer
do_count_drafts (YmDesk *desk, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) drafts = ym_draft_list (desk, NULL, error);

  *(guint *) data = drafts->len;
  return desk;
}

static void
signed_off_cb (YmVisitEditor *editor, const YmId *id, YmId *signed_off)
{
  *signed_off = *id;
}

/* R12: fails if sign-off does not fix the visit, or the draft comes back from the dead. */
static void
test_sign_off_fixes (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmDraft *draft = test_tablet_begin_visit (tablet);
  YmId signed_off = ym_id_zero;
  YmVisitEditor *editor;
  g_autoptr (YmVisit) visit = NULL;
  g_autofree char *text = NULL;
  guint n_drafts = 0;

  test_fill_visit (draft);
  editor = show_editor (tablet, draft, 360, 740, &window);
  g_signal_connect (editor, "signed-off", G_CALLBACK (signed_off_cb), &signed_off);
  type_into (GTK_WIDGET (editor), "Good practice seen", "not discussed, so not signed");
  harness_press (test_control (GTK_WIDGET (editor), "Sign off…"));
  g_assert_nonnull (find_confirm ());
  text = harness_text (GTK_WIDGET (find_confirm ()));
  g_assert_nonnull (strstr (text, "At the home: Tuesday 20 January 2026, 10:00 to 10:30"));
  g_assert_nonnull (strstr (text, "People met: 1 (D. Griffiths, manager)"));
  g_assert_nonnull (strstr (text, "Not discussed: Staffing, Protocols, Calls, Children at risk, Issues"));
  harness_press (test_control (GTK_WIDGET (find_confirm ()), "Sign Off"));
  test_wait_for (!ym_id_is_zero (&signed_off));
  harness_close (window);
  test_tablet_settle (tablet);
  visit = test_tablet_do (tablet, YM_LANE_READ, do_load_visit, &signed_off);
  g_assert_cmpuint (visit->rows->len, ==, 1);
  g_assert_false (ym_record_has (visit->visit, YM_VISIT_GOOD_PRACTICE));
  test_tablet_do (tablet, YM_LANE_WRITE, do_count_drafts, &n_drafts);
  g_assert_cmpuint (n_drafts, ==, 0);
}

/* Fails if an officer can't see why the server refused a visit. */
static void
test_refused_draft_says_why (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmDraft *draft = test_tablet_begin_visit (tablet);
  YmVisitEditor *editor;
  g_autofree char *text = NULL;

  draft->reason = YM_REASON_NOT_ASSIGNED;
  editor = show_editor (tablet, draft, 360, 740, &window);
  text = harness_text (GTK_WIDGET (editor));
  g_assert_nonnull (strstr (text, ym_reason_get_message (YM_REASON_NOT_ASSIGNED)));
  harness_close (window);
}

/* Fails if a draft can't be thrown away, or goes without a question. */
static void
test_discard_asks (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmVisitEditor *editor = show_editor (tablet, test_tablet_begin_visit (tablet), 1280, 800, &window);
  guint discarded = 0, n_drafts = 0;

  g_signal_connect (editor, "discarded", G_CALLBACK (count_cb), &discarded);
  harness_press (test_control (GTK_WIDGET (editor), "Throw away this draft…"));
  test_tablet_do (tablet, YM_LANE_WRITE, do_count_drafts, &n_drafts);
  g_assert_cmpuint (n_drafts, ==, 1);
  harness_press (test_control (GTK_WIDGET (find_confirm ()), "Throw Away"));
  test_wait_for (discarded == 1);
  harness_close (window);
  test_tablet_do (tablet, YM_LANE_WRITE, do_count_drafts, &n_drafts);
  g_assert_cmpuint (n_drafts, ==, 0);
}

/* What is photographed: a visit half written, with one before it and an issue open. */
static TestTablet *shown;

static YmDraft *
new_draft (void)
{
  YmDraft *draft = test_tablet_begin_visit (shown);

  test_fill_visit (draft);
  ym_record_set_integer (draft->record, YM_VISIT_NOT_DISCUSSED, 1 << 3);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_ON_DUTY, 3);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_TOTAL, 13);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_TRAINED, 2);
  g_clear_pointer (&draft->place, g_free);
  return draft;
}

static GtkWidget *
in_page (YmDraft *draft)
{
  GtkWidget *page = GTK_WIDGET (ym_page_new ("", ym_visit_editor_new (shown->session, draft)));

  test_tablet_settle (shown);
  return page;
}

/* The page opens where the officer was. */
static GtkWidget *
make_at (const char *place)
{
  YmDraft *draft = new_draft ();

  draft->place = g_strdup (place);
  return in_page (draft);
}

static GtkWidget *
make_first_section (void)
{
  return make_at (NULL);
}

static GtkWidget *
make_staffing (void)
{
  GtkWidget *page = make_at ("staff_on_duty");

  ym_visit_editor_sign_off (YM_VISIT_EDITOR (ym_page_get_body (YM_PAGE (page))));
  return page;
}

static GtkWidget *
make_children (void)
{
  YmDraft *draft = new_draft ();
  YmRecord *concern = ym_draft_add_row (draft, ym_form (YM_FORM_CHILD_CONCERN), ym_random_system ());
  YmRecord *placement = ym_draft_add_row (draft, ym_form (YM_FORM_PLACEMENT), ym_random_system ());

  ym_record_set_integer (draft->record, YM_VISIT_CONCERN_RAISED, YM_YES);
  ym_record_set_integer (concern, YM_CHILD_CONCERN_CATEGORY, 3);
  ym_record_set_text (placement, YM_PLACEMENT_AUTHORITY, "Powys & Ceredigion");
  draft->place = g_strdup ("concern_raised");
  return in_page (draft);
}

static GtkWidget *
make_issues (void)
{
  return make_at ("issues_reviewed");
}

static GtkWidget *
make_notes (void)
{
  YmDraft *draft = new_draft ();

  ym_record_set_text (draft->record, YM_VISIT_NOTES, "Roedd Rhys Morgan ar goll nos Lun.");
  draft->place = g_strdup ("next_visit");
  return in_page (draft);
}

static gboolean
show_sections_cb (gpointer page)
{
  g_signal_emit_by_name (test_control (page, g_dgettext (GETTEXT_PACKAGE, "All sections")), "clicked");
  return G_SOURCE_REMOVE;
}

static void
show_sections_later_cb (GtkWidget *page)
{
  g_idle_add (show_sections_cb, page);
}

static GtkWidget *
make_sections (void)
{
  GtkWidget *page = make_staffing ();

  /* Once it is on the screen and has put the focus where the officer was. */
  g_signal_connect_after (page, "map", G_CALLBACK (show_sections_later_cb), NULL);
  return page;
}

/* R3: fails if what looks like a child's name is taken without a word, or stands in the way of anything. */
static void
test_names_are_questioned (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmVisitEditor *editor = show_editor (tablet, test_tablet_begin_visit (tablet), 800, 1200, &window);
  GtkWidget *root = GTK_WIDGET (editor);
  g_autofree char *asked = NULL;
  g_autofree char *known = NULL;

  go_to_section (editor, 6);
  type_into (root, "Notes", "Rhys Morgan was missing on Monday");
  harness_settle ();
  asked = harness_text (root);
  g_assert_nonnull (strstr (asked, "“Rhys Morgan” looks like a full name."));
  g_assert_cmpstr (ym_record_get_text (ym_visit_editor_get_draft (editor)->record, YM_VISIT_NOTES), ==,
                   "Rhys Morgan was missing on Monday");
  go_to_section (editor, 0);
  harness_press (test_control (root, "Add a person"));
  type_into (root, "Name", "Rhys Morgan");
  go_to_section (editor, 6);
  known = harness_text (root);
  g_assert_null (strstr (known, "looks like a full name"));
  harness_close (window);
}

/* Fails if the visit doesn't say when R1 wants the next one, or one tap doesn't make that the date agreed. */
static void
test_next_visit_is_proposed (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;
  YmVisitEditor *editor = show_editor (tablet, test_tablet_begin_visit (tablet), 800, 1200, &window);
  GtkWidget *take = test_control (GTK_WIDGET (editor), "Date agreed for the next visit: take what is proposed, "
                                                       "Tuesday 3 February 2026");
  YmDay day;

  go_to_section (editor, 6);
  gtk_widget_grab_focus (take);
  harness_press (take);
  g_assert_true (ym_day_parse ("2026-02-03", &day));
  g_assert_cmpint (ym_record_get_integer (ym_visit_editor_get_draft (editor)->record, YM_VISIT_NEXT_VISIT, 0), ==, day);
  g_assert_false (gtk_widget_get_mapped (take));
  assert_focus (window, "Date agreed for the next visit");
  harness_close (window);
}

/* Fails if a page needs more width than it has; the pictures are for people to look at. */
static void
test_pictures (TestTablet *tablet, gconstpointer data)
{
  shown = tablet;
  test_tablet_sign_visit (tablet);
  test_tablet_open_issue (tablet);
  harness_pictures ("visit-where", make_first_section);
  harness_pictures ("visit-staffing", make_staffing);
  harness_pictures ("visit-children", make_children);
  harness_pictures ("visit-issues", make_issues);
  harness_pictures ("visit-notes", make_notes);
  harness_pictures ("visit-sections", make_sections);
}

#define TABLET_TEST(name, function)                                                                                    \
  g_test_add ("/ui/visit/" name, TestTablet, NULL, test_tablet_set_up, function, test_tablet_tear_down)

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  TABLET_TEST ("keeper-first-key", test_keeper_saves_within_a_second_of_the_first_key);
  TABLET_TEST ("keeper-goes-on", test_keeper_goes_on_and_stops);
  TABLET_TEST ("power-cut", test_power_cut_comes_back_to_the_field);
  TABLET_TEST ("dropped", test_dropped_page_saves);
  TABLET_TEST ("only-if", test_only_what_applies_is_asked);
  TABLET_TEST ("not-discussed", test_not_discussed_is_an_answer);
  TABLET_TEST ("training", test_training_target_is_live);
  TABLET_TEST ("rows", test_rows_come_and_go);
  TABLET_TEST ("as-before", test_as_before);
  TABLET_TEST ("names", test_names_are_questioned);
  TABLET_TEST ("next-visit", test_next_visit_is_proposed);
  TABLET_TEST ("missing", test_sign_off_leads_to_what_is_missing);
  TABLET_TEST ("sign-off", test_sign_off_fixes);
  TABLET_TEST ("refused", test_refused_draft_says_why);
  TABLET_TEST ("discard", test_discard_asks);
  TABLET_TEST ("pictures", test_pictures);
  return g_test_run ();
}
