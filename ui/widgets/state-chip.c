/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The state of a home in R1's words. Never by colour alone: icon and word say the same. */

#include "ui/widgets/state-chip.h"

#include <glib/gi18n-lib.h>

struct _YmStateChip
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *word;
};

G_DEFINE_FINAL_TYPE (YmStateChip, ym_state_chip, GTK_TYPE_WIDGET)

static const struct
{
  const char *css_class;
  const char *icon;
  const char *word;
} states[] = {
  [YM_STANDING_NONE] = { "none", "", "" },
  [YM_STANDING_VISITED] = { "visited", "state-visited-symbolic", NC_ ("home state", "visited") },
  [YM_STANDING_DUE] = { "due", "state-due-symbolic", NC_ ("home state", "due") },
  [YM_STANDING_DUE_SOON] = { "due-soon", "state-due-soon-symbolic", NC_ ("home state", "due soon") },
  [YM_STANDING_OVERDUE] = { "overdue", "state-overdue-symbolic", NC_ ("home state", "overdue") },
};

static void
ym_state_chip_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_state_chip_parent_class)->dispose (object);
}

static void
ym_state_chip_class_init (YmStateChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_state_chip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "statechip");
}

static void
ym_state_chip_init (YmStateChip *self)
{
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->word = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_parent (GTK_WIDGET (self->icon), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->word), GTK_WIDGET (self));
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  ym_state_chip_set (self, YM_STANDING_NONE);
}

GtkWidget *
ym_state_chip_new (void)
{
  return g_object_new (YM_TYPE_STATE_CHIP, NULL);
}

const char *
ym_standing_word (YmVisitStanding standing)
{
  g_return_val_if_fail (standing < G_N_ELEMENTS (states), "");
  return *states[standing].word != '\0' ? g_dpgettext2 (GETTEXT_PACKAGE, "home state", states[standing].word)
                                        : "";
}

void
ym_state_chip_set (YmStateChip *self, YmVisitStanding standing)
{
  g_return_if_fail (YM_IS_STATE_CHIP (self));
  g_return_if_fail (standing < G_N_ELEMENTS (states));
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), states[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), states[standing].css_class);
  gtk_image_set_from_icon_name (self->icon, states[standing].icon);
  gtk_label_set_text (self->word, ym_standing_word (standing));
  gtk_widget_set_visible (GTK_WIDGET (self), standing != YM_STANDING_NONE);
}
