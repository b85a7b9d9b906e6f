/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question answered in free text. */

#include "ui/widgets/note-row.h"

#include <glib/gi18n-lib.h>

struct _YmNoteRow
{
  YmFieldRow parent_instance;

  GtkTextView *view;
  guint maximum;
};

G_DEFINE_FINAL_TYPE (YmNoteRow, ym_note_row, YM_TYPE_FIELD_ROW)

static char *
get_text (YmNoteRow *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strchomp (gtk_text_buffer_get_text (buffer, &start, &end, TRUE));
}

static gboolean
ym_note_row_get_value (YmFieldRow *row, YmValue *value, char **problem)
{
  YmNoteRow *self = YM_NOTE_ROW (row);
  g_autofree char *text = get_text (self);
  glong length = g_utf8_strlen (text, -1);

  if (*text != '\0')
    *value = ym_value_text (text);
  if (self->maximum > 0 && length > (glong) self->maximum)
    *problem = g_strdup_printf (ngettext ("Shorten this by %ld character.", "Shorten this by %ld characters.",
                                          (gulong) (length - self->maximum)),
                                length - self->maximum);
  return *problem == NULL;
}

static void
ym_note_row_set_value (YmFieldRow *row, const YmValue *value)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (YM_NOTE_ROW (row)->view),
                            value->kind == YM_VALUE_TEXT ? value->text : "", -1);
}

static char *
ym_note_row_describe (YmFieldRow *row, const YmValue *value)
{
  return g_strdup (value->kind == YM_VALUE_TEXT ? value->text : "");
}

static void
ym_note_row_class_init (YmNoteRowClass *klass)
{
  YmFieldRowClass *row_class = YM_FIELD_ROW_CLASS (klass);

  row_class->get_value = ym_note_row_get_value;
  row_class->set_value = ym_note_row_set_value;
  row_class->describe = ym_note_row_describe;
}

static void
ym_note_row_init (YmNoteRow *self)
{
  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "note");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_MULTI_LINE, TRUE, -1);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (ym_field_row_edited),
                            self);
  ym_field_row_set_control (YM_FIELD_ROW (self), GTK_WIDGET (self->view), NULL, FALSE);
}

GtkWidget *
ym_note_row_new (const char *title, guint maximum)
{
  YmNoteRow *self = g_object_new (YM_TYPE_NOTE_ROW, NULL);

  self->maximum = maximum;
  ym_field_row_set_title (YM_FIELD_ROW (self), title);
  return GTK_WIDGET (self);
}
