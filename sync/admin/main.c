/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ymweld-admin: the force's root key and its administrator, on a machine of their own. One table says what it can do. */

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <sodium.h>
#include <stdio.h>

#include "app/base/error.h"
#include "app/base/prompt.h"
#include "app/base/translations.h"
#include "app/vault/harden.h"
#include "sync/admin/command.h"

/* What scripts go by. */
enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

#define OPTIONS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const YmCommand commands[] = {
  { "init", "", 0, 0, OPTIONS ("force", "recovery-key", "recovery-passphrase-file"), YM_NEEDS_NOTHING, N_ ("make a force: its root key and its administrator"),
    ym_command_init },
  { "certify-server", "", 0, 0, OPTIONS ("request", "identity"), YM_NEEDS_ROOT,
    N_ ("certify the server whose request is given, and write the identity file for it"), ym_command_certify_server },
  { "identity", "", 0, 0, OPTIONS ("out"), YM_NEEDS_OFFICE, N_ ("write the identity file"), ym_command_identity },
  { "import", "homes|officers|assignments|calls|home-logs|figures|settings FILE.csv", 2, 2, OPTIONS ("mapping", "json"),
    YM_NEEDS_OFFICE, N_ ("bring the records up to a spreadsheet"), ym_command_import },
  { "enrol", "COLLAR_NO", 1, 1, OPTIONS ("wait", "json"), YM_NEEDS_ROOT,
    N_ ("give a one-time code for an officer's device, and certify the device that uses it"), ym_command_enrol },
  { "devices", "", 0, 0, OPTIONS ("json"), YM_NEEDS_OFFICE, N_ ("list the devices"), ym_command_devices },
  { "revoke", "DEVICE", 1, 1, OPTIONS ("reason", "stolen"), YM_NEEDS_ROOT, N_ ("end a device's certificate"),
    ym_command_revoke },
  { "return", "MONTH|DATE..DATE", 1, 1,
    OPTIONS ("store", "home", "lang", "format", "out", "replace", "number", "to", "reason", "json"), YM_NEEDS_NOTHING,
    N_ ("make the monthly return from the force lead's notebook; with --to and --reason it is issued"), ym_command_return },
  { "recovery-key", "", 0, 0, OPTIONS ("recovery-key", "recovery-passphrase-file"), YM_NEEDS_ROOT,
    N_ ("make the key that opens tablets whose passphrase is forgotten, and certify it"), ym_command_recovery_key },
  { "recover", "REQUEST", 1, 1, OPTIONS ("answer", "reason", "fingerprint", "recovery-key", "recovery-passphrase-file"),
    YM_NEEDS_OFFICE, N_ ("answer the request of a locked tablet with the recovery key"), ym_command_recover },
  { "sync", "", 0, 0, OPTIONS ("json"), YM_NEEDS_OFFICE, N_ ("send to the server, and receive"), ym_command_sync },
  { "status", "", 0, 0, OPTIONS ("json"), YM_NEEDS_OFFICE, N_ ("how things stand"), ym_command_status },
};

static const YmCommand *
find_command (const char *name)
{
  if (name == NULL)
    {
      g_print (_ ("ymweld-admin COMMAND [OPTIONS]; each command explains itself with --help\n\n"));
      for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        g_print ("  %-15s %s\n", commands[i].name, _ (commands[i].help));
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  g_printerr (_ ("There is no command “%s”. “ymweld-admin --help” lists them.\n"), name);
  return NULL;
}

/* The options of this command, from the table of all. */
static GArray *
choose_options (const YmCommand *command, YmArguments *arguments)
{
  const GOptionEntry all[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &arguments->directory, N_ ("the administrator's folder"), N_ ("FOLDER") },
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &arguments->passphrase_file,
      N_ ("read the passphrase from the first line of a file"), N_ ("FILE") },
    { "force", 0, 0, G_OPTION_ARG_STRING, &arguments->force_name, N_ ("what the force is called"), N_ ("NAME") },
    { "request", 0, 0, G_OPTION_ARG_FILENAME, &arguments->request, N_ ("what “ymweld-server init” wrote"), N_ ("FILE") },
    { "identity", 0, 0, G_OPTION_ARG_FILENAME, &arguments->identity, N_ ("the identity file to write"), N_ ("FILE") },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &arguments->out, N_ ("the file to write, or the folder"), N_ ("FILE") },
    { "wait", 0, 0, G_OPTION_ARG_INT, &arguments->wait_s, N_ ("wait so long for the device"), N_ ("SECONDS") },
    { "mapping", 0, 0, G_OPTION_ARG_FILENAME, &arguments->mapping,
      N_ ("what another system calls its columns and codes"), N_ ("FILE") },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &arguments->store, N_ ("the force lead's notebook"), N_ ("FOLDER") },
    { "home", 0, 0, G_OPTION_ARG_STRING, &arguments->home, N_ ("of one home, not of the force"), "REGISTRATION_NO" },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &arguments->language, N_ ("in English (en) or Welsh (cy)"), N_ ("CODE") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &arguments->format, N_ ("only one of the formats"), "xlsx|csv|pdf" },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &arguments->replace, N_ ("replace files of the same names"), NULL },
    { "number", 0, 0, G_OPTION_ARG_STRING, &arguments->number, N_ ("an issue, as it was issued"), "NUMBER|last" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &arguments->recipient, N_ ("to whom it is issued"), N_ ("NAME") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &arguments->reason, N_ ("why, in a few words"), N_ ("TEXT") },
    { "answer", 0, 0, G_OPTION_ARG_FILENAME, &arguments->answer, N_ ("the answer to write"), N_ ("FILE") },
    { "fingerprint", 0, 0, G_OPTION_ARG_STRING, &arguments->fingerprint, N_ ("the fingerprint as the officer's device shows it"),
      N_ ("TEXT") },
    { "recovery-key", 0, 0, G_OPTION_ARG_FILENAME, &arguments->recovery_key, N_ ("the recovery key's file"), N_ ("FILE") },
    { "recovery-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &arguments->recovery_passphrase_file,
      N_ ("read the recovery key's passphrase from the first line of a file"), N_ ("FILE") },
    { "stolen", 0, 0, G_OPTION_ARG_NONE, &arguments->stolen, N_ ("the device shall wipe its keys at once"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &arguments->json, N_ ("print for scripts"), NULL },
  };
  GArray *chosen = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  g_array_append_vals (chosen, all, 2);
  for (guint i = 2; i < G_N_ELEMENTS (all); i++)
    if (g_strv_contains (command->options, all[i].long_name))
      g_array_append_val (chosen, all[i]);
  return chosen;
}

