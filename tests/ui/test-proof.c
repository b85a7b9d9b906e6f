/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scan of the open store in the window: what waits for it, what damage looks like, and the way out of it. */

#include <glib/gstdio.h>
#include <string.h>

#include "app/notebook/recount.h"
#include "tests/ui/desk-fixture.h"
#include "tests/ui/harness.h"
#include "ui/desk/damage.h"
#include "ui/language.h"
#include "ui/figures/figures-page.h"
#include "ui/widgets/page.h"

#define WORDS "pump ladder onion frost velvet"

/* As a page put back from an older copy would: a row that no signed operation made. */
static gpointer
change_a_row (YmDesk *desk, gpointer data, GError **error)
{
  return ym_sql_execute (desk->db, error, "UPDATE home SET name = 'Not Signed'", "") ? desk : NULL;
}

static void
damage (TestDesk *desk)
{
  TestTablet *tablet = &desk->tablet;
  g_autoptr (GError) error = NULL;
  g_autoptr (YmNotebook) notebook = ym_notebook_open (tablet->directory, tablet->passphrase, &tablet->options, &error);

  test_succeeds (notebook != NULL, error);
  g_assert_nonnull (ym_notebook_run (notebook, YM_LANE_WRITE, change_a_row, NULL, &error));
}

static gboolean
banner_says (TestDesk *desk, const char *words)
{
  YmBanner *banner = ym_window_get_banner (desk->window);
  g_autofree char *text = harness_text (GTK_WIDGET (banner));

  return ym_banner_is_shown (banner) && strstr (text, words) != NULL;
}

/* An officer would be warned of nothing, or of a good store. */
static void
test_good_store (TestDesk *desk, gconstpointer data)
{
  test_desk_start (desk);
  test_desk_unlock (desk);
  g_assert_cmpint (ym_session_get_proof (ym_controller_get_session (desk->controller)), ==, YM_PROOF_GOOD);
  g_assert_false (ym_banner_is_shown (ym_window_get_banner (desk->window)));
}

static GtkWindow *
find_dialog (TestDesk *desk)
{
  g_autolist (GtkWindow) windows = gtk_window_list_toplevels ();
  GtkWindow *found = NULL;

  for (GList *link = windows; link != NULL; link = link->next)
    {
      g_object_ref (link->data);
      if (gtk_window_get_transient_for (link->data) == GTK_WINDOW (desk->window))
        found = link->data;
    }
  g_assert_nonnull (found);
  return found;
}

/* Damage would stay unsaid, not be named, or leave the officer without a way back to a whole store. */
static void
test_damage_to_recovery (TestDesk *desk, gconstpointer data)
{
  g_autofree char *named = NULL, *after = NULL;
  GtkWindow *dialog;
  GtkWidget *passphrase;

  damage (desk);
  test_desk_start (desk);
  test_desk_unlock (desk);
  g_assert_true (banner_says (desk, "damaged"));
  harness_picture (GTK_WINDOW (desk->window), "damage-banner-en");

  g_signal_emit_by_name (ym_window_get_banner (desk->window), "activated");
  harness_settle ();
  dialog = find_dialog (desk);
  named = harness_text (GTK_WIDGET (dialog));
  g_assert_nonnull (strstr (named, "not as they were written"));
  g_assert_nonnull (strstr (named, "Home, not as it was signed: 2"));
  harness_picture (dialog, "damage-dialog-en");
  harness_press (harness_find (GTK_WIDGET (dialog), "Lock and Recover"));
  test_desk_settle (desk);

  g_assert_cmpint (ym_window_get_phase (desk->window), ==, YM_PHASE_UNLOCK);
  g_assert_false (ym_banner_is_shown (ym_window_get_banner (desk->window)));
  passphrase = harness_find (GTK_WIDGET (desk->window), "Passphrase");
  gtk_editable_set_text (GTK_EDITABLE (passphrase), WORDS);
  harness_press (harness_find (GTK_WIDGET (desk->window), "Recover the Store"));
  test_desk_settle (desk);
  after = harness_text (GTK_WIDGET (desk->window));
  g_assert_nonnull (strstr (after, "The store is recovered."));
}

/* The other language would hide what was known, or say it in the first. */
static void
test_other_language (TestDesk *desk, gconstpointer data)
{
  YmWindow *before;

  damage (desk);
  test_desk_start (desk);
  test_desk_unlock (desk);
  before = desk->window;
  ym_language_use ("cy");
  desk->window = ym_window_new (NULL, desk->tablet.options.clock);
  ym_controller_set_window (desk->controller, desk->window);
  gtk_window_present (GTK_WINDOW (desk->window));
  gtk_window_destroy (GTK_WINDOW (before));
  test_desk_settle (desk);
  g_assert_true (banner_says (desk, "difrod"));
  harness_picture (GTK_WINDOW (desk->window), "damage-banner-cy");
  g_signal_emit_by_name (ym_window_get_banner (desk->window), "activated");
  harness_settle ();
  harness_picture (find_dialog (desk), "damage-dialog-cy");
  ym_language_use ("en");
}

