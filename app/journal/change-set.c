/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What one save changed, record by record and field by field, as it travels beside its envelope.
 *
 *   32 bytes   random
 *   array      of operations: [record type, 1 insert | 2 update, record id, {field: [old, new]}]
 *
 * Types and fields are carried by number and not judged here, so that an older program hands on whole what
 * it does not know.
 */

#include "app/journal/change-set.h"

#include "app/base/error.h"
#include "app/journal/cbor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
clear_change (gpointer data)
{
  YmFieldChange *change = data;

  ym_value_clear (&change->old);
  ym_value_clear (&change->new);
}

YmOperation *
ym_operation_new (guint type, YmOperationKind kind, const YmId *record)
{
  YmOperation *operation = g_new (YmOperation, 1);

  *operation = (YmOperation){
    .type = type,
    .kind = kind,
    .record = *record,
    .changes = g_array_new (FALSE, FALSE, sizeof (YmFieldChange)),
  };
  g_array_set_clear_func (operation->changes, clear_change);
  return operation;
}

void
ym_operation_free (YmOperation *operation)
{
  g_array_unref (operation->changes);
  g_free (operation);
}

/* Index of the first change whose field is @field or higher. */
static guint
find_place (const YmOperation *operation, guint field)
{
  guint low = 0, high = operation->changes->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (operation->changes, YmFieldChange, middle).field < field)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
ym_operation_set (YmOperation *operation, guint field, const YmValue *old, const YmValue *new)
{
  YmFieldChange *known = (YmFieldChange *) ym_operation_find (operation, field);
  YmFieldChange change = { .field = field, .new = ym_value_copy (new) };

  if (known != NULL)
    {
      ym_value_clear (&known->new);
      known->new = change.new;
      return;
    }
  if (old != NULL)
    change.old = ym_value_copy (old);
  g_array_insert_val (operation->changes, find_place (operation, field), change);
}

const YmFieldChange *
ym_operation_find (const YmOperation *operation, guint field)
{
  guint place = find_place (operation, field);
  const YmFieldChange *change;

  if (place == operation->changes->len)
    return NULL;
  change = &g_array_index (operation->changes, YmFieldChange, place);
  return change->field == field ? change : NULL;
}

static YmChangeSet *
new_empty (void)
{
  YmChangeSet *change_set = g_new0 (YmChangeSet, 1);

  change_set->operations = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_operation_free);
  return change_set;
}

YmChangeSet *
ym_change_set_new (const YmRandom *random)
{
  YmChangeSet *change_set = new_empty ();

  ym_random_fill (random, change_set->salt, sizeof change_set->salt);
  return change_set;
}

void
ym_change_set_free (YmChangeSet *change_set)
{
  g_ptr_array_unref (change_set->operations);
  g_free (change_set);
}

void
ym_change_set_add (YmChangeSet *change_set, YmOperation *operation)
{
  g_ptr_array_add (change_set->operations, operation);
}

static void
write_operation (const YmOperation *operation, YmCborWriter *writer)
{
  ym_cbor_write_array (writer, 4);
  ym_cbor_write_unsigned (writer, operation->type);
  ym_cbor_write_unsigned (writer, operation->kind);
  ym_cbor_write_id (writer, &operation->record);
  ym_cbor_write_map (writer, operation->changes->len);
  for (guint i = 0; i < operation->changes->len; i++)
    {
      const YmFieldChange *change = &g_array_index (operation->changes, YmFieldChange, i);

      ym_cbor_write_unsigned (writer, change->field);
      ym_cbor_write_array (writer, 2);
      ym_cbor_write_value (writer, &change->old);
      ym_cbor_write_value (writer, &change->new);
    }
}

