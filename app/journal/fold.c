/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From signed operations to rows.
 *
 * A record's state is its operations in order: insert if new; per field the later stands; where an operation's
 * `old` is not what was found, both values are kept as a conflict for a person to see, until a later
 * operation changes the field knowing what stands. Different fields both survive. What lost its place to a restored ledger
 * comes after what has one, in the order in which it was received, and before what never was.
 */

#include "app/journal/fold.h"

#include "app/base/error.h"
#include "app/journal/change-set.h"
#include "app/journal/derived.h"
#include "app/journal/tables.h"

typedef struct {
  guint field;
  YmValue other; /* what the later operation did not know of */
  gint64 entry;  /* that later operation's envelope */
} Conflict;

typedef struct {
  YmRecord *record;
  gboolean inserted;
  gint64 entry; /* of the insert */
  GArray *conflicts;
} Fold;

static void
conflict_clear (Conflict *conflict)
{
  ym_value_clear (&conflict->other);
}

static void
fold_init (Fold *fold, const YmForm *form, const YmId *scope, const YmId *id)
{
  *fold = (Fold){ .record = ym_record_new (form, scope, id) };
  fold->conflicts = g_array_new (FALSE, FALSE, sizeof (Conflict));
  g_array_set_clear_func (fold->conflicts, (GDestroyNotify) conflict_clear);
}

static void
fold_clear (Fold *fold)
{
  g_clear_pointer (&fold->record, ym_record_free);
  g_clear_pointer (&fold->conflicts, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fold, fold_clear)

static void
drop_conflicts (Fold *fold, guint field)
{
  for (guint i = fold->conflicts->len; i > 0; i--)
    if (g_array_index (fold->conflicts, Conflict, i - 1).field == field)
      g_array_remove_index (fold->conflicts, i - 1);
}

static void
apply_change (Fold *fold, const YmFieldChange *change, gboolean first, gint64 entry)
{
  int index = ym_form_field_index (fold->record->form, change->field);
  YmValue *found;

  if (index < 0) /* a newer program's field: kept in the change set */
    return;
  found = &fold->record->values[index];
  if (!first && ym_value_equal (found, &change->old))
    drop_conflicts (fold, change->field);
  else if (!first && !ym_value_equal (found, &change->new))
    {
      Conflict conflict = { change->field, ym_value_copy (found), entry };

      g_array_append_val (fold->conflicts, conflict);
    }
  ym_value_clear (found);
  *found = ym_value_copy (&change->new);
}

static void
apply_operation (Fold *fold, const YmOperation *operation, gint64 entry)
{
  gboolean first = !fold->inserted;

  if (first)
    fold->entry = entry;
  fold->inserted = TRUE;
  for (guint i = 0; i < operation->changes->len; i++)
    apply_change (fold, &g_array_index (operation->changes, YmFieldChange, i), first, entry);
}

/* One change set that touches the record, kept until its turn. */
typedef struct {
  YmChangeSet *change_set;
  gint64 entry;
} Touch;

static void
touch_free (Touch *touch)
{
  ym_change_set_free (touch->change_set);
  g_free (touch);
}

static gboolean
add_touch (GPtrArray *touches, sqlite3_stmt *row, GError **error)
{
  g_autoptr (GBytes) bytes = ym_sql_column_bytes (row, 0);
  YmChangeSet *change_set = ym_change_set_decode (bytes, error);
  Touch *touch;

  if (change_set == NULL)
    return FALSE;
  touch = g_new (Touch, 1);
  *touch = (Touch){ change_set, sqlite3_column_int64 (row, 1) };
  g_ptr_array_add (touches, touch);
  return TRUE;
}

/* The change sets that touch the record, in the order they count. */
static GPtrArray *
read_touches (sqlite3 *db, guint type, const YmId *scope, const YmId *id, gint64 most_position, GError **error)
{
  g_autoptr (GPtrArray) touches = g_ptr_array_new_with_free_func ((GDestroyNotify) touch_free);
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      db, error,
      "SELECT e.change_set, e.entry FROM operation o JOIN envelope e ON e.entry = o.entry "
      "WHERE o.scope = ? AND o.record = ? AND o.type = ? AND e.folded AND e.change_set IS NOT NULL "
      "AND coalesce(e.position, 0x7fffffffffffffff) <= ? "
      "ORDER BY " YM_LEDGER_ORDER ("e"),
      "ddii", scope, id, (gint64) type, most_position);
  YmSqlStep step;

  if (statement == NULL)
    return NULL;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    if (!add_touch (touches, statement, error))
      return NULL;
  return step == YM_SQL_DONE ? g_steal_pointer (&touches) : NULL;
}

