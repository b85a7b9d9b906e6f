/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From a closed tablet to the working page and back.
 *
 *   look ──no store──▶ enrol ──typed──▶ begin ──▶ ask ◀─┐
 *     │                  ▲                 │   wait ────┘
 *     └──▶ unlock ──not enrolled──┘        ▼ signed
 *             ▲ └──────enrolled──────▶ working
 *             └──────────lock────────────┘
 *
 * From the enrolment one can also try it with made-up data, in a store of its own that goes when it is closed.
 * One store is open at a time: a passphrase typed while the last one is still being closed waits.
 */

#include "ui/desk/controller.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "ui/desk/change-passphrase.h"
#include "ui/desk/damage.h"
#include "ui/desk/forgotten.h"
#include "ui/desk/try-out.h"
#include "ui/dialog.h"

#define ASK_EVERY_S 5
#define DIALOG_WIDTH_PX 480
#define DIALOG_HEIGHT_PX 640

struct _YmController
{
  GObject parent_instance;

  char *directory;
  YmStoreOptions options;
  const YmOpeningRoad *road;
  YmAutoLock *auto_lock;
  YmReminder *reminder; /* (nullable) */
  YmWindow *window;

  YmNotebook *notebook; /* open, and nobody's yet */
  GCancellable *asking; /* the server is being asked */
  guint ask_source;
  YmSession *session;   /* open, and the officer's */
  YmWorkplace *workplace;
  YmPlace place;        /* where the officer was when it was locked */
  gboolean was_open;    /* since the program began */
  YmSecret *waiting;    /* typed while the store was being closed */
  guint n_tasks;        /* on other threads */
  guint n_closing;      /* of them, those that close the store */
  char *try_directory;  /* where the made-up data are, beside the store */
  gboolean trying;      /* what is open is made up */
  gboolean removing;    /* what was made up is being removed */
  gboolean try_waits;   /* asked for meanwhile */
};

G_DEFINE_FINAL_TYPE (YmController, ym_controller, G_TYPE_OBJECT)

static void ask (YmController *self);
static void show_unlock (YmController *self, gint64 wait_us);
static void offer_recovery (YmController *self);
static void show_enrol (YmController *self, YmEnrolStep step);

static gpointer
begin_task (YmController *self)
{
  self->n_tasks++;
  return g_object_ref (self);
}

static void
end_task (YmController *self)
{
  self->n_tasks--;
}

/* --- working --- */

/* What is wrong in the open store, as soon as it is known, and in whichever window. */
static void
proof_changed_cb (YmController *self)
{
  if (self->window != NULL && self->session != NULL)
    ym_damage_show (self->window, self->session);
}

static void
lock_and_recover_cb (YmController *self)
{
  if (self->session == NULL)
    return;
  ym_controller_lock (self);
  if (self->window != NULL)
    offer_recovery (self);
}

static void
banner_activated_cb (YmController *self)
{
  if (self->session != NULL)
    ym_damage_explain (self->window, self->session, G_CALLBACK (lock_and_recover_cb), self);
}

static void
show_working (YmController *self)
{
  ym_window_set_phase (self->window, YM_PHASE_WORKING);
  ym_window_set_made_up (self->window, self->trying);
  self->workplace = ym_workplace_new (self->session, self->window);
  ym_workplace_set_reminder (self->workplace, self->reminder);
  gtk_widget_grab_focus (GTK_WIDGET (ym_window_get_working (self->window)));
  proof_changed_cb (self);
}

/* @notebook: (transfer full): an officer's */
static void
open_session (YmController *self, YmNotebook *notebook)
{
  ym_banner_hide (ym_window_get_banner (self->window));
  self->session = ym_session_new (notebook);
  g_signal_connect_object (self->session, "proof-changed", G_CALLBACK (proof_changed_cb), self, G_CONNECT_SWAPPED);
  show_working (self);
  if (!self->trying) /* invented data need no lock, and there is no server for them */
    {
      ym_auto_lock_arm (self->auto_lock);
      ym_session_start_sync (self->session);
    }
  ym_session_start_proof (self->session);
  if (self->was_open)
    ym_workplace_go_to (self->workplace, &self->place);
  else
    ym_workplace_go_on (self->workplace);
  self->was_open = TRUE;
}

