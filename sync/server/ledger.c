/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The ledger: the journal's tables hold the envelopes, the positions are given out here. One writer, or one at a time, so a
 * position is one more than the last; it is real once its transaction is committed and the head sealed, or the order that it
 * stands on has it (follow.c).
 */

#include "sync/server/ledger.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/forms/fields.h"
#include "sync/exchange/bundle.h"
#include "sync/server/ledger-private.h"

#define LEDGER_SCHEMA 1

/*
 * device_state     by device: the counter of its last request, when that came, the highest base it has named
 * enrolment        by a code's public id: until when posts are kept
 * enrolment_post   what devices posted for a code; `granted` posts are answered until the device's first exchange
 */
static const char create[]
    = "CREATE TABLE device_state (device BLOB PRIMARY KEY, counter INTEGER NOT NULL, synced_at INTEGER,"
      "  base INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE enrolment (code_id BLOB PRIMARY KEY, opened_by BLOB NOT NULL, opened_at INTEGER NOT NULL,"
      "  expires_at INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE enrolment_post (hash BLOB PRIMARY KEY, code_id BLOB NOT NULL, device BLOB NOT NULL,"
      "  posted_at INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;"
      "CREATE INDEX enrolment_post_code ON enrolment_post (code_id);"
      "CREATE INDEX enrolment_post_device ON enrolment_post (device);";

static gboolean
set_state (sqlite3 *db, const char *name, const YmValue *value, GError **error)
{
  return ym_sql_execute (db, error, "INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)", "tv", name, value);
}

gboolean
ym_ledger_store_epoch (sqlite3 *db, const YmId *epoch, GError **error)
{
  g_auto (YmValue) value = ym_value_id (epoch);

  return set_state (db, "server-epoch", &value, error);
}

static gboolean
make_epoch (sqlite3 *db, const YmRandom *random, GError **error)
{
  YmId epoch = ym_id_random (random);

  return ym_ledger_store_epoch (db, &epoch, error);
}

static gboolean
migrate_in_transaction (sqlite3 *db, const YmRandom *random, GError **error)
{
  const YmValue schema = ym_value_integer (LEDGER_SCHEMA);

  return ym_sql_script (db, create, error) && make_epoch (db, random, error)
         && set_state (db, "server-schema", &schema, error);
}

static gboolean
migrate (sqlite3 *db, const YmRandom *random, GError **error)
{
  gint64 schema;

  if (!ym_sql_integer (db, &schema, error,
                       "SELECT coalesce(max(value), 0) FROM state WHERE name = 'server-schema'", ""))
    return FALSE;
  if (schema > LEDGER_SCHEMA)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NEWER,
                           _ ("This ledger was written by a newer ymweld-server. Install the newer one to open it; "
                              "nothing was changed."));
      return FALSE;
    }
  if (schema == LEDGER_SCHEMA)
    return TRUE;
  if (!ym_sql_begin (db, error))
    return FALSE;
  if (migrate_in_transaction (db, random, error))
    return ym_sql_commit (db, error);
  ym_sql_rollback (db);
  return FALSE;
}

gboolean
ym_ledger_mark_copy (sqlite3 *db, GError **error)
{
  const YmValue yes = ym_value_integer (1);

  return set_state (db, "server-copy", &yes, error);
}

static gboolean
is_copy (sqlite3 *db, gboolean *copy, GError **error)
{
  gint64 count;

  if (!ym_sql_integer (db, &count, error, "SELECT count(*) FROM state WHERE name = 'server-copy'", ""))
    return FALSE;
  *copy = count > 0;
  return TRUE;
}

static gboolean
load_epoch (YmLedger *ledger, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (ledger->db, error, "SELECT value FROM state WHERE name = 'server-epoch'", "");

  if (statement == NULL || ym_sql_step (statement, error) != YM_SQL_ROW)
    return FALSE;
  ledger->epoch = ym_sql_column_id (statement, 0);
  return TRUE;
}

