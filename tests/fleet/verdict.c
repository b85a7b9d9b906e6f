/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A second opinion on every envelope in the ledger, by other code than the server's. */

#include "tests/fleet/verdict.h"

#include "app/forms/fields.h"

/* An assignment began or ended at a position. */
typedef struct {
  guint64 position;
  gboolean is_open;
} Turn;

typedef struct {
  YmId officer;
  YmId home;
  GArray *turns; /* Turn */
} Tenure;

typedef struct {
  guint64 position;
  YmId chain;
  guint64 last;
} Revocation;

typedef struct {
  World *world;
  Staff *staff;
  GPtrArray *devices;
  YmId epoch;
  GHashTable *tenures;     /* YmId of the assignment to Tenure */
  GHashTable *bases;       /* YmId of a device to guint64: the highest base it has named */
  GHashTable *revocations; /* YmId of a device to Revocation */
  GHashTable *records;     /* YmId of each record that there is */
} Model;

static void
tenure_free (gpointer data)
{
  Tenure *tenure = data;

  g_array_unref (tenure->turns);
  g_free (tenure);
}

static void
model_clear (Model *model)
{
  g_clear_pointer (&model->tenures, g_hash_table_unref);
  g_clear_pointer (&model->bases, g_hash_table_unref);
  g_clear_pointer (&model->revocations, g_hash_table_unref);
  g_clear_pointer (&model->records, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Model, model_clear)

static const YmValue *
new_value (const YmOperation *operation, guint field)
{
  const YmFieldChange *change = ym_operation_find (operation, field);

  return change == NULL ? NULL : &change->new;
}

static void
note_assignment (Model *model, const YmArrival *arrival, const YmOperation *operation, guint64 position)
{
  Tenure *tenure = g_hash_table_lookup (model->tenures, &operation->record);
  const YmValue *officer = new_value (operation, YM_ASSIGNMENT_OFFICER);
  const YmValue *end = new_value (operation, YM_ASSIGNMENT_TO_DATE);
  const Turn turn = { position, end == NULL || end->kind == YM_VALUE_NULL };

  if (tenure == NULL)
    {
      tenure = g_new0 (Tenure, 1);
      tenure->home = arrival->header.scope;
      tenure->turns = g_array_new (FALSE, FALSE, sizeof (Turn));
      g_assert_true (officer != NULL && ym_value_get_id (officer, &tenure->officer));
      g_hash_table_insert (model->tenures, ym_id_copy (&operation->record), tenure);
    }
  if (end != NULL || operation->kind == YM_OPERATION_INSERT)
    g_array_append_val (tenure->turns, turn);
}

static void
note_revocation (Model *model, const YmOperation *operation, guint64 position)
{
  const YmValue *device = new_value (operation, YM_REVOCATION_DEVICE);
  const YmValue *chain = new_value (operation, YM_REVOCATION_CHAIN);
  const YmValue *last = new_value (operation, YM_REVOCATION_LAST_SEQUENCE);
  Revocation *revocation = g_new0 (Revocation, 1);
  YmId id;

  revocation->position = position;
  revocation->last = (guint64) last->integer;
  if (chain != NULL)
    (void) ym_value_get_id (chain, &revocation->chain);
  g_assert_true (ym_value_get_id (device, &id));
  g_hash_table_insert (model->revocations, ym_id_copy (&id), revocation);
}

static void
note_operations (Model *model, const YmArrival *arrival, guint64 position)
{
  for (guint i = 0; i < arrival->change_set->operations->len; i++)
    {
      const YmOperation *operation = g_ptr_array_index (arrival->change_set->operations, i);

      g_hash_table_add (model->records, ym_id_copy (&operation->record));
      if (operation->type == YM_FORM_ASSIGNMENT)
        note_assignment (model, arrival, operation, position);
      if (operation->type == YM_FORM_REVOCATION)
        note_revocation (model, operation, position);
    }
}

/* Whether the officer had the home just after @position. */
static gboolean
had_home (const Model *model, const YmId *officer, const YmId *home, guint64 position)
{
  GHashTableIter iter;
  gpointer value;
  gboolean had = FALSE;

  g_hash_table_iter_init (&iter, model->tenures);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Tenure *tenure = value;
      gboolean is_open = FALSE;

      if (!ym_id_equal (&tenure->officer, officer) || !ym_id_equal (&tenure->home, home))
        continue;
      for (guint i = 0; i < tenure->turns->len; i++)
        if (g_array_index (tenure->turns, Turn, i).position <= position)
          is_open = g_array_index (tenure->turns, Turn, i).is_open;
      had = had || is_open;
    }
  return had;
}