/* --- closing --- */

static void start_unlock (YmController *self, YmSecret *passphrase);
static void remove_made_up (YmController *self);

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmController) self = user_data;

  end_task (self);
  if (--self->n_closing > 0)
    return;
  /* The keys are wiped: the machine may suspend. */
  ym_auto_lock_disarm (self->auto_lock);
  if (self->trying)
    remove_made_up (self);
  self->trying = FALSE;
  if (self->waiting != NULL)
    start_unlock (self, g_steal_pointer (&self->waiting));
}

static void
close_notebook (YmController *self, YmNotebook *notebook)
{
  self->n_closing++;
  ym_opening_close (notebook, closed_cb, begin_task (self));
}

static void
close_session (YmController *self)
{
  g_autoptr (YmSession) session = g_steal_pointer (&self->session);

  self->n_closing++;
  ym_session_close (session, closed_cb, begin_task (self));
}

static void
leave_workplace (YmController *self)
{
  if (self->workplace == NULL)
    return;
  ym_workplace_get_place (self->workplace, &self->place);
  ym_workplace_leave (self->workplace);
  if (self->window != NULL)
    ym_banner_hide (ym_window_get_banner (self->window));
  g_clear_object (&self->workplace);
}

/* What was copied here is clear text about a child: it goes, unless another program has copied since. */
static void
clear_clipboard (YmController *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self->window));

  if (gdk_clipboard_is_local (clipboard))
    gdk_clipboard_set_content (clipboard, NULL);
}

/* --- first run --- */

static YmEnrolPage *
enrol_page (YmController *self)
{
  return self->window != NULL ? ym_window_get_enrol (self->window) : NULL;
}

static gboolean
ask_again_cb (gpointer user_data)
{
  YmController *self = user_data;

  self->ask_source = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
wait_and_ask (YmController *self, const char *message)
{
  YmEnrolPage *page = enrol_page (self);

  if (page != NULL)
    {
      if (ym_enrol_page_get_step (page) != YM_ENROL_WAITING)
        ym_enrol_page_set_step (page, YM_ENROL_WAITING);
      ym_enrol_page_set_message (page, message);
    }
  if (self->ask_source == 0)
    self->ask_source = g_timeout_add_seconds (ASK_EVERY_S, ask_again_cb, self);
}

static void
fail_enrolment (YmController *self, YmEnrolField field, const char *message)
{
  YmEnrolPage *page = enrol_page (self);

  if (page == NULL)
    return;
  ym_enrol_page_set_has_passphrase (page, self->notebook != NULL);
  ym_enrol_page_fail (page, field, message);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmController) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  gboolean good = ym_opening_ask_finish (result, &done, &error);

  end_task (self);
  g_clear_object (&self->asking);
  if (self->window == NULL)
    close_notebook (self, g_steal_pointer (&self->notebook));
  else if (good && done)
    open_session (self, g_steal_pointer (&self->notebook));
  else if (good)
    wait_and_ask (self, NULL);
  else if (g_error_matches (error, YM_ERROR, YM_ERROR_NETWORK))
    wait_and_ask (self, error->message);
  else
    fail_enrolment (self, YM_ENROL_CODE, error->message);
}

static void
ask (YmController *self)
{
  if (self->asking != NULL || self->notebook == NULL)
    return;
  g_clear_handle_id (&self->ask_source, g_source_remove);
  self->asking = g_cancellable_new ();
  ym_opening_ask (self->notebook, self->road, self->asking, asked_cb, begin_task (self));
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmController) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = ym_opening_begin_finish (result, &self->notebook, &error);

  end_task (self);
  if (self->window == NULL && self->notebook != NULL)
    close_notebook (self, g_steal_pointer (&self->notebook));
  else if (good)
    ask (self);
  else
    fail_enrolment (self, YM_ENROL_SERVER, error->message);
}

