/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One round of sync: the parts that the client is made of, put together over the open notebook. */

#include "ui/ctl/round.h"

#include "app/notebook/draft.h"
#include "app/notebook/escrow.h"
#include "sync/client/server-identity.h"
#include "sync/client/store.h"
#include "sync/transport/https.h"

static gboolean
read_server (YmJournal *journal, gpointer data, GError **error)
{
  return ym_server_identity_read (ym_journal_get_db (journal), data, error);
}

/* The lane's work is a YmWork; any pointer that is not NULL means that it was done. */
static gpointer
take_author (YmDesk *desk, gpointer data, GError **error)
{
  *(YmAuthor *) data = desk->author;
  return data;
}

static gpointer
take_back (YmDesk *desk, gpointer data, GError **error)
{
  return ym_draft_take_back (desk, error) ? data : NULL;
}

static gboolean
run (YmCtlSession *session, const YmTransport *transport, YmSyncResult *result, GError **error)
{
  YmSyncClientOptions options = {
    .store = ym_sync_store_of_notebook (session->notebook),
    .transport = transport,
    .clock = session->options.clock,
    .random = session->options.random,
  };
  g_autoptr (YmSyncClient) client = NULL;

  if (ym_notebook_run (session->notebook, YM_LANE_READ, take_author, &options.device, error) == NULL)
    return FALSE;
  client = ym_sync_client_new (&options);
  return ym_sync_run (client, NULL, NULL, NULL, result, error);
}

gboolean
ym_ctl_round (YmCtlSession *session, YmSyncResult *result, GError **error)
{
  YmSyncStore store = ym_sync_store_of_notebook (session->notebook);
  g_auto (YmServerIdentity) server = { 0 };
  g_autoptr (YmHttps) https = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean done;

  *result = (YmSyncResult){ 0 };
  if (!ym_sync_store_read (&store, read_server, &server, error))
    return FALSE;
  https = ym_https_new (server.address, server.pins, server.n_pins, &ym_https_deadlines_usual, error);
  if (https == NULL)
    return FALSE;
  done = run (session, ym_https_transport (https), result, error);
  /* Also after a round that was cut: what it brought may hold refusals. */
  if (ym_notebook_run (session->notebook, YM_LANE_WRITE, take_back, result, done ? error : &failure) == NULL && done)
    return FALSE;
  ym_notebook_tend_escrow (session->notebook);
  return done;
}
