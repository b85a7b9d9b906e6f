/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A passphrase that is read a little differently locks the officer out for good. */

#include "app/base/prompt.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static char *
file_with (const char *content, gssize length)
{
  g_autoptr (GError) error = NULL;
  char *path;
  int fd = g_file_open_tmp ("ymweld-prompt-XXXXXX", &path, &error);

  g_assert_no_error (error);
  close (fd);
  g_assert_true (g_file_set_contents (path, content, length, &error));
  return path;
}

/* The first line alone counts, however the file ends its lines. */
static void
test_file (void)
{
  static const struct {
    const char *content;
    const char *passphrase; /* NULL: refused */
  } cases[] = {
    { "pump afon gwynt carreg bara\n", "pump afon gwynt carreg bara" },
    { "pump afon\r\nsecond line", "pump afon" },
    { "  spaces count ", "  spaces count " },
    { "w\xcc\x82", "\xc5\xb5" }, /* w and a circumflex are ŵ */
    { "", NULL },
    { "\nsecond line", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = file_with (cases[i].content, -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (YmSecret) secret = ym_prompt_passphrase (path, "Passphrase", &error);

      if (cases[i].passphrase == NULL)
        g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
      else
        {
          g_assert_no_error (error);
          g_assert_cmpmem (ym_secret_data (secret), ym_secret_length (secret), cases[i].passphrase,
                           strlen (cases[i].passphrase));
        }
      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

/* A file that isn't there must be said, not read as an empty passphrase. */
static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmSecret) secret = ym_prompt_passphrase ("/nonexistent/passphrase", "Passphrase", &error);

  g_assert_error (error, YM_ERROR, YM_ERROR_NOT_FOUND);
  g_assert_null (secret);
}

/* What is typed must not be read over the officer's shoulder, nor the terminal be left mute. */
static void
test_terminal (void)
{
  int master = posix_openpt (O_RDWR | O_NOCTTY);
  g_autoptr (GString) shown = g_string_new (NULL);
  gboolean typed = FALSE;
  struct termios left;
  char byte;
  int status;
  pid_t child;

  g_assert_cmpint (master, >=, 0);
  g_assert_cmpint (grantpt (master), ==, 0);
  g_assert_cmpint (unlockpt (master), ==, 0);
  child = fork ();
  if (child == 0)
    {
      g_autoptr (YmSecret) secret = NULL;
      int slave;

      setsid ();
      slave = open (ptsname (master), O_RDWR); /* becomes the controlling terminal: /dev/tty */
      secret = ym_prompt_passphrase (NULL, "Passphrase", NULL);
      if (secret == NULL || ym_secret_length (secret) != 9 || memcmp (ym_secret_data (secret), "pump afon", 9) != 0)
        _exit (1);
      if (tcgetattr (slave, &left) != 0 || (left.c_lflag & ECHO) == 0)
        _exit (2);
      _exit (0);
    }
  while (!g_str_has_suffix (shown->str, "Passphrase: \r\n") && read (master, &byte, 1) == 1)
    {
      g_string_append_c (shown, byte);
      if (typed || !g_str_has_suffix (shown->str, "Passphrase: "))
        continue;
      g_assert_cmpint (write (master, "pump afon\n", 10), ==, 10);
      typed = TRUE;
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpstr (shown->str, ==, "Passphrase: \r\n");
  close (master);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prompt/file", test_file);
  g_test_add_func ("/prompt/no-file", test_no_file);
  g_test_add_func ("/prompt/terminal", test_terminal);
  return g_test_run ();
}