static void
enrol_requested_cb (YmController *self)
{
  YmEnrolPage *page = enrol_page (self);
  g_autofree char *server = ym_enrol_page_get (page, YM_ENROL_SERVER);
  g_autofree char *code = ym_enrol_page_get (page, YM_ENROL_CODE);
  g_autofree char *device = ym_enrol_page_get (page, YM_ENROL_DEVICE);
  g_autoptr (YmSecret) passphrase = self->notebook == NULL ? ym_enrol_page_take_passphrase (page) : NULL;
  g_autoptr (GError) error = NULL;

  /* Judged before a store is made for it. */
  if (!ym_opening_check_code (code, &error))
    {
      fail_enrolment (self, YM_ENROL_CODE, error->message);
      return;
    }
  ym_enrol_page_set_step (page, YM_ENROL_WORKING);
  ym_opening_begin (self->directory, self->notebook, g_steal_pointer (&passphrase), &self->options, server, code,
                    device, begun_cb, begin_task (self));
}

/* --- made-up data --- */

static void start_trying (YmController *self);

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmController) self = user_data;

  end_task (self);
  self->removing = FALSE;
  if (self->try_waits && enrol_page (self) != NULL)
    start_trying (self);
}

static void
remove_made_up (YmController *self)
{
  self->removing = TRUE;
  ym_try_out_remove (self->try_directory, removed_cb, begin_task (self));
}

static void
made_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmController) self = user_data;
  g_autoptr (GError) error = NULL;
  YmNotebook *notebook = ym_try_out_make_finish (result, &error);

  end_task (self);
  self->trying = notebook != NULL;
  if (notebook == NULL)
    fail_enrolment (self, YM_ENROL_SERVER, error->message);
  else if (enrol_page (self) == NULL)
    close_notebook (self, notebook);
  else
    open_session (self, notebook);
}

static void
start_trying (YmController *self)
{
  self->try_waits = FALSE;
  ym_try_out_make (self->try_directory, &self->options, made_up_cb, begin_task (self));
}

static void
try_requested_cb (YmController *self)
{
  ym_enrol_page_set_step (enrol_page (self), YM_ENROL_MAKING_UP);
  if (self->removing || self->n_closing > 0)
    self->try_waits = TRUE;
  else
    start_trying (self);
}

static void
stop_trying (YmController *self)
{
  if (self->window != NULL)
    {
      ym_window_set_made_up (self->window, FALSE);
      show_enrol (self, YM_ENROL_WHERE);
    }
  self->place = (YmPlace){ .kind = YM_PLACE_HOMES };
  self->was_open = FALSE;
}

static void
remove_requested_cb (YmController *self)
{
  if (self->trying)
    ym_controller_lock (self);
}

