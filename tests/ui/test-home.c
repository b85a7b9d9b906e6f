/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page of a home and the sync page, on a real store. */

#include <adwaita.h>

#include "app/notebook/save.h"
#include "tests/ui/harness.h"
#include "tests/ui/tablet.h"
#include "ui/home/home-page.h"
#include "ui/issue/record-dialog.h"
#include "ui/sync/sync-page.h"
#include "ui/widgets/page.h"

static GtkWidget *
show (TestTablet *tablet, GtkWidget *body)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (ym_page_new ("", body)));
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 1000);
  gtk_window_present (GTK_WINDOW (window));
  test_tablet_settle (tablet);
  return window;
}

static gboolean
says (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

/* An officer who can't see that a visit was begun begins another. */
static void
test_home_goes_on (TestTablet *tablet, gconstpointer data)
{
  GtkWidget *fresh = show (tablet, ym_home_page_new (tablet->session, &tablet->force.home_1));
  g_autoptr (YmDraft) draft = NULL;
  GtkWidget *begun;

  g_assert_true (says (fresh, "overdue"));
  test_control (fresh, "Start a Visit");
  gtk_window_destroy (GTK_WINDOW (fresh));
  draft = test_tablet_begin_visit (tablet);
  begun = show (tablet, ym_home_page_new (tablet->session, &tablet->force.home_1));
  test_control (begun, "Go On with the Visit");
  gtk_window_destroy (GTK_WINDOW (begun));
}

/* What was done with a home, and where it is, must be on its page. */
static void
test_home_shows_what_happened (TestTablet *tablet, gconstpointer data)
{
  GtkWidget *window;

  test_tablet_sign_visit (tablet);
  test_tablet_open_issue (tablet);
  window = show (tablet, ym_home_page_new (tablet->session, &tablet->force.home_1));
  g_assert_true (says (window, "visited"));
  g_assert_false (says (window, "overdue"));
  g_assert_true (says (window, "On this device"));
  test_control (window, "Start a Visit");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The sync page must count what is only here, or an officer believes it is safe elsewhere. */
static void
test_sync_is_honest (TestTablet *tablet, gconstpointer data)
{
  GtkWidget *window;

  test_tablet_sign_visit (tablet);
  window = show (tablet, ym_sync_page_new (tablet->session));
  test_control (window, "Sync Now");
  g_assert_true (says (window, "On this device"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
save_dialog (TestTablet *tablet, const char *accept)
{
  harness_press (test_control (GTK_WIDGET (test_tablet_find_dialog (tablet)), accept));
  test_wait_for (test_tablet_find_dialog (tablet) == NULL);
  test_tablet_settle (tablet);
}

/* Fails if a visit can't be planned, moved or given up from the home's page, or the page goes on saying what was before. */
static void
test_home_plans_visits (TestTablet *tablet, gconstpointer data)
{
  GtkWidget *window = show (tablet, ym_home_page_new (tablet->session, &tablet->force.home_1));
  const YmValue nobody_there = ym_value_integer (1);
  GtkWidget *root;

  g_assert_true (says (window, "Next visit, proposed: Tuesday 20 January 2026."));
  harness_press (test_control (window, "Plan a Visit…"));
  root = GTK_WIDGET (test_tablet_find_dialog (tablet));
  gtk_editable_set_text (GTK_EDITABLE (test_control (root, "Planned for (required)")), "28/1/2026");
  save_dialog (tablet, "Plan Visit");
  g_assert_true (says (window, "Next visit, planned: Wednesday 28 January 2026, 10:00."));
  harness_press (test_control (window, "Move the Visit…"));
  root = GTK_WIDGET (test_tablet_find_dialog (tablet));
  gtk_editable_set_text (GTK_EDITABLE (test_control (root, "Planned for (required)")), "29/1/2026");
  save_dialog (tablet, "Move Visit");
  g_assert_true (says (window, "Next visit, planned: Thursday 29 January 2026, 10:00."));
  harness_press (test_control (window, "Could Not Take Place…"));
  root = GTK_WIDGET (test_tablet_find_dialog (tablet));
  harness_press (test_control (root, "Save Reason"));
  g_assert_true (says (root, "This is not answered yet."));
  ym_field_row_answer (ym_record_form_get_row (ym_record_dialog_get_form (YM_RECORD_DIALOG (root)), YM_PLANNED_VISIT_WHY_NOT),
                       &nobody_there);
  save_dialog (tablet, "Save Reason");
  g_assert_true (says (window, "Next visit, proposed: Tuesday 20 January 2026."));
  g_assert_true (says (window, "Planned visit: Could not take place (Nobody was there)"));
  g_assert_true (says (window, "overdue"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gpointer
do_contacts (YmDesk *desk, gpointer data, GError **error)
{
  const YmId *home = data;

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (YmRecord) contact = ym_desk_new_record (desk, ym_form (YM_FORM_CONTACT), home);
      g_autofree char *note = g_strdup_printf ("contact number %02u", i);

      ym_record_set_integer (contact, YM_CONTACT_AT, ym_clock_wall_us (desk->clock) - (gint64) i * 60 * G_USEC_PER_SEC);
      ym_record_set_integer (contact, YM_CONTACT_HOW, 1);
      ym_record_set_text (contact, YM_CONTACT_WITH_WHOM, "the manager");
      ym_record_set_text (contact, YM_CONTACT_NOTE, note);
      g_assert_true (ym_desk_save (desk, "contact.save", NULL, contact, error));
    }
  return desk;
}

/* Fails if what happened long ago can't be reached, comes twice, or goes away when the notebook changes. */
static void
test_home_shows_earlier (TestTablet *tablet, gconstpointer data)
{
  GtkWidget *window;

  test_tablet_do (tablet, YM_LANE_WRITE, do_contacts, &tablet->force.home_1);
  window = show (tablet, ym_home_page_new (tablet->session, &tablet->force.home_1));
  g_assert_true (says (window, "contact number 19"));
  g_assert_false (says (window, "contact number 20"));
  harness_press (test_control (window, "Show Earlier"));
  test_tablet_settle (tablet);
  g_assert_true (says (window, "contact number 20"));
  g_assert_true (says (window, "contact number 49"));
  g_assert_false (gtk_widget_get_visible (test_control (window, "Show Earlier")));
  g_signal_emit_by_name (tablet->session, "changed");
  test_tablet_settle (tablet);
  g_assert_true (says (window, "contact number 49"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static TestTablet *shown;

static GtkWidget *
make_home_page (void)
{
  GtkWidget *page = GTK_WIDGET (ym_page_new ("", ym_home_page_new (shown->session, &shown->force.home_1)));

  test_tablet_settle (shown);
  return page;
}

static GtkWidget *
make_sync_page (void)
{
  GtkWidget *page = GTK_WIDGET (ym_page_new ("", ym_sync_page_new (shown->session)));

  test_tablet_settle (shown);
  return page;
}

/* Fails if a page needs more width than it has; the pictures are for people to look at. */
static void
test_pictures (TestTablet *tablet, gconstpointer data)
{
  shown = tablet;
  test_tablet_sign_visit (tablet);
  test_tablet_open_issue (tablet);
  harness_pictures ("home", make_home_page);
  harness_pictures ("sync", make_sync_page);
}

#define TABLET_TEST(name, function)                                                                                    \
  g_test_add ("/ui/home/" name, TestTablet, NULL, test_tablet_set_up, function, test_tablet_tear_down)

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  TABLET_TEST ("goes-on", test_home_goes_on);
  TABLET_TEST ("what-happened", test_home_shows_what_happened);
  TABLET_TEST ("earlier", test_home_shows_earlier);
  TABLET_TEST ("plans-visits", test_home_plans_visits);
  TABLET_TEST ("sync-is-honest", test_sync_is_honest);
  TABLET_TEST ("pictures", test_pictures);
  return g_test_run ();
}
