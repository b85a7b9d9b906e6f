/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/draft.h"
#include "ui/session.h"

G_BEGIN_DECLS

/** YM_DRAFT_SAVE_MS: From the first unsaved change to the save; the rest of the second is the disk's. */
#define YM_DRAFT_SAVE_MS 500

#define YM_TYPE_DRAFT_KEEPER (ym_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (YmDraftKeeper, ym_draft_keeper, YM, DRAFT_KEEPER, GObject)

/**
 * ym_draft_keeper_new:
 * @draft: (transfer full): what is being written
 *
 * Keeps a draft durable while it is written. Emits "changed" (no arguments) whenever what the getters below say is
 * different. Dropped with unsaved changes, it still saves them, as long as the session is open.
 */
YmDraftKeeper *ym_draft_keeper_new (YmSession *session, YmDraft *draft);

/** ym_draft_keeper_get_draft: (transfer none): Change it as you like, then call ym_draft_keeper_touch(). */
YmDraft *ym_draft_keeper_get_draft (YmDraftKeeper *self);

/** ym_draft_keeper_touch: The draft was changed. It is durable at most a second after the first such change. */
void ym_draft_keeper_touch (YmDraftKeeper *self);

/**
 * ym_draft_keeper_save_now:
 *
 * Saves what is unsaved without waiting, not even for a save that is on its way: before the session closes, for which
 * every save that was begun is waited.
 */
void ym_draft_keeper_save_now (YmDraftKeeper *self);

/** ym_draft_keeper_settle: What was typed is saved for good, and the draft went with that save (ym_desk_settle()). */
void ym_draft_keeper_settle (YmDraftKeeper *self);

/** ym_draft_keeper_discard: Nothing is unsaved any more, and what was saved is thrown away; the next touch saves anew. */
void ym_draft_keeper_discard (YmDraftKeeper *self);

/** ym_draft_keeper_stop: No save begins any more: the draft was signed off or thrown away. */
void ym_draft_keeper_stop (YmDraftKeeper *self);

/** ym_draft_keeper_resume: After all, it was not. What was changed meanwhile is saved. */
void ym_draft_keeper_resume (YmDraftKeeper *self);

/** ym_draft_keeper_is_saved: Whether the draft is durable as it stands. */
gboolean ym_draft_keeper_is_saved (YmDraftKeeper *self);

/** ym_draft_keeper_get_due_us: By g_get_monotonic_time(), when the next save begins; 0 while none waits. */
gint64 ym_draft_keeper_get_due_us (YmDraftKeeper *self);

/** ym_draft_keeper_get_failure: (transfer none) (nullable): Why the last save failed; %NULL if it did not. */
const char *ym_draft_keeper_get_failure (YmDraftKeeper *self);

G_END_DECLS