static gboolean
load_past (YmLedger *ledger, GError **error)
{
  g_auto (YmLineage) lineage = { NULL };

  if (!ym_journal_read_lineage (ledger->journal, &lineage, error))
    return FALSE;
  g_clear_pointer (&ledger->past, g_array_unref);
  ledger->past = g_array_ref (lineage.past);
  return TRUE;
}

YmLedger *
ym_ledger_open (YmJournal *journal, const YmLedgerOptions *options, GError **error)
{
  g_autoptr (YmLedger) ledger = g_new0 (YmLedger, 1);
  gint64 end;

  ledger->journal = journal;
  ledger->db = ym_journal_get_db (journal);
  ledger->options = *options;
  ledger->server = ym_id_of_public_key ("server", options->public_key);
  if (!migrate (ledger->db, options->random, error) || !load_epoch (ledger, error)
      || !ym_sql_integer (ledger->db, &end, error, "SELECT coalesce(max(position), 0) FROM envelope", ""))
    return NULL;
  if (!load_past (ledger, error))
    return NULL;
  ledger->end = ledger->committed = (guint64) end;
  return ym_ledger_set_up_order (ledger, error) ? g_steal_pointer (&ledger) : NULL;
}

void
ym_ledger_free (YmLedger *ledger)
{
  if (ledger == NULL)
    return;
  g_clear_pointer (&ledger->past, g_array_unref);
  g_free (ledger);
}

YmJournal *
ym_ledger_get_journal (YmLedger *ledger)
{
  return ledger->journal;
}

const YmId *
ym_ledger_get_epoch (YmLedger *ledger)
{
  return &ledger->epoch;
}

const YmId *
ym_ledger_get_server (YmLedger *ledger)
{
  return &ledger->server;
}

guint64
ym_ledger_get_end (YmLedger *ledger)
{
  return ledger->committed;
}

void
ym_ledger_watch (YmLedger *ledger, void (*news) (gpointer data), gpointer data)
{
  if (ledger->options.order != NULL)
    ledger->options.order->watch (ledger->options.order->context, news, data);
}

gboolean
ym_ledger_begin_here (YmLedger *ledger, GError **error)
{
  ledger->now_us = ym_clock_wall_us (ledger->options.clock);
  ledger->before.epoch = ledger->epoch;
  ledger->before.committed = ledger->committed;
  ledger->before.at = ledger->at;
  return ym_journal_begin (ledger->journal, error);
}

static void
give_order_back (YmLedger *ledger)
{
  if (ledger->has_order)
    ledger->options.order->rollback (ledger->options.order->context);
  ledger->has_order = FALSE;
}

/* The order first: others may hold it for a while, and then what they did comes before anything here. */
static gboolean
begin_in_order (YmLedger *ledger, GError **error)
{
  const YmOrder *order = ledger->options.order;
  YmOrderPoint now;

  if (order != NULL && !order->begin (order->context, &ledger->force, &ledger->epoch, &now, error))
    return FALSE;
  ledger->has_order = order != NULL;
  if (ym_ledger_begin_here (ledger, error))
    return TRUE;
  give_order_back (ledger);
  return FALSE;
}

gboolean
ym_ledger_begin (YmLedger *ledger, GError **error)
{
  if (!begin_in_order (ledger, error))
    return FALSE;
  if (ym_ledger_catch_up (ledger, error))
    return TRUE;
  ym_ledger_rollback (ledger);
  return FALSE;
}

void
ym_ledger_rollback (YmLedger *ledger)
{
  give_order_back (ledger);
  ym_journal_rollback (ledger->journal);
  ledger->epoch = ledger->before.epoch;
  ledger->at = ledger->before.at;
  ledger->end = ledger->committed = ledger->before.committed;
}

gboolean
ym_ledger_commit (YmLedger *ledger, GError **error)
{
  const YmPosition end = { ledger->epoch, ledger->end };

  if ((ledger->end > ledger->committed && !ym_journal_advance (ledger->journal, &end, error))
      || !ym_ledger_hand_over (ledger, error))
    {
      ym_ledger_rollback (ledger);
      return FALSE;
    }
  give_order_back (ledger); /* nothing was to be handed over */
  if (!ym_journal_commit (ledger->journal, error))
    {
      ledger->end = ledger->committed;
      return FALSE;
    }
  ledger->committed = ledger->end;
  ledger->counts.commits++;
  return TRUE;
}

