/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/server/accept.h"
#include "tests/fleet/book.h"
#include "tests/fleet/machine.h"
#include "tests/fleet/staff.h"
#include "tests/sync/memory-order.h"

G_BEGIN_DECLS

/**
 * Letter:
 * @from: number of the sender
 * @ticket: which of its letters
 * @kind: what @body asks for
 * @body: inflated
 * @must_fail: nobody who may ask has asked this: no answer may come of it
 *
 * A request under way.
 */
typedef struct {
  guint from;
  guint64 ticket;
  YmJobKind kind;
  GBytes *body;
  gboolean must_fail;
} Letter;

Letter *letter_new (guint from, guint64 ticket, YmJobKind kind, GBytes *body);
void letter_free (Letter *letter);

typedef struct _Server Server;

/**
 * ServerReply:
 * @letter: what is answered; lent
 * @status: as in HTTP
 * @answer: (nullable): lent
 */
typedef void (*ServerReply) (gpointer context, Server *server, const Letter *letter, guint status, GBytes *answer);

/**
 * Server:
 * @order: (nullable): where the order is, for servers that share one; then @machine has the keys alone
 * @journal: (nullable): the fold, while it runs
 * @is_up: whether it takes letters
 * @crash_percent: how often the power goes while it works
 * @error_percent: how often its disk fails once while it works
 * @reply: sends an answer off
 *
 * The real ledger and the code that accepts into it, on a machine; what has come is taken into one commit.
 */
struct _Server {
  World *world;
  Book *book;
  Staff *staff;
  Machine machine;
  TestOrder *order;
  YmJournal *journal;
  YmLedger *ledger;
  gboolean is_up;
  gboolean is_called; /* work is on the agenda */
  guint crash_percent;
  guint error_percent;
  GPtrArray *inbox; /* Letter */
  ServerReply reply;
  gpointer context;
};

/** server_watch_log: Once: what a server warns of is a broken promise, unless its disk is gone. */
void server_watch_log (void);

/** server_init: @disk: (transfer full): blank; @order: (nullable) */
void server_init (Server *server, World *world, Book *book, Staff *staff, guint number, Disk *disk, TestOrder *order);
void server_clear (Server *server);

/** server_finish_blank: What a blank server's store has beside the journal. */
gboolean server_finish_blank (Machine *machine, GError **error);

/** server_start: Opens the store, and holds it against what was promised. */
void server_start (Server *server);

/** server_take: A letter arrives; nobody is there to take it while the server is down. @letter: (transfer full) */
void server_take (Server *server, Letter *letter);

/** server_crash: The power goes, and comes back after a while. */
void server_crash (Server *server);

/** server_follow: Takes in what other servers have appended. */
void server_follow (Server *server);

/** server_get_db: (transfer none): Of the ledger, or of the fold. */
sqlite3 *server_get_db (Server *server);

G_END_DECLS
