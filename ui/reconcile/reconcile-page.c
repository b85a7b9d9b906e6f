/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reconciling at the visit, without a connection.
 *
 *   22 by the police, 4 in the home's log: 18 only with the police, 82 %
 *   [ 01/12/2025 to 20/01/2026 · 30 min ]
 *   [ Compare | Type the home's log ]
 *   In both: 4  |  Only with the police: 18  |  Only with the home: 0
 *   [ Open an Issue… ]  [ Keep This Reconciliation ] */

#include "ui/reconcile/reconcile-page.h"

#include <glib/gi18n-lib.h>

#include "app/rules/reconcile.h"
#include "ui/home/entry-list.h"
#include "ui/issue/record-dialog.h"
#include "ui/reconcile/log-entry.h"
#include "ui/reconcile/reconcile-dialogs.h"
#include "ui/reconcile/reconcile-lists.h"
#include "ui/reconcile/reconcile-words.h"
#include "ui/visit/answers.h"
#include "ui/visit/focus-scroll.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/page.h"
#include "ui/widgets/row.h"

#define MOST_LINES 50

struct _YmReconcilePage
{
  YmSheet parent_instance;

  YmReconcileAsk ask;
  YmReconcileAnswer **box; /* (nullable): until the first answer */
  GtkLabel *sentence;
  GtkWidget *period;
  GtkToggleButton *compare;
  GtkToggleButton *type;
  GtkStack *stack;
  YmReconcileLists *lists;
  YmLogEntryRow *entry;
  YmEntryList *lines; /* the latest of the home's log */
  GtkLabel *earlier;
  GtkWidget *bar;
  GtkWidget *issue;
  GtkWidget *keep;
};

G_DEFINE_FINAL_TYPE (YmReconcilePage, ym_reconcile_page, YM_TYPE_SHEET)

static gpointer
question (YmSheet *sheet)
{
  return g_memdup2 (&YM_RECONCILE_PAGE (sheet)->ask, sizeof (YmReconcileAsk));
}

/* The latest lines: what was just typed is among them. All of them are in the lists. */
static void
show_lines (YmReconcilePage *self)
{
  GArray *log = ym_reconcile_list (*self->box, YM_RECONCILE_LOG);
  guint rest = log->len > MOST_LINES ? log->len - MOST_LINES : 0;
  g_autofree char *earlier = g_strdup_printf (ngettext ("%u earlier line is in the lists.", "%u earlier lines are in the lists.",
                                                        rest), rest);
  g_autoptr (YmEntries) entries = ym_entries_new ();

  for (guint i = 0; i < log->len - rest; i++)
    {
      g_autoptr (YmReconcileItem) item = ym_reconcile_item_new (&g_array_index (log, YmReconciledPair, i));
      const YmReconcileRow *row = ym_reconcile_item_get (item);
      const YmEntry entry = {
        .key = ym_entries_own (entries, ym_id_to_string (&row->entry.id)),
        .title = ym_entries_own (entries, ym_reconcile_side_text (&row->entry, TRUE)),
        .detail = row->imported ? _ ("imported") : NULL,
        .opens = !row->imported,
      };

      ym_entries_add (entries, &entry);
    }
  ym_entry_list_show (self->lines, entries);
  gtk_label_set_text (self->earlier, earlier);
  gtk_widget_set_visible (GTK_WIDGET (self->earlier), rest > 0);
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmReconcilePage *self = YM_RECONCILE_PAGE (sheet);
  YmReconcileAnswer *answer = data;
  g_autofree char *sentence = ym_reconcile_sentence (answer->result);
  g_autofree char *period = ym_reconcile_period_text (&answer->result->period, answer->result->tolerance_minutes);

  ym_sheet_title (sheet, _ ("Reconcile the call logs"), answer->home_name);
  self->ask.period = answer->result->period;
  gtk_label_set_text (self->sentence, sentence);
  gtk_label_set_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->period))), period);
  ym_say (self->period, period);
  gtk_widget_set_sensitive (self->issue, answer->result->only_police->len > 0);
  g_clear_pointer (&self->box, ym_reconcile_box_unref);
  self->box = ym_reconcile_box_new (answer);
  ym_reconcile_lists_show (self->lists, self->box);
  show_lines (self);
}

static void
period_chosen (YmSheet *sheet, const YmPeriod *period, int tolerance_minutes)
{
  YmReconcilePage *self = YM_RECONCILE_PAGE (sheet);

  self->ask.period = *period;
  self->ask.tolerance_minutes = tolerance_minutes;
  ym_sheet_look (sheet);
}