static void
show_enrol (YmController *self, YmEnrolStep step)
{
  YmEnrolPage *page;

  ym_window_set_phase (self->window, YM_PHASE_ENROL);
  page = enrol_page (self);
  ym_enrol_page_set (page, YM_ENROL_DEVICE, g_get_host_name ());
  ym_enrol_page_set_has_passphrase (page, self->notebook != NULL);
  ym_enrol_page_set_step (page, step);
  g_signal_connect_object (page, "enrol-requested", G_CALLBACK (enrol_requested_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "check-requested", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "try-requested", G_CALLBACK (try_requested_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (GTK_WIDGET (page));
}

/* --- unlock --- */

/* @notebook: (transfer full) */
static void
go_on_with (YmController *self, YmNotebook *notebook, YmOpeningState state)
{
  if (state == YM_OPENING_ENROLLED)
    {
      open_session (self, notebook);
      return;
    }
  self->notebook = notebook;
  show_enrol (self, state == YM_OPENING_WAITING ? YM_ENROL_WORKING : YM_ENROL_WHERE);
  if (state == YM_OPENING_WAITING)
    ask (self);
  if (state == YM_OPENING_AGAIN)
    ym_banner_show (ym_window_get_banner (self->window), YM_BANNER_INFORMATION,
                    _ ("Your passphrase opens this device, and all that you wrote is on it. With a new one-time code from your "
                       "administrator it is enrolled again; what waits is then sent as you signed it."),
                    NULL);
}

/* The keys that an administrator has held are in use until they can be changed. */
static void
warn (YmController *self, const char *unchanged)
{
  g_autofree char *text = NULL;

  if (unchanged == NULL)
    return;
  text = g_strdup_printf (_ ("The keys of this device were brought back from escrow and could not be changed yet: %s It is tried "
                             "again when you next unlock."),
                          unchanged);
  ym_banner_show (ym_window_get_banner (self->window), YM_BANNER_WARNING, text, NULL);
}

static void
offer_recovery (YmController *self)
{
  ym_unlock_page_offer_recovery (ym_window_get_unlock (self->window), TRUE,
                                 _ ("Type the passphrase once more to recover it: what can be read is saved, and the damaged "
                                    "store is kept."));
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmController) self = user_data;
  g_autoptr (GError) error = NULL;
  YmOpeningState state;
  gint64 wait_us;
  YmNotebook *notebook = ym_opening_unlock_finish (result, &state, &wait_us, &error);
  YmUnlockPage *page = self->window != NULL ? ym_window_get_unlock (self->window) : NULL;

  end_task (self);
  if (page == NULL && notebook != NULL)
    close_notebook (self, notebook);
  else if (notebook != NULL)
    {
      go_on_with (self, notebook, state);
      warn (self, ym_opening_unlock_get_warning (result));
    }
  else if (page != NULL)
    {
      gboolean damaged = g_error_matches (error, YM_ERROR, YM_ERROR_DAMAGED);

      ym_unlock_page_fail (page, error->message, wait_us);
      ym_unlock_page_offer_recovery (page, FALSE, NULL);
      if (damaged)
        offer_recovery (self);
    }
}

static void
start_unlock (YmController *self, YmSecret *passphrase)
{
  ym_opening_unlock (self->directory, passphrase, &self->options, unlocked_cb, begin_task (self));
}

static void
unlock_requested_cb (YmController *self)
{
  YmUnlockPage *page = ym_window_get_unlock (self->window);
  YmSecret *passphrase = ym_unlock_page_take_passphrase (page);

  ym_unlock_page_set_busy (page, TRUE);
  if (self->n_closing == 0)
    start_unlock (self, passphrase);
  else
    {
      g_clear_pointer (&self->waiting, ym_secret_free);
      self->waiting = passphrase;
    }
}

static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmController) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 wait_us;
  g_autofree char *said = ym_opening_recover_finish (result, &wait_us, &error);
  YmUnlockPage *page = self->window != NULL ? ym_window_get_unlock (self->window) : NULL;

  end_task (self);
  if (page == NULL)
    return;
  ym_unlock_page_fail (page, said == NULL ? error->message : NULL, wait_us);
  ym_unlock_page_offer_recovery (page, said == NULL, said);
}

static void
recover_requested_cb (YmController *self)
{
  YmUnlockPage *page = ym_window_get_unlock (self->window);

  ym_unlock_page_set_busy (page, TRUE);
  ym_opening_recover (self->directory, ym_unlock_page_take_passphrase (page), &self->options, recovered_cb,
                      begin_task (self));
}