static void
apply_matching (Fold *fold, const Touch *touch, gboolean inserts)
{
  for (guint i = 0; i < touch->change_set->operations->len; i++)
    {
      const YmOperation *operation = g_ptr_array_index (touch->change_set->operations, i);

      if (operation->type == fold->record->form->id && ym_id_equal (&operation->record, &fold->record->id)
          && (operation->kind == YM_OPERATION_INSERT) == inserts)
        apply_operation (fold, operation, touch->entry);
    }
}

static gboolean
has_insert (const Touch *touch, const YmRecord *record)
{
  for (guint i = 0; i < touch->change_set->operations->len; i++)
    {
      const YmOperation *operation = g_ptr_array_index (touch->change_set->operations, i);

      if (operation->kind == YM_OPERATION_INSERT && operation->type == record->form->id
          && ym_id_equal (&operation->record, &record->id))
        return TRUE;
    }
  return FALSE;
}

/* An operation that came before its record's insert waits for it: the first insert counts first. */
static gboolean
run (Fold *fold, sqlite3 *db, gint64 most_position, GError **error)
{
  g_autoptr (GPtrArray) touches
      = read_touches (db, fold->record->form->id, &fold->record->scope, &fold->record->id, most_position, error);
  guint first = 0;

  if (touches == NULL)
    return FALSE;
  while (first < touches->len && !has_insert (g_ptr_array_index (touches, first), fold->record))
    first++;
  if (first == touches->len)
    return TRUE;
  apply_matching (fold, g_ptr_array_index (touches, first), TRUE);
  for (guint i = 0; i < touches->len; i++)
    {
      if (i > first)
        apply_matching (fold, g_ptr_array_index (touches, i), TRUE);
      apply_matching (fold, g_ptr_array_index (touches, i), FALSE);
    }
  return TRUE;
}

static gboolean
write_conflicts (const Fold *fold, sqlite3 *db, GError **error)
{
  const YmRecord *record = fold->record;

  if (!ym_sql_execute (db, error, "DELETE FROM conflict WHERE scope = ? AND record = ? AND type = ?", "ddi",
                       &record->scope, &record->id, (gint64) record->form->id))
    return FALSE;
  for (guint i = 0; i < fold->conflicts->len; i++)
    {
      const Conflict *conflict = &g_array_index (fold->conflicts, Conflict, i);

      if (!ym_sql_execute (db, error,
                           "INSERT INTO conflict (scope, record, type, field, other, entry) VALUES (?, ?, ?, ?, ?, ?)",
                           "ddiivi", &record->scope, &record->id, (gint64) record->form->id,
                           (gint64) conflict->field, &conflict->other, conflict->entry))
        return FALSE;
    }
  return TRUE;
}

static gboolean
remove_row (sqlite3 *db, YmDigest *digest, const YmForm *form, const YmId *scope, const YmId *id, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (YmRecord) old = ym_tables_read (db, form, scope, id, &missing);

  if (old == NULL && g_error_matches (missing, YM_ERROR, YM_ERROR_NOT_FOUND))
    return TRUE;
  if (old == NULL)
    g_propagate_error (error, g_steal_pointer (&missing));
  return old != NULL && ym_tables_remove (db, digest, form, scope, id, error) && ym_derived_update (db, old, error);
}

gboolean
ym_fold_record (sqlite3 *db, YmDigest *digest, guint type, const YmId *scope, const YmId *id, GError **error)
{
  const YmForm *form = ym_form (type);
  g_auto (Fold) fold = { NULL };

  if (form == NULL)
    return TRUE;
  fold_init (&fold, form, scope, id);
  if (!run (&fold, db, G_MAXINT64, error) || !write_conflicts (&fold, db, error))
    return FALSE;
  if (!fold.inserted)
    return remove_row (db, digest, form, scope, id, error);
  return ym_tables_put (db, digest, fold.record, fold.entry, error) && ym_derived_update (db, fold.record, error);
}

static YmRecord *
compute (sqlite3 *db, const YmForm *form, const YmId *scope, const YmId *id, gint64 most_position, GError **error)
{
  g_auto (Fold) fold = { NULL };

  fold_init (&fold, form, scope, id);
  if (!run (&fold, db, most_position, error))
    return NULL;
  if (fold.inserted)
    return g_steal_pointer (&fold.record);
  g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND, "%s", ym_label (form->label));
  return NULL;
}

YmRecord *
ym_fold_compute (sqlite3 *db, const YmForm *form, const YmId *scope, const YmId *id, GError **error)
{
  return compute (db, form, scope, id, G_MAXINT64, error);
}

YmRecord *
ym_fold_record_at (sqlite3 *db, const YmForm *form, const YmId *scope, const YmId *id, guint64 number,
                   GError **error)
{
  /* What is not placed counts as after every position, so no position reaches it. */
  return compute (db, form, scope, id, (gint64) MIN (number, (guint64) G_MAXINT64 - 1), error);
}
