/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When to lock: idle, suspend, session lock.
 *
 * The timer is a timerfd on CLOCK_BOOTTIME, so that minutes spent suspended count and it fires on waking;
 * GLib's own timeouts stand still in suspend. Suspend itself is held back by a delay inhibitor of logind
 * (a file descriptor; closing it lets go) until keys are wiped. */

#include "ui/auto-lock.h"

#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "ui/preferences.h"

#define LOGIND "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define MANAGER "org.freedesktop.login1.Manager"
#define SESSION "org.freedesktop.login1.Session"
#define MINUTE_US (60 * G_USEC_PER_SEC)

struct _YmAutoLock
{
  GObject parent_instance;

  const YmClock *clock;
  gint64 idle_us;
  gint64 touched_us; /* boot time */
  gboolean armed;

  int timer_fd;
  guint timer_source;

  GCancellable *cancellable;
  GDBusConnection *bus;
  guint sleep_subscription;
  guint lock_subscription;
  int inhibitor_fd; /* -1 while suspend is not held back */
};

G_DEFINE_FINAL_TYPE (YmAutoLock, ym_auto_lock, G_TYPE_OBJECT)

enum {
  SIGNAL_LOCK,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
set_timer (YmAutoLock *self, gint64 in_us)
{
  const struct itimerspec when = {
    .it_value = { .tv_sec = in_us / G_USEC_PER_SEC, .tv_nsec = in_us % G_USEC_PER_SEC * 1000 },
  };

  if (self->timer_fd >= 0)
    timerfd_settime (self->timer_fd, 0, &when, NULL);
}

static void
say_lock (YmAutoLock *self)
{
  if (!self->armed)
    return;
  self->armed = FALSE;
  set_timer (self, 0);
  g_signal_emit (self, signals[SIGNAL_LOCK], 0);
}

static gboolean
timer_cb (int fd, GIOCondition condition, gpointer user_data)
{
  guint64 expirations;

  if (read (fd, &expirations, sizeof expirations) == sizeof expirations)
    ym_auto_lock_check (user_data);
  return G_SOURCE_CONTINUE;
}

static void
inhibited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmAutoLock) self = user_data;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &fds, result, NULL);
  int fd;

  if (reply == NULL || fds == NULL)
    return;
  fd = g_unix_fd_list_get (fds, 0, NULL);
  if (!self->armed || self->inhibitor_fd >= 0)
    close (fd);
  else
    self->inhibitor_fd = fd;
}

static void
hold_suspend_back (YmAutoLock *self)
{
  if (self->bus == NULL || self->inhibitor_fd >= 0)
    return;
  g_dbus_connection_call_with_unix_fd_list (
      self->bus, LOGIND, LOGIND_PATH, MANAGER, "Inhibit",
      g_variant_new ("(ssss)", "sleep", "Ymweld", _("Ymweld locks itself first"), "delay"),
      G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, self->cancellable, inhibited_cb,
      g_object_ref (self));
}

static void
let_suspend_go (YmAutoLock *self)
{
  if (self->inhibitor_fd >= 0)
    close (self->inhibitor_fd);
  self->inhibitor_fd = -1;
}

static void
prepare_for_sleep_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
                      const char *signal, GVariant *parameters, gpointer user_data)
{
  YmAutoLock *self = user_data;
  gboolean begins = FALSE;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &begins);
  if (begins && self->armed)
    say_lock (self);
  else if (begins)
    let_suspend_go (self);
}

static void
session_lock_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
                 const char *signal, GVariant *parameters, gpointer user_data)
{
  say_lock (user_data);
}

static void
session_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmAutoLock) self = user_data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  const char *path;

  if (reply == NULL || self->bus == NULL)
    return;
  g_variant_get (reply, "(&o)", &path);
  self->lock_subscription
      = g_dbus_connection_signal_subscribe (self->bus, LOGIND, SESSION, "Lock", path, NULL,
                                            G_DBUS_SIGNAL_FLAGS_NONE, session_lock_cb, self, NULL);
}

static void
bus_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmAutoLock) self = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus != NULL)
    ym_auto_lock_watch (self, bus);
}

