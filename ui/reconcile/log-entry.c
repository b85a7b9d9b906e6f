/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line of the home's log in three taps: time, its digits, reason. */

#include "ui/reconcile/log-entry.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "app/forms/choices.h"
#include "ui/visit/answers.h"
#include "ui/widgets/date-text.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/row.h"

struct _YmLogEntryRow
{
  GtkWidget parent_instance;

  YmDay day; /* of the line before */
  GtkEditable *date;
  GtkEditable *time;
  GtkLabel *problem;
  GtkLabel *status;
};

G_DEFINE_FINAL_TYPE (YmLogEntryRow, ym_log_entry_row, GTK_TYPE_WIDGET)

enum {
  SIGNAL_ENTERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

gboolean
ym_log_entry_row_read_day (const char *text, YmDay before, YmDay *day)
{
  int year, month, number, length = 0;

  if (ym_date_read (text, day))
    return TRUE;
  ym_day_to_ymd (before, &year, &month, NULL);
  if ((sscanf (text, "%2d %n", &number, &length) == 1 && text[length] == '\0')
      || (sscanf (text, "%2d%*1[/.- ]%2d %n", &number, &month, &length) == 2 && text[length] == '\0'))
    *day = ym_day_from_ymd (year, month, number);
  else
    *day = YM_DAY_NONE;
  return *day != YM_DAY_NONE;
}

static void
say_problem (YmLogEntryRow *self, GtkEditable *where, const char *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  if (where != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (where));
}

/* The hour that comes twice in October is taken for its first pass, as everywhere. */
static void
enter (YmLogEntryRow *self, gint64 reason)
{
  YmDay day;
  int minute;
  gint64 at_us;
  g_autofree char *date = NULL;

  if (!ym_log_entry_row_read_day (gtk_editable_get_text (self->date), self->day, &day))
    {
      say_problem (self, self->date, _ ("This is not a date. Type it as 14/3/2026, or only the day."));
      return;
    }
  if (!ym_time_read (gtk_editable_get_text (self->time), &minute))
    {
      say_problem (self, self->time, _ ("Type the time first, as 1432 or 14:32."));
      return;
    }
  if (ym_london_to_instant (day, minute, FALSE, &at_us) == YM_LONDON_NEVER)
    {
      say_problem (self, self->time, _ ("The clocks went forward then: there was no such time."));
      return;
    }
  self->day = day;
  date = ym_date_write (day);
  gtk_editable_set_text (self->date, date);
  gtk_editable_set_text (self->time, "");
  say_problem (self, self->time, NULL);
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0, at_us, reason);
}

static void
enter_cb (YmLogEntryRow *self)
{
  enter (self, 0);
}

static void
reason_clicked_cb (GtkButton *button, YmLogEntryRow *self)
{
  enter (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "ym-reason")));
}

static gboolean
ym_log_entry_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YM_LOG_ENTRY_ROW (widget)->time));
}

static void
ym_log_entry_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_log_entry_row_parent_class)->dispose (object);
}

static void
ym_log_entry_row_class_init (YmLogEntryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_log_entry_row_dispose;
  widget_class->grab_focus = ym_log_entry_row_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_ENTERED] = g_signal_new ("entered", YM_TYPE_LOG_ENTRY_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
}

static GtkEditable *
add_entry (YmLogEntryRow *self, GtkWidget *line, const char *title, int width_chars)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), width_chars);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), width_chars);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_add_css_class (entry, "number");
  gtk_widget_set_hexpand (column, TRUE);
  ym_say (entry, title);
  gtk_box_append (GTK_BOX (column), ym_paragraph_new (title, "field-title"));
  gtk_box_append (GTK_BOX (column), entry);
  gtk_box_append (GTK_BOX (line), column);
  g_signal_connect_object (entry, "activate", G_CALLBACK (enter_cb), self, G_CONNECT_SWAPPED);
  return GTK_EDITABLE (entry);
}

static GtkWidget *
new_reasons (YmLogEntryRow *self)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 1);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 6);
  for (guint i = 0; i < ym_choices_call_reason.n_items; i++)
    {
      const YmChoice *reason = &ym_choices_call_reason.items[i];
      GtkWidget *button = gtk_button_new ();
      GtkWidget *label = gtk_label_new (ym_label (reason->label));

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_widget_add_css_class (button, "choice");
      ym_say (button, ym_label (reason->label));
      g_object_set_data (G_OBJECT (button), "ym-reason", GINT_TO_POINTER ((int) reason->number));
      g_signal_connect_object (button, "clicked", G_CALLBACK (reason_clicked_cb), self, 0);
      gtk_flow_box_append (GTK_FLOW_BOX (flow), button);
      /* The button has the focus, the place it lies in none of its own. */
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
  return flow;
}

static void
ym_log_entry_row_init (YmLogEntryRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 9);
  gtk_widget_set_layout_manager (line, ym_fold_layout_new (9, TRUE));
  self->date = add_entry (self, line, _ ("Date"), 9);
  self->time = add_entry (self, line, _ ("Time"), 5);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->time), "1432");
  self->problem = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "xalign", 0.0, "wrap", TRUE,
                                "visible", FALSE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "field-error");
  self->status = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0, "wrap", TRUE,
                               NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "quiet");
  gtk_widget_set_parent (line, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->problem), GTK_WIDGET (self));
  gtk_widget_set_parent (new_reasons (self), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->status), GTK_WIDGET (self));
  ym_log_entry_row_say (self, _ ("The reason adds the line; Enter adds it without one."));
}

GtkWidget *
ym_log_entry_row_new (YmDay today)
{
  YmLogEntryRow *self = g_object_new (YM_TYPE_LOG_ENTRY_ROW, NULL);
  g_autofree char *date = ym_date_write (today);

  self->day = today;
  gtk_editable_set_text (self->date, date);
  return GTK_WIDGET (self);
}

void
ym_log_entry_row_say (YmLogEntryRow *self, const char *text)
{
  g_return_if_fail (YM_IS_LOG_ENTRY_ROW (self));
  gtk_label_set_text (self->status, text);
}
