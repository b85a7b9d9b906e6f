/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The buttons that save what a page shows as a file. */

#include "ui/returns/save-buttons.h"

#include <glib/gi18n-lib.h>

#include "ui/visit/wrap-button.h"

#define FORMAT "ym-format"

void
ym_save_buttons_append (GtkBox *box, GCallback clicked, gpointer object)
{
  static const char *const labels[YM_RETURN_N_FORMATS] = {
    [YM_RETURN_XLSX] = N_ ("Save as XLSX…"),
    [YM_RETURN_CSV] = N_ ("Save as CSV…"),
    [YM_RETURN_PDF] = N_ ("Save as PDF…"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      GtkWidget *save = ym_wrap_button_new (_ (labels[i]));

      g_object_set_data (G_OBJECT (save), FORMAT, GUINT_TO_POINTER (i));
      gtk_widget_set_halign (save, GTK_ALIGN_FILL);
      gtk_box_append (box, save);
      g_signal_connect_object (save, "clicked", clicked, object, 0);
    }
}

YmReturnFormat
ym_save_button_format (GtkButton *button)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), FORMAT));
}
