/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/session.h"
#include "ui/widgets/banner.h"

G_BEGIN_DECLS

#define YM_TYPE_SHEET (ym_sheet_get_type ())
G_DECLARE_DERIVABLE_TYPE (YmSheet, ym_sheet, YM, SHEET, GtkWidget)

/**
 * YmSheetClass:
 * @work: what is read, on the reading lane
 * @answer_free: frees what @work returned
 * @question: (nullable): (transfer full): what @work is asked, as things stand; freed with @question_free
 * @show: shows what was read; @answer is (transfer full)
 *
 * The body of a page that reads from the notebook: a banner, and below it what the subclass appends. It looks again
 * whenever the notebook changed or it comes into sight; one question is under way at a time, and after it the last one
 * that was asked meanwhile. Nothing is seen until the first answer.
 */
struct _YmSheetClass
{
  GtkWidgetClass parent_class;

  YmWork work;
  GDestroyNotify answer_free;
  gpointer (*question) (YmSheet *self);
  GDestroyNotify question_free;
  void (*show) (YmSheet *self, gpointer answer);
};

/** ym_sheet_start: To be called at the end of a subclass's constructor: takes the session and looks for the first time. */
void ym_sheet_start (YmSheet *self, YmSession *session);

/** ym_sheet_get_session: (transfer none) (nullable): %NULL once the page is dropped. */
YmSession *ym_sheet_get_session (YmSheet *self);

/** ym_sheet_append: Puts @child below what is there. */
void ym_sheet_append (YmSheet *self, GtkWidget *child);

/** ym_sheet_look: Reads anew, because the question is another now. */
void ym_sheet_look (YmSheet *self);

/** ym_sheet_title: Titles the page that the sheet is on. @subtitle: (nullable). */
void ym_sheet_title (YmSheet *self, const char *title, const char *subtitle);

/** ym_sheet_get_banner: (transfer none): For what went wrong, and what became of something. */
YmBanner *ym_sheet_get_banner (YmSheet *self);

/** ym_sheet_window: (transfer none) (nullable): The window, for a dialog over it. */
GtkWindow *ym_sheet_window (YmSheet *self);

/**
 * YmSheetDone:
 * @result: (transfer full): what the work returned; never %NULL
 */
typedef void (*YmSheetDone) (YmSheet *self, gpointer result);

/**
 * ym_sheet_write: / ym_sheet_read:
 * @data_free: (nullable): frees @data after the work
 * @result_free: (nullable): frees a result that nobody took
 * @done: (nullable): called when it succeeded and the page is still there; a failure is said in the banner
 *
 * Does @work off the main loop. A write tells everybody by the session's "changed".
 */
void ym_sheet_write (YmSheet *self, YmWork work, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                     YmSheetDone done);
void ym_sheet_read (YmSheet *self, YmWork work, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                    YmSheetDone done);

/**
 * YmSheetProved:
 * @data: (transfer full)
 */
typedef void (*YmSheetProved) (YmSheet *self, gpointer data);

/**
 * ym_sheet_when_proved:
 * @data_free: (nullable): frees @data if @proved is not called
 * @proved: called once the whole store is known to be good, if the page is still there
 *
 * For what goes out of the notebook: while the store is still being looked through the banner says so; if it is damaged it
 * says that, and nothing goes out.
 */
void ym_sheet_when_proved (YmSheet *self, YmSheetProved proved, gpointer data, GDestroyNotify data_free);

/**
 * ym_sheet_give_out:
 * @work: writes a file, on the reading lane, and returns what the banner is to say: (transfer full)
 * @data: (transfer full)
 * @data_free: (nullable): frees @data after the work, or when it is not done
 *
 * ym_sheet_read() once the whole store is known to be good.
 */
void ym_sheet_give_out (YmSheet *self, YmWork work, gpointer data, GDestroyNotify data_free);

/**
 * YmSheetSave:
 * @path: a file on this device
 * @what: as it was given
 */
typedef void (*YmSheetSave) (YmSheet *self, guint what, const char *path);

/**
 * ym_sheet_ask_save:
 * @title: of the dialog
 * @name: the file name that is proposed
 * @save: called with the path and @what when one was chosen and the page is still there
 *
 * Asks where to save what the page shows.
 */
void ym_sheet_ask_save (YmSheet *self, const char *title, const char *name, YmSheetSave save, guint what);

G_END_DECLS
