/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Founding a force, certifying its server, and the identity file that both of them need. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/base/prompt.h"
#include "app/vault/passphrase.h"
#include "sync/admin/certify.h"
#include "sync/admin/command.h"

gboolean
ym_command_require (const char *value, const char *option, GError **error)
{
  if (value != NULL)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("This command needs --%s."), option);
  return FALSE;
}

/* Strong enough, and typed twice where it is typed at all. */
YmSecret *
ym_command_choose_passphrase (const char *file, const char *question, GError **error)
{
  g_autoptr (YmSecret) passphrase = ym_prompt_passphrase (file, question, error);
  g_autoptr (YmSecret) again = NULL;
  const char *hint;

  if (passphrase == NULL)
    return NULL;
  if (ym_passphrase_score (passphrase, &hint) < YM_PASSPHRASE_ENOUGH)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, hint);
      return NULL;
    }
  again = ym_prompt_passphrase (file, _ ("The same passphrase again"), error);
  if (again == NULL)
    return NULL;
  if (ym_secret_length (again) == ym_secret_length (passphrase)
      && memcmp (ym_secret_data (again), ym_secret_data (passphrase), ym_secret_length (again)) == 0)
    return g_steal_pointer (&passphrase);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("The two passphrases differ. Try again."));
  return NULL;
}

gboolean
ym_command_init (YmTask *task, GError **error)
{
  const YmArguments *arguments = task->arguments;
  g_autoptr (YmSecret) passphrase = NULL;
  g_autofree char *force = NULL;

  if (!ym_command_require (arguments->force_name, "force", error))
    return FALSE;
  passphrase = ym_command_choose_passphrase (arguments->passphrase_file, _ ("Choose a passphrase"), error);
  if (passphrase == NULL)
    return FALSE;
  task->office = ym_office_create (arguments->directory, passphrase, arguments->force_name, task->options, error);
  if (task->office == NULL)
    return FALSE;
  force = ym_id_to_string (ym_journal_get_force (task->office->journal));
  g_print (_ ("The force “%s” is made, in %s.\nIts id is %s.\n"), arguments->force_name, arguments->directory, force);
  g_print (_ ("Keep this folder and its passphrase safe, and a copy of both elsewhere: there is only one root key.\n"));
  if (arguments->recovery_passphrase_file != NULL || arguments->passphrase_file == NULL)
    return ym_command_recovery_key (task, error);
  g_print (_ ("It has no recovery key yet: what is on a tablet is lost with its passphrase. “ymweld-admin recovery-key” makes one.\n"));
  return TRUE;
}

static gboolean
write_identity (YmOffice *office, const char *path, GError **error)
{
  g_autoptr (GBytes) bundle = ym_identity_bundle (office->journal, error);
  gconstpointer data;
  gsize length;

  if (bundle == NULL)
    return FALSE;
  data = g_bytes_get_data (bundle, &length);
  if (!g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_DURABLE, 0644, error))
    return FALSE;
  g_print (_ ("The identity file is %s.\n"), path);
  return TRUE;
}

gboolean
ym_command_identity (YmTask *task, GError **error)
{
  return ym_command_require (task->arguments->out, "out", error) && write_identity (task->office, task->arguments->out, error);
}

gboolean
ym_command_certify_server (YmTask *task, GError **error)
{
  const YmArguments *arguments = task->arguments;
  g_autoptr (YmServerRequest) request = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize length;

  if (!ym_command_require (arguments->request, "request", error) || !ym_command_require (arguments->identity, "identity", error)
      || !g_file_get_contents (arguments->request, &data, &length, error))
    return FALSE;
  bytes = g_bytes_new_take (data, length);
  request = ym_server_request_decode (bytes, error);
  if (request == NULL || !ym_certify_server (task->office, request, error))
    return FALSE;
  g_print (_ ("The server at %s is certified.\n"), request->address);
  return write_identity (task->office, arguments->identity, error);
}
