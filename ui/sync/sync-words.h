/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/client/status.h"

G_BEGIN_DECLS

/** ym_sync_status_text: (transfer full): What is where, in a few words: "3 waiting to sync". */
char *ym_sync_status_text (const YmSyncOverview *overview, gboolean syncing);

/** ym_sync_status_icon: (transfer none): The icon that goes with those words. */
const char *ym_sync_status_icon (const YmSyncOverview *overview, gboolean syncing);

/** ym_sync_last_text: (transfer full): When the last good round was, or that there was none. */
char *ym_sync_last_text (const YmSyncOverview *overview);

/**
 * ym_sync_trouble_text:
 * @n_refused: drafts that came back and still lie here
 *
 * Returns: (transfer full) (nullable): what the officer has to do something about; a lost connection is none
 */
char *ym_sync_trouble_text (const YmSyncOverview *overview, guint n_refused);

/** ym_sync_intent_word: (transfer none): "Visit signed off" for "visit.sign-off". */
const char *ym_sync_intent_word (const char *intent);

/** ym_sync_state_word: (transfer none): "On this device", "Sent", "Receipted", "Refused". */
const char *ym_sync_state_word (YmSyncState state);

/** ym_sync_state_icon: (transfer none): The icon that goes with the word. */
const char *ym_sync_state_icon (YmSyncState state);

G_END_DECLS
