/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The about window. AdwAboutWindow is deprecated in newer libadwaita, which has no Welsh either. */

#include "ui/about.h"

#include <glib/gi18n-lib.h>

#include "ui/dialog.h"

#define WIDTH_PX 360
#define HEIGHT_PX 480

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
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("uk.ymweld.Ymweld");
  g_autofree char *version = g_strdup_printf (_("Version %s"), YM_VERSION);

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
  return ym_dialog_new (parent, _("About Ymweld"), column, WIDTH_PX, HEIGHT_PX);
}
