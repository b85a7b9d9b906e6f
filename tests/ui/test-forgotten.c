/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A forgotten passphrase in the window: from the locked page to the enrolment, and what an officer may get wrong. */

#include <glib/gstdio.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/store-escrow.h"
#include "tests/ui/desk-fixture.h"
#include "tests/ui/harness.h"
#include "ui/desk/change-passphrase.h"
#include "ui/desk/forgotten.h"
#include "ui/language.h"
#include "ui/widgets/page.h"

#define NEW_WORDS "deilen copper rhedyn anchor llwybr"

typedef struct {
  TestDesk desk;
  YmSecret *recovery;
  char *request;
  char *answer;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  TestTablet *tablet = &fixture->desk.tablet;
  guint8 recovery_key[YM_BOX_PUBLIC_KEY_BYTES];
  g_autoptr (GError) error = NULL;
  g_autoptr (YmStore) store = NULL;

  test_desk_set_up (&fixture->desk, data);
  fixture->request = g_strconcat (tablet->directory, ".request", NULL);
  fixture->answer = g_strconcat (tablet->directory, ".answer", NULL);
  fixture->recovery = ym_key_random (ym_random_system ());
  ym_box_public_key (fixture->recovery, recovery_key);
  store = ym_store_open (tablet->directory, tablet->passphrase, &tablet->options, &error);
  test_succeeds (store != NULL, error);
  test_succeeds (ym_store_set_escrow (store, recovery_key, &error), error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_desk_tear_down (&fixture->desk, data);
  g_unlink (fixture->request);
  g_unlink (fixture->answer);
  g_free (fixture->request);
  g_free (fixture->answer);
  ym_secret_free (fixture->recovery);
}

/* The window that stands over the locked page. */
static GtkWindow *
find_dialog (Fixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == GTK_WINDOW (fixture->desk.window))
        return window;
    }
  return NULL;
}

static GtkWidget *
find_forgotten (GtkWidget *root)
{
  GtkWidget *found = YM_IS_FORGOTTEN (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_forgotten (child);
  return found;
}

static YmForgotten *
open_dialog (Fixture *fixture, const char *button)
{
  harness_press (harness_find (GTK_WIDGET (fixture->desk.window), button));
  return YM_FORGOTTEN (find_forgotten (GTK_WIDGET (find_dialog (fixture))));
}

static gboolean
says (gpointer widget, const char *words)
{
  g_autofree char *text = harness_text (GTK_WIDGET (widget));

  return strstr (text, words) != NULL;
}

static void
make_request (YmForgotten *forgotten)
{
  GtkWidget *root = GTK_WIDGET (forgotten);

  gtk_editable_set_text (GTK_EDITABLE (harness_find (root, "New passphrase")), NEW_WORDS);
  gtk_editable_set_text (GTK_EDITABLE (harness_find (root, "The same passphrase again")), NEW_WORDS);
  harness_press (harness_find (root, "Make the Request"));
  test_wait_for (says (root, "2. Read the fingerprint"));
  harness_settle ();
}

static void
save_request (Fixture *fixture, YmForgotten *forgotten)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->request);

  ym_forgotten_save_request (forgotten, file);
  test_wait_for (says (forgotten, "The request is saved."));
}

/* As the administrator does. */
static void
answer_request (Fixture *fixture)
{
  char *data;
  gsize length;
  g_autoptr (GBytes) bytes = NULL, answer = NULL;
  g_autoptr (YmEscrowRequest) request = NULL;
  g_autoptr (YmSecret) storage = NULL;
  g_autofree char *fingerprint = NULL;

  g_assert_true (g_file_get_contents (fixture->request, &data, &length, NULL));
  bytes = g_bytes_new_take (data, length);
  request = ym_escrow_request_decode (bytes, NULL);
  g_assert_nonnull (request);
  fingerprint = ym_escrow_fingerprint (&request->hash);
  g_assert_true (says (find_dialog (fixture), fingerprint));
  storage = ym_escrow_slot_open (&request->slot, &request->store_id, fixture->recovery);
  answer = ym_escrow_answer_encode (request, storage, ym_random_system ());
  g_assert_true (g_file_set_contents (fixture->answer, g_bytes_get_data (answer, NULL), (gssize) g_bytes_get_size (answer), NULL));
}

/* The passphrase goes into the field beside the answer, which is the last of that name. */
static void
take_answer (Fixture *fixture, YmForgotten *forgotten, const char *words)
{
  g_autoptr (GFile) file = g_file_new_for_path (fixture->answer);
  GtkWidget *wait = gtk_widget_get_last_child (GTK_WIDGET (forgotten));

  gtk_editable_set_text (GTK_EDITABLE (harness_find (wait, "New passphrase")), words);
  ym_forgotten_take_answer (forgotten, file);
}

