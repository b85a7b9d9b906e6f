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

/* Until when the trouble lasts, and how long it may take then until all have all. */
#define TROUBLE_US (6 * HOUR_US)
#define PEACE_US (2 * HOUR_US)

/* How often a device syncs. */
#define ROUND_EVERY_US (20 * MINUTE_US)

#define SERVER_NUMBER 100

typedef struct {
  guint device_crash_percent;
  guint server_crash_percent;
  guint server_cuts; /* in all, at moments when it does nothing */
  guint away_percent;
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
  Server server;
  GPtrArray *devices; /* Device; the administrator's is the first */
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

static Disk *blanks[SERVER_NUMBER + 4];

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

static void
draw_climate (Fleet *fleet)
{
  Chance *chance = &fleet->world.chance;
  Weather *weather = &fleet->network.weather;

  weather->lose_percent = chance_below (chance, 2) * chance_below (chance, 35);
  weather->double_percent = chance_below (chance, 2) * chance_below (chance, 30);
  weather->most_delay_us = chance_below (chance, 2) == 0 ? SECOND_US / 10 : chance_between (chance, SECOND_US, 40 * SECOND_US);
  fleet->climate = (Climate){
    .device_crash_percent = chance_below (chance, 2) * chance_below (chance, 15),
    .server_crash_percent = chance_below (chance, 2) * chance_below (chance, 15),
    .server_cuts = chance_below (chance, 2) * chance_below (chance, 4),
    .away_percent = chance_below (chance, 2) * chance_below (chance, 50),
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

  ym_store_public_key (fleet->server.machine.store, key);
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
  if (!ym_ledger_load_identity (fleet->server.ledger, identity, &error))
    world_fail (&fleet->world, "the server does not take its identity: %s", error->message);
  for (guint i = 1; i < fleet->devices->len; i++)
    device_found (device_at (fleet, i), identity);
}

static void
add_device (Fleet *fleet, guint number)
{
  Device *device = g_new (Device, 1);
  Chance *chance = &fleet->world.chance;

  device_init (device, &fleet->world, &fleet->book, &fleet->staff, &fleet->network, number, disk_copy (blanks[number]));
  g_ptr_array_add (fleet->devices, device);
  if (fleet->climate.has_skew)
    device->machine.skew_us = chance_between (chance, -48 * HOUR_US, 48 * HOUR_US);
}

static void
device_destroy (gpointer data)
{
  device_clear (data);
  g_free (data);
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
  n_officers = (guint) chance_between (&fleet->world.chance, MIN (2, plan->most_devices), plan->most_devices);
  staff_init (&fleet->staff, &fleet->world, n_officers);
  server_init (&fleet->server, &fleet->world, &fleet->book, SERVER_NUMBER, disk_copy (blanks[SERVER_NUMBER]));
  network_add_server (&fleet->network, &fleet->server);
  server_start (&fleet->server);
  fleet->devices = g_ptr_array_new_with_free_func (device_destroy);
  for (guint i = 0; i <= n_officers; i++)
    add_device (fleet, i);
  found_force (fleet);
}

static void
fleet_clear (Fleet *fleet)
{
  g_clear_pointer (&fleet->devices, g_ptr_array_unref);
  server_clear (&fleet->server);
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
  if (device->is_on && !machine_is_lost (&device->machine))
    device_sync (device);
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

/* What will happen to each, and when; what follows from that nobody knows. */
static void
plan_trouble (Fleet *fleet)
{
  Chance *chance = &fleet->world.chance;
  Agenda *agenda = fleet->world.agenda;

  fleet->server.crash_percent = fleet->climate.server_crash_percent;
  for (guint i = 0; i < fleet->devices->len; i++)
    {
      Device *device = device_at (fleet, i);
      guint saves = 1 + chance_below (chance, 2 * fleet->climate.saves);

      device->crash_percent = fleet->climate.device_crash_percent;
      agenda_add (agenda, chance_between (chance, 0, i == 0 ? MINUTE_US : ROUND_EVERY_US), round_cb, device, NULL, NULL);
      for (guint j = 0; j < saves; j++)
        agenda_add (agenda, chance_between (chance, 0, TROUBLE_US), save_cb, device, NULL, NULL);
      if (chance_percent (chance, fleet->climate.device_crash_percent * 4))
        agenda_add (agenda, chance_between (chance, 0, TROUBLE_US), crash_cb, device, NULL, NULL);
    }
  for (guint i = 0; i < fleet->climate.server_cuts; i++)
    agenda_add (agenda, chance_between (chance, 0, TROUBLE_US), server_crash_cb, &fleet->server, NULL, NULL);
}

static void
make_peace (Fleet *fleet)
{
  world_note (&fleet->world, "peace");
  fleet->is_peace = TRUE;
  fleet->network.weather = (Weather){ .most_delay_us = SECOND_US / 10 };
  fleet->server.crash_percent = 0;
  for (guint i = 0; i < fleet->devices->len; i++)
    device_at (fleet, i)->crash_percent = 0;
}

static gboolean
is_at_rest (Fleet *fleet)
{
  if (!fleet->server.is_up || fleet->network.n_waiting > 0)
    return FALSE;
  for (guint i = 0; i < fleet->devices->len; i++)
    if (!audit_is_at_rest (device_at (fleet, i), &fleet->server))
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
    /* Who lost a home is not told so: the sum over the home's stream that the next envelope names is an old one. */
    audit_all (&fleet->world, &fleet->book, &fleet->staff, &fleet->server, fleet->devices, fleet->climate.may_reassign);
}

void
fleet_run (const FleetPlan *plan, FleetResult *result)
{
  Fleet fleet = { .is_peace = FALSE };

  g_assert_cmpuint (plan->most_devices, <=, FLEET_MOST_DEVICES);
  make_blanks (plan->most_devices + 1);
  seed_libraries ();
  the_fleet = &fleet;
  fleet_build (&fleet, plan);
  if (fleet.world.failure == NULL)
    live (&fleet);
  *result = (FleetResult){ .failure = g_strdup (fleet.world.failure),
                           .trace = fleet.world.trace,
                           .devices = fleet.devices->len - 1,
                           .envelopes = fleet.server.ledger == NULL ? 0 : ym_ledger_get_end (fleet.server.ledger),
                           .notes = fleet.world.n_notes };
  fleet_clear (&fleet);
  the_fleet = NULL;
}

void
fleet_result_clear (FleetResult *result)
{
  g_clear_pointer (&result->failure, g_free);
}
