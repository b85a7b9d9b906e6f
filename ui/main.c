/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the app begins: what must be true before any window or thread. */

#include <gtk/gtk.h>

#include "app/vault/harden.h"
#include "ui/application.h"
#include "ui/language.h"

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "ymweld", NULL);
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "ymweld", "preferences.ini", NULL);
  g_autoptr (YmPreferences) preferences = NULL;
  g_autoptr (YmApplication) application = NULL;

  ym_process_do_without_slices (argv);
  if (!ym_process_harden (&error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  preferences = ym_preferences_new (path);
  if (!ym_language_prepare (cache, NULL, &error))
    g_printerr ("%s\n", error->message);
  ym_language_use (ym_preferences_get_language (preferences));
  gtk_disable_setlocale (); /* the language is the officer's choice, not the session's */
  g_set_application_name ("Ymweld");
  application = ym_application_new (preferences, ym_clock_system ());
  return g_application_run (G_APPLICATION (application), argc, argv);
}