/* The officer would stay locked out, be told nothing of what comes next, or write under keys that somebody has held. */
static void
test_whole_way (Fixture *fixture, gconstpointer data)
{
  TestDesk *desk = &fixture->desk;
  YmForgotten *forgotten;
  gboolean due = TRUE;

  test_desk_start (desk);
  forgotten = open_dialog (fixture, "Forgotten your passphrase?");
  make_request (forgotten);
  save_request (fixture, forgotten);
  answer_request (fixture);
  take_answer (fixture, forgotten, NEW_WORDS);
  test_wait_for (ym_window_get_phase (desk->window) == YM_PHASE_ENROL);
  test_desk_settle (desk);
  g_assert_null (find_dialog (fixture));
  g_assert_true (says (desk->window, "all that you wrote is on it"));
  g_assert_true (ym_store_keys_are_due (ym_notebook_get_store (ym_controller_get_notebook (desk->controller)), &due, NULL));
  g_assert_false (due);
  harness_picture (GTK_WINDOW (desk->window), "forgotten-enrol-en");
}

/* A request would be lost with the dialog, and the administrator's answer with it. */
static void
test_request_waits (Fixture *fixture, gconstpointer data)
{
  TestDesk *desk = &fixture->desk;
  YmForgotten *forgotten;

  test_desk_start (desk);
  forgotten = open_dialog (fixture, "Forgotten your passphrase?");
  make_request (forgotten);
  save_request (fixture, forgotten);
  answer_request (fixture);
  gtk_window_destroy (find_dialog (fixture));
  test_desk_stop (desk);
  test_desk_start (desk);
  forgotten = open_dialog (fixture, "Forgotten your passphrase?");
  test_wait_for (says (forgotten, "2. Read the fingerprint"));

  /* The wrong passphrase and the wrong file say what they are. */
  take_answer (fixture, forgotten, "pump ladder onion frost wrong");
  test_wait_for (says (forgotten, "That is not the passphrase."));
  g_rename (fixture->request, fixture->answer);
  take_answer (fixture, forgotten, NEW_WORDS);
  test_wait_for (!says (forgotten, "That is not the passphrase.") && !says (forgotten, "few seconds"));
  g_assert_cmpint (ym_window_get_phase (desk->window), ==, YM_PHASE_UNLOCK);
}

/* What was cut before the keys were changed would leave them in use without a word. */
static void
test_cut_before_the_change (Fixture *fixture, gconstpointer data)
{
  TestDesk *desk = &fixture->desk;
  TestTablet *tablet = &desk->tablet;
  g_autoptr (YmSecret) chosen = ym_secret_new_from_passphrase (NEW_WORDS, strlen (NEW_WORDS));
  g_autoptr (GError) error = NULL;
  YmForgotten *forgotten;
  gboolean due = FALSE;
  g_autoptr (GBytes) answer = NULL;
  char *bytes;
  gsize length;

  test_desk_start (desk);
  forgotten = open_dialog (fixture, "Forgotten your passphrase?");
  make_request (forgotten);
  save_request (fixture, forgotten);
  answer_request (fixture);
  test_desk_stop (desk);
  g_assert_true (g_file_get_contents (fixture->answer, &bytes, &length, NULL));
  answer = g_bytes_new_take (bytes, length);
  test_succeeds (ym_store_take_escrow_answer (tablet->directory, answer, chosen, &tablet->options, &error), error);
  {
    g_autoptr (YmStore) store = ym_store_open (tablet->directory, chosen, &tablet->options, &error);

    test_succeeds (store != NULL, error);
    g_assert_true (ym_store_keys_are_due (store, &due, NULL) && due);
  }
  test_desk_start (desk);
  test_desk_type_passphrase (desk, NEW_WORDS);
  g_assert_cmpint (ym_window_get_phase (desk->window), ==, YM_PHASE_ENROL);
  g_assert_true (ym_store_keys_are_due (ym_notebook_get_store (ym_controller_get_notebook (desk->controller)), &due, NULL));
  g_assert_false (due);
}

/* A tablet that no answer can open would let its officer wait for one. */
static void
test_not_in_escrow (TestDesk *desk, gconstpointer data)
{
  Fixture fixture = { .desk = *desk };
  YmForgotten *forgotten;

  test_desk_start (&fixture.desk);
  forgotten = open_dialog (&fixture, "Forgotten your passphrase?");
  gtk_editable_set_text (GTK_EDITABLE (harness_find (GTK_WIDGET (forgotten), "New passphrase")), NEW_WORDS);
  gtk_editable_set_text (GTK_EDITABLE (harness_find (GTK_WIDGET (forgotten), "The same passphrase again")), NEW_WORDS);
  harness_press (harness_find (GTK_WIDGET (forgotten), "Make the Request"));
  test_wait_for (says (forgotten, "not in escrow"));
  *desk = fixture.desk;
}

