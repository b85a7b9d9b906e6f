/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The about window. AdwAboutWindow is deprecated in newer libadwaita, which has no Welsh either. */

#include "ui/about.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/widgets/page.h"

static GtkWidget *
new_line (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
ym_about_window_new (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("uk.ymweld.Ymweld");
  g_autofree char *version = g_strdup_printf (_("Version %s"), YM_VERSION);
  GtkWidget *body;

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 96);
  gtk_box_append (GTK_BOX (column), icon);
  gtk_box_append (GTK_BOX (column), new_line ("Ymweld", "title-1"));
  gtk_box_append (GTK_BOX (column), new_line (version, "quiet"));
  gtk_box_append (GTK_BOX (column),
                  new_line (_("The notebook of a police officer who is the named officer of a children's home: visits "
                              "and issues, written offline, encrypted on this device, signed and sent when there is a "
                              "connection."),
                            NULL));
  gtk_box_append (GTK_BOX (column),
                  new_line (_("Free software under the GNU General Public License, version 3 or later. It comes with "
                              "no warranty."),
                            "quiet"));
  body = ym_page_clamp (column);
  gtk_widget_set_vexpand (body, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), body);
  adw_window_set_content (ADW_WINDOW (window), box);
  g_object_set (window, "title", _("About Ymweld"), "transient-for", parent, "modal", TRUE, "destroy-with-parent",
                TRUE, "default-width", 360, "default-height", 480, NULL);
  return window;
}
