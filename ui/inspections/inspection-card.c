/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One joint inspection as a card. Its widgets stay: showing it again keeps the focus where it is. */

#include "ui/inspections/inspection-card.h"

#include <glib/gi18n-lib.h>

#include "ui/calls/call-words.h"
#include "ui/home/entry-list.h"
#include "ui/inspections/inspection-dialogs.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/date-text.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/month-bar.h"
#include "ui/widgets/row.h"

struct _YmInspectionCard
{
  GtkWidget parent_instance;

  GtkLabel *month;
  GtkWidget *chip;
  GtkLabel *next;
  GtkLabel *cause;
  YmEntryList *recorded;
  YmEntryList *actions;
  GtkWidget *step;
  GtkWidget *add;
};

G_DEFINE_FINAL_TYPE (YmInspectionCard, ym_inspection_card, GTK_TYPE_WIDGET)

enum {
  SIGNAL_STEP,
  SIGNAL_ADD,
  SIGNAL_CHANGE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const YmChipLook *
look_of (YmInspectionState state)
{
  static const YmChipLook looks[] = {
    [YM_INSPECTION_NONE] = { "visited", "state-visited-symbolic", "" },
    [YM_INSPECTION_TRIGGERED] = { "overdue", "state-overdue-symbolic", "" },
    [YM_INSPECTION_CIW_TOLD] = { "due-soon", "state-due-soon-symbolic", "" },
    [YM_INSPECTION_DATE_AGREED] = { "due", "x-office-calendar-symbolic", "" },
    [YM_INSPECTION_HELD] = { "due", "issue-in-progress-symbolic", "" },
    [YM_INSPECTION_ACTIONS_CLOSED] = { "visited", "issue-resolved-symbolic", "" },
    [YM_INSPECTION_WITHDRAWN] = { "visited", "refused-symbolic", "" },
  };

  return &looks[state < G_N_ELEMENTS (looks) ? state : 0];
}

static char *
say_cause (const YmInspection *inspection)
{
  g_autofree char *when = NULL;

  if (inspection->third_at_us == YM_INSTANT_NONE)
    return g_strdup_printf (_ ("Calls of that month as they now stand: %u"), inspection->n_calls);
  when = ym_call_when (inspection->third_at_us);
  return g_strdup_printf (_ ("Raised by the call of %s%s%s. Calls of that month: %u"), when,
                          inspection->third_ref != NULL ? ", " : "",
                          inspection->third_ref != NULL ? inspection->third_ref : "", inspection->n_calls);
}

static YmEntries *
recorded_entries (const YmRecord *handling)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; handling != NULL && i < handling->form->n_fields; i++)
    {
      const YmField *field = &handling->form->fields[i];
      const YmEntry entry = {
        .key = field->name,
        .title = ym_entries_own (entries, ym_answer_text (field, &handling->values[i])),
        .detail = ym_label (field->label),
      };

      if (*entry.title != '\0' && (field->flags & YM_FIELD_AUTOMATIC) == 0 && field->id != YM_JOINT_INSPECTION_STATE)
        ym_entries_add (entries, &entry);
    }
  return entries;
}

static char *
say_due (const YmRecord *action)
{
  gboolean done = ym_record_has (action, YM_ACTION_DONE_ON);
  g_autofree char *day
      = ym_date_say ((YmDay) ym_record_get_integer (action, done ? YM_ACTION_DONE_ON : YM_ACTION_DUE_ON, 0));
  const YmChoice *owner = ym_choices_by_number (&ym_choices_owner, ym_record_get_integer (action, YM_ACTION_OWNER, 0));
  /* TRANSLATORS: of an action; %s is a date */
  g_autofree char *when = g_strdup_printf (done ? _ ("Done on %s") : _ ("Due on %s"), day);

  return owner == NULL ? g_strdup (when) : g_strdup_printf ("%s · %s", ym_label (owner->label), when);
}

