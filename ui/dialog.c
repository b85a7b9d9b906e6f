/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window that stands over the main one. AdwPreferencesWindow and its like are deprecated in newer
 * libadwaita; AdwDialog is missing in this one. */

#include "ui/dialog.h"

#include <adwaita.h>

#include "ui/widgets/page.h"

GtkWidget *
ym_dialog_new (GtkWindow *parent, const char *title, GtkWidget *body, int width_px, int height_px)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *column = ym_page_clamp (body);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_set_vexpand (column, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), column);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  g_object_set (window, "title", title, "transient-for", parent, "modal", TRUE, "destroy-with-parent", TRUE,
                "default-width", width_px, "default-height", height_px, NULL);
  return window;
}