static guint64
base_of (Model *model, const YmEnvelope *header)
{
  guint64 *highest = g_hash_table_lookup (model->bases, &header->author);

  if (!header->has_base || !ym_id_equal (&header->base.epoch, &model->epoch))
    return 0;
  if (highest == NULL)
    {
      highest = g_new0 (guint64, 1);
      g_hash_table_insert (model->bases, ym_id_copy (&header->author), highest);
    }
  *highest = MAX (*highest, header->base.number);
  return *highest;
}

static gboolean
is_revoked (const Model *model, const YmEnvelope *header, guint64 position)
{
  const Revocation *revocation = g_hash_table_lookup (model->revocations, &header->author);

  return revocation != NULL && revocation->position < position
         && !(ym_id_equal (&revocation->chain, &header->chain) && header->sequence <= revocation->last);
}

/* An update of what is not there: its insert was refused. */
static gboolean
lacks_record (const Model *model, const YmArrival *arrival)
{
  for (guint i = 0; i < arrival->change_set->operations->len; i++)
    {
      const YmOperation *operation = g_ptr_array_index (arrival->change_set->operations, i);

      if (operation->kind == YM_OPERATION_UPDATE && !g_hash_table_contains (model->records, &operation->record))
        return TRUE;
    }
  return FALSE;
}

static gboolean
supervises (const Model *model, const Officer *officer, const YmId *home)
{
  for (guint i = 0; i < model->staff->n_homes; i++)
    if (ym_id_equal (&model->staff->homes[i].id, home))
      return officer->supervises != 0 && officer->supervises == model->staff->homes[i].area;
  return FALSE;
}

static YmDisposition
expect (Model *model, const Officer *officer, const YmArrival *arrival, guint64 position)
{
  const YmEnvelope *header = &arrival->header;
  const guint64 base = base_of (model, header);

  if (is_revoked (model, header, position))
    return YM_DISPOSITION_QUARANTINED;
  if (lacks_record (model, arrival))
    return YM_DISPOSITION_REFUSED;
  if (supervises (model, officer, &header->scope) || had_home (model, &officer->id, &header->scope, position - 1))
    return YM_DISPOSITION_ACCEPTED;
  return had_home (model, &officer->id, &header->scope, base) ? YM_DISPOSITION_LATE : YM_DISPOSITION_REFUSED;
}

static const Officer *
officer_of (const Model *model, const YmId *author)
{
  for (guint i = 0; i < model->devices->len; i++)
    {
      const Device *device = g_ptr_array_index (model->devices, i);

      if (device->officer >= 0 && ym_id_equal (&device->author.device, author))
        return &model->staff->officers[device->officer];
    }
  return NULL;
}

/* Columns: body, change_set, position, disposition. */
static void
judge_row (Model *model, sqlite3_stmt *row)
{
  g_autoptr (GBytes) body = ym_sql_column_bytes (row, 0);
  g_autoptr (GBytes) change_set = ym_sql_column_bytes (row, 1);
  const guint64 position = (guint64) sqlite3_column_int64 (row, 2);
  const YmDisposition found = (YmDisposition) sqlite3_column_int64 (row, 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (YmArrival) arrival = ym_arrival_decode (body, change_set, &error);
  const Officer *officer;
  YmDisposition expected;

  if (arrival == NULL || arrival->change_set == NULL)
    {
      world_fail (model->world, "the envelope at position %" G_GUINT64_FORMAT " has lost its content", position);
      return;
    }
  officer = officer_of (model, &arrival->header.author);
  expected = officer == NULL ? found : expect (model, officer, arrival, position);
  if (expected != found)
    world_fail (model->world, "the ledger says %d of envelope %" G_GUINT64_FORMAT " of officer %s at position %" G_GUINT64_FORMAT
                              ", and it is %d",
                (int) found, arrival->header.sequence, officer->collar, position, (int) expected);
  if (found <= YM_DISPOSITION_LATE)
    note_operations (model, arrival, position);
}

void
verdict_check (World *world, Staff *staff, Server *server, GPtrArray *devices)
{
  g_auto (Model) model = {
    .world = world,
    .staff = staff,
    .devices = devices,
    .epoch = *ym_ledger_get_epoch (server->ledger),
    .tenures = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, tenure_free),
    .bases = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, g_free),
    .revocations = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, g_free),
    .records = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, NULL),
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (server_get_db (server), &error,
                        "SELECT body, change_set, position, disposition FROM envelope ORDER BY position", "");

  while (rows != NULL && ym_sql_step (rows, &error) == YM_SQL_ROW)
    judge_row (&model, rows);
  if (error != NULL)
    world_fail (world, "the ledger can't be read: %s", error->message);
}
