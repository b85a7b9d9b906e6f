/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/fields.h"

G_BEGIN_DECLS

/**
 * YmRecord:
 * @form: what kind of record; never %NULL
 * @scope: the home it belongs to, or the force
 * @id: its own id; (scope, id) names it
 * @values: one for each field of @form, in the table's order
 *
 * One record in memory.
 */
typedef struct {
  const YmForm *form;
  YmId scope;
  YmId id;
  YmValue *values;
} YmRecord;

YmRecord *ym_record_new (const YmForm *form, const YmId *scope, const YmId *id);
YmRecord *ym_record_copy (const YmRecord *record);
void ym_record_free (YmRecord *record);
gboolean ym_record_equal (const YmRecord *a, const YmRecord *b);

/** ym_record_get: (transfer none): The value of a field of the record's form. */
const YmValue *ym_record_get (const YmRecord *record, guint field_id);

/** ym_record_get_text: (nullable) (transfer none): The text, or %NULL where nothing was answered. */
const char *ym_record_get_text (const YmRecord *record, guint field_id);

/** ym_record_get_integer: The integer, choice, date or instant; @otherwise where nothing was answered. */
gint64 ym_record_get_integer (const YmRecord *record, guint field_id, gint64 otherwise);
gboolean ym_record_get_id (const YmRecord *record, guint field_id, YmId *id);

/** ym_record_has: Whether the field was answered. */
gboolean ym_record_has (const YmRecord *record, guint field_id);

/** ym_record_set: @value is copied. An empty text is stored as null: nothing was answered. */
void ym_record_set (YmRecord *record, guint field_id, const YmValue *value);
void ym_record_set_text (YmRecord *record, guint field_id, const char *text);
void ym_record_set_integer (YmRecord *record, guint field_id, gint64 integer);
void ym_record_set_id (YmRecord *record, guint field_id, const YmId *id);

/** ym_record_is_asked: Whether the field is asked at all, by its `only_if`. */
gboolean ym_record_is_asked (const YmRecord *record, const YmField *field);

/** ym_record_is_not_discussed: Whether the officer said *not discussed* of this section of a visit. */
gboolean ym_record_is_not_discussed (const YmRecord *record, guint section);

/**
 * ym_record_key_id:
 * @record: one whose form has a natural key, with the key's fields filled
 * @force: the force
 *
 * The id that follows from the natural key, so that two importers make one record.
 */
YmId ym_record_key_id (const YmRecord *record, const YmId *force);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmRecord, ym_record_free)

G_END_DECLS
