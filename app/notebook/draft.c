/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Drafts: the record and its rows as deterministic CBOR,
 *
 *   [ [form id, scope, id, {field id: value, ...}], ... ]    the record first
 *
 * by field number, so that a draft outlives an update of the app.
 */

#include "app/notebook/draft.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/cbor.h"

#define DRAFT_MAX_BYTES (1024 * 1024)
#define DRAFT_MAX_RECORDS 1024

YmDraft *
ym_draft_new (YmRecord *record, gint64 begun_at_us)
{
  YmDraft *draft = g_new0 (YmDraft, 1);

  draft->record = record;
  draft->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  draft->begun_at_us = begun_at_us;
  return draft;
}

YmDraft *
ym_draft_copy (const YmDraft *draft)
{
  YmDraft *copy = ym_draft_new (ym_record_copy (draft->record), draft->begun_at_us);

  for (guint i = 0; i < draft->rows->len; i++)
    g_ptr_array_add (copy->rows, ym_record_copy (g_ptr_array_index (draft->rows, i)));
  copy->place = g_strdup (draft->place);
  copy->saved_at_us = draft->saved_at_us;
  copy->refused = draft->refused;
  copy->reason = draft->reason;
  return copy;
}

void
ym_draft_free (YmDraft *draft)
{
  if (draft == NULL)
    return;
  ym_record_free (draft->record);
  g_ptr_array_unref (draft->rows);
  g_free (draft->place);
  g_free (draft);
}

YmRecord *
ym_draft_add_row (YmDraft *draft, const YmForm *form, const YmRandom *random)
{
  YmId id = ym_id_random (random);
  YmRecord *row = ym_record_new (form, &draft->record->scope, &id);

  g_assert (form->rows_of == draft->record->form->id);
  ym_record_set_id (row, form->parent_field, &draft->record->id);
  g_ptr_array_add (draft->rows, row);
  return row;
}

void
ym_draft_remove_row (YmDraft *draft, const YmId *row)
{
  for (guint i = 0; i < draft->rows->len; i++)
    if (ym_id_equal (&((const YmRecord *) g_ptr_array_index (draft->rows, i))->id, row))
      {
        g_ptr_array_remove_index (draft->rows, i);
        return;
      }
}

YmRecord *
ym_draft_find (YmDraft *draft, const YmId *id)
{
  if (ym_id_equal (&draft->record->id, id))
    return draft->record;
  for (guint i = 0; i < draft->rows->len; i++)
    {
      YmRecord *row = g_ptr_array_index (draft->rows, i);

      if (ym_id_equal (&row->id, id))
        return row;
    }
  return NULL;
}

static int
compare_fields (gconstpointer a, gconstpointer b, gpointer form)
{
  const YmField *fields = ((const YmForm *) form)->fields;

  return (int) fields[*(const guint *) a].id - (int) fields[*(const guint *) b].id;
}

/* CBOR wants the keys of a map ascending; the table is in the order of the screen. */
static void
write_record (YmCborWriter *writer, const YmRecord *record)
{
  g_autoptr (GArray) answered = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < record->form->n_fields; i++)
    if (record->values[i].kind != YM_VALUE_NULL)
      g_array_append_val (answered, i);
  g_array_sort_with_data (answered, compare_fields, (gpointer) record->form);
  ym_cbor_write_array (writer, 4);
  ym_cbor_write_unsigned (writer, record->form->id);
  ym_cbor_write_id (writer, &record->scope);
  ym_cbor_write_id (writer, &record->id);
  ym_cbor_write_map (writer, answered->len);
  for (guint i = 0; i < answered->len; i++)
    {
      guint index = g_array_index (answered, guint, i);

      ym_cbor_write_unsigned (writer, record->form->fields[index].id);
      ym_cbor_write_value (writer, &record->values[index]);
    }
}

static GBytes *
encode (const YmDraft *draft, GError **error)
{
  g_auto (YmCborWriter) writer;

  ym_cbor_writer_init (&writer);
  ym_cbor_write_array (&writer, 1 + draft->rows->len);
  write_record (&writer, draft->record);
  for (guint i = 0; i < draft->rows->len; i++)
    write_record (&writer, g_ptr_array_index (draft->rows, i));
  return ym_cbor_writer_finish (&writer, error);
}

/* A form or field of a newer program is passed over: this program can't show it. */
static YmRecord *
read_record (YmCborReader *reader)
{
  const YmForm *form;
  YmRecord *record = NULL;
  YmId scope, id;
  gsize n_fields;

  ym_cbor_read_array (reader, 4, 4);
  form = ym_form ((guint) ym_cbor_read_unsigned (reader, 1, G_MAXUINT16));
  scope = ym_cbor_read_id (reader);
  id = ym_cbor_read_id (reader);
  if (form != NULL)
    record = ym_record_new (form, &scope, &id);
  n_fields = ym_cbor_read_map (reader, 0, G_MAXUINT16);
  for (gsize i = 0; i < n_fields; i++)
    {
      guint field = (guint) ym_cbor_read_unsigned (reader, 1, G_MAXUINT16);
      g_auto (YmValue) value = ym_cbor_read_value (reader);

      if (form != NULL && ym_form_field (form, field) != NULL)
        ym_record_set (record, field, &value);
    }
  return record;
}

