/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program: command line, actions, the window and its phases. */

#include "ui/application.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "app/vault/options.h"
#include "ui/about.h"
#include "ui/desk/controller.h"
#include "ui/keys.h"
#include "ui/language.h"
#include "ui/preferences-window.h"
#include "ui/style.h"
#include "ui/visit/wrap-button.h"

#define REMINDER "due"

struct _YmApplication
{
  AdwApplication parent_instance;

  YmPreferences *preferences;
  const YmClock *clock;
  YmAutoLock *auto_lock;
  YmController *controller;
  YmReminder *reminder;
  YmWindow *window;
  char *store_directory;
};

G_DEFINE_FINAL_TYPE (YmApplication, ym_application, ADW_TYPE_APPLICATION)

static void
lock_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ym_controller_lock (YM_APPLICATION (user_data)->controller);
}

static void
change_passphrase_cb (GtkWidget *button, YmApplication *self)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (button)));
  ym_controller_change_passphrase (self->controller);
}

/* (transfer floating) (nullable): Only an open store has a passphrase to change. */
static GtkWidget *
new_passphrase_button (YmApplication *self)
{
  GtkWidget *button;

  if (ym_controller_get_session (self->controller) == NULL)
    return NULL;
  button = ym_wrap_button_new (_("Change the Passphrase…"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (change_passphrase_cb), self, 0);
  return button;
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  YmApplication *self = user_data;

  gtk_window_present (GTK_WINDOW (ym_preferences_window_new (GTK_WINDOW (self->window), self->preferences,
                                                             new_passphrase_button (self))));
}

static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_present (GTK_WINDOW (ym_keys_window_new (GTK_WINDOW (YM_APPLICATION (user_data)->window))));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_present (GTK_WINDOW (ym_about_window_new (GTK_WINDOW (YM_APPLICATION (user_data)->window))));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  YmApplication *self = user_data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
}

static void
language_cb (GSimpleAction *action, GVariant *code, gpointer user_data)
{
  ym_preferences_set_language (YM_APPLICATION (user_data)->preferences, g_variant_get_string (code, NULL));
}

static gboolean
terminated_cb (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);
  return G_SOURCE_CONTINUE;
}

static const GActionEntry actions[] = {
  { .name = "lock", .activate = lock_cb },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "shortcuts", .activate = shortcuts_cb },
  { .name = "about", .activate = about_cb },
  { .name = "quit", .activate = quit_cb },
  { .name = "language", .parameter_type = "s", .state = "'en'", .change_state = language_cb },
};

/* What is being written is saved before the window goes. */
static gboolean
close_request_cb (YmApplication *self)
{
  ym_controller_lock (self->controller);
  return FALSE;
}

static void
open_window (YmApplication *self)
{
  g_set_weak_pointer (&self->window, ym_window_new (GTK_APPLICATION (self), self->clock));
  g_signal_connect_object (self->window, "active", G_CALLBACK (ym_auto_lock_touch), self->auto_lock,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "close-request", G_CALLBACK (close_request_cb), self, G_CONNECT_SWAPPED);
  ym_controller_set_window (self->controller, self->window);
}

/* Widgets keep the words they were made with, so the window is made anew; when idle, because the switch
 * itself is one of them. */
static gboolean
renew_window_cb (gpointer user_data)
{
  YmApplication *self = user_data;
  YmWindow *before = self->window;

  if (before == NULL)
    return G_SOURCE_REMOVE;
  open_window (self);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_window_destroy (GTK_WINDOW (before));
  return G_SOURCE_REMOVE;
}

static void
change_language (YmApplication *self)
{
  const char *code = ym_preferences_get_language (self->preferences);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "language");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (code));
  if (g_str_equal (code, ym_language_current ()->code))
    return;
  ym_language_use (code);
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, renew_window_cb, g_object_ref (self), g_object_unref);
}

static void
preferences_changed_cb (YmApplication *self)
{
  ym_style_use (self->preferences);
  ym_auto_lock_set_idle_minutes (self->auto_lock, ym_preferences_get_lock_minutes (self->preferences));
  change_language (self);
}

static void
save_failed_cb (YmApplication *self, const char *message)
{
  if (self->window != NULL)
    ym_window_toast (self->window, message);
}

