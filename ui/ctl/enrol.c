/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Enrolment: the device makes its keys, the administrator signs, the homes come down. */

#include "sync/client/enrol.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/base/prompt.h"
#include "sync/transport/https.h"
#include "ui/ctl/command.h"
#include "ui/ctl/round.h"

#define ASK_AGAIN_US (2 * G_USEC_PER_SEC)
#define WAIT_DEFAULT_S 600
#define WAIT_MOST_S (24 * 60 * 60)

/* The code is on paper: typed at the prompt it is not in the list of processes. */
static gboolean
begin (YmCtlCall *call, const YmSyncStore *store, GError **error)
{
  const char *code = ym_ctl_option (call, "code");
  const char *name = ym_ctl_option (call, "name");
  g_autoptr (YmSecret) typed = NULL;
  g_autofree char *typed_code = NULL;
  guint8 public_key[YM_PUBLIC_KEY_BYTES];

  if (name == NULL)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("Give the device a name, with --name."));
      return FALSE;
    }
  if (code == NULL)
    {
      typed = ym_prompt_passphrase (NULL, _ ("Enrolment code"), error);
      if (typed == NULL)
        return FALSE;
      typed_code = g_strndup ((const char *) ym_secret_data (typed), ym_secret_length (typed));
      code = typed_code;
    }
  ym_store_public_key (ym_notebook_get_store (call->session->notebook), public_key);
  return ym_enrol_begin (store, public_key, ym_ctl_option (call, "server"), code, name, error);
}

static gboolean
read_pending (YmJournal *journal, gpointer data, GError **error)
{
  return ym_enrol_read_pending (ym_journal_get_db (journal), data, error);
}

static gboolean
get_key (gpointer context, YmHash *key)
{
  return ym_https_get_key (context, key);
}

static gboolean
read_wait (YmCtlCall *call, gint64 *wait_s, GError **error)
{
  const char *text = ym_ctl_option (call, "wait");

  *wait_s = WAIT_DEFAULT_S;
  if (text == NULL || g_ascii_string_to_signed (text, 10, 0, WAIT_MOST_S, wait_s, NULL))
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("--wait is a number of seconds, at most %d."), WAIT_MOST_S);
  return FALSE;
}

/* A network that is away for a moment is no reason to stop waiting. */
static gboolean
ask (YmCtlSession *session, const YmSyncStore *store, const YmEnrolLink *link, YmEnrolStep *step, GError **error)
{
  guint8 public_key[YM_PUBLIC_KEY_BYTES];
  g_autoptr (GError) failure = NULL;

  *step = YM_ENROL_WAITING;
  ym_store_public_key (ym_notebook_get_store (session->notebook), public_key);
  if (ym_enrol_ask (store, public_key, link, NULL, step, &failure))
    return TRUE;
  if (g_error_matches (failure, YM_ERROR, YM_ERROR_NETWORK) || g_error_matches (failure, YM_ERROR, YM_ERROR_UNREACHABLE))
    {
      g_printerr ("ymweldctl: %s\n", failure->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
wait_for_grant (YmCtlCall *call, const YmSyncStore *store, gint64 wait_s, GError **error)
{
  g_auto (YmEnrolPending) pending = { 0 };
  g_autoptr (YmHttps) https = NULL;
  YmEnrolLink link = { .get_key = get_key };
  gint64 until_us = g_get_monotonic_time () + wait_s * G_USEC_PER_SEC;
  YmEnrolStep step;

  if (!ym_sync_store_read (store, read_pending, &pending, error))
    return FALSE;
  https = ym_https_new (pending.address, NULL, 0, &ym_https_deadlines_usual, error);
  if (https == NULL)
    return FALSE;
  link.transport = ym_https_transport (https);
  link.context = https;
  for (gboolean first = TRUE; ask (call->session, store, &link, &step, error); first = FALSE)
    {
      if (step == YM_ENROL_DONE)
        return TRUE;
      if (g_get_monotonic_time () >= until_us)
        {
          g_set_error_literal (error, YM_ERROR, YM_ERROR_NETWORK,
                               _ ("The administrator has not signed yet. Carry on later with “ymweldctl enrol”."));
          return FALSE;
        }
      if (first)
        g_printerr (_ ("Waiting for the administrator to sign…\n"));
      g_usleep (ASK_AGAIN_US);
    }
  return FALSE;
}

static gboolean
open_or_create (YmCtlCall *call, GError **error)
{
  YmCtlSession *session = call->session;

  if (session->notebook != NULL || ym_store_exists (session->directory, &session->options))
    return ym_ctl_session_open (session, error);
  if (ym_ctl_option (call, "server") != NULL)
    return ym_ctl_session_create (session, error);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("Say which server this device belongs to, with --server, --code and --name."));
  return FALSE;
}

static gboolean
enrol (YmCtlCall *call, GError **error)
{
  YmSyncStore store;
  YmSyncResult result;
  gint64 wait_s;

  if (!read_wait (call, &wait_s, error) || !open_or_create (call, error))
    return FALSE;
  store = ym_sync_store_of_notebook (call->session->notebook);
  if (ym_ctl_option (call, "server") != NULL && !begin (call, &store, error))
    return FALSE;
  if (!wait_for_grant (call, &store, wait_s, error))
    return FALSE;
  ym_out_say (call->out, _ ("This device is enrolled."));
  if (!ym_ctl_round (call->session, &result, error))
    return FALSE;
  ym_out_integer (call->out, "pulled", _ ("Envelopes that came down"), result.pulled);
  return TRUE;
}

const YmCtlCommand ym_ctl_enrol_commands[] = {
  { .name = "enrol",
    .arguments = "",
    .summary = N_ ("Make the encrypted store and have it certified; without --server, carry on"),
    .run = enrol,
    .options = { { "server", "URL" }, { "code", "CODE" }, { "name", "DEVICE_NAME" }, { "wait", "SECONDS" } } },
  { NULL },
};