static YmDraft *
decode (GBytes *body, GError **error)
{
  g_auto (YmCborReader) reader;
  g_autoptr (YmDraft) draft = NULL;
  gsize length, n_records;
  const guint8 *data = g_bytes_get_data (body, &length);

  ym_cbor_reader_init (&reader, data, length, DRAFT_MAX_BYTES);
  n_records = ym_cbor_read_array (&reader, 1, DRAFT_MAX_RECORDS);
  for (gsize i = 0; i < n_records; i++)
    {
      YmRecord *record = read_record (&reader);

      if (record == NULL)
        continue;
      if (draft == NULL)
        draft = ym_draft_new (record, 0);
      else
        g_ptr_array_add (draft->rows, record);
    }
  if (!ym_cbor_reader_finish (&reader, error))
    return NULL;
  if (draft == NULL)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_NEWER,
                         _ ("This draft was written by a newer Ymweld. Install the newer one to open it."));
  return g_steal_pointer (&draft);
}

/* Columns: body, place, begun_at, saved_at, refused, reason. */
static YmDraft *
draft_of_row (sqlite3_stmt *row, GError **error)
{
  g_autoptr (GBytes) body = ym_sql_column_bytes (row, 0);
  YmDraft *draft = decode (body, error);

  if (draft == NULL)
    return NULL;
  draft->place = g_strdup (ym_sql_column_text (row, 1));
  draft->begun_at_us = sqlite3_column_int64 (row, 2);
  draft->saved_at_us = sqlite3_column_int64 (row, 3);
  draft->refused = ym_sql_column_hash (row, 4);
  draft->reason = (guint) sqlite3_column_int64 (row, 5);
  return draft;
}

#define COLUMNS "SELECT body, place, begun_at, saved_at, refused, reason FROM draft "

static gboolean
put (YmDesk *desk, YmDraft *draft, GError **error)
{
  g_autoptr (GBytes) body = encode (draft, error);
  static const YmHash none = { { 0 } };
  const YmHash *refused = ym_hash_equal (&draft->refused, &none) ? NULL : &draft->refused;
  gint64 now_us = ym_clock_wall_us (desk->clock);

  if (body == NULL
      || !ym_sql_execute (desk->db, error,
                          "INSERT OR REPLACE INTO draft (id, form, scope, body, place, begun_at, saved_at, refused, reason) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                          "didbtiihi", &draft->record->id, (gint64) draft->record->form->id, &draft->record->scope, body,
                          draft->place, draft->begun_at_us, now_us, refused, (gint64) draft->reason))
    return FALSE;
  draft->saved_at_us = now_us;
  return TRUE;
}

gboolean
ym_draft_keep (YmDesk *desk, YmDraft *draft, GError **error)
{
  return put (desk, draft, error);
}

gboolean
ym_draft_save (YmDesk *desk, YmDraft *draft, GError **error)
{
  if (!ym_journal_begin (desk->journal, error))
    return FALSE;
  if (put (desk, draft, error))
    return ym_journal_commit (desk->journal, error);
  ym_journal_rollback (desk->journal);
  return FALSE;
}

YmDraft *
ym_draft_load (YmDesk *desk, const YmId *id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (desk->db, error, COLUMNS "WHERE id = ?", "d", id);

  if (statement == NULL)
    return NULL;
  switch (ym_sql_step (statement, error))
    {
    case YM_SQL_ROW:
      return draft_of_row (statement, error);
    case YM_SQL_DONE:
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("There is no such draft on this device."));
      break;
    case YM_SQL_FAILED:
      break;
    }
  return NULL;
}

GPtrArray *
ym_draft_list (YmDesk *desk, const YmId *scope, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_draft_free);
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      desk->db, error, COLUMNS "WHERE scope = coalesce(?, scope) ORDER BY saved_at DESC", "d", scope);
  YmSqlStep step;

  if (statement == NULL)
    return NULL;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      YmDraft *draft = draft_of_row (statement, error);

      if (draft == NULL)
        return NULL;
      g_ptr_array_add (drafts, draft);
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&drafts) : NULL;
}

gboolean
ym_draft_forget (YmDesk *desk, const YmId *id, GError **error)
{
  return ym_sql_execute (desk->db, error, "DELETE FROM draft WHERE id = ?", "d", id);
}

gboolean
ym_draft_discard (YmDesk *desk, const YmId *id, GError **error)
{
  if (!ym_journal_begin (desk->journal, error))
    return FALSE;
  if (ym_draft_forget (desk, id, error))
    return ym_journal_commit (desk->journal, error);
  ym_journal_rollback (desk->journal);
  return FALSE;
}
