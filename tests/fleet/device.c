/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A tablet of the simulation: store, journal and client as the app has them, without its threads. */

#include "tests/fleet/device.h"

#include "app/base/error.h"
#include "app/notebook/schema.h"
#include "sync/exchange/bundle.h"

#define MOST_OFF_US (40 * MINUTE_US)

/* Operations of a save and of a round, about. */
#define CRASH_WITHIN_SAVE 25
#define CRASH_WITHIN_ROUND 120

static gboolean
migrate (Machine *machine, GError **error)
{
  const YmSyncStore store = ym_sync_store_direct (machine->journal);

  return ym_notebook_migrate (machine->journal, error) && ym_sync_migrate (&store, error);
}

gboolean
device_finish_blank (Machine *machine, GError **error)
{
  return migrate (machine, error);
}

static void
make_client (Device *device)
{
  const YmSyncClientOptions options = { .store = device->store,
                                        .transport = &device->line.transport,
                                        .device = device->author,
                                        .authors = device->authors,
                                        .n_authors = device->officer < 0 ? 2 : 0,
                                        .clock = &device->machine.clock,
                                        .random = &device->machine.random };

  device->client = ym_sync_client_new (&options);
}

static void
start (Device *device)
{
  guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES];
  g_autoptr (GError) error = NULL;

  if (!machine_open (&device->machine, &error) || !migrate (&device->machine, &error))
    {
      world_fail (device->world, "device %u does not open: %s", device->number, error->message);
      return;
    }
  ym_store_public_key (device->machine.store, public_key);
  device->author = (YmAuthor){ ym_id_of_public_key ("device", public_key), { machine_sign, &device->machine } };
  device->authors[0] = device->staff->root.device;
  device->authors[1] = device->author.device;
  device->store = ym_sync_store_direct (device->machine.journal);
  make_client (device);
  device->is_on = TRUE;
}

static void
start_cb (gpointer who, gpointer unused)
{
  Device *device = who;

  if (device->is_on)
    return;
  world_note (device->world, "device %u on", device->number);
  start (device);
}

void
device_init (Device *device, World *world, Book *book, Staff *staff, Network *network, guint number, int officer,
             Disk *disk)
{
  *device = (Device){ .world = world, .book = book, .staff = staff, .number = number, .officer = officer };
  machine_init (&device->machine, world, number, disk);
  network_add_line (network, &device->line, &device->machine);
  start (device);
}

void
device_clear (Device *device)
{
  g_clear_pointer (&device->client, ym_sync_client_free);
  line_clear (&device->line);
  g_clear_pointer (&device->old, disk_free);
  machine_clear (&device->machine);
}

sqlite3 *
device_get_db (Device *device)
{
  return ym_journal_get_db (device->machine.journal);
}

/* What ran is gone once nothing of it is on the stack any more. */
static void
bury (Device *device)
{
  world_note (device->world, "device %u loses power", device->number);
  device->is_on = FALSE;
  device->must_end = FALSE;
  g_clear_pointer (&device->client, ym_sync_client_free);
  machine_bury (&device->machine);
  agenda_add (device->world->agenda, chance_between (&device->world->chance, SECOND_US, MOST_OFF_US), start_cb, device,
              NULL, NULL);
}

void
device_crash (Device *device)
{
  if (!device->is_on)
    return;
  machine_cut (&device->machine);
  if (!device->is_syncing)
    bury (device);
}

/* What goes wrong with what follows, if anything does. */
static void
arm (Device *device, guint within)
{
  Chance *chance = &device->world->chance;

  if (machine_is_lost (&device->machine))
    return;
  if (chance_percent (chance, device->crash_percent))
    machine_arm (&device->machine, 1 + chance_below (chance, within));
  else if (chance_percent (chance, device->error_percent))
    machine_arm_error (&device->machine, 1 + chance_below (chance, within));
  else
    machine_arm (&device->machine, 0);
}

/* What cannot be written any more is closed and opened again: a lock and an unlock. */
static void
end_program (Device *device)
{
  world_note (device->world, "device %u locks itself", device->number);
  device->is_on = FALSE;
  device->must_end = FALSE;
  g_clear_pointer (&device->client, ym_sync_client_free);
  machine_end (&device->machine);
  agenda_add (device->world->agenda, chance_between (&device->world->chance, SECOND_US, MINUTE_US), start_cb, device, NULL,
              NULL);
}

static gboolean
run_in_transaction (Device *device, DeviceWork work, gpointer data, GError **error)
{
  YmJournal *journal = device->machine.journal;

  if (!ym_journal_begin (journal, error))
    return FALSE;
  if (work (device, data, error))
    return ym_journal_commit (journal, error);
  ym_journal_rollback (journal);
  return FALSE;
}

static gint64
last_entry (Device *device)
{
  gint64 entry = 0;
  g_autoptr (GError) error = NULL;

  if (!ym_sql_integer (device_get_db (device), &entry, &error, "SELECT coalesce(max(entry), 0) FROM envelope", ""))
    world_fail (device->world, "device %u can't be read: %s", device->number, error->message);
  return entry;
}

gboolean
device_can_write (Device *device)
{
  return device->is_on && !device->must_end && !machine_is_lost (&device->machine);
}

