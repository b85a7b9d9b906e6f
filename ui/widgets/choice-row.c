/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question answered by one large button. The buttons are no GtkToggleButton group: in such a group a
 * wrong tap can be changed but never taken back. */

#include "ui/widgets/choice-row.h"

#include "ui/widgets/fold-layout.h"

struct _YmChoiceRow
{
  YmFieldRow parent_instance;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (YmChoiceRow, ym_choice_row, YM_TYPE_FIELD_ROW)

static GQuark
number_quark (void)
{
  return g_quark_from_static_string ("ym-choice-number");
}

static gint64
number_of (GtkWidget *button)
{
  return *(gint64 *) g_object_get_qdata (G_OBJECT (button), number_quark ());
}

static GtkWidget *
find_button (YmChoiceRow *self, gint64 number)
{
  for (GtkWidget *button = gtk_widget_get_first_child (self->box); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (number_of (button) == number)
      return button;
  return NULL;
}

static GtkWidget *
find_chosen (YmChoiceRow *self)
{
  for (GtkWidget *button = gtk_widget_get_first_child (self->box); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
      return button;
  return NULL;
}

static gboolean
ym_choice_row_get_value (YmFieldRow *row, YmValue *value, char **problem)
{
  GtkWidget *chosen = find_chosen (YM_CHOICE_ROW (row));

  if (chosen != NULL)
    *value = ym_value_integer (number_of (chosen));
  return TRUE;
}

static void
choose (YmChoiceRow *self, GtkWidget *chosen)
{
  for (GtkWidget *button = gtk_widget_get_first_child (self->box); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), button == chosen);
}

static void
ym_choice_row_set_value (YmFieldRow *row, const YmValue *value)
{
  YmChoiceRow *self = YM_CHOICE_ROW (row);

  choose (self, value->kind == YM_VALUE_INTEGER ? find_button (self, value->integer) : NULL);
}

static char *
ym_choice_row_describe (YmFieldRow *row, const YmValue *value)
{
  GtkWidget *button = find_button (YM_CHOICE_ROW (row), value->integer);

  return g_strdup (button != NULL ? gtk_label_get_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))))
                                  : "");
}

static void
toggled_cb (YmChoiceRow *self, GtkToggleButton *button)
{
  gboolean active = gtk_toggle_button_get_active (button);

  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                               active ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

/* Only a press by the officer comes here, not a change by the program. */
static void
clicked_cb (YmChoiceRow *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    choose (self, GTK_WIDGET (button));
  ym_field_row_edited (YM_FIELD_ROW (self));
}

static gboolean
ym_choice_row_grab_focus (GtkWidget *widget)
{
  YmChoiceRow *self = YM_CHOICE_ROW (widget);
  GtkWidget *chosen = find_chosen (self);
  GtkWidget *target = chosen != NULL ? chosen : gtk_widget_get_first_child (self->box);

  return target != NULL && gtk_widget_grab_focus (target);
}

static void
ym_choice_row_class_init (YmChoiceRowClass *klass)
{
  YmFieldRowClass *row_class = YM_FIELD_ROW_CLASS (klass);

  row_class->get_value = ym_choice_row_get_value;
  row_class->set_value = ym_choice_row_set_value;
  row_class->describe = ym_choice_row_describe;
  GTK_WIDGET_CLASS (klass)->grab_focus = ym_choice_row_grab_focus;
}

static void
ym_choice_row_init (YmChoiceRow *self)
{
  self->box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  gtk_widget_set_layout_manager (self->box, ym_fold_layout_new (6, TRUE));
  ym_field_row_set_control (YM_FIELD_ROW (self), self->box, NULL, TRUE);
}

GtkWidget *
ym_choice_row_new (const char *title)
{
  YmChoiceRow *self = g_object_new (YM_TYPE_CHOICE_ROW, NULL);

  ym_field_row_set_title (YM_FIELD_ROW (self), title);
  return GTK_WIDGET (self);
}

void
ym_choice_row_add (YmChoiceRow *self, gint64 number, const char *text)
{
  GtkWidget *button, *label;

  g_return_if_fail (YM_IS_CHOICE_ROW (self));
  button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "choice");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_qdata_full (G_OBJECT (button), number_quark (), g_memdup2 (&number, sizeof number), g_free);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_box_append (GTK_BOX (self->box), button);
  toggled_cb (self, GTK_TOGGLE_BUTTON (button));
}
