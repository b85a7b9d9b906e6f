/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The control socket. If these failed, the running server could not be administered, or by anyone. */

#include "sync/server/control.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/error.h"

typedef struct {
  char *folder;
  char *path;
  YmControl *control;
  GMutex mutex;
  GCond cond;
  gboolean verifying, let_go;
} Fixture;

static gboolean
status (gpointer context, const char *argument, GString *answer, GError **error)
{
  g_string_append_printf (answer, "well, %s\n", argument != NULL ? argument : "nobody");
  return TRUE;
}

static gboolean
fail (gpointer context, const char *argument, GString *answer, GError **error)
{
  g_string_append (answer, "half an answer");
  g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE, "The disk is full. Make room.");
  return FALSE;
}

static gboolean
verify (gpointer context, const char *argument, GString *answer, GError **error)
{
  Fixture *fixture = context;

  g_mutex_lock (&fixture->mutex);
  fixture->verifying = TRUE;
  g_cond_broadcast (&fixture->cond);
  while (!fixture->let_go)
    g_cond_wait (&fixture->cond, &fixture->mutex);
  g_mutex_unlock (&fixture->mutex);
  return TRUE;
}

static gboolean
large (gpointer context, const char *argument, GString *answer, GError **error)
{
  for (int i = 0; i < 100000; i++)
    g_string_append_printf (answer, "line %d\n", i);
  return TRUE;
}

static const YmControlEntry entries[] = {
  { "status", status },
  { "fail", fail },
  { "verify", verify },
  { "large", large },
};

static void
begin (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  memset (fixture, 0, sizeof *fixture);
  fixture->folder = g_dir_make_tmp ("ymweld-control-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "control", NULL);
  fixture->control = ym_control_start (fixture->path, entries, G_N_ELEMENTS (entries), fixture, &error);
  g_assert_no_error (error);
}

static void
end (Fixture *fixture)
{
  if (fixture->control != NULL)
    ym_control_stop (fixture->control);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* Broken: `ymweld-server status` would not work while the server runs. */
static void
test_commands_are_answered (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *with_argument = NULL;
  g_autofree char *long_answer = NULL;
  Fixture fixture;

  begin (&fixture);
  plain = ym_control_call (fixture.path, "status", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plain, ==, "well, nobody\n");
  with_argument = ym_control_call (fixture.path, "status", "/a path/with spaces and ŵ", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (with_argument, ==, "well, /a path/with spaces and ŵ\n");
  long_answer = ym_control_call (fixture.path, "large", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (long_answer, "line 99999\n"));
  end (&fixture);
}

/* Broken: a failed backup would read as done. */
static void
test_failures_are_told (void)
{
  g_autofree char *too_long = g_strnfill (YM_CONTROL_MOST_COMMAND_BYTES, 'x');
  const struct {
    const char *name;
    const char *argument;
    const char *message;
  } cases[] = {
    { "fail", NULL, "The disk is full. Make room." },
    { "unheard-of", NULL, "unheard-of" },
    { "", NULL, "no command" },
    { "status", too_long, "one line" },
    { "status", "\xff", "one line" },
  };
  Fixture fixture;

  begin (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ym_control_call (fixture.path, cases[i].name, cases[i].argument, &error));
      g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].message));
      g_assert_null (strstr (error->message, "half an answer"));
    }
  end (&fixture);
}

static gpointer
verify_thread (gpointer path)
{
  return ym_control_call (path, "verify", NULL, NULL);
}

/* Broken: a long verification would hide the server's state. */
static void
test_long_command_holds_up_nobody (void)
{
  g_autofree char *now = NULL;
  g_autofree char *verified = NULL;
  GThread *thread;
  Fixture fixture;

  begin (&fixture);
  thread = g_thread_new ("verify", verify_thread, fixture.path);
  g_mutex_lock (&fixture.mutex);
  while (!fixture.verifying)
    g_cond_wait (&fixture.cond, &fixture.mutex);
  g_mutex_unlock (&fixture.mutex);
  now = ym_control_call (fixture.path, "status", NULL, NULL);
  g_assert_nonnull (now);
  g_mutex_lock (&fixture.mutex);
  fixture.let_go = TRUE;
  g_cond_broadcast (&fixture.cond);
  g_mutex_unlock (&fixture.mutex);
  verified = g_thread_join (thread);
  g_assert_cmpstr (verified, ==, "");
  end (&fixture);
}

/* Broken: any user of the machine could back up, or stop, the ledger. */
static void
test_other_users_are_refused (void)
{
  struct stat mode;
  Fixture fixture;
  pid_t child;
  int result;

  begin (&fixture);
  g_assert_cmpint (stat (fixture.path, &mode), ==, 0);
  g_assert_cmpint (mode.st_mode & 0777, ==, 0600);
  if (geteuid () != 0)
    {
      end (&fixture);
      g_test_skip ("needs root to become another user");
      return;
    }
  /* Both locks, one after the other: the file's mode, then the kernel's word about the caller. */
  g_assert_cmpint (chmod (fixture.folder, 0755), ==, 0);
  for (int open = 0; open <= 1; open++)
    {
      if (open)
        g_assert_cmpint (chmod (fixture.path, 0666), ==, 0);
      child = fork ();
      if (child == 0)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *answer = NULL;

          if (setgid (65534) != 0 || setuid (65534) != 0)
            _exit (2);
          answer = ym_control_call (fixture.path, "status", NULL, &error);
          _exit (answer == NULL && g_error_matches (error, YM_ERROR, YM_ERROR_AUTHORITY) ? 0 : 1);
        }
      g_assert_cmpint (waitpid (child, &result, 0), ==, child);
      g_assert_cmpint (result, ==, 0);
    }
  end (&fixture);
}

/* Broken: after a crash the server could not start, or two would serve one ledger. */
static void
test_start_over_a_dead_server (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int dead = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  Fixture fixture;

  begin (&fixture);
  g_assert_null (ym_control_start (fixture.path, entries, G_N_ELEMENTS (entries), &fixture, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_BUSY);
  g_clear_error (&error);
  ym_control_stop (fixture.control);
  g_assert_null (ym_control_call (fixture.path, "status", NULL, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NETWORK);
  g_clear_error (&error);

  g_strlcpy (address.sun_path, fixture.path, sizeof address.sun_path);
  g_assert_cmpint (bind (dead, (struct sockaddr *) &address, sizeof address), ==, 0);
  close (dead);
  fixture.control = ym_control_start (fixture.path, entries, G_N_ELEMENTS (entries), &fixture, &error);
  g_assert_no_error (error);
  answer = ym_control_call (fixture.path, "status", NULL, &error);
  g_assert_no_error (error);
  end (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/control/commands-are-answered", test_commands_are_answered);
  g_test_add_func ("/sync/control/failures-are-told", test_failures_are_told);
  g_test_add_func ("/sync/control/long-command-holds-up-nobody", test_long_command_holds_up_nobody);
  g_test_add_func ("/sync/control/other-users-are-refused", test_other_users_are_refused);
  g_test_add_func ("/sync/control/start-over-a-dead-server", test_start_over_a_dead_server);
  return g_test_run ();
}
