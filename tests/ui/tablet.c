/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A tablet for tests of pages: a real store, a real session, no server behind it. */

#include "tests/ui/tablet.h"

#include <glib/gstdio.h>
#include <sodium.h>

#include "app/notebook/issues.h"
#include "app/notebook/save.h"
#include "sync/client/store.h"
#include "tests/ui/harness.h"
#include "ui/issue/record-dialog.h"

/* 2026-01-20 10:00 in London: the second window of January. */
#define TUESDAY_US (G_GINT64_CONSTANT (1768903200) * G_USEC_PER_SEC)

gpointer
test_tablet_do (TestTablet *tablet, YmLane lane, YmWork work, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gpointer result = ym_notebook_run (ym_session_get_notebook (tablet->session), lane, work, data, &error);

  g_assert_no_error (error);
  return result;
}

static gpointer
do_pull (YmDesk *desk, gpointer data, GError **error)
{
  TestTablet *tablet = data;

  g_assert_true (ym_journal_begin (desk->journal, error));
  g_assert_true (ym_journal_found (desk->journal, tablet->force.devices[TEST_ROOT].public_key, &desk->author.device,
                                   error));
  g_assert_true (ym_journal_commit (desk->journal, error));
  test_copy (&tablet->force, tablet->server, desk->journal, 0);
  return NULL;
}

static gpointer
do_copy (YmDesk *desk, gpointer data, GError **error)
{
  TestTablet *tablet = data;

  test_copy (&tablet->force, tablet->server, desk->journal, tablet->placed);
  return desk;
}

void
test_tablet_import (TestTablet *tablet, GPtrArray *records)
{
  guint64 last;

  for (guint i = 0; i < records->len; i++)
    test_write (tablet->server, &tablet->force.devices[TEST_ADMINISTRATOR], "import", NULL, g_ptr_array_index (records, i));
  last = test_place_pending (&tablet->force, tablet->server, tablet->placed + 1) - 1;
  test_tablet_do (tablet, YM_LANE_WRITE, do_copy, tablet);
  tablet->placed = last;
  g_ptr_array_unref (records);
  g_signal_emit_by_name (tablet->session, "changed");
}

YmRecord *
test_tablet_new_call (TestTablet *tablet, const char *incident_ref, const char *received, int reason)
{
  YmId id = ym_id_from_key (&tablet->force.force, "call", incident_ref);
  YmRecord *call = ym_record_new (ym_form (YM_FORM_CALL), &tablet->force.home_1, &id);
  gint64 received_at_us;

  g_assert_true (ym_instant_parse (received, &received_at_us));
  ym_record_set_id (call, YM_CALL_HOME, &tablet->force.home_1);
  ym_record_set_text (call, YM_CALL_INCIDENT_REF, incident_ref);
  ym_record_set_integer (call, YM_CALL_RECEIVED_AT, received_at_us);
  ym_record_set_integer (call, YM_CALL_REASON, reason);
  return call;
}

void
test_tablet_import_calls (TestTablet *tablet)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);

  g_ptr_array_add (calls, test_tablet_new_call (tablet, "DPP-20251230-0007", "2025-12-30T21:15+00:00", 7));
  g_ptr_array_add (calls, test_tablet_new_call (tablet, "DPP-20260105-0101", "2026-01-05T22:41+00:00", 1));
  g_ptr_array_add (calls, test_tablet_new_call (tablet, "DPP-20260111-0322", "2026-01-11T19:05+00:00", 4));
  g_ptr_array_add (calls, test_tablet_new_call (tablet, "DPP-20260117-0015", "2026-01-17T00:32+00:00", 1));
  test_tablet_import (tablet, calls);
}

static void
certify (TestTablet *tablet)
{
  TestForce *force = &tablet->force;
  guint8 public_key[32];
  g_auto (YmValue) key = YM_VALUE_INIT;
  g_autoptr (YmRecord) device = NULL;
  YmId id;

  ym_store_public_key (ym_notebook_get_store (ym_session_get_notebook (tablet->session)), public_key);
  id = ym_id_of_public_key ("device", public_key);
  key = ym_value_bytes (public_key, sizeof public_key);
  device = ym_record_new (ym_form (YM_FORM_DEVICE), &force->force, &id);
  ym_record_set_integer (device, YM_DEVICE_KIND, YM_DEVICE_KIND_OFFICER);
  ym_record_set (device, YM_DEVICE_PUBLIC_KEY, &key);
  ym_record_set_integer (device, YM_DEVICE_ENROLLED_AT, 0);
  ym_record_set_text (device, YM_DEVICE_NAME, "Tablet 7");
  ym_record_set_id (device, YM_DEVICE_OFFICER, &force->devices[TEST_2001].officer);
  test_write (tablet->server, &force->devices[TEST_ROOT], "device.certify", NULL, device);
  tablet->placed = test_place_pending (force, tablet->server, 100) - 1;
}

