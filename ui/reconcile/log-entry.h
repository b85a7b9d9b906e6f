/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/rules/civil.h"

G_BEGIN_DECLS

#define YM_TYPE_LOG_ENTRY_ROW (ym_log_entry_row_get_type ())
G_DECLARE_FINAL_TYPE (YmLogEntryRow, ym_log_entry_row, YM, LOG_ENTRY_ROW, GtkWidget)

/**
 * ym_log_entry_row_new:
 * @today: the date proposed first
 *
 * Types lines of the home's log as fast as they are read out: a date, which stays for the next line; a time such as 1432;
 * and a reason, whose button adds the line. Enter adds it without one. Of a date, the day alone or day and month do: the
 * rest is that of the line before. Emits "entered" (the instant and the reason as gint64) and begins the next line.
 */
GtkWidget *ym_log_entry_row_new (YmDay today);

/** ym_log_entry_row_say: What became of a line; plain text. */
void ym_log_entry_row_say (YmLogEntryRow *self, const char *text);

/** ym_log_entry_row_read_day: @before: the day of the line before. FALSE if @text is no day. */
gboolean ym_log_entry_row_read_day (const char *text, YmDay before, YmDay *day) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
