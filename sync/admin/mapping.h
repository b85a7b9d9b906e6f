/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/csv.h"
#include "app/forms/form.h"

G_BEGIN_DECLS

/** YmRepeatedHour: What a time is taken for that London's clock shows twice, when the clocks go back. */
typedef enum {
  YM_REPEATED_HOUR_REFUSED, /* the file must say which */
  YM_REPEATED_HOUR_FIRST,
  YM_REPEATED_HOUR_SECOND,
} YmRepeatedHour;

/**
 * YmMapping:
 *
 * How another system's spreadsheet says what ours does: its names for columns, its words for codes, how it writes dates
 * and times. Read from a file such as data/examples/control-room.mapping; ymweld-admin(1) describes it.
 */
typedef struct _YmMapping YmMapping;

/** ym_mapping_new: One that changes nothing. */
YmMapping *ym_mapping_new (void);

/**
 * ym_mapping_parse:
 * @form: what is imported with it
 * @columns: (array zero-terminated=1): the columns that such a file has
 *
 * Returns: (transfer full) (nullable): the mapping; %NULL with YM_ERROR_MALFORMED, which names the line
 */
YmMapping *ym_mapping_parse (const YmForm *form, const char *const *columns, GBytes *bytes,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_mapping_free (YmMapping *mapping);

/**
 * ym_mapping_theirs:
 *
 * Returns: (transfer none) (nullable) (element-type utf8): their columns that together say our @column, in the order in
 * which they are put together; %NULL if the mapping has none
 */
const GPtrArray *ym_mapping_theirs (const YmMapping *mapping, const char *column);

/** ym_mapping_unread: (transfer none) (element-type utf8): Their columns that are left unread on purpose. */
const GPtrArray *ym_mapping_unread (const YmMapping *mapping);

/** ym_mapping_word: (transfer none) (nullable): Our code for their word in our @column, in any case; %NULL if the mapping
 * does not have it. */
const char *ym_mapping_word (const YmMapping *mapping, const char *column, const char *word);

/** ym_mapping_dates: / ym_mapping_times: (transfer none) (nullable): The format, as for ym_written_time_read(); %NULL where
 * they are written as ISO 8601 says. */
const char *ym_mapping_dates (const YmMapping *mapping);
const char *ym_mapping_times (const YmMapping *mapping);

/** ym_mapping_is_utc: Whether times without an offset are UTC, not London's. */
gboolean ym_mapping_is_utc (const YmMapping *mapping);
YmRepeatedHour ym_mapping_repeated_hour (const YmMapping *mapping);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmMapping, ym_mapping_free)

G_END_DECLS
