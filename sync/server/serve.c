/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server as a process: opens the folder, serves until it is told to stop, and stops without losing anything. */

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/base/error.h"
#include "app/forms/fields.h"
#include "app/journal/tables.h"
#include "sync/server/command.h"
#include "sync/server/notify.h"
#include "sync/server/reports.h"
#include "sync/server/service.h"

#define MOST_IDENTITY_BYTES (16 * 1024 * 1024 + 4096)
#define HTTPS_PORT 443

/* For requests under way when the server is told to stop. */
#define PATIENCE_MS 10000

/* What a running server is made of, in the order that it is opened. */
typedef struct {
  const YmServerArguments *arguments;
  YmServerFolder *folder;
  YmTls *tls;
  GMainLoop *loop;
  YmService *service;
  YmControl *control;
  char *host;
  guint16 port;
  gboolean failed;
} Server;

static gboolean
load_identity (Server *server, GError **error)
{
  const YmFiles *files = server->folder->options.files;
  const char *path = server->arguments->identity;
  g_autoptr (GBytes) bytes = NULL;

  if (path != NULL)
    {
      bytes = files->read (files->context, path, MOST_IDENTITY_BYTES, error);
      if (bytes == NULL)
        {
          g_prefix_error (error, "%s: ", path);
          return FALSE;
        }
      if (!ym_ledger_load_identity (server->folder->ledger, bytes, error))
        return FALSE;
    }
  if (ym_ledger_is_ready (server->folder->ledger))
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("This server is not certified yet. Hand its request file to “ymweld-admin certify-server”, "
                          "and what that writes to “ymweld-server serve --identity”."));
  return FALSE;
}

/* A ledger is in one place: who serves from another gives out positions a second time. */
static gboolean
find_ledger (Server *server, GError **error)
{
  YmServerFolder *folder = server->folder;
  const char *url = server->arguments->ledger;
  gboolean moved = ym_ledger_is_moved (folder->ledger);

  if (moved && url != NULL)
    return ym_server_folder_connect (folder, url, FALSE, error) && ym_server_folder_follow (folder, error);
  if (moved)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                         _ ("This server's ledger was moved to a database. Name it with “--ledger”."));
  else if (url != NULL)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                         _ ("This server's ledger is in its folder. Move it with “ymweld-server migrate-ledger” first."));
  return !moved && url == NULL;
}

/* The port that devices call, by the server's own certificate. */
static guint16
certified_port (Server *server)
{
  g_autoptr (YmRecord) record
      = ym_tables_find (ym_store_writer (ym_server_folder_get_tables (server->folder)), ym_form (YM_FORM_SERVER),
                        ym_ledger_get_server (server->folder->ledger), NULL);
  g_autoptr (GUri) uri = NULL;

  if (record != NULL && ym_record_has (record, YM_SERVER_ADDRESS))
    uri = g_uri_parse (ym_record_get_text (record, YM_SERVER_ADDRESS), G_URI_FLAGS_NONE, NULL);
  return uri == NULL || g_uri_get_port (uri) <= 0 ? HTTPS_PORT : (guint16) g_uri_get_port (uri);
}

static gboolean
choose_address (Server *server, GError **error)
{
  const char *listen = server->arguments->listen;
  g_autoptr (GSocketConnectable) address = NULL;
  g_autoptr (GError) failure = NULL;

  if (listen == NULL)
    {
      server->host = g_strdup ("0.0.0.0");
      server->port = certified_port (server);
      return TRUE;
    }
  address = g_network_address_parse (listen, certified_port (server), &failure);
  if (address == NULL)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                   _ ("“%s” is no address to listen on. Write ADDRESS:PORT, such as 0.0.0.0:8443."), listen);
      return FALSE;
    }
  server->host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (address)));
  server->port = g_network_address_get_port (G_NETWORK_ADDRESS (address));
  return TRUE;
}

