/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line across a page. libadwaita has one from 1.3 on; ours also has three kinds and an icon. */

#include "ui/widgets/banner.h"

struct _YmBanner
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (YmBanner, ym_banner, GTK_TYPE_WIDGET)

enum {
  SIGNAL_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const struct
{
  const char *css_class;
  const char *icon;
} kinds[] = {
  [YM_BANNER_INFORMATION] = { "information", "dialog-information-symbolic" },
  [YM_BANNER_WARNING] = { "warning", "dialog-warning-symbolic" },
  [YM_BANNER_ERROR] = { "error", "dialog-error-symbolic" },
};

static void
clicked_cb (YmBanner *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
ym_banner_dispose (GObject *object)
{
  g_clear_pointer ((GtkWidget **) &YM_BANNER (object)->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (ym_banner_parent_class)->dispose (object);
}

static void
ym_banner_class_init (YmBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_banner_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "ymbanner");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", YM_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);
}

static void
ym_banner_init (YmBanner *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  self->button = GTK_BUTTON (gtk_button_new ());
  self->revealer = GTK_REVEALER (gtk_revealer_new ());

  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "touch");
  gtk_widget_add_css_class (self->box, "content");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->button));
  gtk_revealer_set_child (self->revealer, self->box);
  gtk_widget_set_parent (GTK_WIDGET (self->revealer), GTK_WIDGET (self));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
}

GtkWidget *
ym_banner_new (void)
{
  return g_object_new (YM_TYPE_BANNER, NULL);
}

void
ym_banner_show (YmBanner *self, YmBannerKind kind, const char *text, const char *button)
{
  g_return_if_fail (YM_IS_BANNER (self));
  g_return_if_fail (kind < G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_widget_remove_css_class (self->box, kinds[i].css_class);
  gtk_widget_add_css_class (self->box, kinds[kind].css_class);
  gtk_image_set_from_icon_name (self->icon, kinds[kind].icon);
  gtk_label_set_text (self->label, text);
  gtk_button_set_label (self->button, button != NULL ? button : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
ym_banner_hide (YmBanner *self)
{
  g_return_if_fail (YM_IS_BANNER (self));
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

gboolean
ym_banner_is_shown (YmBanner *self)
{
  g_return_val_if_fail (YM_IS_BANNER (self), FALSE);
  return gtk_revealer_get_reveal_child (self->revealer);
}
