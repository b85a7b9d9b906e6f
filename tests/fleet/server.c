/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server of the simulation: what comes waits for the next commit, as in sync/server/queue.c. */

#include "tests/fleet/server.h"

#include <string.h>

/* How long what has come may wait for company, and how long a server is down. */
#define MOST_PATIENCE_US (50 * 1000)
#define MOST_DOWN_US (20 * MINUTE_US)

/* Operations of a busy commit, about. */
#define CRASH_WITHIN 60

static char *warning; /* what the code under test said last */

static void
log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer unused)
{
  if ((level & G_LOG_LEVEL_WARNING) == 0)
    {
      g_log_default_handler (domain, level, message, NULL);
      return;
    }
  g_free (warning);
  warning = g_strdup (message);
}

void
server_watch_log (void)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_default_handler (log_cb, NULL);
}

Letter *
letter_new (guint from, guint64 ticket, YmJobKind kind, GBytes *body)
{
  Letter *letter = g_new (Letter, 1);

  *letter = (Letter){ from, ticket, kind, g_bytes_ref (body), FALSE };
  return letter;
}

void
letter_free (Letter *letter)
{
  g_bytes_unref (letter->body);
  g_free (letter);
}

void
server_init (Server *server, World *world, Book *book, Staff *staff, guint number, Disk *disk, TestOrder *order)
{
  *server = (Server){ .world = world, .book = book, .staff = staff, .order = order };
  machine_init (&server->machine, world, number, disk);
  server->inbox = g_ptr_array_new_with_free_func ((GDestroyNotify) letter_free);
}

static void
let_go (Server *server)
{
  sqlite3 *db = server->order == NULL || server->journal == NULL ? NULL : ym_journal_get_db (server->journal);

  server->is_up = FALSE;
  g_clear_pointer (&server->ledger, ym_ledger_free);
  if (db != NULL)
    {
      ym_journal_free (server->journal);
      g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
    }
  server->journal = NULL;
}

void
server_clear (Server *server)
{
  let_go (server);
  machine_clear (&server->machine);
  g_clear_pointer (&server->inbox, g_ptr_array_unref);
}

static YmLedger *
open_ledger (Machine *machine, YmJournal *journal, const YmOrder *order, GError **error)
{
  YmLedgerOptions options = { .clock = &machine->clock,
                              .random = &machine->random,
                              .signer = { machine_sign, machine },
                              .order = order };

  ym_store_public_key (machine->store, options.public_key);
  return ym_ledger_open (journal, &options, error);
}

gboolean
server_finish_blank (Machine *machine, GError **error)
{
  g_autoptr (YmLedger) ledger = open_ledger (machine, machine->journal, NULL, error);

  return ledger != NULL;
}

/* A process that stands on an order makes its fold anew. */
static gboolean
open_fold (Server *server, GError **error)
{
  const YmJournalOptions options = { .clock = &server->machine.clock, .random = &server->machine.random };
  guint8 key[YM_STORE_PUBLIC_KEY_BYTES];
  YmId id;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  server->journal = ym_journal_open (db, &options, error);
  g_assert_nonnull (server->journal);
  ym_store_public_key (server->machine.store, key);
  id = ym_id_of_public_key ("server", key);
  return ym_journal_begin (server->journal, error)
         && ym_journal_found (server->journal, server->staff->root_key, &id, error)
         && ym_journal_commit (server->journal, error);
}

static gboolean
open_all (Server *server, GError **error)
{
  if (server->machine.store == NULL && !machine_open (&server->machine, error))
    return FALSE;
  if (server->order == NULL)
    server->journal = server->machine.journal;
  else if (!open_fold (server, error))
    return FALSE;
  server->ledger
      = open_ledger (&server->machine, server->journal, server->order == NULL ? NULL : &server->order->order, error);
  return server->ledger != NULL;
}

void
server_start (Server *server)
{
  g_autoptr (GError) error = NULL;

  if (!open_all (server, &error))
    {
      world_fail (server->world, "server %u does not start: %s", server->machine.number, error->message);
      return;
    }
  server->is_up = TRUE;
  world_note (server->world, "server %u up, ledger at %" G_GUINT64_FORMAT, server->machine.number,
              ym_ledger_get_end (server->ledger));
  book_check_ledger (server->book, server->journal, ym_ledger_get_epoch (server->ledger));
}

static void
start_cb (gpointer who, gpointer unused)
{
  server_start (who);
}