static void
period_clicked_cb (YmReconcilePage *self)
{
  ym_reconcile_period_present (YM_SHEET (self), &self->ask.period, self->ask.tolerance_minutes, period_chosen);
}

static void
turned_cb (YmReconcilePage *self)
{
  gboolean typing = gtk_toggle_button_get_active (self->type);

  gtk_stack_set_visible_child_name (self->stack, typing ? "type" : "compare");
  /* While one types, an on-screen keyboard takes half of the height. */
  gtk_widget_set_visible (self->period, !typing);
  gtk_widget_set_visible (self->bar, !typing);
  if (typing)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
row_activated_cb (YmReconcilePage *self, YmReconcileItem *item)
{
  const YmReconcileRow *row = ym_reconcile_item_get (item);

  if (row->has_call && row->has_entry)
    ym_reconcile_part_present (YM_SHEET (self), &self->ask.home, item);
  else
    ym_reconcile_join_present (YM_SHEET (self), *self->box, item);
}

static void
line_activated_cb (YmReconcilePage *self, guint index)
{
  g_autoptr (YmReconcileItem) item = ym_reconcile_item_new (
      &g_array_index (ym_reconcile_list (*self->box, YM_RECONCILE_LOG), YmReconciledPair, index));

  ym_reconcile_withdraw_present (YM_SHEET (self), &self->ask.home, item);
}

static void
added (YmSheet *sheet, gpointer result)
{
  ym_log_entry_row_say (YM_RECONCILE_PAGE (sheet)->entry, _ ("Saved."));
}

/* A line outside the days that are looked at would vanish as soon as it was typed: the days grow to hold it. */
static void
entered_cb (YmReconcilePage *self, gint64 at_us, gint64 reason)
{
  const YmReconcileLine line = { self->ask.home, self->ask.visit, at_us, reason };
  YmDay day = ym_london_day (at_us);

  if (self->ask.period.from != YM_DAY_NONE)
    {
      self->ask.period.from = MIN (self->ask.period.from, day);
      self->ask.period.until = MAX (self->ask.period.until, day);
    }
  ym_log_entry_row_say (self->entry, _ ("Saving…"));
  ym_sheet_write (YM_SHEET (self), ym_reconcile_add, g_memdup2 (&line, sizeof line), g_free, NULL, added);
}

static void
kept (YmSheet *sheet, gpointer result)
{
  ym_banner_show (ym_sheet_get_banner (sheet), YM_BANNER_INFORMATION, _ ("Kept as it stands now, and signed."), NULL);
}

static void
keep_clicked_cb (YmReconcilePage *self)
{
  ym_sheet_write (YM_SHEET (self), ym_reconcile_keep, question (YM_SHEET (self)), g_free, NULL, kept);
}

static void
free_record (gpointer record)
{
  ym_record_free (record);
}

static void
issue_made (YmSheet *sheet, gpointer result)
{
  g_autoptr (YmRecord) issue = result;
  YmReconcilePage *self = YM_RECONCILE_PAGE (sheet);
  const YmRecordTask task = {
    .form = YM_FORM_ISSUE,
    .home = &self->ask.home,
    .proposed = issue,
    .visit_field = YM_ISSUE_VISIT,
    .visit = &self->ask.visit,
    .title = _ ("Open an Issue"),
    .accept = _ ("Open Issue"),
    .intent = "issue.open",
  };

  if (ym_sheet_window (sheet) != NULL)
    ym_record_dialog_present (ym_sheet_window (sheet), ym_sheet_get_session (sheet), &task);
}

static void
issue_clicked_cb (YmReconcilePage *self)
{
  ym_sheet_read (YM_SHEET (self), ym_reconcile_issue, question (YM_SHEET (self)), g_free, free_record, issue_made);
}

static void
ym_reconcile_page_finalize (GObject *object)
{
  g_clear_pointer (&YM_RECONCILE_PAGE (object)->box, ym_reconcile_box_unref);
  G_OBJECT_CLASS (ym_reconcile_page_parent_class)->finalize (object);
}

static void
ym_reconcile_page_class_init (YmReconcilePageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_reconcile_page_finalize;
  sheet_class->work = ym_reconcile_read;
  sheet_class->answer_free = ym_reconcile_answer_free;
  sheet_class->question = question;
  sheet_class->question_free = g_free;
  sheet_class->show = show;
}

static GtkToggleButton *
add_turn (YmReconcilePage *self, GtkWidget *box, const char *label)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *text = gtk_label_new (label);

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (text), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), text);
  gtk_widget_add_css_class (button, "choice");
  ym_say (button, label);
  gtk_box_append (GTK_BOX (box), button);
  return GTK_TOGGLE_BUTTON (button);
}

