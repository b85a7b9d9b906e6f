/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A forgotten passphrase: the request that the administrator answers, and the answer taken. The store is locked all the
 * while, so nothing here opens it before the answer has. */

#include "ui/ctl/command.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/base/prompt.h"
#include "app/notebook/escrow.h"
#include "app/vault/store-escrow.h"

static gboolean
out_fingerprint (YmOut *out, GBytes *bytes, GError **error)
{
  g_autoptr (YmEscrowRequest) request = ym_escrow_request_decode (bytes, error);
  g_autofree char *fingerprint = NULL;

  if (request == NULL)
    return FALSE;
  fingerprint = ym_escrow_fingerprint (&request->hash);
  ym_out_id (out, "device", _ ("Device"), &request->slot.device);
  ym_out_text (out, "fingerprint", _ ("Fingerprint"), fingerprint);
  return TRUE;
}

static gboolean
request (YmCtlCall *call, GError **error)
{
  YmCtlSession *session = call->session;
  g_autoptr (YmSecret) chosen = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer data;
  gsize length;

  ym_ctl_session_close (session);
  chosen = ym_ctl_choose_passphrase (ym_ctl_option (call, "new-passphrase-file"), error);
  bytes = chosen != NULL ? ym_store_request_escrow (session->directory, chosen, &session->options, error) : NULL;
  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  if (!g_file_set_contents_full (call->arguments[0], data, (gssize) length, G_FILE_SET_CONTENTS_DURABLE, 0644, error)
      || !out_fingerprint (call->out, bytes, error))
    return FALSE;
  ym_out_say (call->out, _ ("Give the file to your administrator, and read the fingerprint to them yourself. Keep the new "
                            "passphrase in mind: it opens this device once their answer is here."));
  return TRUE;
}

static gboolean
show (YmCtlCall *call, GError **error)
{
  g_autoptr (GBytes) bytes = ym_store_read_escrow_request (call->session->directory, &call->session->options, error);

  return bytes != NULL && out_fingerprint (call->out, bytes, error);
}

static gboolean
take_answer (YmCtlCall *call, GError **error)
{
  YmCtlSession *session = call->session;
  g_autoptr (YmSecret) passphrase = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) unchanged = NULL;
  char *data;
  gsize length;

  ym_ctl_session_close (session);
  if (!g_file_get_contents (call->arguments[0], &data, &length, error))
    return FALSE;
  answer = g_bytes_new_take (data, length);
  passphrase = ym_prompt_passphrase (ym_ctl_option (call, "new-passphrase-file"), _ ("New passphrase"), error);
  if (passphrase == NULL
      || !ym_store_take_escrow_answer (session->directory, answer, passphrase, &session->options, error))
    return FALSE;
  /* The administrator has held the keys that came back. The device is open in any case. */
  ym_out_say (call->out, _ ("The new passphrase opens this device; the old one does not any more."));
  if (!ym_notebook_change_keys (session->directory, passphrase, &session->options, &unchanged))
    {
      g_printerr ("ymweldctl: %s\n", unchanged->message);
      ym_out_say (call->out, _ ("The store's keys are still the old ones. They are changed when it is next opened."));
    }
  ym_out_say (call->out, _ ("Everything is there. Ask your administrator for a code and enrol the device again, with "
                            "“ymweldctl enrol”: what waits is sent as it was signed."));
  return TRUE;
}

const YmCtlCommand ym_ctl_escrow_commands[] = {
  { .name = "escrow request",
    .arguments = "FILE",
    .summary = N_ ("Choose a new passphrase and write the request for your administrator"),
    .least = 1,
    .most = 1,
    .run = request,
    .options = { { "new-passphrase-file", "FILE" } } },
  { .name = "escrow show",
    .arguments = "",
    .summary = N_ ("The fingerprint of the request that waits for its answer"),
    .run = show },
  { .name = "escrow open",
    .arguments = "FILE",
    .summary = N_ ("Take the administrator's answer, and open with the new passphrase"),
    .least = 1,
    .most = 1,
    .run = take_answer,
    .options = { { "new-passphrase-file", "FILE" } } },
  { NULL },
};
