/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"

G_BEGIN_DECLS

/**
 * YmValueKind:
 *
 * The four things a field can hold, the same in memory, in SQLite (NULL, INTEGER, TEXT, BLOB) and in
 * CBOR (null, integer, text string, byte string). Dates are days since 1970-01-01, instants microseconds
 * since then UTC, choices their number, sets of choices a bit mask, references 16 bytes.
 */
typedef enum {
  YM_VALUE_NULL,
  YM_VALUE_INTEGER,
  YM_VALUE_TEXT,
  YM_VALUE_BYTES,
} YmValueKind;

/**
 * YmValue:
 *
 * One value, owned by whoever holds the struct; a zeroed struct is a null. Clear with ym_value_clear().
 */
typedef struct {
  YmValueKind kind;
  union {
    gint64 integer;
    char *text;
    GBytes *bytes;
  };
} YmValue;

#define YM_VALUE_INIT { YM_VALUE_NULL, { 0 } }

YmValue ym_value_integer (gint64 integer);

/** ym_value_text: @text is copied; NULL gives the null value. */
YmValue ym_value_text (const char *text);
YmValue ym_value_bytes (gconstpointer data, gsize length);

/** ym_value_id: A reference to a record, as 16 bytes. */
YmValue ym_value_id (const YmId *id);

YmValue ym_value_copy (const YmValue *value);
void ym_value_clear (YmValue *value);

/** ym_value_equal: Same kind and same content; null equals null. */
gboolean ym_value_equal (const YmValue *a, const YmValue *b);

/** ym_value_get_id: FALSE unless @value is exactly 16 bytes. */
gboolean ym_value_get_id (const YmValue *value, YmId *id);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmValue, ym_value_clear)

G_END_DECLS
