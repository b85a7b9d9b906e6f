/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/record.h"
#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * YmRecordState: How far a record has come on its way to the server.
 */
typedef enum {
  YM_RECORD_ON_DEVICE,   /* signed and safe here, not receipted */
  YM_RECORD_RECEIPTED,   /* the server has it, signed for it, and took it */
  YM_RECORD_REFUSED,     /* the server has it and did not take it */
} YmRecordState;

/**
 * YmTimelineEntry:
 * @record: a visit, contact, issue or addendum
 * @at_us: when it happened
 * @author: (nullable): the officer's name
 * @state: how far it has come
 */
typedef struct {
  YmRecord *record;
  gint64 at_us;
  char *author;
  YmRecordState state;
} YmTimelineEntry;

void ym_timeline_entry_free (YmTimelineEntry *entry);

/**
 * ym_timeline_read:
 * @most: how many entries at most
 *
 * Returns: (transfer full) (element-type YmTimelineEntry) (nullable): what happened with the home, the latest first
 */
GPtrArray *ym_timeline_read (YmDesk *desk, const YmId *home, guint most, GError **error);

/**
 * ym_timeline_read_before:
 * @before: (nullable): the last entry that is known, such as of ym_timeline_read(); %NULL to begin with the latest
 *
 * The next page: costs the same however many came before it. As ym_timeline_read().
 */
GPtrArray *ym_timeline_read_before (YmDesk *desk, const YmId *home, const YmTimelineEntry *before, guint most,
                                    GError **error);

/** ym_record_state: How far the record has come: as far as the last envelope that touches it. */
gboolean ym_record_state (YmDesk *desk, const YmRecord *record, YmRecordState *state,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmTimelineEntry, ym_timeline_entry_free)

G_END_DECLS
