/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Moving a ledger between a server's folder and a database, and what an operator says after a failover. Each step can be
 * done again after a cut: the place that is left stops giving out positions before the other starts.
 */

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "app/base/error.h"
#include "sync/server/command.h"
#include "sync/server/folder.h"

static YmServerFolder *
open_here (const YmServerArguments *arguments, gboolean moving, GError **error)
{
  YmStoreOptions options = ym_store_options_default ();
  g_autoptr (YmServerFolder) folder = ym_server_folder_open (arguments->directory, arguments->key, &options, error);

  if (folder == NULL)
    return NULL;
  if (!ym_journal_is_founded (folder->journal))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("This server does not know its force yet. Hand over what “ymweld-admin certify-server” wrote "
                              "with “--identity”."));
      return NULL;
    }
  return ym_server_folder_connect (folder, arguments->ledger, moving, error) ? g_steal_pointer (&folder) : NULL;
}

static gboolean
load_identity (const YmServerArguments *arguments, GError **error)
{
  YmStoreOptions options = ym_store_options_default ();
  g_autoptr (YmServerFolder) folder = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  if (arguments->identity == NULL)
    return TRUE;
  folder = ym_server_folder_open (arguments->directory, arguments->key, &options, error);
  if (folder == NULL || !g_file_get_contents (arguments->identity, &contents, &length, error))
    return FALSE;
  bytes = g_bytes_new_take (g_steal_pointer (&contents), length);
  return ym_ledger_is_moved (folder->ledger) || ym_ledger_load_identity (folder->ledger, bytes, error);
}

/* Where the database has another ledger nothing was moved; after any other failure only the next call can know. */
static gboolean
hand_over (YmServerFolder *folder, GError **error)
{
  gboolean was_moved = ym_ledger_is_moved (folder->ledger);
  g_autoptr (GError) failure = NULL;

  if (!ym_ledger_set_moved (folder->ledger, TRUE, error))
    return FALSE;
  if (ym_ledger_move_to (folder->ledger, ym_postgresql_get_order (folder->database), &failure))
    return TRUE;
  if (g_error_matches (failure, YM_ERROR, YM_ERROR_INVALID) && !was_moved
      && !ym_ledger_set_moved (folder->ledger, FALSE, error))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* A backup has the positions of the server that it was taken from, until the current identity file makes it a server itself. */
static gboolean
check_is_alone (YmServerFolder *folder, GError **error)
{
  if (ym_ledger_is_ready (folder->ledger))
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("This folder is not certified, or is a backup. Hand over what “ymweld-admin certify-server” writes "
                          "now with “--identity”."));
  return FALSE;
}

static gboolean
move_there (YmServerFolder *folder, GError **error)
{
  return hand_over (folder, error)
         && ym_postgresql_set_closed (folder->database, ym_journal_get_force (folder->journal), FALSE, error);
}

/* The folder has the beginning of what is in the database, from when it was moved there; the rest is read on. */
static gboolean
move_back (YmServerFolder *folder, GError **error)
{
  const YmId *force = ym_journal_get_force (folder->journal);

  return ym_postgresql_set_closed (folder->database, force, TRUE, error)
         && ym_server_folder_read_back (folder, error) && ym_ledger_set_moved (folder->ledger, FALSE, error);
}

gboolean
ym_server_command_migrate_ledger (const YmServerArguments *arguments, GError **error)
{
  g_autoptr (YmServerFolder) folder = NULL;

  if (!load_identity (arguments, error))
    return FALSE;
  folder = open_here (arguments, TRUE, error);
  if (folder == NULL || (!arguments->back && !check_is_alone (folder, error))
      || !(arguments->back ? move_back (folder, error) : move_there (folder, error)))
    return FALSE;
  g_print (arguments->back ? _ ("The ledger is in the folder, up to position %" PRIu64 ". Serve it without “--ledger”.\n")
                           : _ ("The ledger is in the database, up to position %" PRIu64 ". Serve it with “--ledger”, and "
                                "keep “ledger-key” where no copy of the database is: together they open it.\n"),
           ym_ledger_get_end (folder->ledger));
  return TRUE;
}

gboolean
ym_server_command_raise_term (const YmServerArguments *arguments, GError **error)
{
  g_autoptr (YmServerFolder) folder = open_here (arguments, TRUE, error);
  YmId epoch;
  guint64 term;

  if (folder == NULL)
    return FALSE;
  epoch = ym_id_random (folder->options.random);
  if (!ym_postgresql_raise_term (folder->database, ym_journal_get_force (folder->journal),
                                 arguments->lost ? &epoch : NULL, &term, error))
    return FALSE;
  g_print (_ ("The fencing term is %" PRIu64 ".\n"), term);
  return TRUE;
}
