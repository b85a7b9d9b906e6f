/* SPDX-License-Identifier: GPL-3.0-or-later */

/*   Last time: 4        [As before]
 *   ? what looks doubtful
 *   ! what is wrong                     */

#include "ui/widgets/field-footer.h"

#define GAP_PX 12

/* A line that says something about the answer. */
typedef struct {
  GtkWidget *box;
  GtkWidget *label;
} Remark;

struct _YmFieldFooter
{
  GtkWidget parent_instance;

  Remark suggestion;
  GtkWidget *take;
  Remark question;
  Remark error;
};

G_DEFINE_FINAL_TYPE (YmFieldFooter, ym_field_footer, GTK_TYPE_WIDGET)

enum {
  SIGNAL_TAKEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
say (YmFieldFooter *self, Remark *remark, const char *text)
{
  gtk_label_set_text (GTK_LABEL (remark->label), text != NULL ? text : "");
  gtk_widget_set_visible (remark->box, text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_visible (self->suggestion.box)
                                                 || gtk_widget_get_visible (self->question.box)
                                                 || gtk_widget_get_visible (self->error.box));
}

static void
take_clicked_cb (YmFieldFooter *self)
{
  g_signal_emit (self, signals[SIGNAL_TAKEN], 0);
}

static void
ym_field_footer_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_field_footer_parent_class)->dispose (object);
}

static void
ym_field_footer_class_init (YmFieldFooterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_field_footer_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);
  signals[SIGNAL_TAKEN]
      = g_signal_new ("taken", YM_TYPE_FIELD_FOOTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* @icon: (nullable): said by the words too */
static Remark
new_remark (YmFieldFooter *self, const char *icon, const char *css_class)
{
  Remark remark = { gtk_box_new (GTK_ORIENTATION_HORIZONTAL, icon != NULL ? 6 : GAP_PX), gtk_label_new (NULL) };

  if (icon != NULL)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (icon);

      gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      gtk_widget_set_valign (image, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (remark.box), image);
    }
  gtk_label_set_xalign (GTK_LABEL (remark.label), 0);
  gtk_label_set_wrap (GTK_LABEL (remark.label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (remark.label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (remark.label, TRUE);
  gtk_box_append (GTK_BOX (remark.box), remark.label);
  gtk_widget_add_css_class (icon != NULL ? remark.box : remark.label, css_class);
  gtk_widget_set_visible (remark.box, FALSE);
  gtk_widget_set_parent (remark.box, GTK_WIDGET (self));
  return remark;
}

static void
ym_field_footer_init (YmFieldFooter *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->suggestion = new_remark (self, NULL, "quiet");
  self->question = new_remark (self, "dialog-question-symbolic", "field-question");
  self->error = new_remark (self, "dialog-warning-symbolic", "field-error");
  gtk_widget_add_css_class (self->error.label, "field-error-text");
  self->take = gtk_button_new ();
  gtk_widget_add_css_class (self->take, "touch");
  gtk_widget_set_valign (self->take, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->suggestion.box), self->take);
  g_signal_connect_swapped (self->take, "clicked", G_CALLBACK (take_clicked_cb), self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
ym_field_footer_new (void)
{
  return g_object_new (YM_TYPE_FIELD_FOOTER, NULL);
}

void
ym_field_footer_suggest (YmFieldFooter *self, const char *text, const char *take, const char *spoken)
{
  g_return_if_fail (YM_IS_FIELD_FOOTER (self));
  if (text != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (self->take), take);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->take), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
    }
  say (self, &self->suggestion, text);
}

GtkWidget *
ym_field_footer_get_button (YmFieldFooter *self)
{
  g_return_val_if_fail (YM_IS_FIELD_FOOTER (self), NULL);
  return self->take;
}

void
ym_field_footer_set_question (YmFieldFooter *self, const char *question)
{
  g_return_if_fail (YM_IS_FIELD_FOOTER (self));
  say (self, &self->question, question);
}

void
ym_field_footer_set_error (YmFieldFooter *self, const char *error)
{
  g_return_if_fail (YM_IS_FIELD_FOOTER (self));
  say (self, &self->error, error);
}
