/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The main menu and the language switch. */

#include "ui/menu.h"

#include <glib/gi18n-lib.h>

#include "ui/desk/place.h"
#include "ui/language.h"
#include "ui/widgets/row.h"

static const struct
{
  const char *label;
  const char *action;
} items[] = {
  { N_("_Lock"), "app.lock" },
  { N_("_Preferences"), "app.preferences" },
  { N_("_Keyboard Shortcuts"), "app.shortcuts" },
  { N_("_About Ymweld"), "app.about" },
};

/* Where the officer is at work only: without the workplace round the button they are not there. */
static const struct
{
  const char *label;
  YmPlaceKind kind; /* YM_PLACE_HOMES: the filter of that list, which is no place of its own */
} places[] = {
  { N_("_Search everything"), YM_PLACE_SEARCH },
  { N_("_Filter my homes"), YM_PLACE_HOMES },
  { N_("_Partners"), YM_PLACE_PARTNERS },
  { N_("Log of what you _did"), YM_PLACE_LOG },
};

static GMenu *
new_places (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const YmPlace place = { .kind = places[i].kind };
      gboolean is_place = places[i].kind != YM_PLACE_HOMES;
      g_autoptr (GMenuItem) item = g_menu_item_new (_(places[i].label), NULL);

      g_menu_item_set_action_and_target_value (item, is_place ? YM_PLACE_ACTION : "homes.search",
                                               is_place ? ym_place_to_variant (&place) : NULL);
      g_menu_item_set_attribute (item, "hidden-when", "s", "action-missing");
      g_menu_append_item (menu, item);
    }
  return menu;
}

static GMenuModel *
new_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) work = new_places ();
  g_autoptr (GMenu) languages = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();

  for (guint i = 0; i < ym_n_languages; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (ym_languages[i].name, NULL);

      g_menu_item_set_action_and_target (item, "app.language", "s", ym_languages[i].code);
      g_menu_append_item (languages, item);
    }
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    g_menu_append (others, _(items[i].label), items[i].action);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (work));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (languages));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
  return G_MENU_MODEL (menu);
}

GtkWidget *
ym_menu_button_new (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = new_menu ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, _("Main Menu"));
  /* On GTK 4.8 the focus is on a toggle button inside, which inherits no name. */
  ym_say (gtk_widget_get_first_child (button), _("Main Menu"));
  return button;
}

GtkWidget *
ym_language_switch_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; i < ym_n_languages; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (ym_languages[i].name);

      gtk_widget_add_css_class (button, "choice");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.language");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", ym_languages[i].code);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}