void
test_tablet_set_up (TestTablet *tablet, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  YmNotebook *notebook;
  YmSyncStore sync;

  test_force_init (&tablet->force);
  tablet->force.world.wall_us = TUESDAY_US;
  tablet->server = test_journal_open (&tablet->force, TEST_ADMINISTRATOR);
  test_force_found (&tablet->force, tablet->server);
  tablet->directory = g_dir_make_tmp ("ymweld-ui-XXXXXX", NULL);
  tablet->passphrase = ym_secret_new_from_passphrase ("pump ladder onion frost velvet", 30);
  tablet->options = ym_store_options_default ();
  tablet->options.clock = &tablet->force.clock;
  tablet->options.random = &tablet->force.random;
  tablet->options.argon2_operations = crypto_pwhash_OPSLIMIT_MIN;
  tablet->options.argon2_memory_bytes = crypto_pwhash_MEMLIMIT_MIN;
  notebook = ym_notebook_create (tablet->directory, tablet->passphrase, &tablet->options, &error);
  g_assert_no_error (error);
  sync = ym_sync_store_of_notebook (notebook);
  g_assert_true (ym_sync_migrate (&sync, &error));
  tablet->session = ym_session_new (notebook);
  certify (tablet);
  test_tablet_do (tablet, YM_LANE_WRITE, do_pull, tablet);
}

static void
remove_directory (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer done)
{
  *(gboolean *) done = TRUE;
}

/* Late answers of pages that are gone come in while this waits. */
void
test_tablet_close (TestTablet *tablet)
{
  gboolean done = FALSE;

  if (tablet->session == NULL)
    return;
  ym_session_close (tablet->session, closed_cb, &done);
  test_wait_for (done);
  g_clear_object (&tablet->session);
}

static void
open_session (TestTablet *tablet)
{
  g_autoptr (GError) error = NULL;
  YmNotebook *notebook = ym_notebook_open (tablet->directory, tablet->passphrase, &tablet->options, &error);

  g_assert_no_error (error);
  tablet->session = ym_session_new (notebook);
}

void
test_tablet_reopen (TestTablet *tablet)
{
  test_tablet_close (tablet);
  open_session (tablet);
}

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &content, &length, &error));
  g_assert_true (g_file_set_contents_full (to, content, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, &error));
}

void
test_tablet_cut_power (TestTablet *tablet)
{
  g_autofree char *copy = g_dir_make_tmp ("ymweld-ui-XXXXXX", NULL);
  g_autoptr (GDir) dir = g_dir_open (tablet->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (tablet->directory, name, NULL);
      g_autofree char *to = g_build_filename (copy, name, NULL);

      copy_file (from, to);
    }
  test_tablet_close (tablet);
  remove_directory (tablet->directory);
  g_free (tablet->directory);
  tablet->directory = g_steal_pointer (&copy);
  open_session (tablet);
}

void
test_tablet_tear_down (TestTablet *tablet, gconstpointer data)
{
  test_tablet_close (tablet);
  g_clear_pointer (&tablet->server, test_journal_close);
  ym_secret_free (tablet->passphrase);
  remove_directory (tablet->directory);
  g_free (tablet->directory);
}

static gpointer
do_begin (YmDesk *desk, gpointer home, GError **error)
{
  return ym_visit_begin (desk, home, error);
}

YmDraft *
test_tablet_begin_visit (TestTablet *tablet)
{
  return test_tablet_do (tablet, YM_LANE_WRITE, do_begin, &tablet->force.home_1);
}

