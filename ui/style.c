/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Style sheets, icons, text size and theme for the whole program. AdwApplication would load the sheets
 * too, but only for a program that runs as one; tests and pictures must look like the app. */

#include "ui/style.h"

#include <adwaita.h>

#include "ymweld-resources.h"

#define PREFIX "/uk/ymweld/Ymweld/"

/* Later sheets win. */
static const struct
{
  const char *path;
  gboolean dark;
  gboolean high_contrast;
} sheets[] = {
  { PREFIX "style.css", FALSE, FALSE },
  { PREFIX "style-dark.css", TRUE, FALSE },
  { PREFIX "style-hc.css", FALSE, TRUE },
  { PREFIX "style-hc-dark.css", TRUE, TRUE },
};

static GtkCssProvider *providers[G_N_ELEMENTS (sheets)];

static void
choose_sheets_cb (AdwStyleManager *manager)
{
  GdkDisplay *display = gdk_display_get_default ();

  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      GtkStyleProvider *provider = GTK_STYLE_PROVIDER (providers[i]);

      gtk_style_context_remove_provider_for_display (display, provider);
      if ((!sheets[i].dark || adw_style_manager_get_dark (manager))
          && (!sheets[i].high_contrast || adw_style_manager_get_high_contrast (manager)))
        gtk_style_context_add_provider_for_display (display, provider,
                                                    GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + i);
    }
}

void
ym_style_prepare (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_return_if_fail (providers[0] == NULL);
  g_resources_register (ym_ui_get_resource ());
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      providers[i] = gtk_css_provider_new ();
      gtk_css_provider_load_from_resource (providers[i], sheets[i].path);
    }
  g_signal_connect (manager, "notify::dark", G_CALLBACK (choose_sheets_cb), NULL);
  g_signal_connect (manager, "notify::high-contrast", G_CALLBACK (choose_sheets_cb), NULL);
  choose_sheets_cb (manager);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()), PREFIX "icons");
}

void
ym_style_use (YmPreferences *preferences)
{
  static const AdwColorScheme schemes[] = {
    [YM_THEME_SYSTEM] = ADW_COLOR_SCHEME_PREFER_LIGHT,
    [YM_THEME_LIGHT] = ADW_COLOR_SCHEME_FORCE_LIGHT,
    [YM_THEME_DARK] = ADW_COLOR_SCHEME_FORCE_DARK,
  };
  static int system_dpi = 0;
  GtkSettings *settings = gtk_settings_get_default ();

  /* The scale is on top of the system's own text size, which a desktop expresses in this setting too. */
  if (system_dpi == 0)
    g_object_get (settings, "gtk-xft-dpi", &system_dpi, NULL);
  if (system_dpi <= 0)
    system_dpi = 96 * PANGO_SCALE;
  g_object_set (settings, "gtk-xft-dpi", system_dpi * ym_preferences_get_text_percent (preferences) / 100, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[ym_preferences_get_theme (preferences)]);
}
