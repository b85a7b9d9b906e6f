/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ymweldctl: the officer's day without a screen, for scripts, tests and recovery. */

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "app/vault/harden.h"
#include "ui/ctl/command.h"
#include "ui/ctl/shell.h"
#include "ui/language.h"

typedef struct {
  char *store;
  char *passphrase_file;
  char *language;
  gboolean json;
  gboolean version;
} Options;

static void
speak (const char *language)
{
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "ymweld", NULL);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  ym_language_bind (NULL);
  if (language == NULL)
    language = ym_language_default ()->code;
  /* English needs no language data. */
  if (!g_str_equal (language, "en") && !ym_language_prepare (cache, NULL, &error))
    g_printerr ("ymweldctl: %s\n", error->message);
  ym_language_use (language);
}

static GOptionContext *
make_context (Options *options)
{
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options->store, N_ ("Where the encrypted store is"), N_ ("DIRECTORY") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &options->passphrase_file,
      N_ ("A file whose first line is the passphrase; without, it is asked for"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Answer in JSON, for scripts"), NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options->language, N_ ("Answer in English (en) or Welsh (cy)"), N_ ("CODE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_ ("Say which version this is"), NULL },
    { NULL },
  };
  GOptionContext *context = g_option_context_new (_ ("COMMAND…"));
  g_autofree char *help = ym_ctl_help ();
  g_autofree char *description
      = g_strdup_printf ("%s\n%s\n  shell\n      %s\n\n%s\n", _ ("Commands:"), help,
                         _ ("Run commands from standard input, a line each, with one unlocking"),
                         _ ("Ids may be shortened to their first digits. FIELD and VALUE are as “forms” lists them."));

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_strict_posix (context, TRUE); /* what follows the command is the command's */
  g_option_context_set_description (context, description);
  return context;
}

/* The language decides in which words the help comes, so it is looked for before anything else is read. */
static const char *
find_language (char **argv)
{
  for (int i = 1; argv[i] != NULL && g_str_has_prefix (argv[i], "-"); i++)
    {
      if (g_str_has_prefix (argv[i], "--language="))
        return argv[i] + strlen ("--language=");
      if (g_str_equal (argv[i], "--language"))
        return argv[i + 1];
    }
  return NULL;
}

static int
run (const Options *options, char **words)
{
  static const char *const version[] = { "version", NULL };
  g_auto (YmCtlSession) session = {
    .directory = options->store != NULL ? g_strdup (options->store)
                                        : g_build_filename (g_get_user_data_dir (), "ymweld", NULL),
    .passphrase_file = g_strdup (options->passphrase_file),
    .json = options->json,
    .options = ym_store_options_default (),
  };

  if (options->version)
    return ym_ctl_call (&session, version);
  if (g_strcmp0 (words[0], "shell") == 0 && words[1] == NULL)
    return ym_ctl_shell (&session);
  return ym_ctl_call (&session, (const char *const *) words);
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  if (!ym_process_harden (&error))
    {
      g_printerr ("ymweldctl: %s\n", error->message);
      return 1;
    }
  speak (find_language (argv));
  context = make_context (&options);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("ymweldctl: %s\n", error->message);
      return 2;
    }
  status = run (&options, argv + 1);
  g_free (options.store);
  g_free (options.passphrase_file);
  g_free (options.language);
  return status;
}