void
test_fill_visit (YmDraft *draft)
{
  YmRecord *person = ym_draft_add_row (draft, ym_form (YM_FORM_PERSON_MET), ym_random_system ());

  ym_record_set_integer (draft->record, YM_VISIT_PLACE, YM_PLACE_AT_HOME);
  ym_record_set_integer (draft->record, YM_VISIT_ANNOUNCED, YM_NO);
  ym_record_set_integer (draft->record, YM_VISIT_ENDED_AT, TUESDAY_US + 30 * 60 * G_USEC_PER_SEC);
  ym_record_set_integer (draft->record, YM_VISIT_CHILDREN_PRESENT, YM_NO);
  ym_record_set_integer (draft->record, YM_VISIT_NOT_DISCUSSED, 0x3e);
  ym_record_set_text (draft->record, YM_VISIT_NOTES, "Gair â'r rheolwr: mae'r tŷ'n dawel.");
  ym_record_set_text (person, YM_PERSON_MET_NAME, "D. Griffiths");
  ym_record_set_text (person, YM_PERSON_MET_ROLE, "manager");
}

static gpointer
do_sign (YmDesk *desk, gpointer draft, GError **error)
{
  return ym_visit_sign_off (desk, draft, error) ? desk : NULL;
}

YmId
test_tablet_sign_visit (TestTablet *tablet)
{
  g_autoptr (YmDraft) draft = test_tablet_begin_visit (tablet);

  test_fill_visit (draft);
  ym_record_set_integer (draft->record, YM_VISIT_NOT_DISCUSSED, 0x3c);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_ON_DUTY, 2);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_REQUIRED, 3);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_TOTAL, 12);
  ym_record_set_integer (draft->record, YM_VISIT_STAFF_TRAINED, 2);
  test_tablet_do (tablet, YM_LANE_WRITE, do_sign, draft);
  return draft->record->id;
}

typedef struct {
  YmId home;
  YmId issue;
} IssueMade;

static gpointer
do_open_issue (YmDesk *desk, gpointer data, GError **error)
{
  IssueMade *made = data;
  g_autoptr (YmRecord) issue = ym_desk_new_record (desk, ym_form (YM_FORM_ISSUE), &made->home);
  g_autoptr (YmRecord) action = ym_desk_new_record (desk, ym_form (YM_FORM_ACTION), &made->home);

  ym_record_set_text (issue, YM_ISSUE_TITLE, "Two on duty where three are required");
  ym_record_set_integer (issue, YM_ISSUE_CATEGORY, 1);
  ym_record_set_integer (issue, YM_ISSUE_SEVERITY, YM_SEVERITY_HIGH);
  ym_record_set_integer (issue, YM_ISSUE_OWNER, 1);
  ym_record_set_text (issue, YM_ISSUE_SCANNING, "Short on four of five visits since October.");
  g_assert_true (ym_desk_save (desk, "issue.open", NULL, issue, error));
  ym_record_set_id (action, YM_ACTION_ISSUE, &issue->id);
  ym_record_set_text (action, YM_ACTION_WHAT, "Advertise the post");
  ym_record_set_integer (action, YM_ACTION_OWNER, 1);
  ym_record_set_integer (action, YM_ACTION_DUE_ON, ym_london_day (TUESDAY_US) - 8);
  g_assert_true (ym_desk_save (desk, "issue.action", NULL, action, error));
  made->issue = issue->id;
  return desk;
}

YmId
test_tablet_open_issue (TestTablet *tablet)
{
  IssueMade made = { .home = tablet->force.home_1 };

  test_tablet_do (tablet, YM_LANE_WRITE, do_open_issue, &made);
  return made.issue;
}

static GtkWidget *
find_control (GtkWidget *widget, const char *label)
{
  g_autofree char *problem
      = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  if (problem == NULL && !GTK_IS_LABEL (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_control (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
test_control (GtkWidget *root, const char *label)
{
  GtkWidget *found = find_control (root, label);

  if (found == NULL)
    g_test_message ("no control is called “%s”", label);
  g_assert_nonnull (found);
  return found;
}

static gpointer
do_nothing (YmDesk *desk, gpointer data, GError **error)
{
  return desk;
}

void
test_tablet_settle (TestTablet *tablet)
{
  /* The lanes answer in order: behind their last answer there is none left. Twice, because an answer may ask again. */
  for (guint i = 0; i < 2; i++)
    {
      test_tablet_do (tablet, YM_LANE_WRITE, do_nothing, NULL);
      test_tablet_do (tablet, YM_LANE_READ, do_nothing, NULL);
      test_wait_for (ym_session_get_proof (tablet->session) != YM_PROOF_UNDER_WAY);
      harness_settle ();
    }
}

GtkWindow *
test_tablet_find_dialog (TestTablet *tablet)
{
  GListModel *windows = gtk_window_get_toplevels ();

  test_tablet_settle (tablet);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (YM_IS_RECORD_DIALOG (window))
        return window;
    }
  return NULL;
}
