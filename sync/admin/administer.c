/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The administrator's requests to the server: signed, numbered, answered under the server's signature. */

#include "sync/admin/administer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "sync/client/fact.h"
#include "sync/client/http-status.h"
#include "sync/client/server-identity.h"

#define ADMINISTER_PATH "/v1/administer"

/* One request and what it needs to know. */
typedef struct {
  YmOffice *office;
  YmServerIdentity server;
  YmAdministration message;
  guint64 least_counter;
} Asking;

static gboolean
number (YmJournal *journal, gpointer data, GError **error)
{
  Asking *asking = data;
  sqlite3 *db = ym_journal_get_db (journal);

  ym_server_identity_clear (&asking->server);
  if (!ym_server_identity_read (db, &asking->server, error)
      || !ym_sync_next_counter (db, asking->least_counter, &asking->message.counter, error))
    return FALSE;
  asking->message.server = asking->server.id;
  return TRUE;
}

static YmAdministered *
open_answer (const Asking *asking, GBytes *request, GBytes *body, GError **error)
{
  YmHash hash = ym_hash_of_bytes (request);
  g_autoptr (YmAdministered) answer = NULL;

  if (!ym_cose_verify (YM_MESSAGE_ADMINISTERED, &asking->message.force, body, asking->server.signing_key, error))
    return NULL;
  answer = ym_administered_decode (body, error);
  if (answer == NULL || ym_hash_equal (&answer->request, &hash))
    return g_steal_pointer (&answer);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE,
                       _ ("The answer is to another request. Somebody may be playing back old answers; try again."));
  return NULL;
}

static YmAdministered *
ask (Asking *asking, const YmTransport *transport, GError **error)
{
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) body = NULL;
  guint status;

  if (!ym_sync_store_write (&asking->office->sync_store, number, asking, error))
    return NULL;
  request = ym_administration_seal (&asking->message, &asking->office->administrator.signer, error);
  if (request == NULL)
    return NULL;
  body = ym_transport_post (transport, ADMINISTER_PATH, request, YM_ADMINISTERED_MAX_BYTES + YM_COSE_OVERHEAD_BYTES,
                            &status, NULL, error);
  if (body == NULL || !ym_http_status_check (status, error))
    return NULL;
  return open_answer (asking, request, body, error);
}

YmAdministered *
ym_administer_server (YmOffice *office, const YmTransport *transport, YmAdministrationAction action,
                      const guint8 code_id[YM_ENROLMENT_ID_BYTES], gint64 expires_us, GError **error)
{
  Asking asking = { .office = office,
                    .message = { .force = *ym_journal_get_force (office->journal),
                                 .device = office->administrator.device,
                                 .action = action,
                                 .expires_us = action == YM_ADMINISTRATION_OPEN ? expires_us : 0 } };
  g_autoptr (YmAdministered) answer = NULL;

  memcpy (asking.message.code_id, code_id, YM_ENROLMENT_ID_BYTES);
  answer = ask (&asking, transport, error);
  if (answer != NULL && answer->expected_counter > 0)
    {
      asking.least_counter = answer->expected_counter;
      g_clear_pointer (&answer, ym_administered_free);
      answer = ask (&asking, transport, error);
    }
  ym_server_identity_clear (&asking.server);
  if (answer == NULL || answer->expected_counter == 0)
    return g_steal_pointer (&answer);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_AUTHORITY,
                       _ ("Another copy of this administrator's folder is talking to the server at the same time. Stop "
                          "using one of them."));
  return NULL;
}
