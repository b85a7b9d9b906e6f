/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Welsh and English at run time, whatever the machine has (R15).
 *
 * gettext obeys LANGUAGE only while LC_MESSAGES is a real locale: "C" and Debian's "C.UTF-8" switch it
 * off. A tablet set up in one language has not got the locale of the other, and an officer can't install
 * it. So what is missing is compiled without root by localedef into the user's cache and found through
 * LOCPATH, which glibc searches before its own directories. */

#include "ui/language.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "app/base/error.h"
#include "app/base/translations.h"

const YmLanguage ym_languages[] = {
  { "en", "English", "en_GB.UTF-8" },
  { "cy", "Cymraeg", "cy_GB.UTF-8" },
};
const guint ym_n_languages = G_N_ELEMENTS (ym_languages);

/* glibc's own counter: translations looked up before it changed are looked up again. */
extern int _nl_msg_cat_cntr;

static const YmLanguage *current_language = &ym_languages[0];

static const YmLanguage *
find_language (const char *code)
{
  for (guint i = 0; i < ym_n_languages; i++)
    if (g_strcmp0 (ym_languages[i].code, code) == 0)
      return &ym_languages[i];
  return NULL;
}

static gboolean
locale_exists (const char *name)
{
  locale_t locale = newlocale (LC_ALL_MASK, name, (locale_t) 0);

  if (locale == (locale_t) 0)
    return FALSE;
  freelocale (locale);
  return TRUE;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      if (g_unlink (inside) != 0)
        remove_folder (inside);
    }
  g_rmdir (path);
}

/* Compiled beside its final name and moved there, so that a half-written locale is never found. */
static gboolean
make_locale (const char *directory, const char *name, GError **error)
{
  g_autofree char *source = g_strndup (name, strcspn (name, "."));
  g_autofree char *wanted = g_build_filename (directory, name, NULL);
  g_autofree char *fresh = g_strdup_printf ("%s.XXXXXX", wanted);
  const char *argv[] = { "localedef", "-i", source, "-f", "UTF-8", fresh, NULL };

  if (g_mkdtemp_full (fresh, 0700) == NULL
      || !g_spawn_sync (NULL, (char **) argv, NULL,
                        G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                        NULL, NULL, NULL, NULL, NULL)
      || g_rename (fresh, wanted) != 0)
    {
      remove_folder (fresh);
      if (g_file_test (wanted, G_FILE_TEST_IS_DIR)) /* another Ymweld was quicker */
        return TRUE;
      g_set_error (error, YM_ERROR, YM_ERROR_STORAGE,
                   _("The language data “%s” could not be made. Install the package “locales”."), name);
      return FALSE;
    }
  return TRUE;
}

void
ym_language_bind (const char *translations)
{
  g_autofree char *found = translations != NULL ? g_strdup (translations) : ym_translations_directory (YM_LOCALE_DIRECTORY);

  bindtextdomain (GETTEXT_PACKAGE, found);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

gboolean
ym_language_prepare (const char *cache_directory, const char *translations, GError **error)
{
  g_autofree char *directory = g_build_filename (cache_directory, "locale", NULL);
  gboolean good = TRUE;

  g_return_val_if_fail (cache_directory != NULL, FALSE);

  ym_language_bind (translations);
  /* Set now, while there is one thread: later switches only replace the value, which moves no memory
   * that another thread's getenv() may be reading. */
  g_setenv ("LANGUAGE", current_language->code, TRUE);
  for (guint i = 0; i < ym_n_languages && good; i++)
    {
      if (locale_exists (ym_languages[i].locale))
        continue;
      g_setenv ("LOCPATH", directory, TRUE);
      if (locale_exists (ym_languages[i].locale))
        continue;
      g_mkdir_with_parents (directory, 0700);
      good = make_locale (directory, ym_languages[i].locale, error);
    }
  return good;
}

void
ym_language_use (const char *code)
{
  const YmLanguage *language = find_language (code);

  current_language = language != NULL ? language : &ym_languages[0];
  g_setenv ("LANGUAGE", current_language->code, TRUE);
  if (setlocale (LC_ALL, current_language->locale) == NULL)
    setlocale (LC_ALL, "");
  /* Numbers stay as program text: SQLite, CSS and CBOR never see a locale's decimal sign. */
  setlocale (LC_NUMERIC, "C");
  _nl_msg_cat_cntr++;
}

const YmLanguage *
ym_language_current (void)
{
  return current_language;
}

const YmLanguage *
ym_language_default (void)
{
  const char *const *asked = g_get_language_names ();

  for (guint i = 0; asked[i] != NULL; i++)
    {
      const YmLanguage *language = find_language (asked[i]);

      if (language != NULL)
        return language;
    }
  return &ym_languages[0];
}
