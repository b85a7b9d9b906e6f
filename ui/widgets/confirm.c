/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The question before something becomes final. AdwMessageDialog is gone in newer libadwaita, and can't
 * list what becomes fixed. */

#include "ui/widgets/confirm.h"

#include <glib/gi18n-lib.h>

#define WIDTH_PX 420

struct _YmConfirm
{
  AdwWindow parent_instance;

  GtkLabel *heading;
  GtkLabel *body;
  GtkBox *points;
  GtkWidget *cancel;
  GtkWidget *accept;
  gboolean answered;
};

G_DEFINE_FINAL_TYPE (YmConfirm, ym_confirm, ADW_TYPE_WINDOW)

enum {
  SIGNAL_ACCEPTED,
  SIGNAL_CANCELLED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
answer (YmConfirm *self, guint signal)
{
  if (self->answered)
    return;
  self->answered = TRUE;
  g_signal_emit (self, signals[signal], 0);
}

/* Whoever is told may destroy the window that waits: this one must not go with it before it has told. */
static void
accept_clicked_cb (YmConfirm *self)
{
  g_object_ref (self);
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
  answer (self, SIGNAL_ACCEPTED);
  gtk_window_destroy (GTK_WINDOW (self));
  g_object_unref (self);
}

static gboolean
ym_confirm_close_request (GtkWindow *window)
{
  answer (YM_CONFIRM (window), SIGNAL_CANCELLED);
  return GTK_WINDOW_CLASS (ym_confirm_parent_class)->close_request (window);
}

static void
ym_confirm_class_init (YmConfirmClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_WINDOW_CLASS (klass)->close_request = ym_confirm_close_request;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT_DIALOG);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[SIGNAL_ACCEPTED] = g_signal_new ("accepted", YM_TYPE_CONFIRM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
  signals[SIGNAL_CANCELLED] = g_signal_new ("cancelled", YM_TYPE_CONFIRM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);
}

static GtkWidget *
new_text (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), 20);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_button (YmConfirm *self, GCallback clicked_cb)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_add_css_class (button, "touch");
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_swapped (button, "clicked", clicked_cb, self);
  return button;
}

static void
ym_confirm_init (YmConfirm *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *handle = gtk_window_handle_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->heading = GTK_LABEL (new_text ("title-2"));
  self->body = GTK_LABEL (new_text (NULL));
  self->points = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->cancel = new_button (self, G_CALLBACK (gtk_window_close));
  self->accept = new_button (self, G_CALLBACK (accept_clicked_cb));
  gtk_button_set_label (GTK_BUTTON (self->cancel), _("Cancel"));

  gtk_box_append (GTK_BOX (text), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (text), GTK_WIDGET (self->body));
  gtk_box_append (GTK_BOX (text), GTK_WIDGET (self->points));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), text);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (buttons), self->cancel);
  gtk_box_append (GTK_BOX (buttons), self->accept);
  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  gtk_box_append (GTK_BOX (column), scrolled);
  gtk_box_append (GTK_BOX (column), buttons);
  gtk_widget_add_css_class (column, "confirm");
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), column);
  adw_window_set_content (ADW_WINDOW (self), handle);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
}

YmConfirm *
ym_confirm_new (GtkWindow *parent, const char *heading, const char *body, const char *accept, gboolean grave)
{
  YmConfirm *self = g_object_new (YM_TYPE_CONFIRM, "transient-for", parent, "title", heading, NULL);
  int width = parent != NULL ? gtk_widget_get_width (GTK_WIDGET (parent)) : 0;

  gtk_window_set_default_size (GTK_WINDOW (self), width > 0 ? MIN (WIDTH_PX, width - 24) : WIDTH_PX, -1);
  gtk_label_set_text (self->heading, heading);
  gtk_label_set_text (self->body, body != NULL ? body : "");
  gtk_widget_set_visible (GTK_WIDGET (self->body), body != NULL);
  gtk_button_set_label (GTK_BUTTON (self->accept), accept);
  gtk_widget_add_css_class (self->accept, grave ? "destructive-action" : "suggested-action");
  gtk_window_set_default_widget (GTK_WINDOW (self), grave ? self->cancel : self->accept);
  gtk_window_set_focus (GTK_WINDOW (self), grave ? self->cancel : self->accept);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, body != NULL ? body : "", -1);
  return self;
}

void
ym_confirm_add_point (YmConfirm *self, const char *text)
{
  GtkWidget *line, *icon, *label;

  g_return_if_fail (YM_IS_CONFIRM (self));
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  icon = gtk_image_new_from_icon_name ("object-select-symbolic");
  label = new_text (NULL);
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, "quiet");
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (self->points, line);
}
