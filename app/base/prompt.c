/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A passphrase from a terminal or a file, straight into guarded memory: stdio would keep a copy in its buffers. */

#include "app/base/prompt.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MOST_BYTES 4096

/* What a person may send while the echo is off. */
static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP };

static volatile sig_atomic_t caught;

static void
catch (int number)
{
  caught = number;
}

/* The first line of @fd. The descriptor is read byte by byte, because what follows may be another program's. */
static YmSecret *
read_line (int fd, GError **error)
{
  g_autoptr (YmSecret) buffer = ym_secret_new (MOST_BYTES);
  guint8 *bytes = ym_secret_data (buffer);
  gsize length = 0;
  gssize n;

  while ((n = read (fd, bytes + length, 1)) == 1 && bytes[length] != '\n')
    if (++length == MOST_BYTES)
      {
        g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("This passphrase is too long."));
        return NULL;
      }
  if (n < 0)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_STORAGE, _ ("The passphrase could not be read: %s."), g_strerror (errno));
      return NULL;
    }
  if (length > 0 && bytes[length - 1] == '\r')
    length--;
  if (length == 0)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("No passphrase was given."));
      return NULL;
    }
  return ym_secret_new_from_passphrase ((const char *) bytes, length);
}

static YmSecret *
read_file (const char *file, GError **error)
{
  int fd = open (file, O_RDONLY | O_CLOEXEC);
  YmSecret *passphrase;

  if (fd < 0)
    {
      g_set_error (error, YM_ERROR, errno == ENOENT ? YM_ERROR_NOT_FOUND : YM_ERROR_STORAGE,
                   _ ("The passphrase file “%s” can't be read: %s."), file, g_strerror (errno));
      return NULL;
    }
  passphrase = read_line (fd, error);
  close (fd);
  return passphrase;
}

static void
say (int terminal, const char *text)
{
  /* A question that can't be shown is no reason not to read the answer. */
  if (write (terminal, text, strlen (text)) < 0)
    return;
}

/* Asks once the echo is off, so that nothing typed at the question is seen or lost, and puts everything back. */
static YmSecret *
ask_silently (int terminal, const char *question, GError **error)
{
  struct termios before, silent;
  struct sigaction action = { .sa_handler = catch }, old[G_N_ELEMENTS (signals)];
  YmSecret *passphrase;

  caught = 0;
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &action, &old[i]);
  tcgetattr (terminal, &before);
  silent = before;
  silent.c_lflag &= ~(tcflag_t) (ECHO | ECHONL);
  tcsetattr (terminal, TCSAFLUSH, &silent);
  say (terminal, question);
  say (terminal, ": ");
  passphrase = read_line (terminal, error);
  tcsetattr (terminal, TCSAFLUSH, &before);
  say (terminal, "\n");
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &old[i], NULL);
  if (caught != 0)
    raise (caught);
  return passphrase;
}

YmSecret *
ym_prompt_passphrase (const char *file, const char *question, GError **error)
{
  int terminal;
  YmSecret *passphrase;

  if (file != NULL)
    return read_file (file, error);
  terminal = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("There is no terminal to ask for the passphrase. Name a file that has it with "
                              "--passphrase-file."));
      return NULL;
    }
  passphrase = ask_silently (terminal, question, error);
  close (terminal);
  return passphrase;
}
