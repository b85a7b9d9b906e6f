/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ymweld-server: a force's ledger. One table says what it can do. */

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <sodium.h>
#include <stdio.h>

#include "app/base/error.h"
#include "app/vault/harden.h"
#include "app/vault/store.h"
#include "sync/server/command.h"
#include "sync/server/folder.h"

/* What scripts go by. */
enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

#define OPTIONS(...) ((const char *const[]){ __VA_ARGS__, NULL })

typedef struct {
  const char *name;
  const char *words;
  guint n_words;
  const char *const *options;
  const char *needed; /* an option that can't be left out, or NULL */
  const char *help;
  YmServerCommand run;
} Command;

static gboolean
command_init (const YmServerArguments *arguments, GError **error)
{
  YmStoreOptions options = ym_store_options_default ();
  g_autofree char *request = ym_server_folder_path (arguments->directory, YM_SERVER_REQUEST_FILE);

  if (!ym_server_folder_make (arguments->directory, arguments->address, arguments->key, &options, error))
    return FALSE;
  g_print (_ ("Hand “%s” to “ymweld-admin certify-server”.\n"), request);
  return TRUE;
}

/* Only copies: the backup stays what it is, and what is left of the old folder may still be needed. */
static gboolean
command_restore (const YmServerArguments *arguments, GError **error)
{
  YmStoreOptions options = ym_store_options_default ();
  g_autoptr (YmServerFolder) backup = NULL;

  if (g_file_test (arguments->directory, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                   _ ("“%s” is there already. Move it away and keep it, then restore again."), arguments->directory);
      return FALSE;
    }
  backup = ym_server_folder_open (arguments->words[0], arguments->key, &options, error);
  if (backup == NULL || !ym_server_folder_back_up (backup, arguments->directory, error))
    return FALSE;
  g_print (_ ("“%s” is restored. Write the current identity file with “ymweld-admin identity” and start with “ymweld-server "
              "serve --identity”. What devices hold and the backup has not comes back by itself as they sync; “ymweld-server "
              "status” lists what does not.\n"),
           arguments->directory);
  return TRUE;
}

static const Command commands[] = {
  { "init", "", 0, OPTIONS ("address"), "address", N_ ("make a server's folder: ledger, keys, and the request to be certified"),
    command_init },
  { "serve", "", 0, OPTIONS ("identity", "listen", "unix", "address-file", "ledger"), NULL, N_ ("serve until told to stop"),
    ym_server_command_serve },
  { "status", "", 0, OPTIONS ("json"), NULL, N_ ("how things stand; also while it serves"), ym_server_command_status },
  { "verify", "", 0, OPTIONS ("json"), NULL, N_ ("verify the whole ledger; also while it serves"),
    ym_server_command_verify },
  { "backup", N_ ("FOLDER"), 1, OPTIONS (NULL), NULL, N_ ("copy everything but the key; also while it serves"),
    ym_server_command_backup },
  { "restore", N_ ("BACKUP"), 1, OPTIONS (NULL), NULL, N_ ("make a server's folder of a backup of any age"), command_restore },
  { "migrate-ledger", "", 0, OPTIONS ("ledger", "identity", "back"), "ledger",
    N_ ("move the ledger to a database, or back; while no server runs"), ym_server_command_migrate_ledger },
  { "raise-term", "", 0, OPTIONS ("ledger", "lost"), "ledger",
    N_ ("after a standby was promoted: fence off whoever speaks to the old database"), ym_server_command_raise_term },
};

