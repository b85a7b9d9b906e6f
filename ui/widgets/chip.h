/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * YmChipLook:
 * @css_class: one of those of a home's state: "visited" for done, "due" for to do, "due-soon" for pressing, "overdue"
 * @icon: its name
 * @word: not translated yet
 *
 * How a state is told: never by colour alone.
 */
typedef struct {
  const char *css_class;
  const char *icon;
  const char *word;
} YmChipLook;

/** ym_chip_new: (transfer floating): A chip without content. */
GtkWidget *ym_chip_new (void);

/** ym_chip_set: @look: (nullable): %NULL hides the chip. @word: (nullable): translated, instead of the look's own. */
void ym_chip_set (GtkWidget *chip, const YmChipLook *look, const char *word);

G_END_DECLS