static gboolean
parse (const YmCommand *command, YmArguments *arguments, int *argc, char ***argv, GError **error)
{
  g_autoptr (GArray) options = choose_options (command, arguments);
  g_autofree char *program = g_strconcat ("ymweld-admin ", command->name, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (command->words);

  g_set_prgname (program);
  g_option_context_set_summary (context, _ (command->help));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, (GOptionEntry *) options->data, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc - 1 >= (int) command->least && *argc - 1 <= (int) command->most && arguments->wait_s >= 0)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("This is not how it is used: ymweld-admin %s %s. “--help” says more."), command->name, command->words);
  return FALSE;
}

static gboolean
carry_out (const YmCommand *command, YmTask *task, GError **error)
{
  const YmArguments *arguments = task->arguments;
  g_autoptr (YmSecret) passphrase = NULL;

  if (command->needs != YM_NEEDS_NOTHING)
    {
      passphrase = ym_prompt_passphrase (arguments->passphrase_file, _ ("Passphrase"), error);
      if (passphrase == NULL)
        return FALSE;
      task->office = ym_office_open (arguments->directory, passphrase, command->needs == YM_NEEDS_ROOT, task->options,
                                     error);
      if (task->office == NULL)
        return FALSE;
    }
  return command->run (task, error);
}

static void
clear_arguments (YmArguments *arguments)
{
  g_free (arguments->directory);
  g_free (arguments->passphrase_file);
  g_free (arguments->force_name);
  g_free (arguments->request);
  g_free (arguments->identity);
  g_free (arguments->out);
  g_free (arguments->mapping);
  g_free (arguments->store);
  g_free (arguments->home);
  g_free (arguments->language);
  g_free (arguments->format);
  g_free (arguments->number);
  g_free (arguments->recipient);
  g_free (arguments->reason);
  g_free (arguments->answer);
  g_free (arguments->fingerprint);
  g_free (arguments->recovery_key);
  g_free (arguments->recovery_passphrase_file);
}

static int
run (const YmCommand *command, int argc, char **argv)
{
  YmStoreOptions options = ym_store_options_default ();
  YmArguments arguments = { 0 };
  YmTask task = { .arguments = &arguments, .options = &options };
  g_autoptr (GError) error = NULL;
  gboolean good = parse (command, &arguments, &argc, &argv, &error);

  if (good)
    {
      if (arguments.directory == NULL)
        arguments.directory = g_build_filename (g_get_user_data_dir (), "ymweld-admin", NULL);
      task.words = argv + 1;
      task.n_words = (guint) argc - 1;
      good = carry_out (command, &task, &error);
    }
  ym_office_free (task.office);
  clear_arguments (&arguments);
  if (good)
    return EXIT_DONE;
  g_printerr ("%s\n", error->message);
  return error->domain == G_OPTION_ERROR ? EXIT_USAGE : EXIT_REFUSED;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *catalogues = NULL;
  const char *name = argc > 1 ? argv[1] : NULL;
  gboolean wants_help = name == NULL || g_str_equal (name, "--help") || g_str_equal (name, "-h");
  const YmCommand *command;

  setlocale (LC_ALL, "");
  catalogues = ym_translations_directory (YM_LOCALE_DIRECTORY);
  bindtextdomain (GETTEXT_PACKAGE, catalogues);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_prgname ("ymweld-admin");
  if (sodium_init () < 0 || !ym_process_harden (&error))
    {
      g_printerr ("%s\n", error == NULL ? _ ("This machine has no source of random numbers.") : error->message);
      return EXIT_REFUSED;
    }
  command = find_command (wants_help ? NULL : name);
  if (command == NULL)
    return name != NULL && wants_help ? EXIT_DONE : EXIT_USAGE;
  return run (command, argc - 1, argv + 1);
}
