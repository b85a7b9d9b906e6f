/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether it works (R10), on the screen and on a real store. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/notebook/monthly-figures.h"
#include "tests/ui/harness.h"
#include "tests/ui/tablet.h"
#include "ui/figures/figures-page.h"
#include "ui/figures/figures-words.h"
#include "ui/figures/table-view.h"
#include "ui/issue/record-dialog.h"
#include "ui/widgets/page.h"

static TestTablet *shown;
static gboolean of_home;

static GtkWidget *
make_page (void)
{
  GtkWidget *page
      = GTK_WIDGET (ym_page_new ("", ym_figures_page_new (shown->session, of_home ? &shown->force.home_1 : NULL)));

  test_tablet_settle (shown);
  return page;
}

static gboolean
says (GtkWindow *window, const char *text)
{
  g_autofree char *all = harness_text (GTK_WIDGET (window));

  return strstr (all, text) != NULL;
}

/* Six calls in the autumn before last, two in the last one. */
static void
import (TestTablet *tablet)
{
  static const struct {
    const char *received;
    int reason;
  } calls[] = {
    { "2024-10-03T20:00+01:00", 1 }, { "2024-11-09T21:10+00:00", 1 }, { "2024-11-30T22:45+00:00", 4 },
    { "2024-12-06T19:30+00:00", 7 }, { "2024-12-13T21:00+00:00", 1 }, { "2024-12-20T23:15+00:00", 2 },
    { "2025-11-07T21:40+00:00", 1 }, { "2025-12-12T20:05+00:00", 4 },
  };
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autofree char *ref = g_strdup_printf ("DPP-%u", i);

      g_ptr_array_add (records, test_tablet_new_call (tablet, ref, calls[i].received, calls[i].reason));
    }
  test_tablet_import (tablet, records);
}

/* Broken: the sentence, the table or the month does not say what the calls say. */
static void
test_against_the_year_before (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;

  shown = tablet;
  of_home = TRUE;
  import (tablet);
  window = harness_show (make_page (), 800, 900);
  g_assert_true (says (window, "December 2025"));
  g_assert_true (says (window, "Calls to the police: 2. 67\u00a0% fewer than a year before."));
  test_control (GTK_WIDGET (window), "Calls by month");
  test_control (GTK_WIDGET (window), "Chart: Calls by reason. Its figures are in the table.");
  test_control (GTK_WIDGET (window), "Calls by hour");
  harness_press (test_control (test_control (GTK_WIDGET (window), "How many months, up to this one?"), "12 months"));
  test_tablet_settle (tablet);
  g_assert_false (says (window, "67\u00a0% fewer"));
  g_assert_true (says (window, "February 2025"));
  harness_close (window);
}

/* Broken: who looks after several homes can't choose which of them to look at. */
static void
test_which_homes (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;

  shown = tablet;
  of_home = FALSE;
  import (tablet);
  window = harness_show (make_page (), 800, 900);
  g_assert_true (says (window, "All homes on this device"));
  g_assert_true (says (window, "Calls to the police: 2."));
  harness_close (window);
}

static gpointer
do_load (YmDesk *desk, gpointer data, GError **error)
{
  TestTablet *tablet = data;
  g_auto (YmMonthlyFigures) figures = { 0 };
  gint64 missing = -1;

  if (!ym_monthly_figures_load (desk, &tablet->force.home_1, ym_month_of_day (ym_day_from_ymd (2025, 12, 1)), &figures, error))
    return NULL;
  ym_monthly_figures_get (&figures, YM_MONTHLY_FIGURES_MISSING, &missing);
  return GINT_TO_POINTER ((int) missing + 100);
}

/* Broken: the home's own count can't be typed, or goes to another month. */
static void
test_type_figures (TestTablet *tablet, gconstpointer data)
{
  const YmValue eight = ym_value_integer (8);
  GtkWindow *window, *dialog = NULL;
  GListModel *windows = gtk_window_get_toplevels ();

  shown = tablet;
  of_home = TRUE;
  window = harness_show (make_page (), 800, 900);
  g_assert_true (says (window, "The home's own figures of December 2025"));
  harness_press (test_control (GTK_WIDGET (window), "Type the Home's Figures…"));
  test_tablet_settle (tablet);
  test_tablet_settle (tablet);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) each = g_list_model_get_item (windows, i);

      if (YM_IS_RECORD_DIALOG (each))
        dialog = each;
    }
  g_assert_nonnull (dialog);
  ym_field_row_answer (ym_record_form_get_row (ym_record_dialog_get_form (YM_RECORD_DIALOG (dialog)),
                                               YM_MONTHLY_FIGURES_MISSING), &eight);
  harness_press (test_control (GTK_WIDGET (dialog), "Save Figures"));
  test_tablet_settle (tablet);
  test_tablet_settle (tablet);
  g_assert_cmpint (GPOINTER_TO_INT (test_tablet_do (tablet, YM_LANE_READ, do_load, tablet)), ==, 108);
  g_assert_true (says (window, "Missing episodes: 8."));
  harness_close (window);
}

