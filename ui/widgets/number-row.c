/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question answered by a number. Not GtkSpinButton: that can't be empty, and "nobody counted" is not 0. */

#include "ui/widgets/number-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _YmNumberRow
{
  YmFieldRow parent_instance;

  GtkEntry *entry;
  GtkWidget *less;
  GtkWidget *more;
  gint64 minimum;
  gint64 maximum;
};

G_DEFINE_FINAL_TYPE (YmNumberRow, ym_number_row, YM_TYPE_FIELD_ROW)

static const struct
{
  guint key;
  int step;
} step_keys[] = {
  { GDK_KEY_Up, 1 },       { GDK_KEY_KP_Up, 1 },       { GDK_KEY_Down, -1 },       { GDK_KEY_KP_Down, -1 },
  { GDK_KEY_Page_Up, 10 }, { GDK_KEY_KP_Page_Up, 10 }, { GDK_KEY_Page_Down, -10 }, { GDK_KEY_KP_Page_Down, -10 },
};

static gboolean
ym_number_row_get_value (YmFieldRow *row, YmValue *value, char **problem)
{
  YmNumberRow *self = YM_NUMBER_ROW (row);
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gint64 number;

  g_strstrip (text);
  if (*text == '\0')
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, self->minimum, self->maximum, &number, NULL))
    {
      g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, self->minimum);
      g_autofree char *to = g_strdup_printf ("%" G_GINT64_FORMAT, self->maximum);

      *problem = g_strdup_printf (_("Type a number from %s to %s."), from, to);
      return FALSE;
    }
  *value = ym_value_integer (number);
  return TRUE;
}

static void
show_limits (YmNumberRow *self)
{
  g_auto (YmValue) value = YM_VALUE_INIT;
  gboolean answered = ym_field_row_get_value (YM_FIELD_ROW (self), &value) && value.kind == YM_VALUE_INTEGER;

  gtk_widget_set_sensitive (self->less, !answered || value.integer > self->minimum);
  gtk_widget_set_sensitive (self->more, !answered || value.integer < self->maximum);
  if (answered)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                    (double) value.integer, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW);
}

static void
ym_number_row_set_value (YmFieldRow *row, const YmValue *value)
{
  GtkEditable *entry = GTK_EDITABLE (YM_NUMBER_ROW (row)->entry);
  g_autofree char *text = value->kind == YM_VALUE_INTEGER ? g_strdup_printf ("%" G_GINT64_FORMAT, value->integer)
                                                          : g_strdup ("");

  gtk_editable_set_text (entry, text);
  gtk_editable_set_position (entry, -1);
}

static char *
ym_number_row_describe (YmFieldRow *row, const YmValue *value)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
}

static void
step (YmNumberRow *self, int by)
{
  g_auto (YmValue) value = YM_VALUE_INIT;

  if (!ym_field_row_get_value (YM_FIELD_ROW (self), &value))
    return;
  value = ym_value_integer (value.kind == YM_VALUE_INTEGER
                                ? CLAMP (value.integer + by, self->minimum, self->maximum)
                                : self->minimum);
  ym_field_row_answer (YM_FIELD_ROW (self), &value);
}

static void
less_clicked_cb (YmNumberRow *self)
{
  step (self, -1);
}

static void
more_clicked_cb (YmNumberRow *self)
{
  step (self, 1);
}

static gboolean
key_pressed_cb (YmNumberRow *self, guint key, guint code, GdkModifierType state)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (step_keys); i++)
    if (step_keys[i].key == key)
      {
        step (self, step_keys[i].step);
        return TRUE;
      }
  return FALSE;
}

static void
changed_cb (YmNumberRow *self)
{
  show_limits (self);
  ym_field_row_edited (YM_FIELD_ROW (self));
}

static void
ym_number_row_class_init (YmNumberRowClass *klass)
{
  YmFieldRowClass *row_class = YM_FIELD_ROW_CLASS (klass);

  row_class->get_value = ym_number_row_get_value;
  row_class->set_value = ym_number_row_set_value;
  row_class->describe = ym_number_row_describe;
}

static GtkWidget *
new_step_button (YmNumberRow *self, const char *icon, GCallback clicked_cb)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "step");
  g_signal_connect_swapped (button, "clicked", clicked_cb, self);
  return button;
}

static void
ym_number_row_init (YmNumberRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  self->entry = g_object_new (GTK_TYPE_ENTRY, "accessible-role", GTK_ACCESSIBLE_ROLE_SPIN_BUTTON, NULL);
  gtk_entry_set_input_purpose (self->entry, GTK_INPUT_PURPOSE_DIGITS);
  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), 0.5);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "number");
  gtk_entry_set_placeholder_text (self->entry, "–");
  self->less = new_step_button (self, "list-remove-symbolic", G_CALLBACK (less_clicked_cb));
  self->more = new_step_button (self, "list-add-symbolic", G_CALLBACK (more_clicked_cb));
  gtk_box_append (GTK_BOX (box), self->less);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), self->more);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  ym_field_row_set_control (YM_FIELD_ROW (self), box, GTK_WIDGET (self->entry), TRUE);
}

GtkWidget *
ym_number_row_new (const char *title, gint64 minimum, gint64 maximum)
{
  YmNumberRow *self = g_object_new (YM_TYPE_NUMBER_ROW, NULL);
  g_autofree char *less = g_strdup_printf (_("%s: one fewer"), title);
  g_autofree char *more = g_strdup_printf (_("%s: one more"), title);

  g_return_val_if_fail (minimum <= maximum, NULL);
  self->minimum = minimum;
  self->maximum = maximum;
  ym_field_row_set_title (YM_FIELD_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->less), GTK_ACCESSIBLE_PROPERTY_LABEL, less, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, more, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  (double) minimum, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) maximum, -1);
  return GTK_WIDGET (self);
}
