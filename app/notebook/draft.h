/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/record.h"
#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * YmDraft:
 * @record: the record being written; its id is the draft's
 * @rows: (element-type YmRecord): people met and the like, in the order they were added
 * @place: (nullable): the field the officer was at, by name
 * @begun_at_us: when it was begun
 * @saved_at_us: when it was last saved; 0 if never
 * @refused: the envelope that the server refused, where the draft brings one back; else zero
 * @reason: why it was refused, a #YmReason
 *
 * What an officer is writing and has not signed. Encrypted, saved as it is typed, on this device alone.
 */
typedef struct {
  YmRecord *record;
  GPtrArray *rows;
  char *place;
  gint64 begun_at_us;
  gint64 saved_at_us;
  YmHash refused;
  guint reason;
} YmDraft;

/** ym_draft_new: @record: (transfer full) */
YmDraft *ym_draft_new (YmRecord *record, gint64 begun_at_us);
YmDraft *ym_draft_copy (const YmDraft *draft);
void ym_draft_free (YmDraft *draft);

/** ym_draft_add_row: (transfer none): A new empty row of @form, its parent set. */
YmRecord *ym_draft_add_row (YmDraft *draft, const YmForm *form, const YmRandom *random);
void ym_draft_remove_row (YmDraft *draft, const YmId *row);

/** ym_draft_find_row: (transfer none) (nullable): The row, or the record itself, with that id. */
YmRecord *ym_draft_find (YmDraft *draft, const YmId *id);

/** ym_draft_save: Durable when it returns; sets `saved_at_us`. On the writing lane. */
gboolean ym_draft_save (YmDesk *desk, YmDraft *draft, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_draft_keep: As ym_draft_save(), inside a transaction of the journal's. */
gboolean ym_draft_keep (YmDesk *desk, YmDraft *draft, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_draft_load: (transfer full) (nullable): %NULL with YM_ERROR_NOT_FOUND if there is none. */
YmDraft *ym_draft_load (YmDesk *desk, const YmId *id, GError **error);

/** ym_draft_list: (transfer full) (element-type YmDraft) (nullable): The latest first; of one home, or of all for %NULL. */
GPtrArray *ym_draft_list (YmDesk *desk, const YmId *scope, GError **error);

/** ym_draft_discard: Throws the draft away, because the officer said so. */
gboolean ym_draft_discard (YmDesk *desk, const YmId *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_draft_forget: As ym_draft_discard(), inside a transaction of the journal's. */
gboolean ym_draft_forget (YmDesk *desk, const YmId *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_draft_take_back:
 *
 * Makes a draft of everything that the server refused and that is not a draft yet: the officer's words come back with
 * the reason. Once for each refused group, however often it is called. On the writing lane.
 */
gboolean ym_draft_take_back (YmDesk *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmDraft, ym_draft_free)

G_END_DECLS
