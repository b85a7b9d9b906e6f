/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A record as a card of questions, made from its form's table: a question is added there and nowhere else. */

#include "ui/visit/record-form.h"

#include <glib/gi18n-lib.h>

#include "app/rules/full-name.h"
#include "ui/widgets/form-rows.h"

/* One question. Where only some choices are offered, the field and its list are copies. */
typedef struct {
  const YmField *field;
  YmFieldRow *row;
  YmField offered;
  YmChoices choices;
  YmChoice *items;
  char *same_label;
} Ask;

struct _YmRecordForm
{
  GtkWidget parent_instance;

  YmRecord *record;
  const YmClock *clock;
  GPtrArray *asks;
  GStrv known; /* (nullable): names that may stand in notes */
};

G_DEFINE_FINAL_TYPE (YmRecordForm, ym_record_form, GTK_TYPE_WIDGET)

enum {
  SIGNAL_CHANGED,
  SIGNAL_ENTERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_free (ask->items);
  g_free (ask->same_label);
  g_free (ask);
}

static Ask *
find_ask (YmRecordForm *self, guint field_id)
{
  for (guint i = 0; i < self->asks->len; i++)
    {
      Ask *ask = g_ptr_array_index (self->asks, i);

      if (ask->field->id == field_id)
        return ask;
    }
  return NULL;
}

static Ask *
ask_of_row (YmRecordForm *self, YmFieldRow *row)
{
  for (guint i = 0; i < self->asks->len; i++)
    {
      Ask *ask = g_ptr_array_index (self->asks, i);

      if (ask->row == row)
        return ask;
    }
  return NULL;
}

static void
show_asked (YmRecordForm *self)
{
  for (guint i = 0; i < self->asks->len; i++)
    {
      Ask *ask = g_ptr_array_index (self->asks, i);

      gtk_widget_set_visible (GTK_WIDGET (ask->row), ym_record_is_asked (self->record, ask->field));
    }
}

/* Free text in which a child might be named; what is short asks for a name or a word. */
#define SHORTEST_PROSE 200

static gboolean
is_prose (const YmField *field)
{
  return (field->kind == YM_FIELD_NOTE || field->kind == YM_FIELD_TEXT) && field->maximum >= SHORTEST_PROSE;
}

static void
question_names (YmRecordForm *self, Ask *ask)
{
  const char *text = is_prose (ask->field) ? ym_record_get_text (self->record, ask->field->id) : NULL;
  g_autofree char *name = text != NULL ? ym_full_name_find (text, (const char *const *) self->known) : NULL;
  g_autofree char *question = NULL;

  if (name != NULL)
    question = g_strdup_printf (_ ("“%s” looks like a full name. If it is a child's, write the initials instead."), name);
  ym_field_row_set_question (ask->row, question);
}

/* A note that is too long is no answer yet, and is kept all the same: the row gives the words with its complaint. */
static void
row_changed_cb (YmRecordForm *self, YmFieldRow *row)
{
  Ask *ask = ask_of_row (self, row);
  g_auto (YmValue) value = YM_VALUE_INIT;

  ym_field_row_get_value (row, &value);
  ym_record_set (self->record, ask->field->id, &value);
  question_names (self, ask);
  show_asked (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, ask->field);
}

static void
row_entered_cb (GtkEventControllerFocus *focus, YmRecordForm *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus));
  Ask *ask = ask_of_row (self, YM_FIELD_ROW (row));

  /* While the form is taken down, the focus may still walk over its rows. */
  if (ask != NULL)
    g_signal_emit (self, signals[SIGNAL_ENTERED], 0, ask->field);
}

static void
make_row (YmRecordForm *self, Ask *ask, const YmField *field, GtkWidget *after)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  ask->row = YM_FIELD_ROW (ym_form_row_new (field, self->clock));
  gtk_widget_insert_after (GTK_WIDGET (ask->row), GTK_WIDGET (self), after);
  ym_field_row_set_value (ask->row, ym_record_get (self->record, ask->field->id));
  question_names (self, ask);
  g_signal_connect_swapped (ask->row, "changed", G_CALLBACK (row_changed_cb), self);
  g_signal_connect (focus, "enter", G_CALLBACK (row_entered_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (ask->row), focus);
}

