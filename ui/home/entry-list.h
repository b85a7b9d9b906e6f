/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/widgets/chip.h"

G_BEGIN_DECLS

/**
 * YmEntry:
 * @key: what makes it the same entry when the list is shown again, such as an id in text
 * @icon: (nullable): before the words; it adds nothing that they don't say
 * @title: plain text
 * @detail: (nullable): a quieter line below
 * @text: (nullable): the officer's own words; two lines of them
 * @state_icon: (nullable): before @state
 * @state: (nullable): where it is, or how it stands, in words
 * @grave: whether @state asks for something to be done
 * @chip: (nullable): how it stands, as a chip below the words
 * @chip_word: (nullable): instead of the chip's own word
 * @opens: whether it can be pressed
 *
 * One line of a list.
 */
typedef struct {
  const char *key;
  const char *icon;
  const char *title;
  const char *detail;
  const char *text;
  const char *state_icon;
  const char *state;
  gboolean grave;
  const YmChipLook *chip;
  const char *chip_word;
  gboolean opens;
} YmEntry;

/**
 * YmEntries:
 * @items: (element-type YmEntry)
 * @strings: what the items point to and nobody else owns
 *
 * Entries being put together, with the strings that were made for them.
 */
typedef struct {
  GArray *items;
  GPtrArray *strings;
} YmEntries;

YmEntries *ym_entries_new (void);
void ym_entries_free (YmEntries *entries);

/** ym_entries_add: The entry's strings must live as long as @entries. */
void ym_entries_add (YmEntries *entries, const YmEntry *entry);

/** ym_entries_own: (transfer none): @string (transfer full) (nullable) lives as long as @entries from now on. */
const char *ym_entries_own (YmEntries *entries, char *string);

#define YM_TYPE_ENTRY_LIST (ym_entry_list_get_type ())
G_DECLARE_FINAL_TYPE (YmEntryList, ym_entry_list, YM, ENTRY_LIST, GtkWidget)

/**
 * ym_entry_list_new:
 * @title: plain text
 * @empty: (nullable): said where there are no entries; %NULL hides the list then
 *
 * A titled card of entries. Emits "activated" (the entry's place as guint) when one is pressed.
 */
GtkWidget *ym_entry_list_new (const char *title, const char *empty);

/** ym_entry_list_add_end: Puts @widget, such as a button, beside the title. */
void ym_entry_list_add_end (YmEntryList *self, GtkWidget *widget);

/** ym_entry_list_add_foot: Puts @widget below the entries. */
void ym_entry_list_add_foot (YmEntryList *self, GtkWidget *widget);

/**
 * ym_entry_list_show:
 *
 * Shows these. The same entries again change nothing; where they changed, the focus stays with its entry.
 */
void ym_entry_list_show (YmEntryList *self, const YmEntries *entries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmEntries, ym_entries_free)

G_END_DECLS
