/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Status, verification and backup: asked of the running server over its socket, or done here while none runs. A server
 * holds its folder alone, so there is never doubt which of the two it is.
 */

#include "sync/server/reports.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "app/base/error.h"
#include "sync/server/command.h"
#include "sync/server/status.h"

#define GOOD "good\n"
#define BAD "bad\n"

static gboolean
wants_json (const char *argument)
{
  return g_strcmp0 (argument, "json") == 0;
}

static gboolean
print_status (YmServerFolder *folder, sqlite3 *db, gboolean running, gboolean json, GString *answer, GError **error)
{
  g_auto (YmServerStatus) status = { 0 };
  g_autofree char *text = NULL;

  if (!ym_server_status_read (db, folder->directory, ym_clock_wall_us (folder->options.clock), running, &status, error))
    return FALSE;
  text = ym_server_status_print (&status, json);
  g_string_append (answer, text);
  return TRUE;
}

static gboolean
print_verification (sqlite3 *db, gboolean json, GString *answer, GError **error)
{
  g_auto (YmVerification) verification = { 0 };
  g_autofree char *text = NULL;

  if (!ym_ledger_verify (db, &verification, error))
    return FALSE;
  text = ym_verification_print (&verification, json);
  g_string_append (answer, verification.audit.problems->len == 0 ? GOOD : BAD);
  g_string_append (answer, text);
  return TRUE;
}

static gboolean
answer_status (gpointer context, const char *argument, GString *answer, GError **error)
{
  YmServerFolder *folder = context;
  YmStore *tables = ym_server_folder_get_tables (folder);
  sqlite3 *reader = ym_store_open_reader (tables, error);
  gboolean good
      = reader != NULL && print_status (folder, reader, TRUE, wants_json (argument), answer, error);

  if (reader != NULL)
    ym_store_close_reader (tables, reader);
  return good;
}

static gboolean
answer_verify (gpointer context, const char *argument, GString *answer, GError **error)
{
  YmServerFolder *folder = context;
  YmStore *tables = ym_server_folder_get_tables (folder);
  sqlite3 *reader = ym_store_open_reader (tables, error);
  gboolean good = reader != NULL && print_verification (reader, wants_json (argument), answer, error);

  if (reader != NULL)
    ym_store_close_reader (tables, reader);
  return good;
}

static gboolean
answer_backup (gpointer context, const char *argument, GString *answer, GError **error)
{
  if (argument == NULL || !g_path_is_absolute (argument))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("Name the folder for the backup."));
      return FALSE;
    }
  return ym_server_folder_back_up (context, argument, error);
}

const YmControlEntry ym_server_reports[3] = {
  { "status", answer_status },
  { "verify", answer_verify },
  { "backup", answer_backup },
};

/* Asks the running server; *@asked FALSE if none runs. */
static char *
ask_server (const YmServerArguments *arguments, const char *name, const char *argument, gboolean *asked, GError **error)
{
  g_autofree char *socket = ym_server_folder_path (arguments->directory, YM_SERVER_CONTROL_SOCKET);
  g_autoptr (GError) failure = NULL;
  char *answer = ym_control_call (socket, name, argument, &failure);

  *asked = answer != NULL || !g_error_matches (failure, YM_ERROR, YM_ERROR_NETWORK);
  if (*asked && answer == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return answer;
}

static YmServerFolder *
open_here (const YmServerArguments *arguments, GError **error)
{
  YmStoreOptions options = ym_store_options_default ();

  return ym_server_folder_open (arguments->directory, arguments->key, &options, error);
}

/* What a folder says of a ledger that has gone on in a database is old: only a server that follows it knows. */
static YmServerFolder *
open_ledger_here (const YmServerArguments *arguments, GError **error)
{
  g_autoptr (YmServerFolder) folder = open_here (arguments, error);

  if (folder == NULL || !ym_ledger_is_moved (folder->ledger))
    return g_steal_pointer (&folder);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("This server's ledger is in a database. Ask while the server serves it."));
  return NULL;
}

gboolean
ym_server_command_status (const YmServerArguments *arguments, GError **error)
{
  gboolean asked;
  g_autofree char *answered
      = ask_server (arguments, "status", arguments->json ? "json" : "text", &asked, error);
  g_autoptr (YmServerFolder) folder = asked ? NULL : open_ledger_here (arguments, error);
  g_autoptr (GString) here = g_string_new (NULL);

  if (folder != NULL
      && !print_status (folder, ym_store_writer (folder->store), FALSE, arguments->json, here, error))
    return FALSE;
  if (answered == NULL && folder == NULL)
    return FALSE;
  fputs (answered != NULL ? answered : here->str, stdout);
  return TRUE;
}

gboolean
ym_server_command_verify (const YmServerArguments *arguments, GError **error)
{
  gboolean asked;
  g_autofree char *answered
      = ask_server (arguments, "verify", arguments->json ? "json" : "text", &asked, error);
  g_autoptr (YmServerFolder) folder = asked ? NULL : open_ledger_here (arguments, error);
  g_autoptr (GString) here = g_string_new (NULL);
  const char *text, *end;

  if (folder != NULL && !print_verification (ym_store_writer (folder->store), arguments->json, here, error))
    return FALSE;
  if (answered == NULL && folder == NULL)
    return FALSE;
  text = answered != NULL ? answered : here->str;
  end = strchr (text, '\n');
  fputs (end == NULL ? text : end + 1, stdout);
  return g_str_has_prefix (text, GOOD);
}

gboolean
ym_server_command_backup (const YmServerArguments *arguments, GError **error)
{
  g_autofree char *target = g_canonicalize_filename (arguments->words[0], NULL);
  gboolean asked;
  g_autofree char *answered = ask_server (arguments, "backup", target, &asked, error);
  g_autoptr (YmServerFolder) folder = asked ? NULL : open_here (arguments, error);

  if (folder != NULL && !ym_server_folder_back_up (folder, target, error))
    return FALSE;
  if (answered == NULL && folder == NULL)
    return FALSE;
  g_print (_ ("“%s” has everything but the key. Keep the key file apart from it: together they open the ledger.\n"),
           target);
  return TRUE;
}
