/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The log of the officer's own acts (R13):
 *
 *   what was done: all | collection | alteration ...
 *   when:          7 days | 31 days | a year | all time
 *   Consultation · Child at risk                the latest first; a press leads to the record
 */

#include "ui/log/acts-page.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/acts.h"
#include "app/rules/civil.h"
#include "ui/desk/place.h"
#include "ui/home/entry-list.h"
#include "ui/log/give-out-log.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/page.h"
#include "ui/widgets/pick-row.h"

#define FIRST_ACTS 50
#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

struct _YmActsPage
{
  YmSheet parent_instance;

  guint kind; /* 0: all */
  guint days; /* 0: all */
  guint most;
  GPtrArray *acts; /* (nullable): of YmAct, as shown */
  YmFieldRow *kind_row;
  YmFieldRow *days_row;
  YmEntryList *list;
  GtkWidget *earlier;
  GtkWidget *give_out;
};

G_DEFINE_FINAL_TYPE (YmActsPage, ym_acts_page, YM_TYPE_SHEET)

static const struct {
  guint days;
  const char *label;
} times[] = {
  { 7, N_ ("7 days") },
  { 31, N_ ("31 days") },
  { 366, N_ ("A year") },
  { 0, N_ ("All time") },
};

static YmActsQuery
query_of (YmActsPage *self)
{
  gint64 now_us = ym_clock_wall_us (ym_session_get_clock (ym_sheet_get_session (YM_SHEET (self))));

  /* A day more, for what a clock that was put right since has signed. */
  return (YmActsQuery){ .kinds = self->kind != 0 ? 1u << self->kind : 0,
                        .from_us = self->days != 0 ? now_us - self->days * DAY_US : G_MININT64,
                        .until_us = self->days != 0 ? now_us + DAY_US : G_MAXINT64,
                        .most = self->most };
}

static gpointer
read_acts (YmDesk *desk, gpointer query, GError **error)
{
  return ym_acts_read (desk, query, error);
}

static void
free_acts (gpointer acts)
{
  g_ptr_array_unref (acts);
}

static gpointer
question (YmSheet *sheet)
{
  const YmActsQuery query = query_of (YM_ACTS_PAGE (sheet));

  return g_memdup2 (&query, sizeof query);
}

static void
add_entry (YmEntries *entries, const YmAct *act)
{
  const char *kind = ym_label (ym_choices_by_number (&ym_choices_act_kind, act->kind)->label);
  g_autofree char *at = ym_instant_say (act->at_us);
  g_autofree char *record = ym_id_to_string (&act->record);
  YmEntry entry = { .opens = act->home != NULL };

  entry.key = ym_entries_own (entries, g_strdup_printf ("%u %s %" G_GINT64_FORMAT, act->kind, record, act->at_us));
  entry.title = ym_entries_own (entries, g_strdup_printf ("%s · %s", kind, ym_label (act->form->label)));
  entry.detail = ym_entries_own (entries, act->home != NULL ? g_strdup_printf ("%s · %s", act->home, at) : g_strdup (at));
  if (act->recipient != NULL)
    entry.text = ym_entries_own (entries, g_strdup_printf (_ ("To %s: %s"), act->recipient, act->why != NULL ? act->why : ""));
  else
    entry.text = act->why != NULL ? act->why : act->title;
  if (!act->counts)
    {
      entry.state = _ ("Refused: nothing came of it");
      entry.state_icon = "refused-symbolic";
      entry.grave = TRUE;
    }
  ym_entries_add (entries, &entry);
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmActsPage *self = YM_ACTS_PAGE (sheet);
  g_autoptr (YmEntries) entries = ym_entries_new ();

  ym_sheet_title (sheet, _ ("Log"), _ ("What you did"));
  g_clear_pointer (&self->acts, g_ptr_array_unref);
  self->acts = data;
  for (guint i = 0; i < self->acts->len; i++)
    add_entry (entries, g_ptr_array_index (self->acts, i));
  ym_entry_list_show (self->list, entries);
  gtk_widget_set_visible (self->earlier, self->acts->len == self->most);
  gtk_widget_set_sensitive (self->give_out, self->acts->len > 0);
}

