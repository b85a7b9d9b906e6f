/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Issues on the screen, and the dialogs that write one record: on a real store. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/journal/tables.h"
#include "app/notebook/issues.h"
#include "app/notebook/save.h"
#include "tests/ui/harness.h"
#include "tests/ui/tablet.h"
#include "ui/issue/board-page.h"
#include "ui/issue/dialogs.h"
#include "ui/issue/issue-page.h"
#include "ui/issue/record-dialog.h"
#include "ui/visit/report-dialog.h"
#include "ui/visit/visit-view.h"
#include "ui/widgets/confirm.h"
#include "ui/widgets/field-row.h"
#include "ui/widgets/page.h"

static GtkWindow *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

static GtkWidget *
dialog (TestTablet *tablet)
{
  test_tablet_settle (tablet);
  g_assert_nonnull (find_window (YM_TYPE_RECORD_DIALOG));
  return GTK_WIDGET (find_window (YM_TYPE_RECORD_DIALOG));
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

static void
choose (GtkWidget *root, const char *question, const char *answer)
{
  harness_press (test_control (test_control (root, question), answer));
}

/* A long list of choices is given its answer as its row would be given one. */
static void
pick (GtkWidget *root, guint field, gint64 number)
{
  YmFieldRow *row = ym_record_form_get_row (ym_record_dialog_get_form (YM_RECORD_DIALOG (root)), field);
  const YmValue value = ym_value_integer (number);

  ym_field_row_answer (row, &value);
}

static GtkWindow *
show_empty (void)
{
  return harness_show (gtk_label_new ("the page below"), 800, 900);
}

static gpointer
do_list (YmDesk *desk, gpointer home, GError **error)
{
  return ym_issue_list (desk, home, error);
}

static gpointer
do_load (YmDesk *desk, gpointer id, GError **error)
{
  return ym_issue_load (desk, id, error);
}

static gpointer
do_count_drafts (YmDesk *desk, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) drafts = ym_draft_list (desk, NULL, error);

  *(guint *) data = drafts->len;
  return desk;
}

static guint
count_drafts (TestTablet *tablet)
{
  guint n = 0;

  test_tablet_do (tablet, YM_LANE_WRITE, do_count_drafts, &n);
  return n;
}

/* Fails if an issue can be opened with less than it needs, or what is missing is not said where it is. */
static void
test_open (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window = show_empty ();
  const YmId visit = { { 7 } };
  g_autoptr (GPtrArray) issues = NULL;
  const YmRecord *issue;
  g_autofree char *text = NULL;
  GtkWidget *root;
  YmId at_visit;

  ym_issue_open_dialog_present (window, tablet->session, &tablet->force.home_1, &visit);
  root = dialog (tablet);
  type_into (root, "Description", "Since October.");
  harness_press (test_control (root, "Open Issue"));
  text = harness_text (root);
  g_assert_nonnull (strstr (text, "What it is about (required)"));
  g_assert_nonnull (strstr (text, "This is not answered yet."));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (root)),
                                         test_control (root, "What it is about (required)")));
  type_into (root, "What it is about (required)", "Two on duty");
  pick (root, YM_ISSUE_CATEGORY, 1);
  choose (root, "Severity (required)", "High");
  pick (root, YM_ISSUE_OWNER, 1);
  harness_press (test_control (root, "Open Issue"));
  test_wait_for (find_window (YM_TYPE_RECORD_DIALOG) == NULL);
  issues = test_tablet_do (tablet, YM_LANE_READ, do_list, &tablet->force.home_1);
  g_assert_cmpuint (issues->len, ==, 1);
  issue = ((YmIssue *) g_ptr_array_index (issues, 0))->issue;
  g_assert_cmpstr (ym_record_get_text (issue, YM_ISSUE_TITLE), ==, "Two on duty");
  g_assert_true (ym_record_get_id (issue, YM_ISSUE_VISIT, &at_visit));
  g_assert_true (ym_id_equal (&at_visit, &visit));
  g_assert_cmpuint (count_drafts (tablet), ==, 0);
  harness_close (window);
}