gboolean
ym_ledger_begin_step (YmLedger *ledger, YmLedgerStep *step, GError **error)
{
  step->end = ledger->end;
  return ym_journal_begin_step (ledger->journal, &step->journal, error);
}

gboolean
ym_ledger_end_step (YmLedger *ledger, GError **error)
{
  return ym_journal_end_step (ledger->journal, error);
}

gboolean
ym_ledger_undo_step (YmLedger *ledger, const YmLedgerStep *step, GError **error)
{
  ledger->end = step->end;
  return ym_journal_undo_step (ledger->journal, &step->journal, error);
}

gboolean
ym_ledger_is_ready (YmLedger *ledger)
{
  gboolean copy;
  gint64 count;

  return ym_journal_is_founded (ledger->journal) && is_copy (ledger->db, &copy, NULL) && !copy
         && ym_sql_integer (ledger->db, &count, NULL, "SELECT count(*) FROM server WHERE id = ?", "d", &ledger->server)
         && count > 0;
}

/* The root key is in the record of the root's own device, whose id follows from it. */
static gboolean
find_root_in (const YmArrival *arrival, const YmId *force, guint8 root_key[YM_PUBLIC_KEY_BYTES])
{
  for (guint i = 0; arrival->change_set != NULL && i < arrival->change_set->operations->len; i++)
    {
      const YmOperation *operation = g_ptr_array_index (arrival->change_set->operations, i);
      const YmFieldChange *key = operation->type == YM_FORM_DEVICE
                                     ? ym_operation_find (operation, YM_DEVICE_PUBLIC_KEY)
                                     : NULL;
      const YmFieldChange *kind = key == NULL ? NULL : ym_operation_find (operation, YM_DEVICE_KIND);
      YmId named;

      if (kind == NULL || kind->new.kind != YM_VALUE_INTEGER || kind->new.integer != YM_DEVICE_KIND_ROOT
          || key->new.kind != YM_VALUE_BYTES || g_bytes_get_size (key->new.bytes) != YM_PUBLIC_KEY_BYTES)
        continue;
      memcpy (root_key, g_bytes_get_data (key->new.bytes, NULL), YM_PUBLIC_KEY_BYTES);
      named = ym_id_of_public_key ("force", root_key);
      if (ym_id_equal (&named, force))
        return TRUE;
    }
  return FALSE;
}

static gboolean
find_root (const YmBundle *bundle, guint8 root_key[YM_PUBLIC_KEY_BYTES], GError **error)
{
  for (guint i = 0; i < bundle->parcels->len; i++)
    {
      const YmParcel *parcel = g_ptr_array_index (bundle->parcels, i);
      g_autoptr (YmArrival) arrival = ym_arrival_decode (parcel->envelope, parcel->change_set, error);

      if (arrival == NULL)
        return FALSE;
      if (find_root_in (arrival, &bundle->force, root_key))
        return TRUE;
    }
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("There is no root key in this identity file. Make it with “ymweld-admin certify-server”."));
  return FALSE;
}

/* Parcels of one group stand together. */
static GPtrArray *
group_parcels (const YmBundle *bundle, GError **error)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *group = NULL;
  YmId last = ym_id_zero;

  for (guint i = 0; i < bundle->parcels->len; i++)
    {
      const YmParcel *parcel = g_ptr_array_index (bundle->parcels, i);
      YmEnvelope header;

      if (!ym_envelope_decode (parcel->envelope, &header, error))
        return NULL;
      if (group == NULL || !ym_id_equal (&header.group, &last))
        {
          group = ym_group_new ();
          g_ptr_array_add (groups, group);
          last = header.group;
        }
      g_ptr_array_add (group, ym_parcel_new (parcel->envelope, parcel->change_set));
    }
  return g_steal_pointer (&groups);
}

