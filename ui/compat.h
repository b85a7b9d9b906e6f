/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What GTK 4.8 and 4.18 do by different names, behind one. File dialogs are all of it today.
 */

/** YmFileChosen: @file: (nullable) (transfer none): what was chosen; %NULL if nothing was. */
typedef void (*YmFileChosen) (GFile *file, gpointer user_data);

/** ym_file_ask_open: Asks for a file to read; @chosen is called once, later. */
void ym_file_ask_open (GtkWindow *parent, const char *title, YmFileChosen chosen, gpointer user_data);

/** ym_file_ask_save: Asks where to write, proposing @name; asks before an existing file is replaced. */
void ym_file_ask_save (GtkWindow *parent, const char *title, const char *name, YmFileChosen chosen,
                       gpointer user_data);

G_END_DECLS
