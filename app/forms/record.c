/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A record in memory: the form it follows and one value for each field. */

#include "app/forms/record.h"

#include <string.h>

YmRecord *
ym_record_new (const YmForm *form, const YmId *scope, const YmId *id)
{
  YmRecord *record = g_new0 (YmRecord, 1);

  record->form = form;
  record->scope = *scope;
  record->id = *id;
  record->values = g_new0 (YmValue, form->n_fields);
  return record;
}

YmRecord *
ym_record_copy (const YmRecord *record)
{
  YmRecord *copy = ym_record_new (record->form, &record->scope, &record->id);

  for (guint i = 0; i < record->form->n_fields; i++)
    copy->values[i] = ym_value_copy (&record->values[i]);
  return copy;
}

void
ym_record_free (YmRecord *record)
{
  if (record == NULL)
    return;
  for (guint i = 0; i < record->form->n_fields; i++)
    ym_value_clear (&record->values[i]);
  g_free (record->values);
  g_free (record);
}

gboolean
ym_record_equal (const YmRecord *a, const YmRecord *b)
{
  if (a->form != b->form || !ym_id_equal (&a->scope, &b->scope) || !ym_id_equal (&a->id, &b->id))
    return FALSE;
  for (guint i = 0; i < a->form->n_fields; i++)
    if (!ym_value_equal (&a->values[i], &b->values[i]))
      return FALSE;
  return TRUE;
}

static YmValue *
find (const YmRecord *record, guint field_id)
{
  int index = ym_form_field_index (record->form, field_id);

  g_assert (index >= 0);
  return &record->values[index];
}

const YmValue *
ym_record_get (const YmRecord *record, guint field_id)
{
  return find (record, field_id);
}

const char *
ym_record_get_text (const YmRecord *record, guint field_id)
{
  const YmValue *value = find (record, field_id);

  return value->kind == YM_VALUE_TEXT ? value->text : NULL;
}

gint64
ym_record_get_integer (const YmRecord *record, guint field_id, gint64 otherwise)
{
  const YmValue *value = find (record, field_id);

  return value->kind == YM_VALUE_INTEGER ? value->integer : otherwise;
}

gboolean
ym_record_get_id (const YmRecord *record, guint field_id, YmId *id)
{
  return ym_value_get_id (find (record, field_id), id);
}

gboolean
ym_record_has (const YmRecord *record, guint field_id)
{
  return find (record, field_id)->kind != YM_VALUE_NULL;
}

void
ym_record_set (YmRecord *record, guint field_id, const YmValue *value)
{
  YmValue *slot = find (record, field_id);
  YmValue copy = YM_VALUE_INIT;

  if (value->kind != YM_VALUE_TEXT || value->text[0] != '\0')
    copy = ym_value_copy (value);
  ym_value_clear (slot);
  *slot = copy;
}

void
ym_record_set_text (YmRecord *record, guint field_id, const char *text)
{
  g_auto (YmValue) value = ym_value_text (text);

  ym_record_set (record, field_id, &value);
}

void
ym_record_set_integer (YmRecord *record, guint field_id, gint64 integer)
{
  YmValue value = ym_value_integer (integer);

  ym_record_set (record, field_id, &value);
}

void
ym_record_set_id (YmRecord *record, guint field_id, const YmId *id)
{
  g_auto (YmValue) value = ym_value_id (id);

  ym_record_set (record, field_id, &value);
}

gboolean
ym_record_is_asked (const YmRecord *record, const YmField *field)
{
  return field->only_if == 0
         || ym_record_get_integer (record, field->only_if, 0) == (gint64) field->only_if_is;
}

gboolean
ym_record_is_not_discussed (const YmRecord *record, guint section)
{
  if (record->form->id != YM_FORM_VISIT)
    return FALSE;
  return (ym_record_get_integer (record, YM_VISIT_NOT_DISCUSSED, 0) >> section) & 1;
}

static void
append_key_part (GString *key, const YmValue *value)
{
  YmId id;
  g_autofree char *hex = NULL;

  if (key->len > 0)
    g_string_append_c (key, '|');
  switch (value->kind)
    {
    case YM_VALUE_TEXT:
      g_string_append (key, value->text);
      break;
    case YM_VALUE_INTEGER:
      g_string_append_printf (key, "%" G_GINT64_FORMAT, value->integer);
      break;
    case YM_VALUE_BYTES:
      g_assert (ym_value_get_id (value, &id));
      hex = ym_id_to_string (&id);
      g_string_append (key, hex);
      break;
    case YM_VALUE_NULL:
      break;
    }
}

YmId
ym_record_key_id (const YmRecord *record, const YmId *force)
{
  g_autoptr (GString) key = g_string_new (NULL);

  g_assert (record->form->key[0] != 0);
  for (guint i = 0; i < YM_FORM_MAX_KEY && record->form->key[i] != 0; i++)
    append_key_part (key, ym_record_get (record, record->form->key[i]));
  return ym_id_from_key (force, record->form->name, key->str);
}