static gboolean
has_envelope (GPtrArray *groups, const YmHash *hash)
{
  for (guint i = 0; i < groups->len; i++)
    {
      GPtrArray *group = g_ptr_array_index (groups, i);

      for (guint j = 0; j < group->len; j++)
        {
          YmHash found = ym_hash_of_bytes (((YmParcel *) g_ptr_array_index (group, j))->envelope);

          if (ym_hash_equal (&found, hash))
            return TRUE;
        }
    }
  return FALSE;
}

/* An identity file that lacks what the root key is known to have said is an old one: a revocation may be missing in it. */
static gboolean
check_is_current (YmLedger *ledger, GPtrArray *groups, GError **error)
{
  YmId root = ym_id_of_public_key ("device", ym_journal_get_root_key (ledger->journal));
  g_autoptr (GArray) chains = ym_journal_chains (ledger->journal, &root, error);
  gboolean copy;

  if (chains == NULL || !is_copy (ledger->db, &copy, error))
    return FALSE;
  for (guint i = 0; i < chains->len && copy; i++)
    if (!has_envelope (groups, &g_array_index (chains, YmChainPoint, i).hash))
      {
        g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                             _ ("This identity file is older than the backup. Write the current one with “ymweld-admin "
                                "identity”, so that what was revoked stays revoked."));
        return FALSE;
      }
  return TRUE;
}

/* A ledger that was put back goes on in an epoch of its own from here, and says so. */
static gboolean
go_on_from_copy (YmLedger *ledger, GError **error)
{
  g_auto (YmLineage) lineage = { NULL };
  YmId epoch = ym_id_random (ledger->options.random);
  guint64 n_given_up;
  gboolean copy;

  if (!is_copy (ledger->db, &copy, error))
    return FALSE;
  if (!copy)
    return TRUE;
  if (!ym_journal_read_lineage (ledger->journal, &lineage, error))
    return FALSE;
  lineage.epoch = ledger->epoch;
  ym_lineage_branch (&lineage, ledger->end, &epoch);
  if (!ym_journal_branch (ledger->journal, &lineage, &n_given_up, error)
      || !ym_ledger_store_epoch (ledger->db, &epoch, error)
      || !ym_sql_execute (ledger->db, error, "DELETE FROM state WHERE name = 'server-copy'", ""))
    return FALSE;
  ledger->epoch = epoch;
  g_clear_pointer (&ledger->past, g_array_unref);
  ledger->past = g_array_ref (lineage.past);
  return TRUE;
}

static gboolean
take_identity (YmLedger *ledger, const guint8 root_key[YM_PUBLIC_KEY_BYTES], GPtrArray *groups, GError **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_run_free);
  g_autoptr (YmStop) stop = NULL;

  if (!ym_journal_found (ledger->journal, root_key, &ledger->server, error) || !ym_ledger_catch_up (ledger, error)
      || !check_is_current (ledger, groups, error) || !go_on_from_copy (ledger, error)
      || !ym_groups_take (ledger, groups, NULL, runs, &stop, error))
    return FALSE;
  if (stop != NULL)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_SIGNATURE,
                   _ ("The identity file does not hold together (%s). Make it anew with “ymweld-admin certify-server”."),
                   stop->text);
      return FALSE;
    }
  if (!ym_ledger_is_ready (ledger))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("The identity file has no certificate for this server. Hand the server's request file to "
                              "“ymweld-admin certify-server”, and use what it writes."));
      return FALSE;
    }
  return TRUE;
}

gboolean
ym_ledger_load_identity (YmLedger *ledger, GBytes *bytes, GError **error)
{
  g_autoptr (YmBundle) bundle = ym_bundle_decode (bytes, error);
  g_autoptr (GPtrArray) groups = NULL;
  guint8 root_key[YM_PUBLIC_KEY_BYTES];

  if (bundle == NULL || !find_root (bundle, root_key, error))
    return FALSE;
  groups = group_parcels (bundle, error);
  ledger->force = bundle->force;
  if (groups == NULL || !begin_in_order (ledger, error))
    return FALSE;
  if (!take_identity (ledger, root_key, groups, error))
    ym_ledger_rollback (ledger);
  else if (ym_ledger_commit (ledger, error))
    return TRUE;
  (void) load_past (ledger, NULL);
  return FALSE;
}
