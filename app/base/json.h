/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/id.h"

G_BEGIN_DECLS

/**
 * YmJson:
 *
 * Writes one JSON value (RFC 8259) for scripts to read: what programs print under `--json`. Writes only: nothing of ours
 * reads JSON.
 */
typedef struct _YmJson YmJson;

/** ym_json_new: (transfer full): Give it to ym_json_finish() or ym_json_free(). */
YmJson *ym_json_new (void);
void ym_json_free (YmJson *json);

/**
 * ym_json_begin_object: / ym_json_begin_array:
 * @key: (nullable): its name within an object; %NULL within an array and at the top
 */
void ym_json_begin_object (YmJson *json, const char *key);
void ym_json_end_object (YmJson *json);
void ym_json_begin_array (YmJson *json, const char *key);
void ym_json_end_array (YmJson *json);

/**
 * ym_json_add_text:
 * @text: (nullable): UTF-8, what is not is replaced by U+FFFD; %NULL is written as null
 *
 * Control characters are escaped, so that a record's text can't command the terminal it is shown on.
 */
void ym_json_add_text (YmJson *json, const char *key, const char *text);
void ym_json_add_integer (YmJson *json, const char *key, gint64 integer);
void ym_json_add_boolean (YmJson *json, const char *key, gboolean boolean);
void ym_json_add_null (YmJson *json, const char *key);

/** ym_json_add_id: @id: (nullable): as hexadecimal digits; %NULL and zero are written as null */
void ym_json_add_id (YmJson *json, const char *key, const YmId *id);
void ym_json_add_hash (YmJson *json, const char *key, const YmHash *hash);

/** ym_json_finish: (transfer full): The text, ending in a line feed; frees @json. All that was begun must be ended. */
char *ym_json_finish (YmJson *json) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmJson, ym_json_free)

G_END_DECLS
