/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The monthly return on the screen (R7): on a real store. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tests/ui/harness.h"
#include "tests/ui/tablet.h"
#include "ui/issue/record-dialog.h"
#include "ui/returns/return-page.h"
#include "ui/widgets/page.h"

static TestTablet *shown;

static GtkWidget *
make_page (void)
{
  GtkWidget *page = GTK_WIDGET (ym_page_new ("", ym_return_page_new (shown->session)));

  test_tablet_settle (shown);
  return page;
}

static gboolean
says (GtkWindow *window, const char *text)
{
  g_autofree char *all = harness_text (GTK_WIDGET (window));

  return strstr (all, text) != NULL;
}

/* The tablet's officer becomes the force lead; calls come in. */
static void
make_lead (TestTablet *tablet)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  YmRecord *officer = ym_record_new (ym_form (YM_FORM_OFFICER), &tablet->force.force, &tablet->force.devices[TEST_2001].officer);

  ym_record_set_text (officer, YM_OFFICER_COLLAR_NO, "2001");
  ym_record_set_text (officer, YM_OFFICER_NAME, "2001");
  ym_record_set_integer (officer, YM_OFFICER_ROLE, YM_ROLE_FORCE_LEAD);
  g_ptr_array_add (records, officer);
  test_tablet_import (tablet, records);
  test_tablet_import_calls (tablet);
}

static void
issue (TestTablet *tablet, GtkWindow *window, const char *recipient)
{
  GtkWindow *dialog;

  harness_press (test_control (GTK_WIDGET (window), "Issue…"));
  dialog = test_tablet_find_dialog (tablet);
  harness_press (test_control (GTK_WIDGET (dialog), "Sign and Issue"));
  g_assert_true (says (dialog, "This is not answered yet."));
  gtk_editable_set_text (GTK_EDITABLE (test_control (GTK_WIDGET (dialog), "Recipient (required)")), recipient);
  gtk_editable_set_text (GTK_EDITABLE (test_control (GTK_WIDGET (dialog), "Justification (required)")), "Asked for by CIW");
  harness_press (test_control (GTK_WIDGET (dialog), "Sign and Issue"));
  g_assert_null (test_tablet_find_dialog (tablet));
  test_tablet_settle (tablet);
}

/* Broken: a return goes out without its recipient, an issue changes afterwards, or what changed is not said. */
static void
test_issue_and_reissue (TestTablet *tablet, gconstpointer data)
{
  GPtrArray *late = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  GtkWindow *window;

  shown = tablet;
  make_lead (tablet);
  window = harness_show (make_page (), 800, 1000);
  g_assert_true (says (window, "Not issued yet"));
  g_assert_true (says (window, "DPP-20251230-0007"));
  issue (tablet, window, "Care Inspectorate Wales");
  g_assert_true (says (window, "Issue 1, to Care Inspectorate Wales"));
  g_assert_true (says (window, "Nothing has changed since the last issue."));
  g_ptr_array_add (late, test_tablet_new_call (tablet, "DPP-20251224-0001", "2025-12-24T23:00+00:00", 7));
  test_tablet_import (tablet, late);
  test_tablet_settle (tablet);
  g_assert_true (says (window, "since the last issue. A re-issue would say"));
  g_assert_true (says (window, "DPP-20251224-0001"));
  issue (tablet, window, "Care Inspectorate Wales");
  g_assert_true (says (window, "Issue 2, to Care Inspectorate Wales"));
  g_assert_true (gtk_widget_activate (gtk_widget_get_ancestor (
      test_control (GTK_WIDGET (window),
                    "Issue 1, to Care Inspectorate Wales, Tuesday 20 January 2026, 10:00, Asked for by CIW"),
      GTK_TYPE_LIST_BOX_ROW)));
  test_tablet_settle (tablet);
  g_assert_true (says (window, "This is what was issued, word for word."));
  g_assert_false (says (window, "DPP-20251224-0001"));
  harness_press (test_control (GTK_WIDGET (window), "Show What the Records Say Now"));
  test_tablet_settle (tablet);
  g_assert_true (says (window, "DPP-20251224-0001"));
  harness_close (window);
}

/* Broken: another officer sees a part of the force and takes it for the whole. */
static void
test_only_the_lead (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;

  shown = tablet;
  window = harness_show (make_page (), 800, 600);
  g_assert_true (says (window, "only the force lead issues returns"));
  g_assert_false (says (window, "Issue…"));
  harness_close (window);
}

/* Broken: a file is not written, or not in the language that was chosen. */
static void
test_files (TestTablet *tablet, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("ymweld-return-XXXXXX", NULL);
  g_autofree char *csv = g_build_filename (folder, "return.csv", NULL);
  g_autofree char *calls = g_build_filename (folder, "return-calls.csv", NULL);
  g_autofree char *pdf = g_build_filename (folder, "return.pdf", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GDir) dir = NULL;
  GtkWindow *window;
  YmReturnPage *page;
  const char *name;

  shown = tablet;
  make_lead (tablet);
  window = harness_show (make_page (), 800, 1000);
  page = YM_RETURN_PAGE (ym_page_get_body (YM_PAGE (gtk_window_get_child (window))));
  harness_press (test_control (test_control (GTK_WIDGET (window), "Language of the return"), "Cymraeg"));
  test_tablet_settle (tablet);
  g_assert_true (says (window, "Rhagfyr 2025"));
  ym_return_page_save (page, YM_RETURN_CSV, csv);
  test_tablet_settle (tablet);
  g_assert_true (says (window, "return-calls.csv"));
  g_assert_true (g_file_get_contents (calls, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "DPP-20251230-0007"));
  g_assert_nonnull (strstr (text, "Cyfeirnod"));
  ym_return_page_save (page, YM_RETURN_PDF, pdf);
  test_tablet_settle (tablet);
  g_assert_true (g_file_test (pdf, G_FILE_TEST_EXISTS));
  harness_close (window);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* Fails if a page needs more width than it has; the pictures are for people to look at. */
static void
test_pictures (TestTablet *tablet, gconstpointer data)
{
  GtkWindow *window;

  shown = tablet;
  make_lead (tablet);
  window = harness_show (make_page (), 800, 2200);
  issue (tablet, window, "Care Inspectorate Wales");
  harness_picture (window, "return-whole");
  harness_close (window);
  harness_pictures ("return", make_page);
}

#define TABLET_TEST(name, function)                                                                                    \
  g_test_add ("/ui/return/" name, TestTablet, NULL, test_tablet_set_up, function, test_tablet_tear_down)

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  TABLET_TEST ("issue-and-reissue", test_issue_and_reissue);
  TABLET_TEST ("only-the-lead", test_only_the_lead);
  TABLET_TEST ("files", test_files);
  TABLET_TEST ("pictures", test_pictures);
  return g_test_run ();
}