gboolean
device_do (Device *device, DeviceWork work, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 before;
  gboolean done;

  if (!device_can_write (device))
    return FALSE;
  before = last_entry (device);
  arm (device, CRASH_WITHIN_SAVE);
  done = run_in_transaction (device, work, data, &error);
  if (machine_is_lost (&device->machine))
    {
      device->n_lost_saves++;
      device_crash (device);
      return FALSE;
    }
  if (!done && machine_had_error (&device->machine))
    {
      device->n_lost_saves++;
      device->must_end = TRUE;
      if (!device->is_syncing)
        end_program (device);
      return FALSE;
    }
  if (!done)
    {
      world_fail (device->world, "device %u can't save: %s", device->number, error->message);
      return FALSE;
    }
  book_save (device->book, device->number, device->machine.journal, &device->author.device, before);
  if (device->officer < 0)
    book_save (device->book, device->number, device->machine.journal, &device->staff->root.device, before);
  machine_arm (&device->machine, 0);
  return TRUE;
}

static gboolean
found (Device *device, gpointer data, GError **error)
{
  const YmPlacement nowhere = { .placed = FALSE };
  YmJournal *journal = device->machine.journal;
  const YmBundle *bundle = data;

  if (!ym_journal_found (journal, device->staff->root_key, &device->author.device, error))
    return FALSE;
  for (guint i = 0; i < bundle->parcels->len; i++)
    {
      const YmParcel *parcel = g_ptr_array_index (bundle->parcels, i);
      g_autoptr (YmArrival) arrival = ym_arrival_decode (parcel->envelope, parcel->change_set, error);

      if (arrival == NULL || !ym_journal_take (journal, arrival, &nowhere, error))
        return FALSE;
    }
  return TRUE;
}

void
device_found (Device *device, GBytes *identity)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmBundle) bundle = ym_bundle_decode (identity, &error);

  if (bundle == NULL || !run_in_transaction (device, found, bundle, &error))
    world_fail (device->world, "device %u does not take the identity in: %s", device->number, error->message);
}

/* One save. */
typedef struct {
  const YmAuthor *author;
  const char *intent;
  const YmRecord *before;
  const YmRecord *after;
} Save;

static gboolean
write_save (Device *device, gpointer data, GError **error)
{
  const Save *save = data;
  const YmChange change = { save->before, save->after };

  return ym_journal_write (device->machine.journal, save->author, save->intent, &save->after->id, &change, 1, error);
}

gboolean
device_write (Device *device, const YmAuthor *author, const char *intent, const YmRecord *before, const YmRecord *after)
{
  Save save = { author == NULL ? &device->author : author, intent, before, after };
  gboolean done = device_do (device, write_save, &save);

  world_note (device->world, "device %u %s %s%s", device->number, done ? "saves" : "loses", after->form->name,
              before == NULL ? "" : " again");
  return done;
}

/* What may go wrong with a whole store, by what was done to the device. */
static gboolean
may_happen (Device *device, const GError *error)
{
  const Line *line = &device->line;
  const struct {
    YmError code;
    gboolean may;
  } cases[] = {
    { YM_ERROR_NETWORK, TRUE },
    { YM_ERROR_UNREACHABLE, TRUE },
    { YM_ERROR_AUTHORITY, line->network->n_doubled > 0 || device->is_unknown || device->is_revoked },
    { YM_ERROR_SIGNATURE, line->n_lies > 0 },
    { YM_ERROR_MALFORMED, line->n_lies > 0 },
    { YM_ERROR_DAMAGED, line->n_lies > 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cases[i].may && g_error_matches (error, YM_ERROR, (int) cases[i].code))
      return TRUE;
  return machine_had_error (&device->machine) || device->must_end;
}

static void
judge_round (Device *device, gboolean good, const GError *error)
{
  if (good && device->line.n_lies > 0)
    world_fail (device->world, "device %u believes a lie", device->number);
  else if (!good && !may_happen (device, error))
    world_fail (device->world, "device %u can't sync: %s", device->number, error->message);
  device->is_unknown = device->is_unknown && !good;
  device->n_rounds += good;
}

void
device_sync (Device *device)
{
  g_autoptr (GError) error = NULL;
  YmSyncResult result;
  gboolean good;

  device->is_syncing = TRUE;
  device->line.n_lies = 0;
  arm (device, CRASH_WITHIN_ROUND);
  good = ym_sync_run (device->client, NULL, NULL, NULL, &result, &error);
  device->is_syncing = FALSE;
  if (machine_is_lost (&device->machine))
    {
      bury (device);
      return;
    }
  world_note (device->world, "device %u round: %s; %u requests, %u pushed, %u receipted, %u refused, %u pulled",
              device->number, good ? "good" : error->message, result.requests, result.pushed, result.receipted,
              result.refused, result.pulled);
  judge_round (device, good, error);
  if ((!good && machine_had_error (&device->machine)) || device->must_end)
    end_program (device);
  else
    machine_arm (&device->machine, 0);
}

void
device_remember (Device *device)
{
  if (!device_can_write (device))
    return;
  g_clear_pointer (&device->old, disk_free);
  device->old = machine_copy (&device->machine);
  device->n_saved_then = device->book->saved->len;
}

void
device_go_back (Device *device)
{
  if (device->old == NULL || device->is_syncing || !device_can_write (device))
    return;
  world_note (device->world, "device %u is put back to an older copy", device->number);
  end_program (device);
  machine_replace (&device->machine, g_steal_pointer (&device->old));
  book_give_up (device->book, device->number, device->n_saved_then);
}