/* Fails if what was typed into a dialog is lost when the power goes, or comes back twice. */
static void
test_dialog_survives_a_power_cut (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window = show_empty ();
  g_autofree char *text = NULL;
  GtkWidget *root;

  ym_contact_dialog_present (window, tablet->session, &tablet->force.home_1);
  root = dialog (tablet);
  type_into (root, "Note (required)", "Ffoniodd y rheolwr");
  test_wait_for (count_drafts (tablet) == 1);
  test_tablet_cut_power (tablet);
  gtk_window_destroy (GTK_WINDOW (root));
  ym_contact_dialog_present (window, tablet->session, &tablet->force.home_1);
  root = dialog (tablet);
  text = harness_text (root);
  g_assert_nonnull (strstr (text, "You began this earlier"));
  choose (root, "How (required)", "By phone");
  type_into (root, "With whom (required)", "D. Griffiths");
  harness_press (test_control (root, "Save Contact"));
  test_wait_for (find_window (YM_TYPE_RECORD_DIALOG) == NULL);
  g_assert_cmpuint (count_drafts (tablet), ==, 0);
  harness_close (window);
}

/* Fails if Escape loses what was typed without a question, or asks about nothing. */
static void
test_escape_asks_only_if_typed (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window = show_empty ();
  GtkWidget *root;

  ym_contact_dialog_present (window, tablet->session, &tablet->force.home_1);
  root = dialog (tablet);
  harness_press (test_control (root, "Cancel"));
  g_assert_null (find_window (YM_TYPE_CONFIRM));
  g_assert_null (find_window (YM_TYPE_RECORD_DIALOG));
  ym_contact_dialog_present (window, tablet->session, &tablet->force.home_1);
  root = dialog (tablet);
  type_into (root, "Note (required)", "gone");
  harness_press (test_control (root, "Cancel"));
  g_assert_nonnull (find_window (YM_TYPE_RECORD_DIALOG));
  harness_press (test_control (GTK_WIDGET (find_window (YM_TYPE_CONFIRM)), "Throw Away"));
  g_assert_null (find_window (YM_TYPE_RECORD_DIALOG));
  test_tablet_settle (tablet);
  g_assert_cmpuint (count_drafts (tablet), ==, 0);
  harness_close (window);
}

/* Fails if a dialog stays in sight of whoever holds the locked tablet, or what was typed is lost by locking it. */
static void
test_lock_closes_and_keeps (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window = show_empty ();
  GtkWidget *root;

  ym_contact_dialog_present (window, tablet->session, &tablet->force.home_1);
  root = dialog (tablet);
  type_into (root, "Note (required)", "Ffoniodd y rheolwr");
  gtk_window_close (GTK_WINDOW (root)); /* as ym_window_set_phase() does */
  harness_settle ();
  g_assert_null (find_window (YM_TYPE_RECORD_DIALOG));
  g_assert_null (find_window (YM_TYPE_CONFIRM));
  test_tablet_settle (tablet);
  g_assert_cmpuint (count_drafts (tablet), ==, 1);
  harness_close (window);
}

static GtkWidget *
new_issue_page (TestTablet *tablet, const YmId *id)
{
  GtkWidget *page = GTK_WIDGET (ym_page_new ("", ym_issue_page_new (tablet->session, id)));

  test_tablet_settle (tablet);
  return page;
}

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

static gpointer
do_count_commits (YmDesk *desk, gpointer data, GError **error)
{
  gint64 commits;

  g_assert_true (ym_sql_integer (desk->db, &commits, error, "SELECT value FROM state WHERE name = 'commits'", ""));
  return GINT_TO_POINTER ((int) commits);
}

static gpointer
do_praise (YmDesk *desk, gpointer id, GError **error)
{
  g_autoptr (YmRecord) before = ym_tables_find (desk->db, ym_form (YM_FORM_ISSUE), id, error);
  g_autoptr (YmRecord) after = ym_record_copy (before);

  ym_record_set_integer (after, YM_ISSUE_CATEGORY, YM_ISSUE_GOOD_PRACTICE);
  return ym_desk_save (desk, "issue.edit", before, after, error) ? desk : NULL;
}

static void
promote (TestTablet *tablet)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  TestForce *force = &tablet->force;
  YmRecord *officer = ym_record_new (ym_form (YM_FORM_OFFICER), &force->force, &force->devices[TEST_2001].officer);

  ym_record_set_text (officer, YM_OFFICER_COLLAR_NO, "2001");
  ym_record_set_text (officer, YM_OFFICER_NAME, "C. Griffiths");
  ym_record_set_integer (officer, YM_OFFICER_ROLE, YM_ROLE_SUPERVISOR);
  ym_record_set_text (officer, YM_OFFICER_AREA, "West");
  g_ptr_array_add (records, officer);
  test_tablet_import (tablet, records);
}

