/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One simulation. What makes trouble is drawn anew for each seed, so that some seeds have only one kind of it and some have
 * all; a kind that is always there hides what only its absence shows.
 */

#include "tests/fleet/fleet.h"

#include <sodium.h>
#include <string.h>

#include "sync/exchange/bundle.h"
#include "tests/fleet/audit.h"
#include "tests/fleet/duty.h"
#include "tests/fleet/intruder.h"

/* Until when the trouble lasts, and how long it may take then until all have all. */
#define TROUBLE_US (6 * HOUR_US)
#define PEACE_US (2 * HOUR_US)

/* How often a device syncs. */
#define ROUND_EVERY_US (20 * MINUTE_US)

#define SERVER_NUMBER 100
#define MOST_SERVERS 3

/* Tablets that officers get in place of lost ones. */
#define MOST_NEW_DEVICES 3

/* Who is in it and what goes wrong. */
typedef struct {
  guint n_servers; /* 1: with a ledger of its own; more: on one order */
  guint device_crash_percent;
  guint server_crash_percent;
  guint error_percent;
  guint server_cuts; /* in all, at moments when it does nothing */
  guint away_percent;
  guint intrusions;
  guint revocations;
  guint old_copies; /* of tablets, put in place of what they had become */
  gboolean has_skew;
  gboolean may_reassign;
  guint saves; /* of each device, about */
} Climate;

typedef struct {
  World world;
  Book book;
  Staff staff;
  Network network;
  Climate climate;
  TestOrder order;
  Server servers[MOST_SERVERS];
  GPtrArray *devices; /* Device; the administrator's is the first */
  Intruder intruder;
  gboolean is_peace;
} Fleet;

/* libsodium's own randomness: only what is sealed for somebody takes it, and nothing in here depends on its bytes. */
static guint64 sodium_draws;

static const char *
sodium_name (void)
{
  return "fleet";
}

static void
sodium_fill (void *buffer, size_t length)
{
  guint8 seed[randombytes_SEEDBYTES] = "sodium";

  sodium_draws++;
  memcpy (seed + 8, &sodium_draws, sizeof sodium_draws);
  randombytes_buf_deterministic (buffer, length, seed);
}

static uint32_t
sodium_random (void)
{
  uint32_t value;

  sodium_fill (&value, sizeof value);
  return value;
}

void
fleet_init (void)
{
  static randombytes_implementation seeded
      = { .implementation_name = sodium_name, .random = sodium_random, .buf = sodium_fill };

  g_assert_cmpint (randombytes_set_implementation (&seeded), ==, 0);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_assert_cmpint (sqlite3_initialize (), ==, SQLITE_OK);
  server_watch_log ();
}

static void
seed_libraries (void)
{
  sodium_draws = 0;
  g_assert_cmpint (sqlite3_test_control (SQLITE_TESTCTRL_PRNG_SEED, 1, NULL), ==, SQLITE_OK);
}

static Disk *blanks[SERVER_NUMBER + 1];

/* A new store takes longer to make than a short life takes, and is the same each time: made once, then copied. */
static void
make_blanks (guint n_devices)
{
  for (guint i = 0; i < G_N_ELEMENTS (blanks); i++)
    if (blanks[i] == NULL && (i < n_devices || i == SERVER_NUMBER))
      {
        seed_libraries ();
        blanks[i] = machine_make_blank (i, i < SERVER_NUMBER ? device_finish_blank : server_finish_blank);
      }
}

/* Nothing in half of the seeds, up to @end in the others. */
static guint
sometimes (Chance *chance, guint end)
{
  return chance_below (chance, 2) * chance_below (chance, end);
}

