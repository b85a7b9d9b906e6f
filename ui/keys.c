/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All keys in one table: what they do, and the window that lists them. GtkShortcutsWindow is deprecated in
 * newer GTK, and its words are GTK's, which are not in Welsh. */

#include "ui/keys.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "ui/dialog.h"
#include "ui/widgets/row.h"

#define WIDTH_PX 480
#define HEIGHT_PX 620

const YmKey ym_keys[] = {
  { "app.lock", { "<Control>l" }, N_("Everywhere"), N_("Lock") },
  { "app.preferences", { "<Control>comma" }, N_("Everywhere"), N_("Preferences") },
  { "app.shortcuts", { "<Control>question", "F1" }, N_("Everywhere"), N_("Keyboard shortcuts") },
  { NULL, { "F10" }, N_("Everywhere"), N_("Main menu") },
  { "window.close", { "<Control>w" }, N_("Everywhere"), N_("Close the window") },
  { "app.quit", { "<Control>q" }, N_("Everywhere"), N_("Lock and quit") },
  { NULL, { "<Control>f", "slash" }, N_("Everywhere"), N_("Search everything") },
  { NULL, { "<Control><Shift>f" }, N_("My homes"), N_("Search my homes") },
  { NULL, { "Up", "Down" }, N_("My homes"), N_("Go from home to home") },
  { NULL, { "Return" }, N_("My homes"), N_("Open the home") },
  { NULL, { "<Alt>Left", "Escape" }, N_("Pages and forms"), N_("Back") },
  { NULL, { "Tab", "<Shift>Tab" }, N_("Pages and forms"), N_("Next or previous question") },
  { NULL, { "space" }, N_("Pages and forms"), N_("Choose an answer, or take it back") },
  { NULL, { "Up", "Down" }, N_("Pages and forms"), N_("Count one up or down") },
  { NULL, { "Page_Up", "Page_Down" }, N_("Pages and forms"), N_("Count ten up or down") },
};
const guint ym_n_keys = G_N_ELEMENTS (ym_keys);

void
ym_keys_install (GtkApplication *application)
{
  for (guint i = 0; i < ym_n_keys; i++)
    if (ym_keys[i].action != NULL)
      gtk_application_set_accels_for_action (application, ym_keys[i].action, (const char *const *) ym_keys[i].keys);
}

static GtkWidget *
new_key_row (const YmKey *key)
{
  g_autoptr (GString) spoken = g_string_new (NULL);
  GtkWidget *row = ym_row_new (_(key->title), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (key->keys) && key->keys[i] != NULL; i++)
    {
      guint value;
      GdkModifierType modifiers;
      g_autofree char *label = NULL;
      GtkWidget *cap;

      if (!gtk_accelerator_parse (key->keys[i], &value, &modifiers))
        continue;
      label = gtk_accelerator_get_label (value, modifiers);
      cap = gtk_label_new (label);
      gtk_widget_add_css_class (cap, "keycap");
      gtk_widget_set_valign (cap, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), cap);
      g_string_append_printf (spoken, ", %s", label);
    }
  g_string_prepend (spoken, _(key->title));
  ym_say (row, spoken->str);
  return row;
}

GtkWidget *
ym_keys_window_new (GtkWindow *parent)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *group = NULL;

  for (guint i = 0; i < ym_n_keys; i++)
    {
      if (i == 0 || !g_str_equal (ym_keys[i].group, ym_keys[i - 1].group))
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(ym_keys[i].group));
          gtk_box_append (GTK_BOX (column), group);
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_key_row (&ym_keys[i]));
    }
  return ym_dialog_new (parent, _("Keyboard Shortcuts"), column, WIDTH_PX, HEIGHT_PX);
}
