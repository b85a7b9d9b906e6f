/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All rows of one kind that a visit has, and the way to have more. */

#include "ui/visit/row-cards.h"

#include <glib/gi18n-lib.h>

#include "ui/visit/answer-text.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/row.h"

struct _YmRowCards
{
  GtkWidget parent_instance;

  YmDraft *draft;
  const YmForm *form;
  const YmClock *clock;
  GPtrArray *previous; /* (nullable) of YmRecord: copies */
  GtkLabel *title;
  GtkWidget *list;
  GtkWidget *offer;
  GtkLabel *offer_label;
  GtkWidget *add;
  GtkWidget *problem_box;
  GtkLabel *problem;
};

G_DEFINE_FINAL_TYPE (YmRowCards, ym_row_cards, GTK_TYPE_WIDGET)

enum {
  SIGNAL_CHANGED,
  SIGNAL_ENTERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
rows_equal (const YmRecord *a, const YmRecord *b)
{
  for (guint i = 0; i < a->form->n_fields; i++)
    if ((a->form->fields[i].flags & YM_FIELD_AUTOMATIC) == 0 && !ym_value_equal (&a->values[i], &b->values[i]))
      return FALSE;
  return TRUE;
}

/* Rows of last time that are not among today's. */
static GPtrArray *
offered_rows (YmRowCards *self)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; self->previous != NULL && i < self->previous->len; i++)
    {
      YmRecord *row = g_ptr_array_index (self->previous, i);
      gboolean here = FALSE;

      for (GtkWidget *card = ym_row_cards_get_first (self); card != NULL; card = gtk_widget_get_next_sibling (card))
        here = here || rows_equal (row, ym_row_card_get_row (YM_ROW_CARD (card)));
      if (!here)
        g_ptr_array_add (rows, row);
    }
  return rows;
}

static void
show_offer (YmRowCards *self)
{
  g_autoptr (GPtrArray) rows = offered_rows (self);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *summary = ym_record_summary (g_ptr_array_index (rows, i));

      g_string_append_printf (names, "%s%s", i > 0 ? "; " : "", summary);
    }
  text = g_strdup_printf (_ ("Last time: %s"), names->str);
  gtk_label_set_text (self->offer_label, text);
  gtk_widget_set_visible (self->offer, rows->len > 0);
}

static void
card_changed_cb (YmRowCards *self)
{
  show_offer (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
card_entered_cb (YmRowCards *self, const YmField *field, YmRowCard *card)
{
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0, ym_row_card_get_row (card), field);
}

static void
card_remove_cb (YmRowCards *self, YmRowCard *card)
{
  const YmId id = ym_row_card_get_row (card)->id;

  /* The focus is inside what goes away. */
  gtk_widget_grab_focus (self->add);
  gtk_box_remove (GTK_BOX (self->list), GTK_WIDGET (card));
  ym_draft_remove_row (self->draft, &id);
  card_changed_cb (self);
}

static GtkWidget *
add_card (YmRowCards *self, YmRecord *row)
{
  GtkWidget *card = ym_row_card_new (row, self->clock);

  g_signal_connect_object (card, "changed", G_CALLBACK (card_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "entered", G_CALLBACK (card_entered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (card, "remove", G_CALLBACK (card_remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->list), card);
  return card;
}

static void
add_clicked_cb (YmRowCards *self)
{
  GtkWidget *card = add_card (self, ym_draft_add_row (self->draft, self->form, ym_random_system ()));

  card_changed_cb (self);
  gtk_widget_grab_focus (card);
}

static void
take_over_clicked_cb (YmRowCards *self)
{
  g_autoptr (GPtrArray) rows = offered_rows (self);

  for (guint i = 0; i < rows->len; i++)
    {
      const YmRecord *before = g_ptr_array_index (rows, i);
      YmRecord *row = ym_draft_add_row (self->draft, self->form, ym_random_system ());

      for (guint f = 0; f < self->form->n_fields; f++)
        if ((self->form->fields[f].flags & YM_FIELD_AUTOMATIC) == 0)
          ym_record_set (row, self->form->fields[f].id, &before->values[f]);
      add_card (self, row);
    }
  gtk_widget_grab_focus (self->add);
  card_changed_cb (self);
}

static gboolean
ym_row_cards_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (YM_ROW_CARDS (widget)->add);
}

static void
ym_row_cards_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&YM_ROW_CARDS (object)->previous, g_ptr_array_unref);
  G_OBJECT_CLASS (ym_row_cards_parent_class)->dispose (object);
}

static void
ym_row_cards_class_init (YmRowCardsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_row_cards_dispose;
  widget_class->grab_focus = ym_row_cards_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", YM_TYPE_ROW_CARDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENTERED] = g_signal_new ("entered", YM_TYPE_ROW_CARDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
}

static GtkLabel *
new_text (const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

static void
build_offer (YmRowCards *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("As before"));

  self->offer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->offer_label = new_text ("quiet");
  gtk_widget_add_css_class (button, "touch");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->offer), GTK_WIDGET (self->offer_label));
  gtk_box_append (GTK_BOX (self->offer), button);
  gtk_widget_set_visible (self->offer, FALSE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (take_over_clicked_cb), self, G_CONNECT_SWAPPED);
}

