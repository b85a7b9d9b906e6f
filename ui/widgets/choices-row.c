/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question answered by any number of check buttons. */

#include "ui/widgets/choices-row.h"

#define MAX_CHOICES 63

struct _YmChoicesRow
{
  YmFieldRow parent_instance;

  GtkWidget *box;
  GtkWidget *buttons[MAX_CHOICES]; /* by number; owned by the box */
};

G_DEFINE_FINAL_TYPE (YmChoicesRow, ym_choices_row, YM_TYPE_FIELD_ROW)

static const char *
text_of (GtkWidget *button)
{
  return gtk_label_get_text (GTK_LABEL (g_object_get_data (G_OBJECT (button), "label")));
}

static gboolean
ym_choices_row_get_value (YmFieldRow *row, YmValue *value, char **problem)
{
  YmChoicesRow *self = YM_CHOICES_ROW (row);
  gint64 mask = 0;

  for (guint i = 0; i < MAX_CHOICES; i++)
    if (self->buttons[i] != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->buttons[i])))
      mask |= G_GINT64_CONSTANT (1) << i;
  if (mask != 0)
    *value = ym_value_integer (mask);
  return TRUE;
}

static void
ym_choices_row_set_value (YmFieldRow *row, const YmValue *value)
{
  YmChoicesRow *self = YM_CHOICES_ROW (row);
  gint64 mask = value->kind == YM_VALUE_INTEGER ? value->integer : 0;

  for (guint i = 0; i < MAX_CHOICES; i++)
    if (self->buttons[i] != NULL)
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->buttons[i]), (mask >> i & 1) != 0);
}

static char *
ym_choices_row_describe (YmFieldRow *row, const YmValue *value)
{
  YmChoicesRow *self = YM_CHOICES_ROW (row);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < MAX_CHOICES; i++)
    if (self->buttons[i] != NULL && (value->integer >> i & 1) != 0)
      g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "", text_of (self->buttons[i]));
  return g_string_free (words, FALSE);
}

static void
ym_choices_row_class_init (YmChoicesRowClass *klass)
{
  YmFieldRowClass *row_class = YM_FIELD_ROW_CLASS (klass);

  row_class->get_value = ym_choices_row_get_value;
  row_class->set_value = ym_choices_row_set_value;
  row_class->describe = ym_choices_row_describe;
}

static void
ym_choices_row_init (YmChoicesRow *self)
{
  self->box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "orientation",
                            GTK_ORIENTATION_VERTICAL, NULL);
  ym_field_row_set_control (YM_FIELD_ROW (self), self->box, NULL, FALSE);
}

GtkWidget *
ym_choices_row_new (const char *title)
{
  YmChoicesRow *self = g_object_new (YM_TYPE_CHOICES_ROW, NULL);

  ym_field_row_set_title (YM_FIELD_ROW (self), title);
  return GTK_WIDGET (self);
}

void
ym_choices_row_add (YmChoicesRow *self, guint number, const char *text)
{
  GtkWidget *button, *label;

  g_return_if_fail (YM_IS_CHOICES_ROW (self));
  g_return_if_fail (number < MAX_CHOICES && self->buttons[number] == NULL);
  button = gtk_check_button_new ();
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  g_object_set_data (G_OBJECT (button), "label", label);
  gtk_widget_add_css_class (button, "touch");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (ym_field_row_edited), self);
  self->buttons[number] = button;
  gtk_box_append (GTK_BOX (self->box), button);
}
