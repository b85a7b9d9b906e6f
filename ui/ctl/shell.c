/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A day of commands over one unlocking: the passphrase is typed once, as in the app. */

#include "ui/ctl/shell.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/ctl/command.h"

static int
run_line (YmCtlSession *session, const char *line, gboolean *quit)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;

  *quit = FALSE;
  if (!g_shell_parse_argv (line, NULL, &words, &error))
    {
      if (g_error_matches (error, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING))
        return 0;
      g_printerr ("ymweldctl: %s\n", error->message);
      return 2;
    }
  *quit = g_str_equal (words[0], "quit");
  return *quit ? 0 : ym_ctl_call (session, (const char *const *) words);
}

int
ym_ctl_shell (YmCtlSession *session)
{
  gboolean at_terminal = isatty (STDIN_FILENO);
  gboolean quit = FALSE;
  char *line = NULL;
  size_t size = 0;
  int status = 0;

  while (!quit && (status == 0 || at_terminal))
    {
      if (at_terminal)
        fputs ("ymweld> ", stdout);
      fflush (stdout);
      if (getline (&line, &size, stdin) < 0)
        break;
      status = run_line (session, line, &quit);
    }
  free (line);
  return status;
}
