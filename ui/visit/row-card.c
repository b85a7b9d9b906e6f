/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person met, a placement, a conversation, a concern: one row of a visit as a card that opens and closes. */

#include "ui/visit/row-card.h"

#include <glib/gi18n-lib.h>

#include "app/forms/validate.h"
#include "ui/visit/answer-text.h"
#include "ui/widgets/confirm.h"
#include "ui/widgets/row.h"

struct _YmRowCard
{
  GtkWidget parent_instance;

  YmRecord *row;
  GtkWidget *toggle;
  GtkImage *arrow;
  GtkLabel *summary;
  GtkWidget *body;
  YmRecordForm *form;
};

G_DEFINE_FINAL_TYPE (YmRowCard, ym_row_card, GTK_TYPE_WIDGET)

enum {
  SIGNAL_CHANGED,
  SIGNAL_ENTERED,
  SIGNAL_REMOVE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const YmRowWords words[] = {
  { YM_FORM_PERSON_MET, N_ ("People met"), N_ ("Add a person"), N_ ("New person"), N_ ("Remove this person?"), TRUE },
  { YM_FORM_PLACEMENT, N_ ("Out-of-area placements"), N_ ("Add an authority"), N_ ("New placing authority"),
    N_ ("Remove this authority?"), TRUE },
  { YM_FORM_CHILD_CONVERSATION, N_ ("Conversations with children"), N_ ("Add a conversation"), N_ ("New conversation"),
    N_ ("Remove this conversation?"), FALSE },
  { YM_FORM_CHILD_CONCERN, N_ ("Concerns for children"), N_ ("Add a concern"), N_ ("New concern"),
    N_ ("Remove this concern?"), FALSE },
};

const YmRowWords *
ym_row_words (const YmForm *form)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].form == form->id)
      return &words[i];
  g_assert_not_reached ();
}

static void
show_summary (YmRowCard *self)
{
  g_autofree char *summary = ym_record_summary (self->row);
  const char *text = *summary != '\0' ? summary : _ (ym_row_words (self->row->form)->fresh);

  gtk_label_set_text (self->summary, text);
  ym_say (self->toggle, text);
}

static void
toggle_clicked_cb (YmRowCard *self)
{
  ym_row_card_set_open (self, !gtk_widget_get_visible (self->body));
}

static void
form_changed_cb (YmRowCard *self)
{
  show_summary (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
form_entered_cb (YmRowCard *self, const YmField *field)
{
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0, field);
}

static void
emit_remove (YmRowCard *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static gboolean
is_blank (const YmRecord *row)
{
  for (guint i = 0; i < row->form->n_fields; i++)
    if ((row->form->fields[i].flags & YM_FIELD_AUTOMATIC) == 0 && row->values[i].kind != YM_VALUE_NULL)
      return FALSE;
  return TRUE;
}

static void
remove_clicked_cb (YmRowCard *self)
{
  g_autofree char *summary = ym_record_summary (self->row);
  YmConfirm *confirm;

  if (is_blank (self->row))
    {
      emit_remove (self);
      return;
    }
  confirm = ym_confirm_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            _ (ym_row_words (self->row->form)->remove), summary, _ ("Remove"), TRUE);
  g_signal_connect_object (confirm, "accepted", G_CALLBACK (emit_remove), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (confirm));
}

static gboolean
ym_row_card_grab_focus (GtkWidget *widget)
{
  YmRowCard *self = YM_ROW_CARD (widget);

  return gtk_widget_grab_focus (gtk_widget_get_visible (self->body) ? GTK_WIDGET (self->form) : self->toggle);
}

static void
ym_row_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_row_card_parent_class)->dispose (object);
}

static void
ym_row_card_class_init (YmRowCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_row_card_dispose;
  widget_class->grab_focus = ym_row_card_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", YM_TYPE_ROW_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENTERED] = g_signal_new ("entered", YM_TYPE_ROW_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_REMOVE]
      = g_signal_new ("remove", YM_TYPE_ROW_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ym_row_card_init (YmRowCard *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->arrow = GTK_IMAGE (gtk_image_new ());
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->summary, 0);
  gtk_label_set_ellipsize (self->summary, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->summary), TRUE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->arrow));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->summary));
  self->toggle = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->toggle), line);
  gtk_widget_add_css_class (self->toggle, "flat");
  gtk_widget_add_css_class (self->toggle, "card-toggle");
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->toggle, GTK_WIDGET (self));
  gtk_widget_set_parent (self->body, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "row-card");
  g_signal_connect_swapped (self->toggle, "clicked", G_CALLBACK (toggle_clicked_cb), self);
}

GtkWidget *
ym_row_card_new (YmRecord *row, const YmClock *clock)
{
  YmRowCard *self = g_object_new (YM_TYPE_ROW_CARD, NULL);
  GtkWidget *remove = gtk_button_new_with_label (_ ("Remove"));
  g_autoptr (GPtrArray) problems = NULL;

  self->row = row;
  self->form = YM_RECORD_FORM (ym_record_form_new (row, 0, clock));
  gtk_widget_add_css_class (remove, "touch");
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_halign (remove, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (self->body), GTK_WIDGET (self->form));
  gtk_box_append (GTK_BOX (self->body), remove);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "entered", G_CALLBACK (form_entered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_clicked_cb), self, G_CONNECT_SWAPPED);
  show_summary (self);
  problems = ym_record_problems (row, YM_MOMENT_SAVE);
  ym_row_card_set_open (self, problems->len > 0);
  return GTK_WIDGET (self);
}

YmRecord *
ym_row_card_get_row (YmRowCard *self)
{
  g_return_val_if_fail (YM_IS_ROW_CARD (self), NULL);
  return self->row;
}

YmRecordForm *
ym_row_card_get_form (YmRowCard *self)
{
  g_return_val_if_fail (YM_IS_ROW_CARD (self), NULL);
  return self->form;
}

void
ym_row_card_set_open (YmRowCard *self, gboolean open)
{
  g_return_if_fail (YM_IS_ROW_CARD (self));
  gtk_widget_set_visible (self->body, open);
  gtk_image_set_from_icon_name (self->arrow, open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_STATE_EXPANDED, open != FALSE, -1);
}