static int
ym_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  YmApplication *self = YM_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("ymweld %s\n", YM_VERSION);
      return 0;
    }
  if (g_variant_dict_lookup (options, "store", "^ay", &self->store_directory))
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  else
    self->store_directory = g_build_filename (g_get_user_data_dir (), "ymweld", NULL);
  return -1;
}

/* Whoever sees the locked screen learns that there is work, and of no home. */
static void
send_reminder (const char *body, gpointer application)
{
  g_autoptr (GNotification) notification = NULL;

  if (body == NULL)
    {
      g_application_withdraw_notification (application, REMINDER);
      return;
    }
  notification = g_notification_new ("Ymweld");
  g_notification_set_body (notification, body);
  g_application_send_notification (application, REMINDER, notification);
}

static void
ym_application_startup (GApplication *application)
{
  YmApplication *self = YM_APPLICATION (application);
  YmStoreOptions options = ym_store_options_default ();

  G_APPLICATION_CLASS (ym_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  ym_keys_install (GTK_APPLICATION (self));
  ym_style_prepare ();
  options.clock = self->clock;
  self->controller = ym_controller_new (self->store_directory, &options, &ym_opening_road_https, self->auto_lock);
  self->reminder = ym_reminder_new (self->preferences, self->clock, send_reminder, self);
  ym_controller_set_reminder (self->controller, self->reminder);
  g_signal_connect_object (self->preferences, "changed", G_CALLBACK (preferences_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preferences, "save-failed", G_CALLBACK (save_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->auto_lock, "lock", G_CALLBACK (ym_controller_lock), self->controller,
                           G_CONNECT_SWAPPED);
  g_unix_signal_add (SIGTERM, terminated_cb, self);
  preferences_changed_cb (self);
  ym_auto_lock_watch_system (self->auto_lock);
}

static void
ym_application_activate (GApplication *application)
{
  YmApplication *self = YM_APPLICATION (application);

  if (self->window == NULL)
    open_window (self);
  gtk_window_present (GTK_WINDOW (self->window));
}

/* The windows are gone; what they left to be saved is saved now, and the store closed. */
static void
ym_application_shutdown (GApplication *application)
{
  ym_controller_finish (YM_APPLICATION (application)->controller);
  g_clear_object (&YM_APPLICATION (application)->reminder);
  G_APPLICATION_CLASS (ym_application_parent_class)->shutdown (application);
}

static void
ym_application_dispose (GObject *object)
{
  YmApplication *self = YM_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->controller);
  g_clear_object (&self->auto_lock);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (ym_application_parent_class)->dispose (object);
}

static void
ym_application_finalize (GObject *object)
{
  g_free (YM_APPLICATION (object)->store_directory);
  G_OBJECT_CLASS (ym_application_parent_class)->finalize (object);
}

static void
ym_application_class_init (YmApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_application_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_application_finalize;
  application_class->handle_local_options = ym_application_handle_local_options;
  application_class->startup = ym_application_startup;
  application_class->activate = ym_application_activate;
  application_class->shutdown = ym_application_shutdown;
}

static void
ym_application_init (YmApplication *self)
{
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Where the encrypted store is"), N_("DIRECTORY") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and end"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

YmApplication *
ym_application_new (YmPreferences *preferences, const YmClock *clock)
{
  YmApplication *self = g_object_new (YM_TYPE_APPLICATION, "application-id", YM_APPLICATION_ID,
                                      "resource-base-path", "/uk/ymweld/Ymweld/none", NULL);

  self->preferences = g_object_ref (preferences);
  self->clock = clock;
  self->auto_lock = ym_auto_lock_new (clock);
  return self;
}

const char *
ym_application_get_store_directory (YmApplication *self)
{
  g_return_val_if_fail (YM_IS_APPLICATION (self), NULL);
  return self->store_directory;
}

YmWindow *
ym_application_get_window (YmApplication *self)
{
  g_return_val_if_fail (YM_IS_APPLICATION (self), NULL);
  return self->window;
}

YmAutoLock *
ym_application_get_auto_lock (YmApplication *self)
{
  g_return_val_if_fail (YM_IS_APPLICATION (self), NULL);
  return self->auto_lock;
}
