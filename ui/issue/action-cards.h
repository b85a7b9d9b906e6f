/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/issues.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define YM_TYPE_ACTION_CARDS (ym_action_cards_get_type ())
G_DECLARE_FINAL_TYPE (YmActionCards, ym_action_cards, YM, ACTION_CARDS, GtkWidget)

/**
 * ym_action_cards_new:
 *
 * The actions of an issue, each with who, by when and how late; one can be changed, or marked as done today. Emits
 * "failed" (a sentence) when that could not be saved.
 */
GtkWidget *ym_action_cards_new (YmSession *session);

/** ym_action_cards_show: Shows the actions of @issue as they are now. */
void ym_action_cards_show (YmActionCards *self, const YmIssue *issue);

G_END_DECLS