static YmId
vault_key_check (TestDesk *desk)
{
  g_autofree char *path = g_build_filename (desk->tablet.directory, "vault", NULL);
  g_autofree char *bytes = NULL;
  YmId check;

  /* The first 16 bytes of the vault follow from its key. */
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  memcpy (check.bytes, bytes, sizeof check.bytes);
  return check;
}

static void
change_passphrase (Fixture *fixture, const char *old, gboolean seen)
{
  GtkWidget *root;

  ym_controller_change_passphrase (fixture->desk.controller);
  harness_settle ();
  root = GTK_WIDGET (find_dialog (fixture));
  gtk_editable_set_text (GTK_EDITABLE (harness_find (root, "Passphrase until now")), old);
  gtk_editable_set_text (GTK_EDITABLE (harness_find (root, "New passphrase")), NEW_WORDS);
  gtk_editable_set_text (GTK_EDITABLE (harness_find (root, "The same passphrase again")), NEW_WORDS);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (harness_find (root, "Somebody may have seen my passphrase")), seen);
  harness_press (harness_find (root, "Change the Passphrase"));
  test_desk_settle (&fixture->desk);
}

/* Who copied the tablet and saw the passphrase would read on, or the officer be left before a locked page. */
static void
test_seen_passphrase (Fixture *fixture, gconstpointer data)
{
  TestDesk *desk = &fixture->desk;
  g_autoptr (YmSession) closed = NULL;
  YmId before, after;
  gboolean due = TRUE;

  test_desk_start (desk);
  test_desk_unlock (desk);
  before = vault_key_check (desk);

  change_passphrase (fixture, "pump ladder onion frost wrong", TRUE);
  g_assert_true (says (find_dialog (fixture), "That is not the passphrase."));
  g_assert_cmpint (ym_window_get_phase (desk->window), ==, YM_PHASE_WORKING);
  gtk_window_destroy (find_dialog (fixture));
  desk->tablet.force.world.wall_us += 2 * G_USEC_PER_SEC;

  change_passphrase (fixture, "pump ladder onion frost velvet", FALSE);
  g_assert_true (says (find_dialog (fixture), "The passphrase is changed."));
  gtk_window_destroy (find_dialog (fixture));
  after = vault_key_check (desk);
  g_assert_true (ym_id_equal (&before, &after));

  closed = g_object_ref (ym_controller_get_session (desk->controller));
  change_passphrase (fixture, NEW_WORDS, TRUE);
  test_wait_for (ym_controller_get_session (desk->controller) != NULL
                 && ym_controller_get_session (desk->controller) != closed);
  test_desk_settle (desk);
  g_assert_cmpint (ym_window_get_phase (desk->window), ==, YM_PHASE_WORKING);
  after = vault_key_check (desk);
  g_assert_false (ym_id_equal (&before, &after));
  g_assert_true (ym_store_keys_are_due (
      ym_notebook_get_store (ym_session_get_notebook (ym_controller_get_session (desk->controller))), &due, NULL));
  g_assert_false (due);
}

static const YmStoreOptions *shown_options;
static const char *shown_directory;

static GtkWidget *
make_dialog_body (void)
{
  return ym_page_clamp (ym_forgotten_new (shown_directory, shown_options));
}

static YmSession *shown_session;

static GtkWidget *
make_change (void)
{
  return ym_page_clamp (ym_change_passphrase_new (shown_session));
}

/* A step that is cut, or English in the Welsh window (R15). */
static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  TestTablet *tablet = &fixture->desk.tablet;
  g_autoptr (YmSecret) chosen = ym_secret_new_from_passphrase (NEW_WORDS, strlen (NEW_WORDS));
  g_autoptr (GBytes) request = NULL;

  shown_directory = tablet->directory;
  shown_options = &tablet->options;
  harness_pictures ("forgotten-choose", make_dialog_body);
  request = ym_store_request_escrow (tablet->directory, chosen, &tablet->options, NULL);
  harness_pictures ("forgotten-wait", make_dialog_body);
  test_desk_start (&fixture->desk);
  test_desk_unlock (&fixture->desk);
  shown_session = ym_controller_get_session (fixture->desk.controller);
  harness_pictures ("change-passphrase", make_change);
}

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
#define ADD(path, run) g_test_add ("/ui/forgotten/" path, Fixture, NULL, set_up, run, tear_down)
  ADD ("whole-way", test_whole_way);
  ADD ("request-waits", test_request_waits);
  ADD ("cut-before-the-change", test_cut_before_the_change);
  ADD ("seen-passphrase", test_seen_passphrase);
  g_test_add ("/ui/forgotten/not-in-escrow", TestDesk, NULL, test_desk_set_up, test_not_in_escrow, test_desk_tear_down);
  ADD ("pictures", test_pictures);
  return g_test_run ();
}
