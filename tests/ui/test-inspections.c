/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Joint inspections on the screen (R6): on a real store. */

#include <adwaita.h>
#include <string.h>

#include "app/notebook/inspections.h"
#include "app/notebook/save.h"
#include "tests/ui/harness.h"
#include "tests/ui/tablet.h"
#include "ui/inspections/inspections-page.h"
#include "ui/issue/record-dialog.h"
#include "ui/widgets/page.h"

#define JANUARY ym_month_of_day (ym_day_from_ymd (2026, 1, 1))

static TestTablet *shown;

static GtkWidget *
make_page (void)
{
  GtkWidget *page = GTK_WIDGET (ym_page_new ("", ym_inspections_page_new (shown->session, &shown->force.home_1)));

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
dialog (TestTablet *tablet)
{
  GListModel *windows = gtk_window_get_toplevels ();

  test_tablet_settle (tablet);
  test_tablet_settle (tablet);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (YM_IS_RECORD_DIALOG (window))
        return window;
    }
  return NULL;
}

static gpointer
do_load (YmDesk *desk, gpointer home, GError **error)
{
  return ym_inspection_load (desk, home, JANUARY, error);
}

/* Broken: CIW can be said to be told without a day, a step can be jumped, or who must act next is not said. */
static void
test_tell_ciw (TestTablet *tablet, gconstpointer data)
{
  g_autoptr (YmInspection) inspection = NULL;
  GtkWindow *window, *step;
  YmFieldRow *state;
  const YmValue told = ym_value_integer (YM_INSPECTION_CIW_TOLD), day = ym_value_integer (ym_day_from_ymd (2026, 1, 19));

  shown = tablet;
  test_tablet_import_calls (tablet);
  window = harness_show (make_page (), 800, 900);
  g_assert_true (says (window, "January 2026"));
  g_assert_true (says (window, "Triggered"));
  g_assert_true (says (window, "The force tells CIW."));
  g_assert_true (says (window, "DPP-20260117-0015"));
  harness_press (test_control (GTK_WIDGET (window), "Next step… January 2026"));
  step = dialog (tablet);
  g_assert_true (says (step, "CIW told"));
  g_assert_false (says (step, "Held\n"));
  state = ym_record_form_get_row (ym_record_dialog_get_form (YM_RECORD_DIALOG (step)), YM_JOINT_INSPECTION_STATE);
  ym_field_row_answer (state, &told);
  harness_press (test_control (GTK_WIDGET (step), "Save Step"));
  g_assert_true (says (step, "This is not answered yet."));
  ym_field_row_answer (ym_record_form_get_row (ym_record_dialog_get_form (YM_RECORD_DIALOG (step)),
                                               YM_JOINT_INSPECTION_CIW_TOLD_ON), &day);
  harness_press (test_control (GTK_WIDGET (step), "Save Step"));
  g_assert_null (dialog (tablet));
  inspection = test_tablet_do (tablet, YM_LANE_READ, do_load, &tablet->force.home_1);
  g_assert_cmpint (inspection->state, ==, YM_INSPECTION_CIW_TOLD);
  g_assert_true (says (window, "Police and CIW agree on a date."));
  harness_close (window);
}

static gpointer
do_hold (YmDesk *desk, gpointer home, GError **error)
{
  g_autoptr (YmRecord) action = NULL;
  g_autoptr (YmRecord) handling = NULL;

  for (int state = YM_INSPECTION_CIW_TOLD; state <= YM_INSPECTION_HELD; state++)
    {
      g_autoptr (YmInspection) inspection = ym_inspection_load (desk, home, JANUARY, error);

      g_clear_pointer (&handling, ym_record_free);
      handling = ym_inspection_handling_begin (desk, inspection);
      ym_record_set_integer (handling, YM_JOINT_INSPECTION_STATE, state);
      ym_record_set_integer (handling, YM_JOINT_INSPECTION_CIW_TOLD_ON, ym_day_from_ymd (2026, 1, 17));
      ym_record_set_integer (handling, YM_JOINT_INSPECTION_AGREED_FOR, ym_day_from_ymd (2026, 1, 19));
      ym_record_set_integer (handling, YM_JOINT_INSPECTION_HELD_ON, ym_day_from_ymd (2026, 1, 19));
      ym_record_set_text (handling, YM_JOINT_INSPECTION_PARTICIPANTS, "PS 2000 Rees; CIW inspector; manager");
      ym_record_set_text (handling, YM_JOINT_INSPECTION_FINDINGS, "Night staff call before they look.");
      if (!ym_inspection_save (desk, handling, error))
        return NULL;
    }
  action = ym_inspection_action_begin (desk, handling);
  ym_record_set_text (action, YM_ACTION_WHAT, "A sheet of checks by the phone");
  ym_record_set_integer (action, YM_ACTION_OWNER, YM_OWNER_HOME);
  ym_record_set_integer (action, YM_ACTION_DUE_ON, ym_day_from_ymd (2026, 2, 2));
  return ym_desk_save (desk, "inspection.action", NULL, action, error) ? desk : NULL;
}

/* Broken: an action after the inspection can't be said to be done. */
static void
test_close_action (TestTablet *tablet, gconstpointer data)
{
  g_autoptr (YmInspection) inspection = NULL;
  const YmValue day = ym_value_integer (ym_day_from_ymd (2026, 1, 20));
  GtkWindow *window, *change;

  shown = tablet;
  test_tablet_import_calls (tablet);
  test_tablet_do (tablet, YM_LANE_WRITE, do_hold, &tablet->force.home_1);
  window = harness_show (make_page (), 800, 900);
  g_assert_true (says (window, "Night staff call before they look."));
  g_assert_true (gtk_widget_activate (test_control (
      GTK_WIDGET (window), "A sheet of checks by the phone, The home · Due on Monday 2 February 2026")));
  change = dialog (tablet);
  ym_field_row_answer (ym_record_form_get_row (ym_record_dialog_get_form (YM_RECORD_DIALOG (change)), YM_ACTION_DONE_ON),
                       &day);
  harness_press (test_control (GTK_WIDGET (change), "Save Action"));
  g_assert_null (dialog (tablet));
  inspection = test_tablet_do (tablet, YM_LANE_READ, do_load, &tablet->force.home_1);
  g_assert_cmpuint (inspection->actions->len, ==, 1);
  g_assert_true (ym_record_has (g_ptr_array_index (inspection->actions, 0), YM_ACTION_DONE_ON));
  g_assert_true (says (window, "Done on Tuesday 20 January 2026"));
  harness_close (window);
}

/* Broken: a home without such a month shows an empty page, and nobody knows why. */
static void
test_none (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;

  shown = tablet;
  window = harness_show (make_page (), 800, 900);
  g_assert_true (says (window, "No month had so many calls"));
  harness_close (window);
}

/* Fails if a page needs more width than it has; the pictures are for people to look at. */
static void
test_pictures (TestTablet *tablet, gconstpointer data)
{
  shown = tablet;
  test_tablet_import_calls (tablet);
  test_tablet_do (tablet, YM_LANE_WRITE, do_hold, &tablet->force.home_1);
  harness_pictures ("inspections", make_page);
}

#define TABLET_TEST(name, function)                                                                                    \
  g_test_add ("/ui/inspections/" name, TestTablet, NULL, test_tablet_set_up, function, test_tablet_tear_down)

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  TABLET_TEST ("tell-ciw", test_tell_ciw);
  TABLET_TEST ("close-action", test_close_action);
  TABLET_TEST ("none", test_none);
  TABLET_TEST ("pictures", test_pictures);
  return g_test_run ();
}