/* R11: fails if good practice can't be shared from where it is recorded, or is offered to whom the server refuses. */
static void
test_good_practice_is_shared (TestTablet *tablet, gconstpointer data)
{
  const YmId id = test_tablet_open_issue (tablet);
  GtkWindow *window = harness_show (new_issue_page (tablet, &id), 800, 900);
  GtkWidget *share = test_control (GTK_WIDGET (window), "Share with the force…");
  g_autofree char *text = NULL;
  GtkWidget *root;

  g_assert_false (gtk_widget_get_mapped (share)); /* under-staffing is no good practice */
  test_tablet_do (tablet, YM_LANE_WRITE, do_praise, (gpointer) &id);
  g_signal_emit_by_name (tablet->session, "changed");
  test_tablet_settle (tablet);
  text = harness_text (GTK_WIDGET (window));
  g_assert_nonnull (strstr (text, "A supervisor or the force lead can share this"));
  g_assert_false (gtk_widget_get_mapped (share));
  promote (tablet);
  g_signal_emit_by_name (tablet->session, "changed");
  test_tablet_settle (tablet);
  harness_press (share);
  root = dialog (tablet);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test_control (root, "In a few words (required)"))), ==,
                   "Two on duty where three are required");
  gtk_window_destroy (GTK_WINDOW (root));
  harness_close (window);
}

static gpointer
do_resolve (YmDesk *desk, gpointer id, GError **error)
{
  return ym_issue_step (desk, id, YM_ISSUE_RESOLVED, "three on duty", NULL, error) ? desk : NULL;
}

static GtkWidget *
new_board (TestTablet *tablet)
{
  GtkWidget *page = GTK_WIDGET (ym_page_new ("", ym_board_page_new (tablet->session)));

  test_tablet_settle (tablet);
  return page;
}

/* R11: fails if an issue is missing from the board, stands in the wrong column, or stays in one that it has left. */
static void
test_board (TestTablet *tablet, gconstpointer data)
{
  const YmId id = test_tablet_open_issue (tablet);
  GtkWindow *window = harness_show (new_board (tablet), 800, 900);
  GtkWidget *root = GTK_WIDGET (window);

  g_assert_true (gtk_widget_get_mapped (test_control (root, "Open")));
  g_assert_false (gtk_widget_get_mapped (test_control (root, "Past due")));
  choose (root, "In what order", "By due date");
  g_assert_true (gtk_widget_get_mapped (test_control (root, "Past due")));
  g_assert_false (gtk_widget_get_mapped (test_control (root, "Due later")));
  choose (root, "In what order", "By state");
  test_tablet_do (tablet, YM_LANE_WRITE, do_resolve, (gpointer) &id);
  g_signal_emit_by_name (tablet->session, "changed");
  test_tablet_settle (tablet);
  g_assert_false (gtk_widget_get_mapped (test_control (root, "Open")));
  harness_close (window);
}

/* Fails if a save and the end of its draft are two commits: the power between them brings back what is signed already. */
static void
test_save_takes_its_draft_along (TestTablet *tablet, gconstpointer data)
{
  const YmId id = test_tablet_open_issue (tablet);
  GtkWindow *window = harness_show (new_issue_page (tablet, &id), 800, 900);
  GtkWidget *root;
  int before;

  harness_press (test_control (GTK_WIDGET (window), "Next step…"));
  root = dialog (tablet);
  choose (root, "State (required)", "In progress");
  type_into (root, "Note (required)", "The manager agreed");
  test_wait_for (count_drafts (tablet) == 1);
  before = GPOINTER_TO_INT (test_tablet_do (tablet, YM_LANE_WRITE, do_count_commits, NULL));
  harness_press (test_control (root, "Save Step"));
  test_wait_for (find_window (YM_TYPE_RECORD_DIALOG) == NULL);
  g_assert_cmpint (GPOINTER_TO_INT (test_tablet_do (tablet, YM_LANE_WRITE, do_count_commits, NULL)), ==, before + 1);
  g_assert_cmpuint (count_drafts (tablet), ==, 0);
  harness_close (window);
}

