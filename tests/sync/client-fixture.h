/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The real client and the real server's accepting code, with a wire between them that a test can cut and tap. */

#include "app/base/error.h"
#include "sync/client/client.h"
#include "sync/client/status.h"
#include "tests/sync/server-fixture.h"

typedef struct _TestWire TestWire;

/**
 * TestWire:
 * @posts: how many there were
 * @away: there is no network: nothing can be sent
 * @lose_request: the number of the post that never arrives, from 1; 0 for none
 * @lose_answer: the post that arrives and whose answer does not
 * @twice: the post that arrives twice, of which the second answer comes back
 * @status: (nullable): instead of 200
 * @alter: (nullable): changes a response before it is sealed again, with the key @forger
 * @answer: (nullable): gives a whole answer in the server's place, or %NULL to leave it
 * @request: the last request, decoded
 */
struct _TestWire {
  TestServer *server;
  YmTransport transport;
  guint posts;
  gboolean away;
  guint lose_request;
  guint lose_answer;
  guint twice;
  guint status;
  void (*alter) (TestWire *wire, YmResponse *response);
  YmResponse *(*answer) (TestWire *wire, const YmRequest *request);
  const TestDevice *forger;
  YmRequest *request;
  gpointer data;
};

void test_wire_init (TestWire *wire, TestServer *server);
void test_wire_clear (TestWire *wire);

/* A device with the real client. */
typedef struct {
  const TestDevice *device;
  YmJournal *journal;
  YmSyncStore store;
  YmSyncClient *client;
  YmSyncResult result;
} TestUnit;

/* Of an officer: with the identity bundle and nothing else. */
void test_unit_init (TestUnit *unit, TestWire *wire, int device);
void test_unit_clear (TestUnit *unit);

/* A round that must succeed. */
void test_unit_sync (TestUnit *unit);

/* A round that must fail with that YmError. */
void test_unit_fail (TestUnit *unit, YmError code);

/* Saves a visit at a home; its notes are @n_letters long. */
YmRecord *test_unit_visit (TestServer *server, TestUnit *unit, const YmId *home, gsize n_letters);

YmSyncStanding test_unit_standing (TestUnit *unit, const YmRecord *record);
