/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server in memory and its administrator. */

#include "tests/ui/office.h"

#include <string.h>

#include "app/base/error.h"
#include "sync/exchange/administration.h"
#include "sync/exchange/enrolment.h"
#include "tests/sync/server-fixture.h"

struct _TestOffice {
  TestServer server;
  YmEnrolmentCode code;
  guint64 counter;
  YmTransport transport;
  YmOpeningRoad road;
  gboolean reachable;
};

/* On the thread of the question; the test waits for its end before it touches the server. */
static GBytes *
post (gpointer context, const char *path, GBytes *body, gsize most, guint *status, GCancellable *cancellable,
      GError **error)
{
  TestOffice *office = context;

  if (office->reachable)
    return test_server_post (&office->server, YM_JOB_ENROL, body, status, NULL);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_NETWORK, "The server could not be reached.");
  return NULL;
}

static gpointer
open_road (gpointer context, const char *address, const YmTransport **transport, GError **error)
{
  TestOffice *office = context;

  g_assert_cmpstr (address, ==, "https://ymweld.example");
  *transport = &office->transport;
  return office;
}

static gboolean
get_key (gpointer opened, YmHash *key)
{
  TestOffice *office = opened;

  memcpy (key->bytes, office->server.server_keys.public_key, sizeof key->bytes);
  return TRUE;
}

static void
close_road (gpointer opened)
{
}

TestOffice *
test_office_new (void)
{
  TestOffice *office = g_new0 (TestOffice, 1);
  YmHash root;

  test_server_set_up (&office->server);
  root = ym_hash_of (office->server.force.devices[TEST_ROOT].public_key, 32);
  ym_enrolment_code_init (&office->code, &root, &office->server.force.random);
  office->counter = 1000;
  office->transport = (YmTransport){ post, office };
  office->road = (YmOpeningRoad){ open_road, get_key, close_road, office };
  office->reachable = TRUE;
  return office;
}

void
test_office_free (TestOffice *office)
{
  test_server_tear_down (&office->server);
  g_free (office);
}

TestForce *
test_office_force (TestOffice *office)
{
  return &office->server.force;
}

const YmOpeningRoad *
test_office_road (TestOffice *office)
{
  return &office->road;
}

void
test_office_set_reachable (TestOffice *office, gboolean reachable)
{
  office->reachable = reachable;
}

char *
test_office_code (TestOffice *office)
{
  return ym_enrolment_code_format (&office->code);
}

void
test_office_open_code (TestOffice *office)
{
  TestServer *server = &office->server;
  YmAdministration message = { .force = server->force.force,
                               .device = server->force.devices[TEST_ADMINISTRATOR].author.device,
                               .server = server->server,
                               .counter = ++office->counter,
                               .action = YM_ADMINISTRATION_OPEN,
                               .expires_us = server->force.world.wall_us + YM_ADMINISTRATION_MOST_OPEN_US / 2 };
  g_autoptr (GBytes) bytes = NULL, answer = NULL;
  guint status;

  memcpy (message.code_id, office->code.id, sizeof message.code_id);
  bytes = ym_administration_seal (&message, &server->force.devices[TEST_ADMINISTRATOR].author.signer, NULL);
  answer = test_server_post (server, YM_JOB_ADMINISTER, bytes, &status, NULL);
  g_assert_cmpuint (status, ==, 200);
}

void
test_office_certify (TestOffice *office, const guint8 key[32])
{
  TestServer *server = &office->server;
  YmId id = ym_id_of_public_key ("device", key);
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_DEVICE), &server->force.force, &id);
  g_auto (YmValue) value = ym_value_bytes (key, 32);

  ym_record_set_integer (record, YM_DEVICE_KIND, YM_DEVICE_KIND_OFFICER);
  ym_record_set (record, YM_DEVICE_PUBLIC_KEY, &value);
  ym_record_set_id (record, YM_DEVICE_OFFICER, &server->force.devices[TEST_2001].officer);
  ym_record_set_integer (record, YM_DEVICE_ENROLLED_AT, 1);
  test_write (server->source, &server->force.devices[TEST_ROOT], "device.certify", NULL, record);
  server->tablets[TEST_ADMINISTRATOR].counter = office->counter;
  test_tablet_sync (server, test_server_tablet (server, TEST_ADMINISTRATOR));
  office->counter = server->tablets[TEST_ADMINISTRATOR].counter;
}