static void
start_later (Server *server)
{
  g_ptr_array_set_size (server->inbox, 0);
  agenda_add (server->world->agenda, chance_between (&server->world->chance, SECOND_US, MOST_DOWN_US), start_cb, server,
              NULL, NULL);
}

void
server_crash (Server *server)
{
  if (!server->is_up)
    return;
  world_note (server->world, "server %u loses power", server->machine.number);
  machine_cut (&server->machine);
  let_go (server);
  machine_bury (&server->machine);
  start_later (server);
}

/* The process ends, as sync/server/serve.c has it, and is started again: what the kernel has of its files stays. */
static void
end_process (Server *server)
{
  world_note (server->world, "server %u ends itself", server->machine.number);
  let_go (server);
  machine_end (&server->machine);
  start_later (server);
}

static void
answer_all (Server *server, GPtrArray *letters, GPtrArray *jobs)
{
  for (guint i = 0; i < letters->len; i++)
    {
      const YmJob *job = g_ptr_array_index (jobs, i);

      const Letter *letter = g_ptr_array_index (letters, i);

      if (letter->must_fail && job->status == 200)
        world_fail (server->world, "a request that its device did not sign was answered");
      if (job->status == 200 && job->kind == YM_JOB_EXCHANGE)
        book_answer (server->book, letter->body, job->answer);
      server->reply (server->context, server, letter, job->status, job->answer);
    }
}

/* What goes wrong with this commit, if anything does. */
static void
arm (Server *server)
{
  Chance *chance = &server->world->chance;

  if (server->order != NULL)
    server->order->mode = chance_percent (chance, server->error_percent)
                              ? (TestOrderMode) chance_between (chance, TEST_ORDER_AWAY, TEST_ORDER_UNSURE)
                              : TEST_ORDER_GOOD;
  else if (chance_percent (chance, server->crash_percent))
    machine_arm (&server->machine, 1 + chance_below (chance, CRASH_WITHIN));
  else if (chance_percent (chance, server->error_percent))
    machine_arm_error (&server->machine, 1 + chance_below (chance, CRASH_WITHIN));
  else
    machine_arm (&server->machine, 0);
}

static gboolean
may_be_unsure (Server *server)
{
  return server->order != NULL && server->order->mode != TEST_ORDER_GOOD;
}

/* One commit for all that waits. */
static void
work_cb (gpointer who, gpointer unused)
{
  Server *server = who;
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_job_free);
  g_autoptr (GError) error = NULL;
  gboolean good;

  server->is_called = FALSE;
  if (!server->is_up || server->inbox->len == 0)
    return;
  letters = g_steal_pointer (&server->inbox);
  server->inbox = g_ptr_array_new_with_free_func ((GDestroyNotify) letter_free);
  for (guint i = 0; i < letters->len; i++)
    {
      const Letter *letter = g_ptr_array_index (letters, i);

      g_ptr_array_add (jobs, ym_job_new (letter->kind, letter->body));
    }
  arm (server);
  g_clear_pointer (&warning, g_free);
  good = ym_accept_jobs (server->ledger, (YmJob *const *) jobs->pdata, jobs->len, &error);
  world_note (server->world, "server %u takes %u, ledger at %" G_GUINT64_FORMAT, server->machine.number, jobs->len,
              ym_ledger_get_end (server->ledger));
  if (machine_is_lost (&server->machine))
    server_crash (server);
  else if ((!good || warning != NULL) && !machine_had_error (&server->machine) && !may_be_unsure (server))
    world_fail (server->world, "the server fails: %s", good ? warning : error->message);
  else
    {
      answer_all (server, letters, jobs);
      if (!good)
        end_process (server);
    }
  if (server->is_up)
    machine_arm (&server->machine, 0);
}

void
server_take (Server *server, Letter *letter)
{
  if (!server->is_up)
    {
      letter_free (letter);
      return;
    }
  g_ptr_array_add (server->inbox, letter);
  if (server->is_called)
    return;
  server->is_called = TRUE;
  agenda_add (server->world->agenda, chance_between (&server->world->chance, 0, MOST_PATIENCE_US), work_cb, server, NULL,
              NULL);
}

void
server_follow (Server *server)
{
  g_autoptr (GError) error = NULL;

  if (!server->is_up || server->order == NULL)
    return;
  server->order->mode = TEST_ORDER_GOOD;
  if (!ym_ledger_follow (server->ledger, &error))
    world_fail (server->world, "server %u can't follow: %s", server->machine.number, error->message);
}

sqlite3 *
server_get_db (Server *server)
{
  return ym_journal_get_db (server->journal);
}