/* Locking would wait for a scan of a large store, or the scan go on in a closed one. */
static void
test_lock_stops_it (TestDesk *desk, gconstpointer data)
{
  test_desk_start (desk);
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *passphrase = harness_find (GTK_WIDGET (desk->window), "Passphrase");

      gtk_editable_set_text (GTK_EDITABLE (passphrase), WORDS);
      g_signal_emit_by_name (passphrase, "activate");
      test_wait_for (ym_controller_get_session (desk->controller) != NULL);
      g_assert_cmpint (ym_session_get_proof (ym_controller_get_session (desk->controller)), ==, YM_PROOF_UNDER_WAY);
      ym_controller_lock (desk->controller);
      test_desk_settle (desk);
    }
}

static void
never (gpointer data, const GError *error, GPtrArray *named)
{
  g_assert_not_reached ();
}

/* A callback into a session that is gone. */
static void
test_stopped_says_nothing (TestTablet *tablet, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      YmRecount *recount = ym_recount_start (ym_session_get_notebook (tablet->session), never, NULL);

      g_usleep (i * 500); /* at whatever it is just then */
      ym_recount_stop (recount);
      ym_recount_free (recount);
      harness_settle ();
    }
}

typedef struct {
  GtkWindow *window;
  YmFiguresPage *page;
  char *path;
} Export;

static void
export_begin (Export *export, TestTablet *tablet)
{
  export->page = YM_FIGURES_PAGE (ym_figures_page_new (tablet->session, &tablet->force.home_1));
  export->window = harness_show (GTK_WIDGET (ym_page_new ("", GTK_WIDGET (export->page))), 800, 900);
  export->path = g_build_filename (tablet->directory, "figures.pdf", NULL);
  test_tablet_settle (tablet);
  ym_figures_page_save (export->page, YM_RETURN_PDF, export->path);
}

static void
export_end (Export *export)
{
  g_unlink (export->path);
  g_free (export->path);
  harness_close (export->window);
}

static gboolean
page_says (const Export *export, const char *words)
{
  g_autofree char *text = harness_text (GTK_WIDGET (ym_sheet_get_banner (YM_SHEET (export->page))));

  return strstr (text, words) != NULL;
}

/* A return of what was never signed would go out before the scan has found it; or a frame be blocked by the wait. */
static void
test_export_waits (TestTablet *tablet, gconstpointer data)
{
  Export export;

  export_begin (&export, tablet);
  g_assert_cmpint (ym_session_get_proof (tablet->session), ==, YM_PROOF_UNDER_WAY);
  g_assert_true (page_says (&export, "being checked"));
  g_assert_false (g_file_test (export.path, G_FILE_TEST_EXISTS));
  test_tablet_settle (tablet);
  g_assert_true (g_file_test (export.path, G_FILE_TEST_EXISTS));
  g_assert_true (page_says (&export, "figures.pdf"));
  export_end (&export);
}

/* Figures that nobody signed would be given to the inspectorate. */
static void
test_damage_goes_nowhere (TestTablet *tablet, gconstpointer data)
{
  Export export;

  test_tablet_do (tablet, YM_LANE_WRITE, change_a_row, NULL);
  export_begin (&export, tablet);
  test_tablet_settle (tablet);
  g_assert_false (g_file_test (export.path, G_FILE_TEST_EXISTS));
  g_assert_true (page_says (&export, "not as they were written"));
  g_assert_cmpint (ym_session_get_proof (tablet->session), ==, YM_PROOF_DAMAGED);
  export_end (&export);
}

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
#define ADD(path, Fixture, function, set_up, tear_down) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/ui/proof/good-store", TestDesk, test_good_store, test_desk_set_up, test_desk_tear_down);
  ADD ("/ui/proof/damage-to-recovery", TestDesk, test_damage_to_recovery, test_desk_set_up, test_desk_tear_down);
  ADD ("/ui/proof/other-language", TestDesk, test_other_language, test_desk_set_up, test_desk_tear_down);
  ADD ("/ui/proof/lock-stops-it", TestDesk, test_lock_stops_it, test_desk_set_up, test_desk_tear_down);
  ADD ("/ui/proof/stopped-says-nothing", TestTablet, test_stopped_says_nothing, test_tablet_set_up, test_tablet_tear_down);
  ADD ("/ui/proof/export-waits", TestTablet, test_export_waits, test_tablet_set_up, test_tablet_tear_down);
  ADD ("/ui/proof/damage-goes-nowhere", TestTablet, test_damage_goes_nowhere, test_tablet_set_up, test_tablet_tear_down);
  return g_test_run ();
}