static void
ym_auto_lock_dispose (GObject *object)
{
  YmAutoLock *self = YM_AUTO_LOCK (object);

  g_cancellable_cancel (self->cancellable);
  if (self->sleep_subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->sleep_subscription);
  if (self->lock_subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->lock_subscription);
  self->sleep_subscription = self->lock_subscription = 0;
  g_clear_object (&self->bus);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer_source, g_source_remove);
  let_suspend_go (self);
  G_OBJECT_CLASS (ym_auto_lock_parent_class)->dispose (object);
}

static void
ym_auto_lock_finalize (GObject *object)
{
  YmAutoLock *self = YM_AUTO_LOCK (object);

  if (self->timer_fd >= 0)
    close (self->timer_fd);
  G_OBJECT_CLASS (ym_auto_lock_parent_class)->finalize (object);
}

static void
ym_auto_lock_class_init (YmAutoLockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ym_auto_lock_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_auto_lock_finalize;
  signals[SIGNAL_LOCK]
      = g_signal_new ("lock", YM_TYPE_AUTO_LOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ym_auto_lock_init (YmAutoLock *self)
{
  self->idle_us = YM_LOCK_MINUTES_DEFAULT * (gint64) MINUTE_US;
  self->inhibitor_fd = -1;
  self->cancellable = g_cancellable_new ();
  self->timer_fd = timerfd_create (CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->timer_fd >= 0)
    self->timer_source = g_unix_fd_add (self->timer_fd, G_IO_IN, timer_cb, self);
}

YmAutoLock *
ym_auto_lock_new (const YmClock *clock)
{
  YmAutoLock *self = g_object_new (YM_TYPE_AUTO_LOCK, NULL);

  self->clock = clock;
  return self;
}

void
ym_auto_lock_arm (YmAutoLock *self)
{
  g_return_if_fail (YM_IS_AUTO_LOCK (self));
  self->armed = TRUE;
  ym_auto_lock_touch (self);
  set_timer (self, self->idle_us);
  hold_suspend_back (self);
}

void
ym_auto_lock_disarm (YmAutoLock *self)
{
  g_return_if_fail (YM_IS_AUTO_LOCK (self));
  self->armed = FALSE;
  set_timer (self, 0);
  let_suspend_go (self);
}

void
ym_auto_lock_set_idle_minutes (YmAutoLock *self, int minutes)
{
  g_return_if_fail (YM_IS_AUTO_LOCK (self));
  g_return_if_fail (minutes > 0);
  self->idle_us = minutes * (gint64) MINUTE_US;
  ym_auto_lock_check (self);
}

void
ym_auto_lock_touch (YmAutoLock *self)
{
  g_return_if_fail (YM_IS_AUTO_LOCK (self));
  self->touched_us = ym_clock_boot_us (self->clock);
}

/* A touch doesn't move the timer: it fires, finds that there was one, and is set for what remains. */
void
ym_auto_lock_check (YmAutoLock *self)
{
  gint64 left_us;

  g_return_if_fail (YM_IS_AUTO_LOCK (self));
  if (!self->armed)
    return;
  left_us = self->touched_us + self->idle_us - ym_clock_boot_us (self->clock);
  if (left_us <= 0)
    say_lock (self);
  else
    set_timer (self, left_us);
}

void
ym_auto_lock_watch (YmAutoLock *self, GDBusConnection *bus)
{
  g_return_if_fail (YM_IS_AUTO_LOCK (self));
  g_return_if_fail (self->bus == NULL);
  self->bus = g_object_ref (bus);
  self->sleep_subscription
      = g_dbus_connection_signal_subscribe (bus, LOGIND, MANAGER, "PrepareForSleep", LOGIND_PATH, NULL,
                                            G_DBUS_SIGNAL_FLAGS_NONE, prepare_for_sleep_cb, self, NULL);
  /* "auto": a desktop starts its apps outside the session's own processes, and means the user's session all the same. */
  g_dbus_connection_call (bus, LOGIND, LOGIND_PATH, MANAGER, "GetSession", g_variant_new ("(s)", "auto"),
                          G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, session_found_cb,
                          g_object_ref (self));
  if (self->armed)
    hold_suspend_back (self);
}

void
ym_auto_lock_watch_system (YmAutoLock *self)
{
  g_return_if_fail (YM_IS_AUTO_LOCK (self));
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, bus_found_cb, g_object_ref (self));
}
