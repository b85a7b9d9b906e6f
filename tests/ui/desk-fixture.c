/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The app without its main loop. */

#include "tests/ui/desk-fixture.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "tests/ui/harness.h"

#define WORDS "pump ladder onion frost velvet"

void
test_desk_set_up (TestDesk *desk, gconstpointer data)
{
  test_tablet_set_up (&desk->tablet, data);
  test_tablet_close (&desk->tablet);
  desk->road = &ym_opening_road_https;
}

void
test_desk_set_up_empty (TestDesk *desk, const YmOpeningRoad *road, TestForce *force)
{
  TestTablet *tablet = &desk->tablet;

  tablet->directory = g_dir_make_tmp ("ymweld-ui-XXXXXX", NULL);
  tablet->passphrase = ym_secret_new_from_passphrase (WORDS, strlen (WORDS));
  tablet->options = ym_store_options_default ();
  tablet->options.clock = &force->clock;
  tablet->options.argon2_operations = crypto_pwhash_OPSLIMIT_MIN;
  tablet->options.argon2_memory_bytes = crypto_pwhash_MEMLIMIT_MIN;
  desk->road = road;
}

void
test_desk_tear_down (TestDesk *desk, gconstpointer data)
{
  if (desk->controller != NULL)
    test_desk_stop (desk);
  test_tablet_tear_down (&desk->tablet, data);
}

void
test_desk_start (TestDesk *desk)
{
  desk->auto_lock = ym_auto_lock_new (desk->tablet.options.clock);
  desk->controller = ym_controller_new (desk->tablet.directory, &desk->tablet.options, desk->road, desk->auto_lock);
  desk->window = ym_window_new (NULL, desk->tablet.options.clock);
  ym_controller_set_window (desk->controller, desk->window);
  gtk_window_present (GTK_WINDOW (desk->window));
  test_desk_settle (desk);
}

void
test_desk_stop (TestDesk *desk)
{
  ym_controller_lock (desk->controller);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  ym_controller_finish (desk->controller);
  harness_settle ();
  g_assert_finalize_object (desk->controller);
  g_assert_finalize_object (desk->auto_lock);
  desk->controller = NULL;
}

static gpointer
do_nothing (YmDesk *desk, gpointer data, GError **error)
{
  return desk;
}

void
test_desk_settle (TestDesk *desk)
{
  while (ym_controller_is_busy (desk->controller))
    g_main_context_iteration (NULL, TRUE);
  /* The lanes answer in order; three times, because a page asks once it is mapped, and an answer may ask again. */
  for (guint i = 0; i < 3; i++)
    {
      YmSession *session = ym_controller_get_session (desk->controller);

      if (session != NULL)
        {
          ym_notebook_run (ym_session_get_notebook (session), YM_LANE_WRITE, do_nothing, NULL, NULL);
          ym_notebook_run (ym_session_get_notebook (session), YM_LANE_READ, do_nothing, NULL, NULL);
          test_wait_for (ym_session_get_proof (session) != YM_PROOF_UNDER_WAY);
        }
      harness_settle ();
    }
}

void
test_desk_type_passphrase (TestDesk *desk, const char *words)
{
  GtkWidget *passphrase = harness_find (GTK_WIDGET (desk->window), "Passphrase");

  gtk_editable_set_text (GTK_EDITABLE (passphrase), words);
  g_signal_emit_by_name (passphrase, "activate");
  test_desk_settle (desk);
}

void
test_desk_unlock (TestDesk *desk)
{
  test_desk_type_passphrase (desk, WORDS);
  g_assert_cmpint (ym_window_get_phase (desk->window), ==, YM_PHASE_WORKING);
}

static GtkWidget *
find_type (GtkWidget *root, const char *label, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    {
      g_autofree char *problem = label == NULL ? NULL
                                               : gtk_test_accessible_check_property (
                                                   GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, label);

      if (problem == NULL)
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, label, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
test_desk_find_type (TestDesk *desk, const char *label, GType type)
{
  GtkWidget *found = find_type (GTK_WIDGET (desk->window), label, type);

  g_assert_nonnull (found);
  return found;
}

void
test_desk_open_home (TestDesk *desk)
{
  GtkWidget *list = find_type (GTK_WIDGET (ym_working_page_get_homes (ym_window_get_working (desk->window))), NULL,
                               GTK_TYPE_LIST_VIEW);

  g_assert_nonnull (list);
  g_signal_emit_by_name (list, "activate", 0);
  test_desk_settle (desk);
}

GtkWidget *
test_desk_top_body (TestDesk *desk)
{
  return ym_page_get_body (ym_pages_get_top (ym_working_page_get_pages (ym_window_get_working (desk->window))));
}

void
test_desk_check_enrolment (TestDesk *desk)
{
  harness_press (harness_find (GTK_WIDGET (desk->window), "Ask Again Now"));
  test_desk_settle (desk);
}

void
test_desk_public_key (TestDesk *desk, guint8 key[32])
{
  ym_store_public_key (ym_notebook_get_store (ym_controller_get_notebook (desk->controller)), key);
}
