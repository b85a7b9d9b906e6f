/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store as the client reaches it, and the tables that the client keeps there. */

#include "sync/client/store.h"

/*
 * sync_fact  the small facts of which there is one each: the counter of requests, how the last round went, an
 *            enrolment that was begun
 * sync_sent  the envelopes of the request that has no answer yet
 *
 * envelope_saves is an index of the journal's envelopes by save: the latest of them, and how many there are.
 */
static const char create[]
    = "CREATE TABLE IF NOT EXISTS sync_fact (name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS sync_sent (entry INTEGER PRIMARY KEY, sent_at INTEGER NOT NULL);"
      "CREATE INDEX IF NOT EXISTS envelope_saves ON envelope (author, group_index) WHERE group_index = 0;";

static gboolean
run_direct (gpointer context, gboolean write, YmSyncWork work, gpointer data, GError **error)
{
  YmJournal *journal = context;

  if (!write)
    return work (journal, data, error);
  if (!ym_journal_begin (journal, error))
    return FALSE;
  if (work (journal, data, error))
    return ym_journal_commit (journal, error);
  ym_journal_rollback (journal);
  return FALSE;
}

YmSyncStore
ym_sync_store_direct (YmJournal *journal)
{
  return (YmSyncStore){ run_direct, journal };
}

/* Work on its way to the notebook's lane. */
typedef struct {
  gboolean write;
  YmSyncWork work;
  gpointer data;
} Errand;

static gpointer
do_errand (YmDesk *desk, gpointer data, GError **error)
{
  const Errand *errand = data;

  return run_direct (desk->journal, errand->write, errand->work, errand->data, error) ? data : NULL;
}

static gboolean
run_on_notebook (gpointer context, gboolean write, YmSyncWork work, gpointer data, GError **error)
{
  Errand errand = { write, work, data };

  return ym_notebook_run (context, YM_LANE_WRITE, do_errand, &errand, error) != NULL;
}

YmSyncStore
ym_sync_store_of_notebook (YmNotebook *notebook)
{
  return (YmSyncStore){ run_on_notebook, notebook };
}

gboolean
ym_sync_store_read (const YmSyncStore *store, YmSyncWork work, gpointer data, GError **error)
{
  return store->run (store->context, FALSE, work, data, error);
}

gboolean
ym_sync_store_write (const YmSyncStore *store, YmSyncWork work, gpointer data, GError **error)
{
  return store->run (store->context, TRUE, work, data, error);
}

static gboolean
make_tables (YmJournal *journal, gpointer data, GError **error)
{
  return ym_sql_script (ym_journal_get_db (journal), create, error);
}

gboolean
ym_sync_migrate (const YmSyncStore *store, GError **error)
{
  return ym_sync_store_read (store, make_tables, NULL, error);
}
