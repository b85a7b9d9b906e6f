/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The question before a record about a child: large buttons, because it is asked in a hallway. */

#include "ui/record/why-box.h"

#include <glib/gi18n-lib.h>

#include "app/forms/fields.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/row.h"

#define WHY "ym-why"

struct _YmWhyBox
{
  GtkWidget parent_instance;

  GtkWidget *other; /* the entry and its button */
  GtkWidget *entry;
};

G_DEFINE_FINAL_TYPE (YmWhyBox, ym_why_box, GTK_TYPE_WIDGET)

static guint answered_signal;

static void
chosen_cb (YmWhyBox *self, GtkWidget *button)
{
  guint why = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), WHY));

  if (why != YM_WHY_OTHER)
    {
      g_signal_emit (self, answered_signal, 0, why, NULL);
      return;
    }
  gtk_widget_set_visible (self->other, TRUE);
  gtk_widget_grab_focus (self->entry);
}

static void
other_cb (YmWhyBox *self)
{
  g_autofree char *words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*words != '\0')
    g_signal_emit (self, answered_signal, 0, YM_WHY_OTHER, words);
  else
    gtk_widget_grab_focus (self->entry);
}

static void
ym_why_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_why_box_parent_class)->dispose (object);
}

static void
ym_why_box_class_init (YmWhyBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_why_box_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  answered_signal = g_signal_new ("answered", YM_TYPE_WHY_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_UINT, G_TYPE_STRING);
}

static GtkWidget *
new_other (YmWhyBox *self)
{
  const YmField *field = ym_form_field (ym_form (YM_FORM_CONSULTATION), YM_CONSULTATION_OTHER);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *open = ym_wrap_button_new (_ ("Open for This Reason"));

  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), (int) field->maximum);
  gtk_widget_set_size_request (self->entry, -1, 44);
  ym_say (self->entry, ym_label (field->label));
  gtk_widget_add_css_class (open, "suggested-action");
  gtk_box_append (GTK_BOX (box), ym_paragraph_new (ym_label (field->label), "field-title"));
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), open);
  gtk_widget_set_visible (box, FALSE);
  g_signal_connect_object (open, "clicked", G_CALLBACK (other_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (other_cb), self, G_CONNECT_SWAPPED);
  return box;
}

static void
ym_why_box_init (YmWhyBox *self)
{
  const YmField *field = ym_form_field (ym_form (YM_FORM_CONSULTATION), YM_CONSULTATION_WHY);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 9);
  ym_say (self, ym_label (field->label));
  gtk_widget_set_parent (ym_paragraph_new (ym_label (field->label), "title-4"), GTK_WIDGET (self));
  gtk_widget_set_parent (ym_paragraph_new (_ ("What is recorded about a child is read for a reason only. Who read it, when "
                                              "and why is kept in the log for good."), "quiet"),
                         GTK_WIDGET (self));
  for (guint i = 0; i < field->choices->n_items; i++)
    {
      GtkWidget *button = ym_wrap_button_new (ym_label (field->choices->items[i].label));

      g_object_set_data (G_OBJECT (button), WHY, GUINT_TO_POINTER (field->choices->items[i].number));
      gtk_widget_set_halign (button, GTK_ALIGN_FILL);
      gtk_widget_set_parent (button, GTK_WIDGET (self));
      g_signal_connect_object (button, "clicked", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
    }
  self->other = new_other (self);
  gtk_widget_set_parent (self->other, GTK_WIDGET (self));
}

GtkWidget *
ym_why_box_new (void)
{
  return g_object_new (YM_TYPE_WHY_BOX, NULL);
}