static gboolean
load_tls (Server *server, GError **error)
{
  g_autofree char *key = ym_server_folder_path (server->folder->directory, YM_SERVER_TLS_KEY_FILE);
  g_autofree char *certificate = ym_server_folder_path (server->folder->directory, YM_SERVER_TLS_CERTIFICATE_FILE);

  server->tls = ym_tls_load (key, certificate, error);
  return server->tls != NULL;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (((Server *) data)->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer data)
{
  Server *server = data;

  g_message ("event=stopping");
  g_main_loop_quit (server->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
reload_cb (gpointer data)
{
  Server *server = data;
  g_autoptr (GError) error = NULL;

  if (ym_tls_reload (server->tls, &error))
    g_message ("event=certificate-reloaded");
  else
    g_warning ("event=certificate-not-reloaded error=\"%s\"", error->message);
  return G_SOURCE_CONTINUE;
}

/* On the ledger's thread. Opened again, the store recovers; so the process ends and is started again. */
static void
failed_cb (gpointer context, const GError *error)
{
  Server *server = context;

  g_critical ("event=store-failed error=\"%s\"", error->message);
  server->failed = TRUE;
  g_main_context_invoke (NULL, quit_cb, server);
}

static gboolean
start_service (Server *server, GError **error)
{
  YmServiceOptions options = { .http = ym_http_options_usual, .queue = ym_queue_options_usual };

  options.http.address = server->host;
  options.http.port = server->port;
  options.http.unix_path = server->arguments->unix_path;
  options.http.tls = server->arguments->unix_path == NULL ? server->tls : NULL;
  options.queue.failed = failed_cb;
  options.queue.context = server;
  server->service = ym_service_start (server->folder->ledger, &options, error);
  return server->service != NULL;
}

static gboolean
start_control (Server *server, GError **error)
{
  g_autofree char *socket = ym_server_folder_path (server->folder->directory, YM_SERVER_CONTROL_SOCKET);

  server->control = ym_control_start (socket, ym_server_reports, G_N_ELEMENTS (ym_server_reports), server->folder, error);
  return server->control != NULL;
}

/* Whole or not at all, so that who waits for the file never reads half of it. */
static gboolean
write_address (Server *server, GError **error)
{
  const char *path = server->arguments->address_file;
  g_autofree char *text = NULL;
  g_autofree char *directory = NULL;
  g_autofree char *name = NULL;

  if (path == NULL)
    return TRUE;
  text = g_strdup_printf ("%s:%u\n", server->host, ym_service_get_port (server->service));
  directory = g_path_get_dirname (path);
  name = g_path_get_basename (path);
  return ym_files_replace (ym_files_system (), directory, name, text, strlen (text), error);
}

static void
tell (const char *state)
{
  g_autoptr (GError) error = NULL;

  if (!ym_notify (state, &error))
    g_warning ("event=not-notified error=\"%s\"", error->message);
}

static void
run_loop (Server *server)
{
  guint sources[] = { g_unix_signal_add (SIGTERM, stop_cb, server), g_unix_signal_add (SIGINT, stop_cb, server),
                      g_unix_signal_add (SIGHUP, reload_cb, server) };

  g_message ("event=serving address=%s port=%u position=%" G_GUINT64_FORMAT, server->host,
             ym_service_get_port (server->service), ym_service_get_counts (server->service).end);
  tell ("READY=1");
  g_main_loop_run (server->loop);
  tell ("STOPPING=1");
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
}

static void
server_clear (Server *server)
{
  g_clear_pointer (&server->control, ym_control_stop);
  if (server->service != NULL)
    ym_service_stop (server->service, PATIENCE_MS);
  g_clear_pointer (&server->loop, g_main_loop_unref);
  g_clear_pointer (&server->tls, ym_tls_free);
  g_clear_pointer (&server->folder, ym_server_folder_close);
  g_clear_pointer (&server->host, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Server, server_clear)

gboolean
ym_server_command_serve (const YmServerArguments *arguments, GError **error)
{
  YmStoreOptions options = ym_store_options_default ();
  g_auto (Server) server = { .arguments = arguments };

  server.loop = g_main_loop_new (NULL, FALSE);
  server.folder = ym_server_folder_open (arguments->directory, arguments->key, &options, error);
  if (server.folder == NULL || !find_ledger (&server, error) || !load_tls (&server, error) || !load_identity (&server, error)
      || !choose_address (&server, error) || !start_service (&server, error) || !start_control (&server, error)
      || !write_address (&server, error))
    return FALSE;
  run_loop (&server);
  if (!server.failed)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE,
                       _ ("The disk refused to write. What was acknowledged is kept; make room or mend the disk, then "
                          "start the server again."));
  return FALSE;
}