/* R11: fails if a step that can't be is offered, or one that can be is not saved. */
static void
test_step_offers_what_is_legal (TestTablet *tablet, gconstpointer data)
{
  const YmId id = test_tablet_open_issue (tablet);
  GtkWindow *window = harness_show (new_issue_page (tablet, &id), 800, 900);
  g_autoptr (YmIssue) issue = NULL;
  g_autofree char *text = NULL;
  GtkWidget *root, *states;

  harness_press (test_control (GTK_WIDGET (window), "Next step…"));
  root = dialog (tablet);
  states = test_control (root, "State (required)");
  g_assert_cmpuint (count_children (states), ==, 4); /* in progress, resolved, escalated, or only a note */
  text = harness_text (states);
  g_assert_null (strstr (text, "Reopened"));
  g_assert_null (strstr (text, "Open\n"));
  g_assert_nonnull (strstr (text, "Only a note"));
  choose (root, "State (required)", "In progress");
  type_into (root, "Note (required)", "The manager agreed");
  harness_press (test_control (root, "Save Step"));
  test_wait_for (find_window (YM_TYPE_RECORD_DIALOG) == NULL);
  issue = test_tablet_do (tablet, YM_LANE_READ, do_load, (gpointer) &id);
  g_assert_cmpint (issue->state, ==, YM_ISSUE_IN_PROGRESS);
  test_tablet_settle (tablet);
  g_free (text);
  text = harness_text (GTK_WIDGET (window));
  g_assert_nonnull (strstr (text, "The manager agreed"));
  g_assert_nonnull (strstr (text, "In progress"));
  g_assert_cmpuint (count_drafts (tablet), ==, 0);
  harness_close (window);
}

static gpointer
do_illegal_steps (YmDesk *desk, gpointer data, GError **error)
{
  const YmId *id = data;

  /* A colleague resolves it; while offline another had taken it in progress: written as it would come in. */
  g_assert_true (ym_issue_step (desk, id, YM_ISSUE_RESOLVED, "three on duty", NULL, error));
  g_assert_true (ym_issue_step (desk, id, YM_ISSUE_REOPENED, "two again", NULL, error));
  return desk;
}

/* Fails if the page does not follow the notebook, or loses what is being changed when it does. */
static void
test_page_follows_and_keeps_what_is_typed (TestTablet *tablet, gconstpointer data)
{
  const YmId id = test_tablet_open_issue (tablet);
  GtkWindow *window = harness_show (new_issue_page (tablet, &id), 800, 900);
  g_autoptr (YmIssue) issue = NULL;
  g_autofree char *text = NULL;

  type_into (GTK_WIDGET (window), "Response", "A post is advertised.");
  test_tablet_do (tablet, YM_LANE_WRITE, do_illegal_steps, (gpointer) &id);
  g_signal_emit_by_name (tablet->session, "changed");
  test_tablet_settle (tablet);
  text = harness_text (GTK_WIDGET (window));
  g_assert_nonnull (strstr (text, "two again"));
  harness_press (test_control (GTK_WIDGET (window), "Save changes"));
  test_wait_for (!gtk_widget_get_mapped (test_control (GTK_WIDGET (window), "Save changes")));
  issue = test_tablet_do (tablet, YM_LANE_READ, do_load, (gpointer) &id);
  g_assert_cmpstr (ym_record_get_text (issue->issue, YM_ISSUE_RESPONSE), ==, "A post is advertised.");
  g_assert_cmpstr (ym_record_get_text (issue->issue, YM_ISSUE_SCANNING), ==,
                   "Short on four of five visits since October.");
  test_tablet_settle (tablet);
  g_assert_cmpuint (count_drafts (tablet), ==, 0);
  harness_close (window);
}

/* Fails if a change of the plan that was not saved is lost with the power, or can't be taken back. */
static void
test_unsaved_plan_survives (TestTablet *tablet, gconstpointer data)
{
  const YmId id = test_tablet_open_issue (tablet);
  GtkWindow *window = harness_show (new_issue_page (tablet, &id), 800, 900);
  GtkTextView *view;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  type_into (GTK_WIDGET (window), "Analysis", "The pay is low.");
  test_wait_for (count_drafts (tablet) == 1);
  test_tablet_cut_power (tablet);
  harness_close (window);
  window = harness_show (new_issue_page (tablet, &id), 800, 900);
  view = GTK_TEXT_VIEW (test_control (GTK_WIDGET (window), "Analysis"));
  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (view), &start, &end);
  text = gtk_text_buffer_get_text (gtk_text_view_get_buffer (view), &start, &end, FALSE);
  g_assert_cmpstr (text, ==, "The pay is low.");
  harness_press (test_control (GTK_WIDGET (window), "Undo changes"));
  test_tablet_settle (tablet);
  g_assert_cmpuint (count_drafts (tablet), ==, 0);
  g_assert_false (gtk_widget_get_mapped (test_control (GTK_WIDGET (window), "Save changes")));
  harness_close (window);
}

