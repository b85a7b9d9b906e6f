/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define YM_TYPE_ISSUE_CHIP (ym_issue_chip_get_type ())
G_DECLARE_FINAL_TYPE (YmIssueChip, ym_issue_chip, YM, ISSUE_CHIP, GtkWidget)

/** YmIssueChip: The state of an issue (R11), by colour, icon and word. */
GtkWidget *ym_issue_chip_new (void);

/** ym_issue_chip_set: @state: YM_ISSUE_OPEN, ...; a number that is no state hides the chip. */
void ym_issue_chip_set (YmIssueChip *self, int state);

/** ym_issue_state_word: (transfer none): "In progress", in the language of the moment; "" for no state. */
const char *ym_issue_state_word (int state);

G_END_DECLS