static void
activated_cb (YmActsPage *self, guint index)
{
  const YmAct *act = g_ptr_array_index (self->acts, index);

  ym_place_open_record (GTK_WIDGET (self), act->form->id, &act->scope, &act->record);
}

static void
earlier_cb (YmActsPage *self)
{
  self->most *= 2;
  ym_sheet_look (YM_SHEET (self));
}

static void
give_out_cb (YmActsPage *self)
{
  YmActsQuery query = query_of (self);

  query.most = YM_ACTS_MOST;
  ym_give_out_log_present (ym_sheet_window (YM_SHEET (self)), ym_sheet_get_session (YM_SHEET (self)), &query);
}

static guint
picked (YmFieldRow *row)
{
  g_auto (YmValue) value = YM_VALUE_INIT;

  return ym_field_row_get_value (row, &value) && value.kind == YM_VALUE_INTEGER ? (guint) value.integer : 0;
}

static void
picked_cb (YmActsPage *self)
{
  self->kind = picked (self->kind_row);
  self->days = picked (self->days_row);
  self->most = FIRST_ACTS;
  ym_sheet_look (YM_SHEET (self));
}

static void
ym_acts_page_finalize (GObject *object)
{
  g_clear_pointer (&YM_ACTS_PAGE (object)->acts, g_ptr_array_unref);
  G_OBJECT_CLASS (ym_acts_page_parent_class)->finalize (object);
}

static void
ym_acts_page_class_init (YmActsPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_acts_page_finalize;
  sheet_class->work = read_acts;
  sheet_class->answer_free = free_acts;
  sheet_class->question = question;
  sheet_class->question_free = g_free;
  sheet_class->show = show;
}

static void
add_pick (YmFieldRow *row, guint number, const char *label)
{
  const YmValue value = ym_value_integer (number);

  ym_pick_row_add (YM_PICK_ROW (row), &value, label, NULL);
}

static YmFieldRow *
add_row (YmActsPage *self, GtkWidget *card, const char *title)
{
  GtkWidget *row = ym_pick_row_new (title);

  gtk_box_append (GTK_BOX (card), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  return YM_FIELD_ROW (row);
}

static GtkWidget *
build_filters (YmActsPage *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const YmValue kind = ym_value_integer (self->kind), days = ym_value_integer (self->days);

  gtk_widget_add_css_class (card, "form-card");
  self->kind_row = add_row (self, card, _ ("What was done"));
  self->days_row = add_row (self, card, _ ("When"));
  add_pick (self->kind_row, 0, C_ ("acts", "All"));
  for (guint i = 0; i < ym_choices_act_kind.n_items; i++)
    add_pick (self->kind_row, ym_choices_act_kind.items[i].number, ym_label (ym_choices_act_kind.items[i].label));
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    add_pick (self->days_row, times[i].days, _ (times[i].label));
  ym_field_row_set_value (self->kind_row, &kind);
  ym_field_row_set_value (self->days_row, &days);
  return card;
}

static void
ym_acts_page_init (YmActsPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scrolled;

  self->days = 31;
  self->most = FIRST_ACTS;
  self->list = YM_ENTRY_LIST (ym_entry_list_new (
      _ ("What you did"), _ ("Nothing of this kind in this time. Choose another kind or a longer time above.")));
  self->earlier = ym_wrap_button_new (_ ("Show Earlier"));
  self->give_out = ym_wrap_button_new (_ ("Give Out as CSV…"));
  ym_entry_list_add_foot (self->list, self->earlier);
  gtk_box_append (GTK_BOX (column),
                  ym_paragraph_new (_ ("The law wants it known who collected, changed, read or gave out what, and why. You signed "
                                       "every entry; none can be changed."),
                                    "quiet"));
  gtk_box_append (GTK_BOX (column), build_filters (self));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (column), self->give_out);
  scrolled = ym_page_clamp (column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_sheet_append (YM_SHEET (self), scrolled);
  g_signal_connect_object (self->list, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->earlier, "clicked", G_CALLBACK (earlier_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->give_out, "clicked", G_CALLBACK (give_out_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_acts_page_new (YmSession *session)
{
  YmActsPage *self = g_object_new (YM_TYPE_ACTS_PAGE, NULL);

  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