static void
build_problem (YmRowCards *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  self->problem_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->problem = new_text ("field-error-text");
  gtk_widget_add_css_class (self->problem_box, "field-error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->problem_box), icon);
  gtk_box_append (GTK_BOX (self->problem_box), GTK_WIDGET (self->problem));
  gtk_widget_set_visible (self->problem_box, FALSE);
}

static void
ym_row_cards_init (YmRowCards *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 9);
  self->title = new_text ("heading");
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  build_offer (self);
  build_problem (self);
  gtk_widget_set_parent (GTK_WIDGET (self->title), GTK_WIDGET (self));
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_widget_set_parent (self->offer, GTK_WIDGET (self));
  gtk_widget_set_parent (self->problem_box, GTK_WIDGET (self));
}

GtkWidget *
ym_row_cards_new (YmDraft *draft, const YmForm *form, const YmClock *clock)
{
  YmRowCards *self = g_object_new (YM_TYPE_ROW_CARDS, NULL);
  const YmRowWords *words = ym_row_words (form);

  self->draft = draft;
  self->form = form;
  self->clock = clock;
  gtk_label_set_text (self->title, _ (words->title));
  ym_say (self, _ (words->title));
  self->add = ym_wrap_button_new (_ (words->add));
  gtk_widget_set_parent (self->add, GTK_WIDGET (self));
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < draft->rows->len; i++)
    {
      YmRecord *row = g_ptr_array_index (draft->rows, i);

      if (row->form == form)
        add_card (self, row);
    }
  return GTK_WIDGET (self);
}

const YmForm *
ym_row_cards_get_form (YmRowCards *self)
{
  g_return_val_if_fail (YM_IS_ROW_CARDS (self), NULL);
  return self->form;
}

void
ym_row_cards_set_previous (YmRowCards *self, GPtrArray *rows)
{
  g_return_if_fail (YM_IS_ROW_CARDS (self));
  g_clear_pointer (&self->previous, g_ptr_array_unref);
  self->previous = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  for (guint i = 0; ym_row_words (self->form)->repeats && rows != NULL && i < rows->len; i++)
    {
      const YmRecord *row = g_ptr_array_index (rows, i);

      if (row->form == self->form)
        g_ptr_array_add (self->previous, ym_record_copy (row));
    }
  show_offer (self);
}

YmRowCard *
ym_row_cards_get_card (YmRowCards *self, const YmId *row)
{
  g_return_val_if_fail (YM_IS_ROW_CARDS (self), NULL);
  for (GtkWidget *card = ym_row_cards_get_first (self); card != NULL; card = gtk_widget_get_next_sibling (card))
    if (ym_id_equal (&ym_row_card_get_row (YM_ROW_CARD (card))->id, row))
      return YM_ROW_CARD (card);
  return NULL;
}

GtkWidget *
ym_row_cards_get_first (YmRowCards *self)
{
  g_return_val_if_fail (YM_IS_ROW_CARDS (self), NULL);
  return gtk_widget_get_first_child (self->list);
}

void
ym_row_cards_mark (YmRowCards *self, const char *message)
{
  g_return_if_fail (YM_IS_ROW_CARDS (self));
  gtk_label_set_text (self->problem, message != NULL ? message : "");
  gtk_widget_set_visible (self->problem_box, message != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  message != NULL ? message : "", -1);
}
