/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reconciling on the screen (R5): on a real store. */

#include <adwaita.h>
#include <string.h>

#include "app/notebook/issues.h"
#include "tests/ui/harness.h"
#include "tests/ui/tablet.h"
#include "ui/issue/record-dialog.h"
#include "ui/reconcile/log-entry.h"
#include "ui/reconcile/reconcile-lists.h"
#include "ui/reconcile/reconcile-page.h"
#include "ui/widgets/confirm.h"
#include "ui/widgets/page.h"

static TestTablet *shown;
static gboolean typing; /* which of the page's two sides is pictured */

static GtkWidget *
make_page (void)
{
  GtkWidget *page = GTK_WIDGET (ym_page_new ("", ym_reconcile_page_new (shown->session, &shown->force.home_1, NULL)));

  test_tablet_settle (shown);
  return page;
}

static gboolean
says (GtkWindow *window, const char *text)
{
  g_autofree char *all = harness_text (GTK_WIDGET (window));

  return strstr (all, text) != NULL;
}

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

static void
type_text (GtkWindow *window, const char *label, const char *text)
{
  GtkWidget *entry = test_control (GTK_WIDGET (window), label);

  g_assert_true (GTK_IS_ENTRY (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* A line of the log as an officer types it. */
static void
type_line (TestTablet *tablet, GtkWindow *window, const char *date, const char *time, const char *reason)
{
  if (date != NULL)
    type_text (window, "Date", date);
  type_text (window, "Time", time);
  if (reason != NULL)
    harness_press (test_control (GTK_WIDGET (window), reason));
  else
    g_signal_emit_by_name (test_control (GTK_WIDGET (window), "Time"), "activate");
  test_tablet_settle (tablet);
}

static gpointer
do_reconcile (YmDesk *desk, gpointer home, GError **error)
{
  const YmPeriod period = { ym_day_from_ymd (2025, 12, 1), ym_day_from_ymd (2026, 1, 20) };

  return ym_home_reconcile (desk, home, &period, 30, error);
}

static YmHomeReconciliation *
reconcile (TestTablet *tablet)
{
  return test_tablet_do (tablet, YM_LANE_WRITE, do_reconcile, &tablet->force.home_1);
}

/* Activates the row that a screen reader reads as beginning with @name. */
static void
activate_row (GtkWidget *root, const char *name)
{
  GtkWidget *row = test_control (root, name);

  g_assert_true (gtk_widget_activate (row));
  harness_settle ();
}

/* Broken: three taps and Enter do not make a line, the date does not stay, or a wrong time is taken. */
static void
test_type_the_log (TestTablet *tablet, gconstpointer data)
{
  g_autoptr (YmHomeReconciliation) result = NULL;
  g_autofree char *first = NULL, *second = NULL;
  GtkWindow *window;

  shown = tablet;
  window = harness_show (make_page (), 800, 1000);
  harness_press (test_control (GTK_WIDGET (window), "Type the home's log"));
  type_line (tablet, window, "5/1", "2230", "Missing");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (window), test_control (GTK_WIDGET (window), "Time")));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test_control (GTK_WIDGET (window), "Time"))), ==, "");
  type_line (tablet, window, NULL, "7.15", NULL);
  type_line (tablet, window, NULL, "2561", "Drugs");
  g_assert_true (says (window, "Type the time first, as 1432 or 14:32."));
  result = reconcile (tablet);
  g_assert_cmpuint (result->log->len, ==, 2);
  first = ym_instant_to_london_string (((YmLogEntry *) g_ptr_array_index (result->log, 0))->logged_at_us);
  second = ym_instant_to_london_string (((YmLogEntry *) g_ptr_array_index (result->log, 1))->logged_at_us);
  g_assert_cmpstr (first, ==, "2026-01-05T07:15:00+00:00");
  g_assert_cmpstr (second, ==, "2026-01-05T22:30:00+00:00");
  g_assert_cmpint (ym_record_get_integer (((YmLogEntry *) g_ptr_array_index (result->log, 1))->record,
                                          YM_HOME_LOG_ENTRY_REASON, 0), ==, YM_CALL_REASON_MISSING);
  harness_close (window);
}