/* Fails if an action can't be added, changed or done, or what is late does not show. */
static void
test_actions (TestTablet *tablet, gconstpointer data)
{
  const YmId id = test_tablet_open_issue (tablet);
  GtkWindow *window = harness_show (new_issue_page (tablet, &id), 800, 900);
  g_autoptr (YmIssue) issue = NULL;
  g_autofree char *text = harness_text (GTK_WIDGET (window));
  GtkWidget *root;

  g_assert_nonnull (strstr (text, "8 days past due"));
  harness_press (test_control (GTK_WIDGET (window), "Change… Advertise the post"));
  root = dialog (tablet);
  type_into (root, "Who", "D. Griffiths");
  harness_press (test_control (root, "Save Action"));
  test_wait_for (find_window (YM_TYPE_RECORD_DIALOG) == NULL);
  test_tablet_settle (tablet);
  harness_press (test_control (GTK_WIDGET (window), "Done today Advertise the post"));
  test_tablet_settle (tablet);
  harness_press (test_control (GTK_WIDGET (window), "Add an action…"));
  root = dialog (tablet);
  type_into (root, "What will be done (required)", "Look at the rota");
  pick (root, YM_ACTION_OWNER, 2);
  type_into (root, "Due (required)", "3/2/2026");
  harness_press (test_control (root, "Save Action"));
  test_wait_for (find_window (YM_TYPE_RECORD_DIALOG) == NULL);
  test_tablet_settle (tablet);
  issue = test_tablet_do (tablet, YM_LANE_READ, do_load, (gpointer) &id);
  g_assert_cmpuint (issue->actions->len, ==, 2);
  g_assert_cmpstr (ym_record_get_text (g_ptr_array_index (issue->actions, 0), YM_ACTION_OWNER_NAME), ==, "D. Griffiths");
  g_assert_true (ym_record_has (g_ptr_array_index (issue->actions, 0), YM_ACTION_DONE_ON));
  g_assert_cmpint (issue->days_past_due, ==, 0);
  g_free (text);
  text = harness_text (GTK_WIDGET (window));
  g_assert_nonnull (strstr (text, "Next action due Tuesday 3 February 2026"));
  harness_close (window);
}

/* R12: fails if a signed visit does not say who, when and how far it has come, or a correction does not stand beside. */
static void
test_view_and_addendum (TestTablet *tablet, gconstpointer data)
{
  const YmId id = test_tablet_sign_visit (tablet);
  GtkWidget *view = ym_visit_view_new (tablet->session, &id);
  GtkWindow *window = harness_show (GTK_WIDGET (ym_page_new ("", view)), 800, 1400);
  g_autofree char *text = NULL;
  GtkWidget *root;

  test_tablet_settle (tablet);
  text = harness_text (GTK_WIDGET (window));
  g_assert_nonnull (strstr (text, "2001, on the device “Tablet 7”"));
  g_assert_nonnull (strstr (text, "On this device, waiting to sync"));
  g_assert_nonnull (strstr (text, "D. Griffiths"));
  g_assert_nonnull (strstr (text, "Not discussed"));
  g_assert_null (strstr (text, "Agency staff on duty")); /* not answered */
  harness_press (test_control (GTK_WIDGET (window), "Add an addendum…"));
  root = dialog (tablet);
  type_into (root, "Correction or addition (required)", "There were three staff.");
  harness_press (test_control (root, "Sign Addendum"));
  g_assert_nonnull (find_window (YM_TYPE_RECORD_DIALOG)); /* a reason is needed */
  type_into (root, "Reason (required)", "Miscounted");
  harness_press (test_control (root, "Sign Addendum"));
  test_wait_for (find_window (YM_TYPE_RECORD_DIALOG) == NULL);
  test_tablet_settle (tablet);
  g_free (text);
  text = harness_text (GTK_WIDGET (window));
  g_assert_nonnull (strstr (text, "There were three staff."));
  g_assert_nonnull (strstr (text, "Reason: Miscounted"));
  harness_close (window);
}

static gpointer
do_count_disclosures (YmDesk *desk, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) all = ym_tables_select (desk->db, ym_form (YM_FORM_DISCLOSURE), error, "", "");

  *(guint *) data = all->len;
  return desk;
}