static void
build_head (YmReconcilePage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *turns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->sentence = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0, "wrap", TRUE,
                                 NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->sentence), "title-4");
  self->period = ym_wrap_button_new ("");
  gtk_widget_set_tooltip_text (self->period, _ ("Days and Tolerance"));
  gtk_widget_set_layout_manager (turns, ym_fold_layout_new (6, TRUE));
  gtk_widget_set_halign (turns, GTK_ALIGN_START);
  self->compare = add_turn (self, turns, _ ("Compare"));
  self->type = add_turn (self, turns, _ ("Type the home's log"));
  gtk_toggle_button_set_group (self->type, self->compare);
  gtk_toggle_button_set_active (self->compare, TRUE);
  gtk_widget_add_css_class (head, "reconcile-head");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->sentence));
  gtk_box_append (GTK_BOX (head), self->period);
  gtk_box_append (GTK_BOX (head), turns);
  ym_sheet_append (YM_SHEET (self), head);
  g_signal_connect_object (self->period, "clicked", G_CALLBACK (period_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->type, "toggled", G_CALLBACK (turned_cb), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
build_typing (YmReconcilePage *self, YmDay today)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scrolled;

  self->entry = YM_LOG_ENTRY_ROW (ym_log_entry_row_new (today));
  self->lines = YM_ENTRY_LIST (ym_entry_list_new (_ ("The home's log"), _ ("No line of these days yet.")));
  self->earlier = GTK_LABEL (ym_paragraph_new ("", "quiet"));
  ym_entry_list_add_foot (self->lines, GTK_WIDGET (self->earlier));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->lines));
  gtk_widget_add_css_class (column, "log-entry");
  scrolled = ym_page_clamp (column);
  ym_scroll_keep_focus (GTK_SCROLLED_WINDOW (scrolled));
  g_signal_connect_object (self->lines, "activated", G_CALLBACK (line_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "entered", G_CALLBACK (entered_cb), self, G_CONNECT_SWAPPED);
  return scrolled;
}

static void
build_lists (YmReconcilePage *self, YmDay today)
{
  static const YmReconcileList compared[] = { YM_RECONCILE_BOTH, YM_RECONCILE_ONLY_POLICE, YM_RECONCILE_ONLY_HOME };

  self->lists = YM_RECONCILE_LISTS (ym_reconcile_lists_new (compared, G_N_ELEMENTS (compared)));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->lists), "compare");
  gtk_stack_add_named (self->stack, build_typing (self, today), "type");
  ym_sheet_append (YM_SHEET (self), GTK_WIDGET (self->stack));
  g_signal_connect_object (self->lists, "activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
build_bar (YmReconcilePage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->issue = ym_wrap_button_new (_ ("Open an Issue…"));
  self->keep = ym_wrap_button_new (_ ("Keep This Reconciliation"));
  gtk_widget_add_css_class (self->keep, "suggested-action");
  gtk_widget_set_layout_manager (buttons, ym_fold_layout_new (6, FALSE));
  gtk_widget_set_hexpand (buttons, TRUE);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_add_css_class (bar, "bottom-bar");
  gtk_widget_set_halign (self->issue, GTK_ALIGN_FILL);
  gtk_widget_set_halign (self->keep, GTK_ALIGN_FILL);
  gtk_box_append (GTK_BOX (buttons), self->issue);
  gtk_box_append (GTK_BOX (buttons), self->keep);
  gtk_box_append (GTK_BOX (bar), buttons);
  self->bar = bar;
  ym_sheet_append (YM_SHEET (self), bar);
  g_signal_connect_object (self->issue, "clicked", G_CALLBACK (issue_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keep, "clicked", G_CALLBACK (keep_clicked_cb), self, G_CONNECT_SWAPPED);
}

static void
ym_reconcile_page_init (YmReconcilePage *self)
{
}

GtkWidget *
ym_reconcile_page_new (YmSession *session, const YmId *home, const YmId *visit)
{
  YmReconcilePage *self = g_object_new (YM_TYPE_RECONCILE_PAGE, NULL);

  self->ask = (YmReconcileAsk){ *home, visit != NULL ? *visit : ym_id_zero, { YM_DAY_NONE, YM_DAY_NONE },
                                YM_RECONCILE_TOLERANCE_MINUTES };
  build_head (self);
  build_lists (self, ym_london_day (ym_clock_wall_us (ym_session_get_clock (session))));
  build_bar (self);
  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}

void
ym_reconcile_page_type (YmReconcilePage *self)
{
  g_return_if_fail (YM_IS_RECONCILE_PAGE (self));
  gtk_toggle_button_set_active (self->type, TRUE);
}
