/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question answered in one line. */

#include "ui/widgets/text-row.h"

struct _YmTextRow
{
  YmFieldRow parent_instance;

  GtkEntry *entry;
};

G_DEFINE_FINAL_TYPE (YmTextRow, ym_text_row, YM_TYPE_FIELD_ROW)

static gboolean
ym_text_row_get_value (YmFieldRow *row, YmValue *value, char **problem)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (YM_TEXT_ROW (row)->entry)));

  g_strstrip (text);
  if (*text != '\0')
    *value = ym_value_text (text);
  return TRUE;
}

static void
ym_text_row_set_value (YmFieldRow *row, const YmValue *value)
{
  gtk_editable_set_text (GTK_EDITABLE (YM_TEXT_ROW (row)->entry),
                         value->kind == YM_VALUE_TEXT ? value->text : "");
}

static char *
ym_text_row_describe (YmFieldRow *row, const YmValue *value)
{
  return g_strdup (value->kind == YM_VALUE_TEXT ? value->text : "");
}

static void
ym_text_row_class_init (YmTextRowClass *klass)
{
  YmFieldRowClass *row_class = YM_FIELD_ROW_CLASS (klass);

  row_class->get_value = ym_text_row_get_value;
  row_class->set_value = ym_text_row_set_value;
  row_class->describe = ym_text_row_describe;
}

static void
ym_text_row_init (YmTextRow *self)
{
  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 6);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (ym_field_row_edited), self);
  ym_field_row_set_control (YM_FIELD_ROW (self), GTK_WIDGET (self->entry), NULL, FALSE);
}

GtkWidget *
ym_text_row_new (const char *title, guint maximum)
{
  YmTextRow *self = g_object_new (YM_TYPE_TEXT_ROW, NULL);

  ym_field_row_set_title (YM_FIELD_ROW (self), title);
  gtk_entry_set_max_length (self->entry, (int) maximum);
  return GTK_WIDGET (self);
}

void
ym_text_row_set_purpose (YmTextRow *self, GtkInputPurpose purpose)
{
  g_return_if_fail (YM_IS_TEXT_ROW (self));
  gtk_entry_set_input_purpose (self->entry, purpose);
}
