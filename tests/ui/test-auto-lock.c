/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When the app locks by itself, with a clock of the test's and a logind of the test's on a private bus. */

#include <gio/gunixfdlist.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <unistd.h>

#include "tests/ui/harness.h"
#include "ui/auto-lock.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000000))

static void
count_cb (YmAutoLock *lock, guint *count)
{
  (*count)++;
}

/* Fails if an untouched tablet stays open, or one in use locks, or it asks again and again. */
static void
test_idle (void)
{
  static const struct
  {
    gint64 advance_us;
    gboolean touch;
    guint locks;
  } steps[] = {
    { 4 * MINUTE, TRUE, 0 }, { 5 * MINUTE - 1, FALSE, 0 }, { 1, FALSE, 1 }, { 60 * MINUTE, FALSE, 1 },
  };
  g_autoptr (YmAutoLock) lock = ym_auto_lock_new (&harness_clock);
  guint locks = 0;

  harness_boot_us = 0;
  g_signal_connect (lock, "lock", G_CALLBACK (count_cb), &locks);
  ym_auto_lock_check (lock);
  ym_auto_lock_arm (lock);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      harness_boot_us += steps[i].advance_us;
      if (steps[i].touch)
        ym_auto_lock_touch (lock);
      ym_auto_lock_check (lock);
      g_assert_cmpuint (locks, ==, steps[i].locks);
    }
  harness_boot_us = 0;
}

/* Fails if a shorter time in the preferences waits for the next unlock. */
static void
test_shorter_time (void)
{
  g_autoptr (YmAutoLock) lock = ym_auto_lock_new (&harness_clock);
  guint locks = 0;

  g_signal_connect (lock, "lock", G_CALLBACK (count_cb), &locks);
  ym_auto_lock_arm (lock);
  harness_boot_us += 2 * MINUTE;
  ym_auto_lock_set_idle_minutes (lock, 3);
  g_assert_cmpuint (locks, ==, 0);
  ym_auto_lock_set_idle_minutes (lock, 2);
  g_assert_cmpuint (locks, ==, 1);
  harness_boot_us = 0;
}

/* Fails if nothing wakes the app when the time has come: the clock has moved, only the timer can tell. */
static void
test_timer_fires (void)
{
  g_autoptr (YmAutoLock) lock = ym_auto_lock_new (&harness_clock);
  guint locks = 0;

  g_signal_connect (lock, "lock", G_CALLBACK (count_cb), &locks);
  ym_auto_lock_arm (lock);
  harness_boot_us = 5 * MINUTE - 1000;
  ym_auto_lock_check (lock);
  harness_boot_us = 5 * MINUTE;
  while (locks == 0)
    g_main_context_iteration (NULL, TRUE);
  harness_boot_us = 0;
}

typedef struct {
  GDBusConnection *bus;
  int inhibitor; /* our end: readable (end of file) when the app lets go */
  guint inhibited;
} Logind;

static void
answer_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method,
           GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data)
{
  Logind *logind = user_data;
  g_autoptr (GUnixFDList) fds = NULL;
  int pipe[2];

  if (g_str_equal (method, "GetSession"))
    {
      g_dbus_method_invocation_return_value (invocation,
                                             g_variant_new ("(o)", "/org/freedesktop/login1/session/_31"));
      return;
    }
  g_assert_cmpstr (method, ==, "Inhibit");
  g_assert_true (g_unix_open_pipe (pipe, FD_CLOEXEC, NULL));
  fds = g_unix_fd_list_new ();
  g_assert_cmpint (g_unix_fd_list_append (fds, pipe[1], NULL), ==, 0);
  close (pipe[1]);
  logind->inhibitor = pipe[0];
  logind->inhibited++;
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0), fds);
}

static const GDBusInterfaceVTable vtable = { .method_call = answer_cb };

static const char manager_xml[]
    = "<node><interface name='org.freedesktop.login1.Manager'>"
      "<method name='GetSession'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
      "<method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='h' direction='out'/></method>"
      "<signal name='PrepareForSleep'><arg type='b'/></signal></interface></node>";

static GDBusConnection *
connect_to (GTestDBus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
      &error);

  g_assert_no_error (error);
  return connection;
}

static void
start_logind (Logind *logind, GTestDBus *bus)
{
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (manager_xml, NULL);
  g_autoptr (GVariant) reply = NULL;

  *logind = (Logind){ .bus = connect_to (bus), .inhibitor = -1 };
  g_assert_cmpuint (g_dbus_connection_register_object (logind->bus, "/org/freedesktop/login1", info->interfaces[0],
                                                       &vtable, logind, NULL, NULL),
                    >, 0);
  reply = g_dbus_connection_call_sync (logind->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.login1", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (reply);
}

static gboolean
is_let_go (Logind *logind)
{
  GPollFD poll = { logind->inhibitor, G_IO_IN | G_IO_HUP, 0 };

  return g_poll (&poll, 1, 0) > 0;
}

static void
say (Logind *logind, const char *path, const char *interface, const char *signal, GVariant *parameters)
{
  g_dbus_connection_emit_signal (logind->bus, NULL, path, interface, signal, parameters, NULL);
}

/* Fails if the machine sleeps with the store open, if sleep is held back for ever, or a locked session is not heard. */
static void
test_logind (void)
{
  GTestDBus *bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (YmAutoLock) lock = ym_auto_lock_new (&harness_clock);
  Logind logind;
  guint locks = 0;

  g_test_dbus_up (bus);
  start_logind (&logind, bus);
  connection = connect_to (bus);
  g_signal_connect (lock, "lock", G_CALLBACK (count_cb), &locks);
  ym_auto_lock_watch (lock, connection);
  ym_auto_lock_arm (lock);
  while (logind.inhibited == 0)
    g_main_context_iteration (NULL, TRUE);
  harness_settle ();
  g_assert_false (is_let_go (&logind));

  say (&logind, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
       g_variant_new ("(b)", TRUE));
  while (locks == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_let_go (&logind));
  ym_auto_lock_disarm (lock);
  while (!is_let_go (&logind))
    g_main_context_iteration (NULL, FALSE);
  close (logind.inhibitor);

  ym_auto_lock_arm (lock);
  while (logind.inhibited < 2)
    g_main_context_iteration (NULL, TRUE);
  say (&logind, "/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock", NULL);
  while (locks < 2)
    g_main_context_iteration (NULL, TRUE);

  g_clear_object (&lock);
  g_clear_object (&connection);
  close (logind.inhibitor);
  g_object_unref (logind.bus);
  harness_settle ();
  g_test_dbus_down (bus);
  g_object_unref (bus);
}

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  g_test_add_func ("/ui/auto-lock/idle", test_idle);
  g_test_add_func ("/ui/auto-lock/shorter-time", test_shorter_time);
  g_test_add_func ("/ui/auto-lock/timer-fires", test_timer_fires);
  g_test_add_func ("/ui/auto-lock/logind", test_logind);
  return g_test_run ();
}
