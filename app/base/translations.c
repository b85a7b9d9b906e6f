/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program that runs from the build tree speaks with the words of that tree, and not with those that happen to be
 * installed, or none. */

#include "app/base/translations.h"

char *
ym_translations_directory (const char *installed)
{
  static const char *const up[] = { "..", "../.." }; /* build/ui/ymweld, build/sync/ymweld-admin; build/ui/ctl/ymweldctl */
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (up); i++)
    {
      g_autofree char *built = g_build_filename (folder, up[i], "po", NULL);
      g_autofree char *welsh = g_build_filename (built, "cy", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);

      if (g_file_test (welsh, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&built);
    }
  return g_strdup (installed);
}
