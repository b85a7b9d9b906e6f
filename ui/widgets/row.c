/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows, icon buttons and toasts whose text is text. */

#include "ui/widgets/row.h"

GtkWidget *
ym_row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);

  ym_row_set_text (ADW_ACTION_ROW (row), title, subtitle);
  return row;
}

void
ym_row_set_text (AdwActionRow *row, const char *title, const char *subtitle)
{
  g_autofree char *name = NULL;

  g_return_if_fail (ADW_IS_ACTION_ROW (row));
  name = subtitle != NULL && *subtitle != '\0' ? g_strdup_printf ("%s, %s", title, subtitle) : g_strdup (title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle != NULL ? subtitle : "");
  ym_say (row, name);
}

GtkWidget *
ym_icon_button_new (const char *icon, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  ym_say (button, label);
  return button;
}

void
ym_toast (AdwToastOverlay *overlay, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_return_if_fail (ADW_IS_TOAST_OVERLAY (overlay));
  adw_toast_overlay_add_toast (overlay, adw_toast_new (escaped));
}

void
ym_say (gpointer widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