/* Broken: a short date means another day than the officer meant. */
static void
test_short_dates (void)
{
  static const struct {
    const char *text;
    const char *means; /* NULL for no date */
  } cases[] = { { "14", "2026-01-14" },   { "3/2", "2026-02-03" }, { "03.02", "2026-02-03" },   { "3/2/25", "2025-02-03" },
                { "2025-12-31", "2025-12-31" }, { "31/2", NULL }, { "", NULL }, { "x", NULL }, { "14 March", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmDay day;
      gboolean good = ym_log_entry_row_read_day (cases[i].text, ym_day_from_ymd (2026, 1, 20), &day);
      g_autofree char *means = good ? ym_day_to_string (day) : NULL;

      g_assert_cmpstr (means, ==, cases[i].means);
    }
}

/* Broken: the figure does not follow what is typed, parted and joined, or what is kept is not what was seen. */
static void
test_pairs_and_rate (TestTablet *tablet, gconstpointer data)
{
  g_autoptr (YmHomeReconciliation) joined = NULL;
  GtkWindow *window;

  shown = tablet;
  test_tablet_import_calls (tablet);
  window = harness_show (make_page (), 1100, 900);
  g_assert_true (says (window, "4 by the police, 0 in the home's log: 4 only with the police, 100 %"));
  harness_press (test_control (GTK_WIDGET (window), "Type the home's log"));
  type_line (tablet, window, "5/1/2026", "2230", "Missing");
  harness_press (test_control (GTK_WIDGET (window), "Compare"));
  g_assert_true (says (window, "4 by the police, 1 in the home's log: 3 only with the police, 75 %"));
  g_assert_true (says (window, "11 minutes apart"));
  activate_row (GTK_WIDGET (window), "Police, Monday 5 January, 22:41 · Missing, Home's log, Monday 5 January, 22:30 · Missing, 11 minutes apart");
  harness_press (test_control (GTK_WIDGET (find_window (YM_TYPE_CONFIRM)), "Part Them"));
  test_tablet_settle (tablet);
  g_assert_true (says (window, "4 by the police, 1 in the home's log: 4 only with the police, 100 %"));
  activate_row (GTK_WIDGET (window), "Home's log, Monday 5 January, 22:30 · Missing");
  activate_row (GTK_WIDGET (find_window (ADW_TYPE_WINDOW)), "Sunday 11 January, 19:05 · Criminal damage, 8435 minutes apart");
  test_tablet_settle (tablet);
  g_assert_true (says (window, "8435 minutes apart · joined by hand"));
  joined = reconcile (tablet);
  g_assert_cmpuint (joined->by_hand, ==, 1);
  g_assert_cmpint (joined->discrepancy_percent, ==, 75);
  harness_close (window);
}

static gpointer
do_last (YmDesk *desk, gpointer home, GError **error)
{
  return ym_reconciliation_last (desk, home, G_MAXINT64, error);
}

static gpointer
do_issues (YmDesk *desk, gpointer home, GError **error)
{
  return ym_issue_list (desk, home, error);
}

/* Broken: the counts that the manager was shown are not the ones that are signed, or the issue has no figures. */
static void
test_keep_and_issue (TestTablet *tablet, gconstpointer data)
{
  g_autoptr (YmRecord) kept = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  const YmRecord *issue;
  GtkWindow *window;

  shown = tablet;
  test_tablet_import_calls (tablet);
  window = harness_show (make_page (), 360, 740);
  harness_press (test_control (GTK_WIDGET (window), "Keep This Reconciliation"));
  test_tablet_settle (tablet);
  g_assert_true (says (window, "Kept as it stands now"));
  kept = test_tablet_do (tablet, YM_LANE_WRITE, do_last, &tablet->force.home_1);
  g_assert_cmpint (ym_record_get_integer (kept, YM_RECONCILIATION_POLICE, 0), ==, 4);
  g_assert_cmpint (ym_record_get_integer (kept, YM_RECONCILIATION_ONLY_POLICE, 0), ==, 4);
  harness_press (test_control (GTK_WIDGET (window), "Open an Issue…"));
  test_tablet_settle (tablet);
  harness_press (test_control (GTK_WIDGET (find_window (YM_TYPE_RECORD_DIALOG)), "Open Issue"));
  test_tablet_settle (tablet);
  g_assert_null (find_window (YM_TYPE_RECORD_DIALOG));
  issues = test_tablet_do (tablet, YM_LANE_READ, do_issues, &tablet->force.home_1);
  g_assert_cmpuint (issues->len, ==, 1);
  issue = ((YmIssue *) g_ptr_array_index (issues, 0))->issue;
  g_assert_cmpint (ym_record_get_integer (issue, YM_ISSUE_CATEGORY, 0), ==, YM_ISSUE_CALL_LOG_DISCREPANCY);
  g_assert_nonnull (strstr (ym_record_get_text (issue, YM_ISSUE_DESCRIPTION), "4 only with the police: 100 %"));
  harness_close (window);
}

static guint
count_widgets (GtkWidget *widget)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child);
  return n;
}