static void
draw_climate (Fleet *fleet)
{
  Chance *chance = &fleet->world.chance;
  Weather *weather = &fleet->network.weather;

  weather->lose_percent = sometimes (chance, 35);
  weather->double_percent = sometimes (chance, 30);
  weather->most_delay_us = chance_below (chance, 2) == 0 ? SECOND_US / 10 : chance_between (chance, SECOND_US, 40 * SECOND_US);
  weather->lie_percent = chance_percent (chance, 25) ? chance_below (chance, 30) : 0;
  fleet->climate = (Climate){
    .n_servers = chance_percent (chance, 25) ? 2 + chance_below (chance, MOST_SERVERS - 1) : 1,
    .device_crash_percent = sometimes (chance, 15),
    .server_crash_percent = sometimes (chance, 15),
    .error_percent = chance_percent (chance, 25) ? chance_below (chance, 10) : 0,
    .server_cuts = sometimes (chance, 4),
    .away_percent = sometimes (chance, 50),
    .intrusions = chance_percent (chance, 40) ? 1 + chance_below (chance, 8) : 0,
    .revocations = chance_percent (chance, 25) ? 1 + chance_below (chance, MOST_NEW_DEVICES) : 0,
    .has_skew = chance_below (chance, 2) == 0,
    .may_reassign = chance_below (chance, 2) == 0,
    .saves = 2 + chance_below (chance, 6),
  };
}

static Device *
device_at (Fleet *fleet, guint i)
{
  return g_ptr_array_index (fleet->devices, i);
}

/* The order is that of a real beginning: the root key certifies, the administrator imports, the server gets the identity. */
static gboolean
write_force (Device *administrator, gpointer data, GError **error)
{
  Fleet *fleet = data;
  Staff *staff = &fleet->staff;
  YmJournal *journal = administrator->machine.journal;
  guint8 key[YM_STORE_PUBLIC_KEY_BYTES];

  ym_store_public_key (fleet->servers[0].machine.store, key);
  if (!ym_journal_found (journal, staff->root_key, &administrator->author.device, error)
      || !staff_certify (staff, journal, YM_DEVICE_KIND_ROOT, staff->root_key, NULL, error)
      || !staff_certify_server (staff, journal, key, error))
    return FALSE;
  for (guint i = 0; i < fleet->devices->len; i++)
    {
      const Device *device = device_at (fleet, i);

      ym_store_public_key (device->machine.store, key);
      if (!staff_certify (staff, journal, device->officer < 0 ? YM_DEVICE_KIND_ADMINISTRATOR : YM_DEVICE_KIND_OFFICER, key,
                          device->officer < 0 ? NULL : &staff->officers[device->officer].id, error))
        return FALSE;
    }
  if (fleet->climate.intrusions > 0
      && !staff_certify (staff, journal, YM_DEVICE_KIND_OFFICER, fleet->intruder.public_key,
                         &staff->officers[fleet->intruder.officer].id, error))
    return FALSE;
  return staff_write_officers (staff, journal, &administrator->author, error)
         && staff_write_homes (staff, journal, &administrator->author, error);
}