/* The published yardsticks: broken if 66 to 8, or 18 % to 56 %, reads otherwise. */
static void
test_sentences (void)
{
  YmComparison comparison = { .now.first = 0 };
  g_autoptr (GPtrArray) sentences = NULL;

  comparison.now.figure[YM_MEASURE_MISSING] = (YmFigure){ 8, 12 };
  comparison.year_before.figure[YM_MEASURE_MISSING] = (YmFigure){ 66, 12 };
  comparison.now.figure[YM_MEASURE_APPROPRIATE] = (YmFigure){ 56, 100 };
  comparison.year_before.figure[YM_MEASURE_APPROPRIATE] = (YmFigure){ 18, 100 };
  comparison.now.figure[YM_MEASURE_CALLS] = comparison.now_with_baseline.figure[YM_MEASURE_CALLS] = (YmFigure){ 10, 3 };
  comparison.baseline.figure[YM_MEASURE_CALLS] = (YmFigure){ 40, 3 };
  sentences = ym_figures_sentences (&comparison);
  g_assert_cmpuint (sentences->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (sentences, 0), ==,
                   "Calls to the police: 10. 75 % fewer a month than before there was a named officer.");
  g_assert_cmpstr (g_ptr_array_index (sentences, 1), ==,
                   "Calls found appropriate: 56 %. 38 points more than a year before.");
  g_assert_cmpstr (g_ptr_array_index (sentences, 2), ==, "Missing episodes: 8. 88 % fewer than a year before.");
}

/* Broken: a table that does not fit is cut, or goes sideways. */
static void
test_table_folds (void)
{
  g_autoptr (YmTable) table = ym_table_new ("Calls");
  GtkWidget *view;
  GtkWindow *window;

  for (guint i = 0; i < 6; i++)
    ym_table_add_column (table, "A heading of some length", 14);
  ym_table_add_text (table, "Missing episodes");
  for (guint i = 0; i < 5; i++)
    ym_table_add_number (table, YM_CELL_NUMBER, i);
  view = ym_table_view_new (table, 10);
  window = harness_show (view, 1200, 400);
  g_assert_true (gtk_widget_get_child_visible (gtk_widget_get_first_child (view)));
  harness_close (window);
  view = ym_table_view_new (table, 10);
  window = harness_show (view, 340, 400);
  g_assert_false (gtk_widget_get_child_visible (gtk_widget_get_first_child (view)));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), ==, 340);
  harness_close (window);
}

/* Broken: what the screen says can't be given to anybody: a file is missing, empty or without what the page shows. */
static void
test_files (TestTablet *tablet, gconstpointer data)
{
  static const struct {
    YmReturnFormat format;
    const char *name;
    const char *begins;
  } files[] = { { YM_RETURN_XLSX, "figures.xlsx", "PK" }, { YM_RETURN_PDF, "figures.pdf", "%PDF-" } };
  g_autofree char *folder = g_dir_make_tmp ("ymweld-figures-XXXXXX", NULL);
  g_autofree char *csv = g_build_filename (folder, "figures.csv", NULL);
  g_autoptr (GDir) dir = NULL;
  GString *all = g_string_new (NULL);
  GtkWindow *window;
  YmFiguresPage *page;
  const char *name;

  shown = tablet;
  of_home = FALSE;
  import (tablet);
  window = harness_show (make_page (), 800, 1000);
  page = YM_FIGURES_PAGE (ym_page_get_body (YM_PAGE (gtk_window_get_child (window))));
  ym_figures_page_save (page, YM_RETURN_CSV, csv);
  test_tablet_settle (tablet);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);
      g_autofree char *contents = NULL;

      ym_figures_page_save (page, files[i].format, path);
      test_tablet_settle (tablet);
      g_assert_true (says (window, files[i].name));
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_true (g_str_has_prefix (contents, files[i].begins));
      g_unlink (path);
    }
  harness_close (window);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *contents = NULL;

      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_string_append (all, contents);
      g_unlink (path);
    }
  g_rmdir (folder);
  g_assert_nonnull (strstr (all->str, "The year before"));
  g_assert_nonnull (strstr (all->str, "December 2025,1,3")); /* calls of the month, and of the same a year before */
  g_assert_nonnull (strstr (all->str, "Friday,2"));
  g_string_free (all, TRUE);
}

/* Fails if a page needs more width than it has; the pictures are for people to look at. */
static void
test_pictures (TestTablet *tablet, gconstpointer data)
{
  shown = tablet;
  import (tablet);
  of_home = TRUE;
  harness_pictures ("figures", make_page);
  of_home = FALSE;
  harness_pictures ("figures-all", make_page);
}

/* The lower half of the page, which the first picture does not reach. */
static void
test_picture_of_charts (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;

  shown = tablet;
  of_home = TRUE;
  import (tablet);
  window = harness_show (make_page (), 800, 2400);
  harness_picture (window, "figures-whole");
  harness_close (window);
}

#define TABLET_TEST(name, function)                                                                                    \
  g_test_add ("/ui/figures/" name, TestTablet, NULL, test_tablet_set_up, function, test_tablet_tear_down)

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  g_test_add_func ("/ui/figures/sentences", test_sentences);
  g_test_add_func ("/ui/figures/table-folds", test_table_folds);
  TABLET_TEST ("year-before", test_against_the_year_before);
  TABLET_TEST ("which-homes", test_which_homes);
  TABLET_TEST ("type-figures", test_type_figures);
  TABLET_TEST ("files", test_files);
  TABLET_TEST ("pictures", test_pictures);
  TABLET_TEST ("picture-of-charts", test_picture_of_charts);
  return g_test_run ();
}
