/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls of a home, a month at a time.
 *
 *   <  March 2026  >
 *   (3 of 3: joint inspection)   Appropriate: 1. ...
 *   [ Joint Inspection ]
 *   Calls                             [ Type a Call… ]
 *   | Tuesday 3 March, 14:32     (appropriate)      > | */

#include "ui/calls/calls-page.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/inspections.h"
#include "ui/calls/call-dialog.h"
#include "ui/calls/call-words.h"
#include "ui/desk/place.h"
#include "ui/visit/answers.h"
#include "ui/visit/names.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/month-bar.h"
#include "ui/widgets/page.h"

#define FIRST_CALLS 100

struct _YmCallsPage
{
  YmSheet parent_instance;

  YmId home;
  guint most;
  GPtrArray *calls; /* (nullable): of YmCall, of the month shown */
  YmMonthBar *month;
  GtkWidget *chip;
  GtkLabel *judged;
  GtkWidget *inspection;
  YmEntryList *list;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (YmCallsPage, ym_calls_page, YM_TYPE_SHEET)

typedef struct {
  YmId home;
  YmMonth month;
} Question;

typedef struct {
  char *home_name;
  GPtrArray *calls;
  YmInspection *inspection;
  YmMonth month;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->home_name);
  g_clear_pointer (&answer->calls, g_ptr_array_unref);
  g_clear_pointer (&answer->inspection, ym_inspection_free);
  g_free (answer);
}

static gpointer
read_calls (YmDesk *desk, gpointer data, GError **error)
{
  const Question *question = data;
  const YmPeriod period = ym_period_of_month (question->month);
  Answer *answer = g_new0 (Answer, 1);

  answer->month = question->month;
  answer->home_name = ym_names_of (desk, YM_FORM_HOME, &question->home);
  answer->calls = ym_calls_list (desk, &question->home, &period, error);
  if (answer->calls != NULL)
    answer->inspection = ym_inspection_load (desk, &question->home, question->month, error);
  if (answer->inspection != NULL)
    return answer;
  answer_free (answer);
  return NULL;
}

static gpointer
question (YmSheet *sheet)
{
  YmCallsPage *self = YM_CALLS_PAGE (sheet);
  const Question asked = { self->home, ym_month_bar_get (self->month) };

  return g_memdup2 (&asked, sizeof asked);
}

static void
show_list (YmCallsPage *self)
{
  g_autoptr (YmEntries) entries = ym_calls_entries (self->calls, self->most);

  ym_entry_list_show (self->list, entries);
  gtk_widget_set_visible (self->more, self->calls->len > self->most);
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmCallsPage *self = YM_CALLS_PAGE (sheet);
  Answer *answer = data;
  guint threshold = answer->inspection->threshold;
  g_autofree char *count = ym_calls_count_text (answer->calls->len, threshold);
  g_autofree char *judged = ym_calls_judged_text (answer->calls);

  ym_sheet_title (sheet, _ ("Calls"), answer->home_name);
  ym_chip_set (self->chip, ym_calls_look (answer->calls->len, threshold), count);
  gtk_label_set_text (self->judged, answer->calls->len > 0 ? judged : "");
  gtk_widget_set_visible (GTK_WIDGET (self->judged), answer->calls->len > 0);
  gtk_widget_set_visible (self->inspection, answer->inspection->state != YM_INSPECTION_NONE);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  self->calls = g_steal_pointer (&answer->calls);
  show_list (self);
  answer_free (answer);
}

static void
month_changed_cb (YmCallsPage *self)
{
  self->most = FIRST_CALLS;
  ym_sheet_look (YM_SHEET (self));
}

static void
more_clicked_cb (YmCallsPage *self)
{
  self->most += FIRST_CALLS;
  show_list (self);
}

static void
inspection_clicked_cb (YmCallsPage *self)
{
  ym_place_open (GTK_WIDGET (self), YM_PLACE_INSPECTIONS, &self->home, NULL);
}

static void
type_clicked_cb (YmCallsPage *self)
{
  ym_call_dialog_present (ym_sheet_window (YM_SHEET (self)), ym_sheet_get_session (YM_SHEET (self)), &self->home);
}

static void
activated_cb (YmCallsPage *self, guint index)
{
  const YmCall *call = g_ptr_array_index (self->calls, self->calls->len - 1 - index);

  ym_place_open (GTK_WIDGET (self), YM_PLACE_CALL, &self->home, &call->id);
}

static void
ym_calls_page_finalize (GObject *object)
{
  g_clear_pointer (&YM_CALLS_PAGE (object)->calls, g_ptr_array_unref);
  G_OBJECT_CLASS (ym_calls_page_parent_class)->finalize (object);
}

static void
ym_calls_page_class_init (YmCallsPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_calls_page_finalize;
  sheet_class->work = read_calls;
  sheet_class->answer_free = answer_free;
  sheet_class->question = question;
  sheet_class->question_free = g_free;
  sheet_class->show = show;
}

static void
ym_calls_page_init (YmCallsPage *self)
{
  self->most = FIRST_CALLS;
}

static void
build (YmCallsPage *self, YmMonth today)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *type = ym_wrap_button_new (_ ("Type a Call…"));
  GtkWidget *scrolled;

  self->month = YM_MONTH_BAR (ym_month_bar_new (today, today));
  self->chip = ym_chip_new ();
  self->judged = GTK_LABEL (ym_paragraph_new ("", NULL));
  self->inspection = ym_wrap_button_new (_ ("Joint Inspection"));
  self->list = YM_ENTRY_LIST (ym_entry_list_new (_ ("Calls from this home"), _ ("No call in this month.")));
  self->more = ym_wrap_button_new (_ ("Show More"));
  gtk_widget_set_layout_manager (head, ym_fold_layout_new (12, FALSE));
  gtk_box_append (GTK_BOX (head), self->chip);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->judged));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->month));
  gtk_box_append (GTK_BOX (column), head);
  gtk_box_append (GTK_BOX (column), self->inspection);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->list));
  ym_entry_list_add_end (self->list, type);
  ym_entry_list_add_foot (self->list, self->more);
  scrolled = ym_page_clamp (column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_sheet_append (YM_SHEET (self), scrolled);
  g_signal_connect_object (self->month, "changed", G_CALLBACK (month_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspection, "clicked", G_CALLBACK (inspection_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (type, "clicked", G_CALLBACK (type_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_calls_page_new (YmSession *session, const YmId *home)
{
  YmCallsPage *self = g_object_new (YM_TYPE_CALLS_PAGE, NULL);

  self->home = *home;
  build (self, ym_month_of_day (ym_london_day (ym_clock_wall_us (ym_session_get_clock (session)))));
  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
