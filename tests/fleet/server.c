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

  *letter = (Letter){ from, ticket, kind, g_bytes_ref (body) };
  return letter;
}

void
letter_free (Letter *letter)
{
  g_bytes_unref (letter->body);
  g_free (letter);
}

void
server_init (Server *server, World *world, Book *book, guint number, Disk *disk)
{
  *server = (Server){ .world = world, .book = book };
  machine_init (&server->machine, world, number, disk);
  server->inbox = g_ptr_array_new_with_free_func ((GDestroyNotify) letter_free);
}

void
server_clear (Server *server)
{
  g_clear_pointer (&server->ledger, ym_ledger_free);
  machine_clear (&server->machine);
  g_clear_pointer (&server->inbox, g_ptr_array_unref);
}

static YmLedger *
open_ledger (Machine *machine, GError **error)
{
  YmLedgerOptions options
      = { .clock = &machine->clock, .random = &machine->random, .signer = { machine_sign, machine } };

  ym_store_public_key (machine->store, options.public_key);
  return ym_ledger_open (machine->journal, &options, error);
}

gboolean
server_finish_blank (Machine *machine, GError **error)
{
  g_autoptr (YmLedger) ledger = open_ledger (machine, error);

  return ledger != NULL;
}

void
server_start (Server *server)
{
  g_autoptr (GError) error = NULL;

  if (!machine_open (&server->machine, &error)
      || (server->ledger = open_ledger (&server->machine, &error)) == NULL)
    {
      world_fail (server->world, "the server does not start: %s", error->message);
      return;
    }
  server->is_up = TRUE;
  world_note (server->world, "server up, ledger at %" G_GUINT64_FORMAT, ym_ledger_get_end (server->ledger));
  book_check_ledger (server->book, server->machine.journal, ym_ledger_get_epoch (server->ledger));
}

static void
start_cb (gpointer who, gpointer unused)
{
  server_start (who);
}

void
server_crash (Server *server)
{
  if (!server->is_up)
    return;
  world_note (server->world, "server loses power");
  server->is_up = FALSE;
  machine_cut (&server->machine);
  g_clear_pointer (&server->ledger, ym_ledger_free);
  machine_bury (&server->machine);
  g_ptr_array_set_size (server->inbox, 0);
  agenda_add (server->world->agenda, chance_between (&server->world->chance, SECOND_US, MOST_DOWN_US), start_cb, server,
              NULL, NULL);
}

static void
answer_all (Server *server, GPtrArray *letters, GPtrArray *jobs)
{
  for (guint i = 0; i < letters->len; i++)
    {
      const YmJob *job = g_ptr_array_index (jobs, i);

      if (job->status == 200 && job->kind == YM_JOB_EXCHANGE)
        book_answer (server->book, job->answer);
      server->reply (server->context, g_ptr_array_index (letters, i), job->status, job->answer);
    }
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
  machine_arm (&server->machine, chance_percent (&server->world->chance, server->crash_percent)
                                     ? 1 + chance_below (&server->world->chance, CRASH_WITHIN)
                                     : 0);
  g_clear_pointer (&warning, g_free);
  good = ym_accept_jobs (server->ledger, (YmJob *const *) jobs->pdata, jobs->len, &error);
  world_note (server->world, "server takes %u, ledger at %" G_GUINT64_FORMAT, jobs->len, ym_ledger_get_end (server->ledger));
  if (machine_is_lost (&server->machine))
    server_crash (server);
  else if (!good || warning != NULL)
    world_fail (server->world, "the server fails: %s", good ? warning : error->message);
  else
    answer_all (server, letters, jobs);
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
