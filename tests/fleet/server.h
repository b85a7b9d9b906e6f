/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/server/accept.h"
#include "tests/fleet/book.h"
#include "tests/fleet/machine.h"

G_BEGIN_DECLS

/**
 * Letter:
 * @from: number of the sender
 * @ticket: which of its letters
 * @kind: what @body asks for
 * @body: inflated
 *
 * A request under way.
 */
typedef struct {
  guint from;
  guint64 ticket;
  YmJobKind kind;
  GBytes *body;
} Letter;

Letter *letter_new (guint from, guint64 ticket, YmJobKind kind, GBytes *body);
void letter_free (Letter *letter);

/**
 * ServerReply:
 * @letter: what is answered; lent
 * @status: as in HTTP
 * @answer: (nullable): lent
 */
typedef void (*ServerReply) (gpointer context, const Letter *letter, guint status, GBytes *answer);

/**
 * Server:
 * @is_up: whether it takes letters
 * @crash_percent: how often the power goes while it works
 * @reply: sends an answer off
 *
 * The real ledger and the code that accepts into it, on a machine; what has come is taken into one commit.
 */
typedef struct {
  World *world;
  Book *book;
  Machine machine;
  YmLedger *ledger;
  gboolean is_up;
  gboolean is_called; /* work is on the agenda */
  guint crash_percent;
  GPtrArray *inbox; /* Letter */
  ServerReply reply;
  gpointer context;
} Server;

/** server_watch_log: Once: what a server warns of is a broken promise, unless its disk is gone. */
void server_watch_log (void);

/** server_init: @disk: (transfer full): blank */
void server_init (Server *server, World *world, Book *book, guint number, Disk *disk);
void server_clear (Server *server);

/** server_finish_blank: What a blank server's store has beside the journal. */
gboolean server_finish_blank (Machine *machine, GError **error);

/** server_start: Opens the store, and holds it against what was promised. */
void server_start (Server *server);

/** server_take: A letter arrives; nobody is there to take it while the server is down. @letter: (transfer full) */
void server_take (Server *server, Letter *letter);

/** server_crash: The power goes, and comes back after a while. */
void server_crash (Server *server);

G_END_DECLS