static YmEntries *
action_entries (GPtrArray *actions)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < actions->len; i++)
    {
      const YmRecord *action = g_ptr_array_index (actions, i);
      const YmEntry entry = {
        .key = ym_entries_own (entries, ym_id_to_string (&action->id)),
        .icon = ym_record_has (action, YM_ACTION_DONE_ON) ? "issue-resolved-symbolic" : "issue-open-symbolic",
        .title = ym_record_get_text (action, YM_ACTION_WHAT),
        .detail = ym_entries_own (entries, say_due (action)),
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

void
ym_inspection_card_show (YmInspectionCard *self, const YmInspection *inspection)
{
  g_autofree char *month = ym_month_say (inspection->month);
  g_autofree char *cause = say_cause (inspection);
  g_autofree char *step = g_strdup_printf ("%s %s", _ ("Next step…"), month);
  g_autofree char *add = g_strdup_printf ("%s %s", _ ("Add an action…"), month);
  g_autoptr (YmEntries) recorded = recorded_entries (inspection->handling);
  g_autoptr (YmEntries) actions = action_entries (inspection->actions);
  const char *next = ym_inspection_next (inspection->state);

  g_return_if_fail (YM_IS_INSPECTION_CARD (self));
  gtk_label_set_text (self->month, month);
  ym_chip_set (self->chip, look_of (inspection->state), ym_inspection_state_label (inspection->state));
  gtk_label_set_text (self->next, next != NULL ? next : "");
  gtk_widget_set_visible (GTK_WIDGET (self->next), next != NULL);
  gtk_label_set_text (self->cause, cause);
  ym_entry_list_show (self->recorded, recorded);
  ym_entry_list_show (self->actions, actions);
  gtk_widget_set_visible (self->step, ym_inspection_can_step (inspection->state));
  gtk_widget_set_visible (self->add, inspection->handling != NULL);
  ym_say (self, month);
  ym_say (self->step, step);
  ym_say (self->add, add);
}

static void
step_cb (YmInspectionCard *self)
{
  g_signal_emit (self, signals[SIGNAL_STEP], 0);
}

static void
add_cb (YmInspectionCard *self)
{
  g_signal_emit (self, signals[SIGNAL_ADD], 0);
}

static void
change_cb (YmInspectionCard *self, guint index)
{
  g_signal_emit (self, signals[SIGNAL_CHANGE], 0, index);
}

static void
ym_inspection_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_inspection_card_parent_class)->dispose (object);
}

static void
ym_inspection_card_class_init (YmInspectionCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_inspection_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_STEP]
      = g_signal_new ("step", YM_TYPE_INSPECTION_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ADD]
      = g_signal_new ("add", YM_TYPE_INSPECTION_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGE] = g_signal_new ("change", YM_TYPE_INSPECTION_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ym_inspection_card_init (YmInspectionCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->month = GTK_LABEL (ym_paragraph_new ("", "title-3"));
  self->chip = ym_chip_new ();
  self->next = GTK_LABEL (ym_paragraph_new ("", "note-line"));
  self->cause = GTK_LABEL (ym_paragraph_new ("", "quiet"));
  self->recorded = YM_ENTRY_LIST (ym_entry_list_new (_ ("What was recorded"), NULL));
  self->actions = YM_ENTRY_LIST (ym_entry_list_new (_ ("Actions"), NULL));
  self->step = ym_wrap_button_new (_ ("Next step…"));
  self->add = ym_wrap_button_new (_ ("Add an action…"));
  gtk_widget_add_css_class (self->step, "suggested-action");
  gtk_widget_set_layout_manager (head, ym_fold_layout_new (12, FALSE));
  gtk_widget_set_layout_manager (buttons, ym_fold_layout_new (9, FALSE));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->month));
  gtk_box_append (GTK_BOX (head), self->chip);
  gtk_box_append (GTK_BOX (buttons), self->step);
  gtk_box_append (GTK_BOX (buttons), self->add);
  gtk_widget_set_parent (head, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->next), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->cause), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->recorded), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->actions), GTK_WIDGET (self));
  gtk_widget_set_parent (buttons, GTK_WIDGET (self));
  g_signal_connect_object (self->step, "clicked", G_CALLBACK (step_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->actions, "activated", G_CALLBACK (change_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_inspection_card_new (void)
{
  return g_object_new (YM_TYPE_INSPECTION_CARD, NULL);
}
