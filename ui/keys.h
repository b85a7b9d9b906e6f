/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * YmKey:
 * @action: (nullable): the action that the keys activate, with its group: "app.lock"; %NULL where a widget
 *   listens itself and the line is only told
 * @keys: (array zero-terminated): accelerators as gtk_accelerator_parse() reads them
 * @group: an untranslated heading
 * @title: untranslated: what the keys do
 */
typedef struct {
  const char *action;
  const char *keys[3];
  const char *group;
  const char *title;
} YmKey;

/** ym_keys: (array length=ym_n_keys): Every key of the app, grouped, in the order they are listed. */
extern const YmKey ym_keys[];
extern const guint ym_n_keys;

/** ym_keys_install: Gives the application's actions their keys. */
void ym_keys_install (GtkApplication *application);

/** ym_keys_window_new: The list of all keys, for the officer. */
GtkWidget *ym_keys_window_new (GtkWindow *parent);

G_END_DECLS