/* @n calls, none logged: an answer as the lane would give it. */
static YmReconcileAnswer **
new_answer (guint n)
{
  YmReconcileAnswer *answer = g_new0 (YmReconcileAnswer, 1);
  YmHomeReconciliation *result = answer->result = g_new0 (YmHomeReconciliation, 1);

  result->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_call_free);
  result->log = g_ptr_array_new ();
  result->both = g_array_new (FALSE, FALSE, sizeof (YmReconciledPair));
  result->only_police = g_array_new (FALSE, FALSE, sizeof (YmReconciledPair));
  result->only_home = g_array_new (FALSE, FALSE, sizeof (YmReconciledPair));
  answer->log = g_array_new (FALSE, FALSE, sizeof (YmReconciledPair));
  for (guint i = 0; i < n; i++)
    {
      YmCall *call = g_new0 (YmCall, 1);
      const YmReconciledPair pair = { .call = call };

      memcpy (call->id.bytes, &i, sizeof i);
      call->received_at_us = G_GINT64_CONSTANT (1760000000) * G_USEC_PER_SEC + i * YM_MINUTE_US;
      call->review = ym_record_new (ym_form (YM_FORM_CALL_REVIEW), &call->home, &call->id);
      g_ptr_array_add (result->calls, call);
      g_array_append_val (result->only_police, pair);
    }
  return ym_reconcile_box_new (answer);
}

static void
count_changed_cb (GListModel *model, guint position, guint removed, guint added, guint *changed)
{
  *changed += removed + added;
}

/* Broken: ten thousand entries cost ten thousand rows, or one more of them all of them anew. */
static void
test_ten_thousand (void)
{
  static const YmReconcileList lists[] = { YM_RECONCILE_BOTH, YM_RECONCILE_ONLY_POLICE, YM_RECONCILE_ONLY_HOME };
  GtkWidget *widget = ym_reconcile_lists_new (lists, G_N_ELEMENTS (lists));
  GtkWindow *window = harness_show (widget, 1100, 800);
  g_autoptr (YmReconcileModel) model = ym_reconcile_model_new (YM_RECONCILE_ONLY_POLICE);
  YmReconcileAnswer **box = new_answer (10000);
  YmReconcileAnswer **more = new_answer (10001);
  guint changed = 0;

  ym_reconcile_lists_show (YM_RECONCILE_LISTS (widget), box);
  harness_settle ();
  g_assert_true (says (window, "Only with the police: 10000"));
  g_assert_cmpuint (count_widgets (widget), <, 10000);
  ym_reconcile_model_show (model, box);
  g_signal_connect (model, "items-changed", G_CALLBACK (count_changed_cb), &changed);
  ym_reconcile_model_show (model, more);
  g_assert_cmpuint (changed, ==, 1);
  ym_reconcile_box_unref (box);
  ym_reconcile_box_unref (more);
  harness_close (window);
}

static GtkWidget *
make_side (void)
{
  GtkWidget *page = make_page ();

  if (typing)
    ym_reconcile_page_type (YM_RECONCILE_PAGE (ym_page_get_body (YM_PAGE (page))));
  return page;
}

static gpointer
do_log (YmDesk *desk, gpointer home, GError **error)
{
  static const char *const lines[] = { "2026-01-05T22:30+00:00", "2026-01-17T00:40+00:00", "2026-01-19T12:00+00:00" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (YmRecord) line = ym_home_log_begin (desk, home, NULL);
      gint64 at_us;

      g_assert_true (ym_instant_parse (lines[i], &at_us));
      ym_record_set_integer (line, YM_HOME_LOG_ENTRY_LOGGED_AT, at_us);
      ym_record_set_integer (line, YM_HOME_LOG_ENTRY_REASON, 1 + i);
      if (!ym_home_log_save (desk, NULL, line, error))
        return NULL;
    }
  return desk;
}

/* Fails if a page needs more width than it has; the pictures are for people to look at. */
static void
test_pictures (TestTablet *tablet, gconstpointer data)
{
  shown = tablet;
  test_tablet_import_calls (tablet);
  test_tablet_do (tablet, YM_LANE_WRITE, do_log, &tablet->force.home_1);
  typing = FALSE;
  harness_pictures ("reconcile", make_side);
  typing = TRUE;
  harness_pictures ("reconcile-type", make_side);
}

#define TABLET_TEST(name, function)                                                                                    \
  g_test_add ("/ui/reconcile/" name, TestTablet, NULL, test_tablet_set_up, function, test_tablet_tear_down)

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  g_test_add_func ("/ui/reconcile/short-dates", test_short_dates);
  g_test_add_func ("/ui/reconcile/ten-thousand", test_ten_thousand);
  TABLET_TEST ("type-the-log", test_type_the_log);
  TABLET_TEST ("pairs-and-rate", test_pairs_and_rate);
  TABLET_TEST ("keep-and-issue", test_keep_and_issue);
  TABLET_TEST ("pictures", test_pictures);
  return g_test_run ();
}
