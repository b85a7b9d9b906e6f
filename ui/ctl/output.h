/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/record.h"
#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * YmOut:
 *
 * What a command answers, said once and printed twice: as text in the user's language, or as one JSON object whose keys
 * and codes never change with it. Each call gives both the key and the label; a %NULL label says that only scripts
 * want it, and calls that have no key are for people only.
 */
typedef struct _YmOut YmOut;

/** ym_out_new: (transfer full): @json: for scripts, not for people */
YmOut *ym_out_new (gboolean json);
void ym_out_free (YmOut *out);
gboolean ym_out_is_json (const YmOut *out);

/** ym_out_say: For people only: a sentence on a line of its own. */
void ym_out_say (YmOut *out, const char *sentence);
void ym_out_say_printf (YmOut *out, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** ym_out_begin: @heading: (nullable): shown above what follows */
void ym_out_begin (YmOut *out, const char *key, const char *heading);
void ym_out_end (YmOut *out);

/** YmOutLayout: How a list's items look to people; to scripts each is an object. */
typedef enum {
  YM_OUT_BLOCKS, /* one under the other, a line for each value */
  YM_OUT_TABLE,  /* a line for each item, a column for each value */
} YmOutLayout;

void ym_out_begin_list (YmOut *out, const char *key, const char *heading, YmOutLayout layout);
void ym_out_end_list (YmOut *out);
void ym_out_begin_item (YmOut *out);
void ym_out_end_item (YmOut *out);

/** ym_out_text: @text: (nullable) */
void ym_out_text (YmOut *out, const char *key, const char *label, const char *text);

/** ym_out_code: @code: for scripts; @text: (nullable): the same for people. */
void ym_out_code (YmOut *out, const char *key, const char *label, const char *code, const char *text);
void ym_out_integer (YmOut *out, const char *key, const char *label, gint64 integer);
void ym_out_boolean (YmOut *out, const char *key, const char *label, gboolean boolean);

/** ym_out_day: @day: or %YM_DAY_NONE */
void ym_out_day (YmOut *out, const char *key, const char *label, YmDay day);

/** ym_out_instant: @at_us: or 0 for none. */
void ym_out_instant (YmOut *out, const char *key, const char *label, gint64 at_us);

/** ym_out_choice: @number: 0 for none. */
void ym_out_choice (YmOut *out, const char *key, const char *label, const YmChoices *choices, gint64 number);

/** ym_out_id: People see the first digits, which are enough to name it again. */
void ym_out_id (YmOut *out, const char *key, const char *label, const YmId *id);
void ym_out_hash (YmOut *out, const char *key, const char *label, const YmHash *hash);

/** ym_out_value: One answer of a form. */
void ym_out_value (YmOut *out, const YmField *field, const YmValue *value);

/** ym_out_answers: All answers of a record that there are; the references that the program fills in, to scripts only. */
void ym_out_answers (YmOut *out, const YmRecord *record);

/**
 * ym_out_records:
 * @heading: (nullable): people see it if there are any
 * @records: (element-type YmRecord)
 *
 * A list of records, each with its id and its answers.
 */
void ym_out_records (YmOut *out, const char *key, const char *heading, GPtrArray *records);

/** ym_out_finish: (transfer full): The text to print; frees @out. */
char *ym_out_finish (YmOut *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmOut, ym_out_free)

/** YM_OUT_ID_DIGITS: digits of an id that people see; ym_ctl_find_id() takes them. */
#define YM_OUT_ID_DIGITS 8

G_END_DECLS