/* R13: fails if a visit is given out without a recipient or a reason, without a log of it, or not at all. */
static void
test_report (TestTablet *tablet, gconstpointer data)
{
  const YmId id = test_tablet_sign_visit (tablet);
  GtkWidget *dialog_body = ym_report_dialog_new (tablet->session, &id);
  GtkWindow *window = harness_show (dialog_body, 520, 640);
  g_autofree char *folder = g_dir_make_tmp ("ymweld-report-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "report.pdf", NULL);
  g_autofree char *contents = NULL, *said = NULL;
  guint n_disclosures = 1;

  choose (dialog_body, "For whom", "For the home");
  type_into (dialog_body, "Recipient", "D. Griffiths, manager");
  ym_report_dialog_save (YM_REPORT_DIALOG (dialog_body), path);
  test_tablet_settle (tablet);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS)); /* why is not said yet */
  test_tablet_do (tablet, YM_LANE_READ, do_count_disclosures, &n_disclosures);
  g_assert_cmpuint (n_disclosures, ==, 0);
  type_into (dialog_body, "Justification", "Agreed at the visit");
  ym_report_dialog_save (YM_REPORT_DIALOG (dialog_body), path);
  test_tablet_settle (tablet);
  said = harness_text (dialog_body);
  g_assert_nonnull (strstr (said, "report.pdf"));
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "%PDF-"));
  test_tablet_do (tablet, YM_LANE_READ, do_count_disclosures, &n_disclosures);
  g_assert_cmpuint (n_disclosures, ==, 1);
  harness_picture (window, "report-dialog");
  harness_close (window);
  g_unlink (path);
  g_rmdir (folder);
}

static TestTablet *shown;
static YmId shown_issue, shown_visit;

static GtkWidget *
make_report_dialog (void)
{
  return GTK_WIDGET (ym_page_new ("", ym_report_dialog_new (shown->session, &shown_visit)));
}

static GtkWidget *
make_issue_page (void)
{
  return new_issue_page (shown, &shown_issue);
}

static GtkWidget *
make_board (void)
{
  return new_board (shown);
}

static GtkWidget *
make_visit_view (void)
{
  GtkWidget *page = GTK_WIDGET (ym_page_new ("", ym_visit_view_new (shown->session, &shown_visit)));

  test_tablet_settle (shown);
  return page;
}

static gpointer
do_addendum (YmDesk *desk, gpointer id, GError **error)
{
  g_assert_true (ym_visit_add_addendum (desk, id, "There were three staff on duty, one of them from an agency.",
                                        "Miscounted", error));
  return desk;
}

/* Fails if a page needs more width than it has; the pictures are for people to look at. */
static void
test_pictures (TestTablet *tablet, gconstpointer data)
{
  shown = tablet;
  shown_visit = test_tablet_sign_visit (tablet);
  shown_issue = test_tablet_open_issue (tablet);
  test_tablet_do (tablet, YM_LANE_WRITE, do_illegal_steps, &shown_issue);
  test_tablet_do (tablet, YM_LANE_WRITE, do_addendum, &shown_visit);
  harness_pictures ("report", make_report_dialog);
  harness_pictures ("issue", make_issue_page);
  harness_pictures ("issue-board", make_board);
  harness_pictures ("visit-view", make_visit_view);
}

#define TABLET_TEST(name, function)                                                                                    \
  g_test_add ("/ui/issue/" name, TestTablet, NULL, test_tablet_set_up, function, test_tablet_tear_down)

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  TABLET_TEST ("open", test_open);
  TABLET_TEST ("dialog-power-cut", test_dialog_survives_a_power_cut);
  TABLET_TEST ("escape", test_escape_asks_only_if_typed);
  TABLET_TEST ("lock", test_lock_closes_and_keeps);
  TABLET_TEST ("step", test_step_offers_what_is_legal);
  TABLET_TEST ("good-practice", test_good_practice_is_shared);
  TABLET_TEST ("board", test_board);
  TABLET_TEST ("one-commit", test_save_takes_its_draft_along);
  TABLET_TEST ("follows", test_page_follows_and_keeps_what_is_typed);
  TABLET_TEST ("unsaved-plan", test_unsaved_plan_survives);
  TABLET_TEST ("actions", test_actions);
  TABLET_TEST ("view", test_view_and_addendum);
  TABLET_TEST ("report", test_report);
  TABLET_TEST ("pictures", test_pictures);
  return g_test_run ();
}