static gboolean
ym_record_form_grab_focus (GtkWidget *widget)
{
  YmRecordForm *self = YM_RECORD_FORM (widget);

  for (guint i = 0; i < self->asks->len; i++)
    {
      GtkWidget *row = GTK_WIDGET (((Ask *) g_ptr_array_index (self->asks, i))->row);

      if (gtk_widget_get_visible (row))
        return gtk_widget_grab_focus (row);
    }
  return FALSE;
}

static void
ym_record_form_dispose (GObject *object)
{
  GtkWidget *child;

  g_ptr_array_set_size (YM_RECORD_FORM (object)->asks, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    {
      g_signal_handlers_disconnect_by_data (child, object);
      gtk_widget_unparent (child);
    }
  G_OBJECT_CLASS (ym_record_form_parent_class)->dispose (object);
}

static void
ym_record_form_finalize (GObject *object)
{
  g_ptr_array_unref (YM_RECORD_FORM (object)->asks);
  g_strfreev (YM_RECORD_FORM (object)->known);
  G_OBJECT_CLASS (ym_record_form_parent_class)->finalize (object);
}

static void
ym_record_form_class_init (YmRecordFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_record_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_record_form_finalize;
  widget_class->grab_focus = ym_record_form_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", YM_TYPE_RECORD_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_ENTERED] = g_signal_new ("entered", YM_TYPE_RECORD_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
ym_record_form_init (YmRecordForm *self)
{
  self->asks = g_ptr_array_new_with_free_func (ask_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "form-card");
}

GtkWidget *
ym_record_form_new (YmRecord *record, guint section, const YmClock *clock)
{
  YmRecordForm *self = g_object_new (YM_TYPE_RECORD_FORM, NULL);

  self->record = record;
  self->clock = clock;
  for (guint i = 0; i < record->form->n_fields; i++)
    {
      const YmField *field = &record->form->fields[i];
      Ask *ask;

      if (field->section != section || (field->flags & YM_FIELD_AUTOMATIC) != 0)
        continue;
      ask = g_new0 (Ask, 1);
      ask->field = field;
      make_row (self, ask, field, gtk_widget_get_last_child (GTK_WIDGET (self)));
      g_ptr_array_add (self->asks, ask);
    }
  show_asked (self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->asks->len > 0);
  return GTK_WIDGET (self);
}

static gboolean
is_among (guint id, const guint *ids, guint n)
{
  for (guint i = 0; i < n; i++)
    if (ids[i] == id)
      return TRUE;
  return FALSE;
}

static void
drop_row (YmRecordForm *self, Ask *ask)
{
  g_signal_handlers_disconnect_by_data (ask->row, self);
  gtk_widget_unparent (GTK_WIDGET (ask->row));
}

void
ym_record_form_keep_only (YmRecordForm *self, const guint *fields, guint n_fields)
{
  g_return_if_fail (YM_IS_RECORD_FORM (self));
  for (guint i = self->asks->len; i-- > 0;)
    {
      Ask *ask = g_ptr_array_index (self->asks, i);

      if (is_among (ask->field->id, fields, n_fields))
        continue;
      drop_row (self, ask);
      g_ptr_array_remove_index (self->asks, i);
    }
}

void
ym_record_form_offer (YmRecordForm *self, guint field_id, guint offered, guint same, const char *same_label)
{
  GtkWidget *after;
  Ask *ask;

  g_return_if_fail (YM_IS_RECORD_FORM (self));
  ask = find_ask (self, field_id);
  g_return_if_fail (ask != NULL && ask->field->choices != NULL && ask->items == NULL);
  ask->items = g_new0 (YmChoice, ask->field->choices->n_items);
  ask->same_label = g_strdup (same_label);
  for (guint i = 0; i < ask->field->choices->n_items; i++)
    {
      YmChoice choice = ask->field->choices->items[i];

      if ((offered & (1u << choice.number)) == 0)
        continue;
      if (choice.number == same && same_label != NULL)
        choice.label = ask->same_label;
      ask->items[ask->choices.n_items++] = choice;
    }
  ask->choices.items = ask->items;
  ask->offered = *ask->field;
  ask->offered.choices = &ask->choices;
  after = gtk_widget_get_prev_sibling (GTK_WIDGET (ask->row));
  drop_row (self, ask);
  make_row (self, ask, &ask->offered, after);
}

void
ym_record_form_refresh (YmRecordForm *self)
{
  g_return_if_fail (YM_IS_RECORD_FORM (self));
  for (guint i = 0; i < self->asks->len; i++)
    {
      Ask *ask = g_ptr_array_index (self->asks, i);

      ym_field_row_set_value (ask->row, ym_record_get (self->record, ask->field->id));
      question_names (self, ask);
    }
  show_asked (self);
}

void
ym_record_form_set_known (YmRecordForm *self, const char *const *known)
{
  g_return_if_fail (YM_IS_RECORD_FORM (self));
  g_strfreev (self->known);
  self->known = g_strdupv ((GStrv) known);
  for (guint i = 0; i < self->asks->len; i++)
    question_names (self, g_ptr_array_index (self->asks, i));
}

/* When somebody came and when the next visit is are never the same as before. */
static gboolean
repeats (const YmField *field)
{
  return field->kind != YM_FIELD_INSTANT && field != ym_form_field (ym_form (YM_FORM_VISIT), YM_VISIT_NEXT_VISIT);
}

void
ym_record_form_set_previous (YmRecordForm *self, const YmRecord *previous)
{
  g_return_if_fail (YM_IS_RECORD_FORM (self));
  for (guint i = 0; i < self->asks->len; i++)
    {
      Ask *ask = g_ptr_array_index (self->asks, i);

      if (repeats (ask->field))
        ym_field_row_set_previous (ask->row, previous != NULL ? ym_record_get (previous, ask->field->id) : NULL);
    }
}

YmFieldRow *
ym_record_form_get_row (YmRecordForm *self, guint field_id)
{
  Ask *ask;

  g_return_val_if_fail (YM_IS_RECORD_FORM (self), NULL);
  ask = find_ask (self, field_id);
  return ask != NULL ? ask->row : NULL;
}

YmRecord *
ym_record_form_get_record (YmRecordForm *self)
{
  g_return_val_if_fail (YM_IS_RECORD_FORM (self), NULL);
  return self->record;
}

void
ym_record_form_mark (YmRecordForm *self, guint field_id, const char *message)
{
  Ask *ask;

  g_return_if_fail (YM_IS_RECORD_FORM (self));
  ask = find_ask (self, field_id);
  if (ask != NULL)
    ym_field_row_set_error (ask->row, message);
}

void
ym_record_form_unmark (YmRecordForm *self)
{
  g_return_if_fail (YM_IS_RECORD_FORM (self));
  for (guint i = 0; i < self->asks->len; i++)
    ym_field_row_set_error (((Ask *) g_ptr_array_index (self->asks, i))->row, NULL);
}

GPtrArray *
ym_record_form_unreadable (YmRecordForm *self)
{
  GPtrArray *unreadable = g_ptr_array_new ();

  g_return_val_if_fail (YM_IS_RECORD_FORM (self), unreadable);
  for (guint i = 0; i < self->asks->len; i++)
    {
      Ask *ask = g_ptr_array_index (self->asks, i);
      g_auto (YmValue) value = YM_VALUE_INIT;

      if (gtk_widget_get_visible (GTK_WIDGET (ask->row)) && !ym_field_row_get_value (ask->row, &value))
        g_ptr_array_add (unreadable, (gpointer) ask->field);
    }
  return unreadable;
}

gboolean
ym_record_form_is_empty (YmRecordForm *self)
{
  g_return_val_if_fail (YM_IS_RECORD_FORM (self), TRUE);
  return self->asks->len == 0;
}