static GBytes *
make_identity (Fleet *fleet, Device *administrator)
{
  g_autoptr (YmBundle) bundle = ym_bundle_new (&fleet->staff.force);
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (device_get_db (administrator), &error,
                        "SELECT body, change_set FROM envelope WHERE class = ? ORDER BY entry", "i", YM_CLASS_IDENTITY);
  GBytes *bytes;

  while (rows != NULL && ym_sql_step (rows, &error) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 1);

      g_ptr_array_add (bundle->parcels, ym_parcel_new (body, change_set));
    }
  bytes = ym_bundle_encode (bundle, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
found_force (Fleet *fleet)
{
  Device *administrator = device_at (fleet, 0);
  g_autoptr (GBytes) identity = NULL;
  g_autoptr (GError) error = NULL;

  if (!device_do (administrator, write_force, fleet))
    {
      world_fail (&fleet->world, "the force can't be founded");
      return;
    }
  identity = make_identity (fleet, administrator);
  for (guint i = 0; i < fleet->climate.n_servers; i++)
    if (!ym_ledger_load_identity (fleet->servers[i].ledger, identity, &error))
      world_fail (&fleet->world, "server %u does not take its identity: %s", i, error == NULL ? "?" : error->message);
  for (guint i = 1; i < fleet->devices->len; i++)
    device_found (device_at (fleet, i), identity);
}

static Device *
add_device (Fleet *fleet, int officer)
{
  Device *device = g_new (Device, 1);
  Chance *chance = &fleet->world.chance;
  const guint number = fleet->devices->len;

  device_init (device, &fleet->world, &fleet->book, &fleet->staff, &fleet->network, number, officer,
               disk_copy (blanks[number]));
  g_ptr_array_add (fleet->devices, device);
  if (fleet->climate.has_skew)
    device->machine.skew_us = chance_between (chance, -48 * HOUR_US, 48 * HOUR_US);
  return device;
}

static void
device_destroy (gpointer data)
{
  device_clear (data);
  g_free (data);
}

static void
add_servers (Fleet *fleet)
{
  const gboolean is_shared = fleet->climate.n_servers > 1;

  test_order_init (&fleet->order);
  for (guint i = 0; i < fleet->climate.n_servers; i++)
    {
      Server *server = &fleet->servers[i];

      /* All have the same keys: it is one server to those who ask it. */
      server_init (server, &fleet->world, &fleet->book, &fleet->staff, SERVER_NUMBER + i, disk_copy (blanks[SERVER_NUMBER]),
                   is_shared ? &fleet->order : NULL);
      network_add_server (&fleet->network, server);
      server_start (server);
    }
}

static void
add_intruder (Fleet *fleet)
{
  const guint officer = chance_below (&fleet->world.chance, MIN (2, fleet->staff.n_officers));

  if (fleet->climate.intrusions == 0)
    return;
  fleet->staff.officers[officer].is_robbed = TRUE;
  intruder_init (&fleet->intruder, &fleet->world, &fleet->book, &fleet->staff, &fleet->network, officer,
                 &device_at (fleet, 0)->machine, &device_at (fleet, 1)->author.device);
}

static void
fleet_build (Fleet *fleet, const FleetPlan *plan)
{
  guint n_officers;

  world_init (&fleet->world, plan->seed);
  fleet->world.is_shown = plan->is_shown;
  book_init (&fleet->book, &fleet->world);
  network_init (&fleet->network, &fleet->world);
  draw_climate (fleet);
  fleet->climate.old_copies = plan->has_old_copies ? 1 + chance_below (&fleet->world.chance, 2) : 0;
  n_officers = (guint) chance_between (&fleet->world.chance, MIN (2, plan->most_devices), plan->most_devices);
  staff_init (&fleet->staff, &fleet->world, n_officers);
  fleet->staff.is_wordy = chance_percent (&fleet->world.chance, 8);
  add_servers (fleet);
  fleet->devices = g_ptr_array_new_with_free_func (device_destroy);
  for (guint i = 0; i <= n_officers; i++)
    (void) add_device (fleet, (int) i - 1);
  add_intruder (fleet);
  found_force (fleet);
}

static void
fleet_clear (Fleet *fleet)
{
  g_clear_pointer (&fleet->devices, g_ptr_array_unref);
  for (guint i = 0; i < fleet->climate.n_servers; i++)
    server_clear (&fleet->servers[i]);
  test_order_clear (&fleet->order);
  line_clear (&fleet->intruder.line);
  network_clear (&fleet->network);
  book_clear (&fleet->book);
  world_clear (&fleet->world);
}

static gboolean
is_over (Fleet *fleet)
{
  return agenda_now_us (fleet->world.agenda) >= TROUBLE_US;
}

static Fleet *the_fleet; /* what events belong to; one at a time */

static void
round_cb (gpointer who, gpointer unused)
{
  Device *device = who;
  Fleet *fleet = the_fleet;
  Chance *chance = &fleet->world.chance;

  if (fleet->network.n_waiting >= NETWORK_MOST_WAITING)
    {
      agenda_add (fleet->world.agenda, chance_between (chance, SECOND_US, MINUTE_US), round_cb, device, NULL, NULL);
      return;
    }
  device->line.is_away = !fleet->is_peace && chance_percent (chance, fleet->climate.away_percent);
  if (device_can_write (device))
    device_sync (device);
  if (!device->is_revoked || chance_percent (chance, 70)) /* whoever found it tires of it */
    agenda_add (fleet->world.agenda, chance_between (chance, MINUTE_US, 2 * ROUND_EVERY_US), round_cb, device, NULL, NULL);
}

static void
save_cb (gpointer who, gpointer unused)
{
  Device *device = who;

  if (is_over (the_fleet))
    return;
  if (device->officer < 0)
    duty_administrator (device, the_fleet->climate.may_reassign);
  else
    duty_officer (device);
}

static void
crash_cb (gpointer who, gpointer unused)
{
  if (!is_over (the_fleet))
    device_crash (who);
}

static void
server_crash_cb (gpointer who, gpointer unused)
{
  if (!is_over (the_fleet))
    server_crash (who);
}

static void
remember_cb (gpointer who, gpointer unused)
{
  device_remember (who);
}

static void
go_back_cb (gpointer who, gpointer unused)
{
  if (!is_over (the_fleet))
    device_go_back (who);
}

static void
follow_cb (gpointer who, gpointer unused)
{
  Chance *chance = &the_fleet->world.chance;

  server_follow (who);
  agenda_add (the_fleet->world.agenda, chance_between (chance, MINUTE_US, ROUND_EVERY_US), follow_cb, who, NULL, NULL);
}

static void
intrude_cb (gpointer who, gpointer unused)
{
  if (!is_over (the_fleet))
    intruder_act (who, &the_fleet->servers[0]);
}

static void plan_device (Fleet *fleet, Device *device);

/* The officer gets another tablet, with a certificate that the server hears of later. */
static gboolean
certify_new (Device *administrator, gpointer data, GError **error)
{
  Device *device = data;
  guint8 key[YM_STORE_PUBLIC_KEY_BYTES];

  ym_store_public_key (device->machine.store, key);
  return staff_certify (administrator->staff, administrator->machine.journal, YM_DEVICE_KIND_OFFICER, key,
                        &administrator->staff->officers[device->officer].id, error);
}

static void
enrol_again (Fleet *fleet, int officer)
{
  Device *administrator = device_at (fleet, 0);
  Device *device = add_device (fleet, officer);
  g_autoptr (GBytes) identity = NULL;

  world_note (&fleet->world, "device %u is new", device->number);
  device->is_unknown = TRUE;
  while (!device_do (administrator, certify_new, device) && device_can_write (administrator))
    ;
  if (!device_can_write (administrator))
    {
      device->is_revoked = TRUE; /* never certified, so never of any use */
      return;
    }
  identity = make_identity (fleet, administrator);
  device_found (device, identity);
  plan_device (fleet, device);
}

typedef struct {
  Device *device;
  YmChainPoint last;
  gboolean stolen;
} Loss;

static gboolean
write_revocation (Device *administrator, gpointer data, GError **error)
{
  const Loss *loss = data;

  return staff_revoke (administrator->staff, administrator->machine.journal, &loss->device->author.device, &loss->last,
                       loss->stolen, error);
}

/* A tablet is lost; what the server has of it so far counts, and nothing after. */
static void
lose_cb (gpointer who, gpointer unused)
{
  Fleet *fleet = who;
  Device *administrator = device_at (fleet, 0);
  Device *device = device_at (fleet, 1 + chance_below (&fleet->world.chance, fleet->staff.n_officers));
  Loss loss = { .device = device, .stolen = chance_below (&fleet->world.chance, 2) == 0 };
  g_autoptr (GArray) chains = NULL;

  if (is_over (fleet) || device->is_revoked || !fleet->servers[0].is_up || !device_can_write (administrator))
    return;
  chains = ym_journal_chains (fleet->servers[0].journal, &device->author.device, NULL);
  if (chains->len > 0)
    loss.last = g_array_index (chains, YmChainPoint, 0);
  device->is_revoked = TRUE; /* also if the power goes and nobody can say whether it is */
  if (!device_do (administrator, write_revocation, &loss))
    return;
  world_note (&fleet->world, "device %u is revoked after %" G_GUINT64_FORMAT, device->number, loss.last.sequence);
  enrol_again (fleet, device->officer);
}

/* What will happen to each, and when; what follows from that nobody knows. */
static void
plan_device (Fleet *fleet, Device *device)
{
  Chance *chance = &fleet->world.chance;
  Agenda *agenda = fleet->world.agenda;
  const guint saves = 1 + chance_below (chance, 2 * fleet->climate.saves) * (fleet->staff.is_wordy ? 4 : 1);
  const gint64 left_us = MAX (TROUBLE_US - agenda_now_us (agenda), MINUTE_US);

  device->crash_percent = fleet->climate.device_crash_percent;
  device->error_percent = fleet->climate.error_percent;
  agenda_add (agenda, chance_between (chance, 0, device->officer < 0 ? MINUTE_US : ROUND_EVERY_US), round_cb, device, NULL,
              NULL);
  for (guint i = 0; i < saves; i++)
    agenda_add (agenda, chance_between (chance, 0, left_us), save_cb, device, NULL, NULL);
  if (chance_percent (chance, fleet->climate.device_crash_percent * 4))
    agenda_add (agenda, chance_between (chance, 0, left_us), crash_cb, device, NULL, NULL);
}

static void
note_climate (Fleet *fleet)
{
  const Climate *climate = &fleet->climate;
  const Weather *weather = &fleet->network.weather;

  world_note (&fleet->world,
              "%u officers, %u servers; of a hundred letters %u are lost, %u doubled, %u answers lies, %u rounds out of reach; "
              "delays up to %d s; cuts %u and %u %%, errors %u %%, %u server cuts, %u intrusions, %u revocations%s%s%s",
              fleet->staff.n_officers, climate->n_servers, weather->lose_percent, weather->double_percent,
              weather->lie_percent, climate->away_percent, (int) (weather->most_delay_us / SECOND_US),
              climate->device_crash_percent, climate->server_crash_percent, climate->error_percent, climate->server_cuts,
              climate->intrusions, climate->revocations, climate->has_skew ? ", skew" : "",
              climate->may_reassign ? ", reassignments" : "", fleet->staff.is_wordy ? ", many words" : "");
}

static void
plan_trouble (Fleet *fleet)
{
  Chance *chance = &fleet->world.chance;
  Agenda *agenda = fleet->world.agenda;

  note_climate (fleet);

  for (guint i = 0; i < fleet->devices->len; i++)
    plan_device (fleet, device_at (fleet, i));
  for (guint i = 0; i < fleet->climate.n_servers; i++)
    {
      Server *server = &fleet->servers[i];

      server->crash_percent = fleet->climate.server_crash_percent;
      server->error_percent = fleet->climate.error_percent;
      if (server->order != NULL)
        agenda_add (agenda, chance_between (chance, MINUTE_US, ROUND_EVERY_US), follow_cb, server, NULL, NULL);
    }
  for (guint i = 0; i < fleet->climate.server_cuts; i++)
    agenda_add (agenda, chance_between (chance, 0, TROUBLE_US), server_crash_cb,
                &fleet->servers[chance_below (chance, fleet->climate.n_servers)], NULL, NULL);
  for (guint i = 0; i < fleet->climate.intrusions; i++)
    agenda_add (agenda, chance_between (chance, 0, TROUBLE_US), intrude_cb, &fleet->intruder, NULL, NULL);
  for (guint i = 0; i < fleet->climate.old_copies; i++)
    {
      Device *device = device_at (fleet, 1 + chance_below (chance, fleet->staff.n_officers));
      const gint64 at_us = chance_between (chance, 0, TROUBLE_US / 2);

      agenda_add (agenda, at_us, remember_cb, device, NULL, NULL);
      agenda_add (agenda, at_us + chance_between (chance, MINUTE_US, TROUBLE_US / 2), go_back_cb, device, NULL, NULL);
    }
  for (guint i = 0; i < fleet->climate.revocations; i++)
    agenda_add (agenda, chance_between (chance, 0, TROUBLE_US), lose_cb, fleet, NULL, NULL);
}

static void
make_peace (Fleet *fleet)
{
  world_note (&fleet->world, "peace");
  fleet->is_peace = TRUE;
  fleet->network.weather = (Weather){ .most_delay_us = SECOND_US / 10 };
  for (guint i = 0; i < fleet->climate.n_servers; i++)
    fleet->servers[i].crash_percent = fleet->servers[i].error_percent = 0;
  for (guint i = 0; i < fleet->devices->len; i++)
    device_at (fleet, i)->crash_percent = device_at (fleet, i)->error_percent = 0;
}

static gboolean
is_at_rest (Fleet *fleet)
{
  if (fleet->network.n_waiting > 0)
    return FALSE;
  for (guint i = 0; i < fleet->climate.n_servers; i++)
    {
      if (!fleet->servers[i].is_up)
        return FALSE;
      server_follow (&fleet->servers[i]);
    }
  for (guint i = 0; i < fleet->devices->len; i++)
    if (!device_at (fleet, i)->is_revoked && !audit_is_at_rest (device_at (fleet, i), &fleet->servers[0]))
      return FALSE;
  return TRUE;
}

static void
step_until (Fleet *fleet, gint64 until_us)
{
  while (fleet->world.failure == NULL && agenda_step (fleet->world.agenda, until_us))
    ;
}

static void
audit (Fleet *fleet)
{
  const AuditAllowance allowed = {
    /* Who loses a home and gets it back is told of neither: an envelope written between names an old sum of the stream. */
    .base = fleet->climate.may_reassign,
    .fork = fleet->climate.intrusions + fleet->climate.old_copies > 0,
    .response = fleet->network.n_lies > 0,
  };

  for (guint i = 0; i < fleet->devices->len; i++)
    if (device_at (fleet, i)->is_revoked)
      book_give_up (&fleet->book, i, 0);
  for (guint i = 0; i < fleet->climate.n_servers && fleet->world.failure == NULL; i++)
    audit_all (&fleet->world, &fleet->book, &fleet->staff, &fleet->servers[i], fleet->devices, &allowed);
}

static void
live (Fleet *fleet)
{
  plan_trouble (fleet);
  step_until (fleet, TROUBLE_US);
  make_peace (fleet);
  for (gint64 until_us = TROUBLE_US + PEACE_US / 8;
       fleet->world.failure == NULL && until_us <= TROUBLE_US + PEACE_US && !is_at_rest (fleet); until_us += PEACE_US / 8)
    step_until (fleet, until_us);
  if (fleet->world.failure != NULL)
    return;
  if (!is_at_rest (fleet))
    world_fail (&fleet->world, "not everybody has everything after %d hours of good weather", (int) (PEACE_US / HOUR_US));
  else
    audit (fleet);
}

void
fleet_prepare (guint most_devices)
{
  make_blanks (most_devices + 1 + MOST_NEW_DEVICES);
}

void
fleet_run (const FleetPlan *plan, FleetResult *result)
{
  Fleet fleet = { .is_peace = FALSE };

  g_assert_cmpuint (plan->most_devices, <=, FLEET_MOST_DEVICES);
  fleet_prepare (plan->most_devices);
  seed_libraries ();
  the_fleet = &fleet;
  fleet_build (&fleet, plan);
  if (plan->is_canary)
    book_lie (&fleet.book);
  if (fleet.world.failure == NULL)
    live (&fleet);
  *result = (FleetResult){ .failure = g_strdup (fleet.world.failure),
                           .trace = fleet.world.trace,
                           .devices = fleet.devices->len - 1,
                           .envelopes = fleet.servers[0].ledger == NULL ? 0 : ym_ledger_get_end (fleet.servers[0].ledger),
                           .notes = fleet.world.n_notes };
  fleet_clear (&fleet);
  the_fleet = NULL;
}

void
fleet_result_clear (FleetResult *result)
{
  g_clear_pointer (&result->failure, g_free);
}
