/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The small force of tests/journal/force.h with a server in memory, and devices that push and pull by hand.
 *
 * The same tests run over every kind of ledger: $YM_TEST_LEDGER is "memory" for an order in memory, or the URL of a
 * PostgreSQL database, in which each test has a schema of its own. There the server has a twin, another process as it were, that follows the same order, and at the end of each test must have the same.
 */

#include "sync/exchange/request.h"
#include "sync/exchange/response.h"
#include "sync/server/accept.h"
#include "sync/server/postgresql.h"
#include "tests/journal/force.h"
#include "tests/sync/memory-order.h"

typedef struct {
  YmJournal *journal;
  const TestDevice *device;
  guint64 counter;
  GArray *backfills; /* YmBackfill: under way */
} TestTablet;

typedef struct {
  TestForce force;
  TestDevice server_keys;
  YmId server;
  YmJournal *journal; /* the server's */
  YmLedger *ledger;
  YmLedger *answers; /* the one that requests are sent to: @ledger, unless a test wants another */
  /* NULL: @answers does. NULL is returned where there is no answer, with a status that is not 200 */
  GBytes *(*post) (gpointer context, const char *path, GBytes *request, guint *status);
  gpointer post_context;
  const YmOrder *order; /* NULL: embedded */
  TestOrder memory;
  char *url; /* NULL unless it is a database */
  GPtrArray *databases; /* YmPostgresql */
  gboolean changed_by_hand; /* by the test: the twin knows nothing of it */
  YmJournal *twin_journal;
  YmLedger *twin;
  YmJournal *source; /* where root and administrator write */
  TestTablet tablets[TEST_N_DEVICES];
} TestServer;

/* A server that has taken the force's identity and reference data in; tablets are empty. */
void test_server_set_up (TestServer *server);
void test_server_tear_down (TestServer *server);

/* Only the force, with a certificate for another server's key. */
void test_server_set_up_for (TestServer *server, const guint8 server_key[32]);

/* Only a journal and a ledger for the server's keys, with nothing in them. */
void test_server_open (TestServer *server);

/* A copy of the embedded ledger, as a backup is; close with sqlite3_close(). */
sqlite3 *test_server_back_up (TestServer *server);

/* The ledger is lost, and the backup put in its place (NULL: a new one). It still needs the force's identity. */
void test_server_put_back (TestServer *server, sqlite3 *backup);

/* One more of both, on the server's order: with what is in that. */
void test_server_open_twin (TestServer *server, YmJournal **journal, YmLedger **ledger);

/* What two ledgers must have alike: (transfer full): envelopes in their places, receipts, counters, and every row. */
char *test_ledger_export (YmJournal *journal);

/* An identity file with what root has written in the source. */
GBytes *test_server_identity (TestServer *server);

/* A tablet of an officer, or of the administrator, whose journal is the source. It pulls everything it may. */
TestTablet *test_server_tablet (TestServer *server, int device);

/* What the tablet would send now, with its pending groups (all of them, or none). */
YmRequest *test_tablet_request (TestServer *server, TestTablet *tablet, gboolean push);

/* Seals, sends and gives the answer, verified against the request; NULL unless the status is 200. */
YmResponse *test_server_send (TestServer *server, TestTablet *tablet, YmRequest *request, guint *status);
/* What is asked for at a path of the protocol. */
YmJobKind test_job_kind (const char *path);
GBytes *test_server_post (TestServer *server, YmJobKind kind, GBytes *request, guint *status, const char **problem);

/* Takes receipts, entries and cursor in. */
void test_tablet_take (TestServer *server, TestTablet *tablet, const YmResponse *response);

/* Pushes what is pending and pulls to the end. */
void test_tablet_sync (TestServer *server, TestTablet *tablet);

/* Saves one record on a tablet as its officer. */
void test_tablet_save (TestTablet *tablet, const char *intent, const YmRecord *before, const YmRecord *after);

/* What became of the last envelope of the tablet's own chain, by the server's ledger. */
YmOutcome test_server_outcome (TestServer *server, TestTablet *tablet);

/* Pushes everything pending and gives the outcome of the last. */
YmOutcome test_tablet_push (TestServer *server, TestTablet *tablet);

/* An update of the administrator's, or a new record: written in the source and pushed. */
void test_server_import (TestServer *server, const YmRecord *before, const YmRecord *after);

/* The administrator's assignment of a home, until @to_date (0: without end); pushed. */
void test_server_assign (TestServer *server, const YmId *home, int device, gint64 to_date);

/* Revokes a device after the number it has reached. */
void test_server_revoke (TestServer *server, int device);

/*
 * What no honest program writes: one operation, signed by a device as the next of its chain as the server has it,
 * whatever the rules say. @alter may change the header before it is signed.
 */
typedef void (*TestAlter) (YmEnvelope *envelope);
GPtrArray *test_server_forge (TestServer *server, int device, const YmRecord *before, const YmRecord *after,
                              TestAlter alter);

/* Sends these groups (transfer full each) as the tablet's; gives the response, which is not taken in. */
YmResponse *test_tablet_send_groups (TestServer *server, TestTablet *tablet, GPtrArray *first, GPtrArray *second);

/* A copy of the group with one byte flipped: in its envelope, counted from the end, or in its change set. */
GPtrArray *test_flip (GPtrArray *group, gboolean in_change_set, gsize from_end);
