/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store of one run: opened when a command first needs it, closed at the end. */

#include "ui/ctl/session.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/prompt.h"
#include "app/notebook/escrow.h"
#include "app/vault/passphrase.h"
#include "sync/client/store.h"

/* The client's own tables are made here, because every command may read them. */
static gboolean
take (YmCtlSession *session, YmNotebook *opened, GError **error)
{
  g_autoptr (YmNotebook) notebook = opened;
  YmSyncStore store;

  if (notebook == NULL)
    return FALSE;
  store = ym_sync_store_of_notebook (notebook);
  if (!ym_sync_migrate (&store, error))
    return FALSE;
  ym_notebook_tend_escrow (notebook);
  session->notebook = g_steal_pointer (&notebook);
  return TRUE;
}

gboolean
ym_ctl_session_open (YmCtlSession *session, GError **error)
{
  g_autoptr (YmSecret) passphrase = NULL;
  g_autoptr (GError) unchanged = NULL;
  YmNotebook *notebook;

  if (session->notebook != NULL)
    return TRUE;
  if (!ym_store_exists (session->directory, &session->options))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                   _ ("There is no notebook in “%s”. Enrol this device first, with “ymweldctl enrol”."),
                   session->directory);
      return FALSE;
    }
  passphrase = ym_prompt_passphrase (session->passphrase_file, _ ("Passphrase"), error);
  if (passphrase == NULL)
    return FALSE;
  notebook = ym_notebook_open_renewed (session->directory, passphrase, &session->options, &unchanged, error);
  if (unchanged != NULL)
    g_printerr (_ ("ymweldctl: The store's keys are still the ones that were brought back from escrow: %s\n"), unchanged->message);
  return take (session, notebook, error);
}

static gboolean
is_equal (const YmSecret *a, const YmSecret *b)
{
  return ym_secret_length (a) == ym_secret_length (b)
         && memcmp (ym_secret_data (a), ym_secret_data (b), ym_secret_length (a)) == 0;
}

YmSecret *
ym_ctl_choose_passphrase (const char *file, GError **error)
{
  g_autoptr (YmSecret) passphrase = ym_prompt_passphrase (file, _ ("New passphrase"), error);
  g_autoptr (YmSecret) again = NULL;
  const char *hint;

  if (passphrase == NULL)
    return NULL;
  if (ym_passphrase_score (passphrase, &hint) < YM_PASSPHRASE_ENOUGH)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, hint);
      return NULL;
    }
  if (file != NULL)
    return g_steal_pointer (&passphrase);
  again = ym_prompt_passphrase (NULL, _ ("The same again"), error);
  if (again == NULL)
    return NULL;
  if (!is_equal (passphrase, again))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("The two were not the same. Try again."));
      return NULL;
    }
  return g_steal_pointer (&passphrase);
}

gboolean
ym_ctl_session_create (YmCtlSession *session, GError **error)
{
  g_autoptr (YmSecret) passphrase = ym_ctl_choose_passphrase (session->passphrase_file, error);

  if (passphrase == NULL)
    return FALSE;
  return take (session, ym_notebook_create (session->directory, passphrase, &session->options, error), error);
}

void
ym_ctl_session_close (YmCtlSession *session)
{
  g_clear_pointer (&session->notebook, ym_notebook_close);
}

void
ym_ctl_session_clear (YmCtlSession *session)
{
  ym_ctl_session_close (session);
  g_clear_pointer (&session->directory, g_free);
  g_clear_pointer (&session->passphrase_file, g_free);
}