static YmOperation *
read_operation (YmCborReader *reader)
{
  YmOperation *operation;
  guint type, kind;
  YmId record;
  gsize fields;

  ym_cbor_read_array (reader, 4, 4);
  type = ym_cbor_read_unsigned (reader, 1, YM_FIELD_MAX);
  kind = ym_cbor_read_unsigned (reader, YM_OPERATION_INSERT, YM_OPERATION_UPDATE);
  record = ym_cbor_read_id (reader);
  operation = ym_operation_new (type, kind, &record);
  fields = ym_cbor_read_map (reader, kind == YM_OPERATION_INSERT ? 0 : 1, YM_OPERATION_MAX_FIELDS);
  for (gsize i = 0; i < fields; i++)
    {
      YmFieldChange change;

      change.field = ym_cbor_read_unsigned (reader, 1, YM_FIELD_MAX);
      ym_cbor_read_array (reader, 2, 2);
      change.old = ym_cbor_read_value (reader);
      change.new = ym_cbor_read_value (reader);
      ym_cbor_reader_require (reader, kind != YM_OPERATION_INSERT || change.old.kind == YM_VALUE_NULL,
                              "an insert has an old value");
      g_array_append_val (operation->changes, change);
    }
  return operation;
}

static void
read_operations (YmCborReader *reader, YmChangeSet *change_set)
{
  gsize count = ym_cbor_read_array (reader, 1, YM_CHANGE_SET_MAX_OPERATIONS);

  for (gsize i = 0; i < count && !ym_cbor_reader_failed (reader); i++)
    ym_change_set_add (change_set, read_operation (reader));
}

GBytes *
ym_change_set_encode (const YmChangeSet *change_set, GError **error)
{
  g_auto (YmCborWriter) writer = { 0 };
  g_auto (YmCborReader) reader = { 0 };
  g_autoptr (YmChangeSet) read_back = new_empty ();
  g_autoptr (GBytes) operations = NULL;
  GByteArray *whole;

  ym_cbor_writer_init (&writer);
  ym_cbor_write_array (&writer, change_set->operations->len);
  for (guint i = 0; i < change_set->operations->len; i++)
    write_operation (g_ptr_array_index (change_set->operations, i), &writer);
  operations = ym_cbor_writer_finish (&writer, error);
  if (operations == NULL)
    return NULL;
  if (g_bytes_get_size (operations) > YM_CHANGE_SET_MAX_BYTES - YM_CHANGE_SET_SALT_BYTES)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                   _ ("This is more text than one save can hold (%u of %u KiB). Shorten the longest note and save "
                      "again."),
                   (guint) (g_bytes_get_size (operations) / 1024 + 1), YM_CHANGE_SET_MAX_BYTES / 1024);
      return NULL;
    }
  ym_cbor_reader_init_own (&reader, operations, YM_CHANGE_SET_MAX_BYTES);
  read_operations (&reader, read_back);
  if (!ym_cbor_reader_finish (&reader, error))
    return NULL;

  whole = g_byte_array_sized_new (YM_CHANGE_SET_SALT_BYTES + g_bytes_get_size (operations));
  g_byte_array_append (whole, change_set->salt, sizeof change_set->salt);
  g_byte_array_append (whole, g_bytes_get_data (operations, NULL), g_bytes_get_size (operations));
  return g_byte_array_free_to_bytes (whole);
}

YmChangeSet *
ym_change_set_decode (GBytes *bytes, GError **error)
{
  g_autoptr (YmChangeSet) change_set = new_empty ();
  g_auto (YmCborReader) reader = { 0 };
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gboolean has_salt = length >= sizeof change_set->salt;

  if (has_salt)
    memcpy (change_set->salt, data, sizeof change_set->salt);
  /* Without a salt there is nothing after it either, and the reader refuses that. */
  ym_cbor_reader_init (&reader, has_salt ? data + sizeof change_set->salt : NULL,
                       has_salt ? length - sizeof change_set->salt : 0,
                       YM_CHANGE_SET_MAX_BYTES - YM_CHANGE_SET_SALT_BYTES);
  read_operations (&reader, change_set);
  if (!ym_cbor_reader_finish (&reader, error))
    return NULL;
  return g_steal_pointer (&change_set);
}