static const Command *
find_command (const char *name)
{
  if (name == NULL)
    {
      g_print (_ ("ymweld-server COMMAND [OPTIONS]; each command explains itself with --help\n\n"));
      for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        g_print ("  %-14s %s\n", commands[i].name, _ (commands[i].help));
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  g_printerr (_ ("There is no command “%s”. “ymweld-server --help” lists them.\n"), name);
  return NULL;
}

/* The options of this command, from the table of all. */
static GArray *
choose_options (const Command *command, YmServerArguments *arguments)
{
  const GOptionEntry all[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &arguments->directory, N_ ("the server's folder"), N_ ("FOLDER") },
    { "key", 'k', 0, G_OPTION_ARG_FILENAME, &arguments->key, N_ ("the key that opens the ledger"), N_ ("FILE") },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &arguments->address, N_ ("where devices will reach it"),
      N_ ("https://HOST:PORT") },
    { "identity", 'i', 0, G_OPTION_ARG_FILENAME, &arguments->identity, N_ ("what “ymweld-admin certify-server” wrote"),
      N_ ("FILE") },
    { "listen", 'l', 0, G_OPTION_ARG_STRING, &arguments->listen, N_ ("where to listen; port 0 for any that is free"),
      N_ ("ADDRESS:PORT") },
    { "unix", 0, 0, G_OPTION_ARG_FILENAME, &arguments->unix_path,
      N_ ("listen on a socket without TLS instead, behind a proxy"), N_ ("FILE") },
    { "address-file", 0, 0, G_OPTION_ARG_FILENAME, &arguments->address_file,
      N_ ("write there where it listens, once it does"), N_ ("FILE") },
    { "ledger", 0, 0, G_OPTION_ARG_STRING, &arguments->ledger, N_ ("the database that has the ledger"),
      "postgresql://USER@HOST/NAME" },
    { "back", 0, 0, G_OPTION_ARG_NONE, &arguments->back, N_ ("from the database into the folder"), NULL },
    { "lost", 0, 0, G_OPTION_ARG_NONE, &arguments->lost,
      N_ ("what was acknowledged may be lost: begin a new epoch, and let devices bring it back"), NULL },
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
is_complete (const Command *command, const YmServerArguments *arguments, int n_words)
{
  return arguments->directory != NULL && n_words == (int) command->n_words
         && (g_strcmp0 (command->needed, "address") != 0 || arguments->address != NULL)
         && (g_strcmp0 (command->needed, "ledger") != 0 || arguments->ledger != NULL);
}

static gboolean
parse (const Command *command, YmServerArguments *arguments, int *argc, char ***argv, GError **error)
{
  g_autoptr (GArray) options = choose_options (command, arguments);
  g_autofree char *program = g_strconcat ("ymweld-server ", command->name, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (command->words[0] == '\0' ? NULL : _ (command->words));

  g_set_prgname (program);
  g_option_context_set_summary (context, _ (command->help));
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, (GOptionEntry *) options->data, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (is_complete (command, arguments, *argc - 1))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("This is not how it is used; “ymweld-server %s --help” says more."), command->name);
  return FALSE;
}

static void
clear_arguments (YmServerArguments *arguments)
{
  g_free (arguments->directory);
  g_free (arguments->key);
  g_free (arguments->address);
  g_free (arguments->identity);
  g_free (arguments->listen);
  g_free (arguments->unix_path);
  g_free (arguments->address_file);
  g_free (arguments->ledger);
}

static int
run (const Command *command, int argc, char **argv)
{
  YmServerArguments arguments = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean good = parse (command, &arguments, &argc, &argv, &error);

  if (good)
    {
      arguments.words = argv + 1;
      good = command->run (&arguments, &error);
    }
  clear_arguments (&arguments);
  if (good)
    return EXIT_DONE;
  if (error == NULL)
    return EXIT_REFUSED; /* it has said so */
  g_printerr ("%s\n", error->message);
  return error->domain == G_OPTION_ERROR ? EXIT_USAGE : EXIT_REFUSED;
}

/* One line an event, key=value, to standard error: the service manager adds the time. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  static const struct {
    GLogLevelFlags level;
    const char *name;
  } levels[] = {
    { G_LOG_LEVEL_ERROR, "error" },     { G_LOG_LEVEL_CRITICAL, "error" }, { G_LOG_LEVEL_WARNING, "warning" },
    { G_LOG_LEVEL_MESSAGE, "info" }, { G_LOG_LEVEL_INFO, "info" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    for (gsize j = 0; (level & levels[i].level) != 0 && j < n_fields; j++)
      if (g_str_equal (fields[j].key, "MESSAGE"))
        {
          fprintf (stderr, "level=%s %s\n", levels[i].name, (const char *) fields[j].value);
          return G_LOG_WRITER_HANDLED;
        }
  return G_LOG_WRITER_HANDLED;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const char *name = argc > 1 ? argv[1] : NULL;
  gboolean wants_help = name == NULL || g_str_equal (name, "--help") || g_str_equal (name, "-h");
  const Command *command;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, YM_LOCALE_DIRECTORY);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_prgname ("ymweld-server");
  g_log_set_writer_func (write_log, NULL, NULL);
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