static void
opened_cb (YmController *self, YmForgotten *forgotten)
{
  YmSecret *passphrase = ym_forgotten_take_passphrase (forgotten);
  YmUnlockPage *page = self->window != NULL ? ym_window_get_unlock (self->window) : NULL;
  GtkRoot *dialog = gtk_widget_get_root (GTK_WIDGET (forgotten));

  if (dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
  if (page == NULL)
    {
      ym_secret_free (passphrase);
      return;
    }
  ym_unlock_page_set_busy (page, TRUE);
  start_unlock (self, passphrase);
}

static void
forgotten_cb (YmController *self)
{
  GtkWidget *forgotten = ym_forgotten_new (self->directory, &self->options);

  g_signal_connect_object (forgotten, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (ym_dialog_new (GTK_WINDOW (self->window), _ ("Forgotten Passphrase"), forgotten,
                                                 DIALOG_WIDTH_PX, DIALOG_HEIGHT_PX)));
}

static void
show_unlock (YmController *self, gint64 wait_us)
{
  YmUnlockPage *page;

  ym_window_set_phase (self->window, YM_PHASE_UNLOCK);
  page = ym_window_get_unlock (self->window);
  g_signal_connect_object (page, "unlock-requested", G_CALLBACK (unlock_requested_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "recover-requested", G_CALLBACK (recover_requested_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "forgotten", G_CALLBACK (forgotten_cb), self, G_CONNECT_SWAPPED);
  if (wait_us > 0)
    ym_unlock_page_fail (page, NULL, wait_us);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmController) self = user_data;
  gint64 wait_us;
  gboolean exists = ym_opening_look_finish (result, &wait_us);

  end_task (self);
  if (self->window == NULL || ym_window_get_phase (self->window) != YM_PHASE_BLANK)
    return;
  if (exists)
    show_unlock (self, wait_us);
  else
    show_enrol (self, YM_ENROL_WHERE);
}

/* --- the object --- */

static void
ym_controller_dispose (GObject *object)
{
  YmController *self = YM_CONTROLLER (object);

  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->auto_lock);
  g_clear_object (&self->reminder);
  G_OBJECT_CLASS (ym_controller_parent_class)->dispose (object);
}

static void
ym_controller_finalize (GObject *object)
{
  YmController *self = YM_CONTROLLER (object);

  ym_secret_free (self->waiting);
  g_free (self->directory);
  g_free (self->try_directory);
  G_OBJECT_CLASS (ym_controller_parent_class)->finalize (object);
}

static void
ym_controller_class_init (YmControllerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ym_controller_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_controller_finalize;
}

static void
ym_controller_init (YmController *self)
{
}

YmController *
ym_controller_new (const char *directory, const YmStoreOptions *options, const YmOpeningRoad *road,
                   YmAutoLock *auto_lock)
{
  YmController *self = g_object_new (YM_TYPE_CONTROLLER, NULL);
  g_autofree char *canonical = NULL;

  self->directory = g_strdup (directory);
  canonical = g_canonicalize_filename (directory, NULL);
  self->try_directory = g_strconcat (canonical, "-made-up", NULL);
  self->options = *options;
  self->road = road;
  self->auto_lock = g_object_ref (auto_lock);
  return self;
}

/* The answers so far go into the new window's page. */
static void
move_enrol (YmController *self, YmEnrolPage *before)
{
  YmEnrolStep step = ym_enrol_page_get_step (before);
  char *answers[YM_N_ENROL_FIELDS];

  for (int i = 0; i < YM_N_ENROL_FIELDS; i++)
    answers[i] = ym_enrol_page_get (before, i);
  show_enrol (self, step);
  for (int i = 0; i < YM_N_ENROL_FIELDS; i++)
    {
      ym_enrol_page_set (enrol_page (self), i, answers[i]);
      g_free (answers[i]);
    }
}

void
ym_controller_set_reminder (YmController *self, YmReminder *reminder)
{
  g_return_if_fail (YM_IS_CONTROLLER (self));
  g_set_object (&self->reminder, reminder);
}

void
ym_controller_set_window (YmController *self, YmWindow *window)
{
  YmWindow *before;
  YmPhase phase;

  g_return_if_fail (YM_IS_CONTROLLER (self));
  before = self->window;
  phase = before != NULL ? ym_window_get_phase (before) : YM_PHASE_BLANK;
  leave_workplace (self);
  g_set_weak_pointer (&self->window, window);
  if (window == NULL)
    return;
  g_signal_connect_object (ym_window_get_banner (window), "activated", G_CALLBACK (banner_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "remove-requested", G_CALLBACK (remove_requested_cb), self, G_CONNECT_SWAPPED);
  if (phase == YM_PHASE_BLANK && !self->removing)
    remove_made_up (self); /* what a crash left of it */
  if (phase == YM_PHASE_BLANK)
    ym_opening_look (self->directory, &self->options, looked_cb, begin_task (self));
  else if (phase == YM_PHASE_ENROL)
    move_enrol (self, ym_window_get_enrol (before));
  else if (phase == YM_PHASE_UNLOCK)
    show_unlock (self, 0);
  else
    {
      /* What was said of damage was said in the other language. */
      if (ym_session_get_proof (self->session) == YM_PROOF_DAMAGED)
        ym_session_start_proof (self->session);
      show_working (self);
      ym_workplace_go_to (self->workplace, &self->place);
    }
  if (before != NULL)
    ym_window_set_phase (before, YM_PHASE_BLANK);
}

void
ym_controller_lock (YmController *self)
{
  g_return_if_fail (YM_IS_CONTROLLER (self));
  if (self->session == NULL)
    return;
  leave_workplace (self);
  if (self->window != NULL)
    clear_clipboard (self);
  if (self->trying)
    stop_trying (self);
  else if (self->window != NULL)
    show_unlock (self, 0);
  close_session (self);
}

/* The store is closed and opened again, and gets its new keys in between: see ym_notebook_open_renewed(). */
static void
renew_cb (YmController *self, YmChangePassphrase *change)
{
  YmSecret *passphrase = ym_change_passphrase_take (change);
  YmUnlockPage *page;

  if (self->session == NULL || self->window == NULL)
    {
      ym_secret_free (passphrase);
      return;
    }
  ym_controller_lock (self);
  page = ym_window_get_unlock (self->window);
  ym_unlock_page_set_busy (page, TRUE);
  ym_unlock_page_offer_recovery (page, FALSE,
                                 _ ("Everything on this device is being sealed under new keys. If this is cut short, it goes on when "
                                    "you next unlock."));
  g_clear_pointer (&self->waiting, ym_secret_free);
  self->waiting = passphrase;
}

void
ym_controller_change_passphrase (YmController *self)
{
  GtkWidget *change;

  g_return_if_fail (YM_IS_CONTROLLER (self));
  if (self->session == NULL || self->window == NULL)
    return;
  change = ym_change_passphrase_new (self->session);
  g_signal_connect_object (change, "renew", G_CALLBACK (renew_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (ym_dialog_new (GTK_WINDOW (self->window), _ ("Passphrase"), change, DIALOG_WIDTH_PX,
                                                 DIALOG_HEIGHT_PX)));
}

void
ym_controller_finish (YmController *self)
{
  g_return_if_fail (YM_IS_CONTROLLER (self));
  ym_controller_lock (self);
  ym_controller_set_window (self, NULL);
  g_clear_handle_id (&self->ask_source, g_source_remove);
  g_clear_pointer (&self->waiting, ym_secret_free);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  else if (self->notebook != NULL)
    close_notebook (self, g_steal_pointer (&self->notebook));
  while (self->n_tasks > 0)
    g_main_context_iteration (NULL, TRUE);
}

gboolean
ym_controller_is_busy (YmController *self)
{
  g_return_val_if_fail (YM_IS_CONTROLLER (self), FALSE);
  return self->n_tasks > 0;
}

YmSession *
ym_controller_get_session (YmController *self)
{
  g_return_val_if_fail (YM_IS_CONTROLLER (self), NULL);
  return self->session;
}

YmNotebook *
ym_controller_get_notebook (YmController *self)
{
  g_return_val_if_fail (YM_IS_CONTROLLER (self), NULL);
  return self->notebook;
}

YmWorkplace *
ym_controller_get_workplace (YmController *self)
{
  g_return_val_if_fail (YM_IS_CONTROLLER (self), NULL);
  return self->workplace;
}
