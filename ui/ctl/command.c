/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds a command in the tables, reads its words, runs it and prints what it answers. */

#include "ui/ctl/command.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "app/base/error.h"

#define EXIT_DONE 0
#define EXIT_FAILED 1
#define EXIT_USAGE 2

static const YmCtlTopic topics[] = {
  { N_ ("Enrolment"), ym_ctl_enrol_commands },
  { N_ ("Homes"), ym_ctl_home_commands },
  { N_ ("Visits"), ym_ctl_visit_commands },
  { N_ ("Drafts"), ym_ctl_draft_commands },
  { N_ ("Issues"), ym_ctl_issue_commands },
  { N_ ("Calls"), ym_ctl_call_commands },
  { N_ ("Reconciliation"), ym_ctl_reconcile_commands },
  { N_ ("Joint inspections"), ym_ctl_inspection_commands },
  { N_ ("Figures"), ym_ctl_figures_commands },
  { N_ ("Returns"), ym_ctl_return_commands },
  { N_ ("Team and arrests"), ym_ctl_team_commands },
  { N_ ("Giving out"), ym_ctl_report_commands },
  { N_ ("Search"), ym_ctl_search_commands },
  { N_ ("Log, history and partners"), ym_ctl_log_commands },
  { N_ ("Sync"), ym_ctl_sync_commands },
  { N_ ("Proof"), ym_ctl_proof_commands },
  { N_ ("The store and the program"), ym_ctl_store_commands },
  { N_ ("A forgotten passphrase"), ym_ctl_escrow_commands },
};

/* What scripts are told an error is; people are told in a sentence. */
static const char *const error_names[] = {
  [YM_ERROR_INVALID] = "invalid",     [YM_ERROR_MALFORMED] = "malformed", [YM_ERROR_NEWER] = "newer",
  [YM_ERROR_SIGNATURE] = "signature", [YM_ERROR_AUTHORITY] = "authority", [YM_ERROR_PASSPHRASE] = "passphrase",
  [YM_ERROR_DELAYED] = "delayed",     [YM_ERROR_DAMAGED] = "damaged",     [YM_ERROR_STORAGE] = "storage",
  [YM_ERROR_BUSY] = "busy",           [YM_ERROR_NETWORK] = "network",     [YM_ERROR_NOT_FOUND] = "not_found",
  [YM_ERROR_LOCKED] = "locked",       [YM_ERROR_UNREACHABLE] = "unreachable",
};

const YmCtlTopic *
ym_ctl_topics (guint *n_topics)
{
  *n_topics = G_N_ELEMENTS (topics);
  return topics;
}

const char *
ym_ctl_option (const YmCtlCall *call, const char *name)
{
  return g_hash_table_lookup (call->options, name);
}

char *
ym_ctl_usage (const YmCtlCommand *command)
{
  GString *text = g_string_new (command->name);

  if (command->arguments != NULL && *command->arguments != '\0')
    g_string_append_printf (text, " %s", command->arguments);
  for (guint i = 0; i < YM_CTL_MOST_OPTIONS && command->options[i].name != NULL; i++)
    {
      const YmCtlOption *option = &command->options[i];

      g_string_append_printf (text, option->required ? " --%s%s%s" : " [--%s%s%s]", option->name,
                              option->value != NULL ? " " : "", option->value != NULL ? option->value : "");
    }
  return g_string_free (text, FALSE);
}

char *
ym_ctl_help (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    {
      g_string_append_printf (text, "%s%s:\n", i == 0 ? "" : "\n", _ (topics[i].heading));
      for (const YmCtlCommand *command = topics[i].commands; command->name != NULL; command++)
        {
          g_autofree char *usage = ym_ctl_usage (command);

          g_string_append_printf (text, "  %s\n      %s\n", usage, _ (command->summary));
        }
    }
  return g_string_free (text, FALSE);
}

/* How many of @words are the command's name; 0 if it is another's. */
static guint
words_of_name (const char *name, const char *const *words)
{
  g_auto (GStrv) parts = g_strsplit (name, " ", -1);
  guint n = g_strv_length (parts);

  for (guint i = 0; i < n; i++)
    if (words[i] == NULL || !g_str_equal (words[i], parts[i]))
      return 0;
  return n;
}

/* The command with the longest name that @words begin with: "visit show" before "visit". */
static const YmCtlCommand *
find_command (const char *const *words, guint *n_words)
{
  const YmCtlCommand *found = NULL;

  *n_words = 0;
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    for (const YmCtlCommand *command = topics[i].commands; command->name != NULL; command++)
      {
        guint n = words_of_name (command->name, words);

        if (n > *n_words)
          {
            found = command;
            *n_words = n;
          }
      }
  return found;
}

static const YmCtlOption *
find_option (const YmCtlCommand *command, const char *name)
{
  for (guint i = 0; i < YM_CTL_MOST_OPTIONS && command->options[i].name != NULL; i++)
    if (g_str_equal (command->options[i].name, name))
      return &command->options[i];
  return NULL;
}

/* --name VALUE or --name=VALUE, the first at @words; moves on past what it has read. */
static gboolean
read_option (YmCtlCall *call, const char *const **words)
{
  const char *equals = strchr (**words, '=');
  g_autofree char *name
      = equals != NULL ? g_strndup (**words + 2, (gsize) (equals - **words - 2)) : g_strdup (**words + 2);
  const YmCtlOption *option = find_option (call->command, name);
  const char *value = equals != NULL ? equals + 1 : NULL;

  if (option == NULL || (option->value == NULL && value != NULL))
    return FALSE;
  if (option->value != NULL && value == NULL)
    value = *++*words;
  if (option->value != NULL && value == NULL)
    return FALSE;
  ++*words;
  g_hash_table_insert (call->options, g_steal_pointer (&name), g_strdup (value != NULL ? value : ""));
  return TRUE;
}

/* --json is every command's, before its name and after. */
static gboolean
wants_json (const char *const *words)
{
  for (; *words != NULL && !g_str_equal (*words, "--"); words++)
    if (g_str_equal (*words, "--json"))
      return TRUE;
  return FALSE;
}

/* FALSE if the words don't fit the command. After a lone "--" everything is an argument. */
static gboolean
read_words (YmCtlCall *call, const char *const *words, GPtrArray *arguments)
{
  gboolean options_over = FALSE;

  while (*words != NULL)
    {
      if (!options_over && g_str_equal (*words, "--"))
        {
          options_over = TRUE;
          words++;
        }
      else if (!options_over && g_str_equal (*words, "--json"))
        words++;
      else if (options_over || !g_str_has_prefix (*words, "--"))
        g_ptr_array_add (arguments, (gpointer) *words++);
      else if (!read_option (call, &words))
        return FALSE;
    }
  for (guint i = 0; i < YM_CTL_MOST_OPTIONS && call->command->options[i].name != NULL; i++)
    if (call->command->options[i].required && ym_ctl_option (call, call->command->options[i].name) == NULL)
      return FALSE;
  call->arguments = (const char *const *) arguments->pdata;
  call->n_arguments = arguments->len;
  return arguments->len >= call->command->least && arguments->len <= call->command->most;
}

static gpointer
do_work (YmDesk *desk, gpointer data, GError **error)
{
  YmCtlCall *call = data;

  if (call->command->need == YM_CTL_NEEDS_OFFICER && ym_id_is_zero (&desk->officer))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                           _ ("This device is not enrolled yet. Enrol it first, with “ymweldctl enrol”."));
      return NULL;
    }
  return GINT_TO_POINTER (call->command->work (desk, call, error));
}

static gboolean
run (YmCtlCall *call, GError **error)
{
  if (call->command->need != YM_CTL_NEEDS_NOTHING && !ym_ctl_session_open (call->session, error))
    return FALSE;
  if (call->command->run != NULL)
    return call->command->run (call, error);
  return ym_notebook_run (call->session->notebook, call->command->lane, do_work, call, error) != NULL;
}

/* Straight to the descriptor's encoding: what scripts read is UTF-8 in every locale. */
static gboolean
print (const char *text)
{
  return fputs (text, stdout) >= 0 && fflush (stdout) == 0;
}

/* What went wrong: to people in a sentence, to scripts also in the answer, which may hold what was done before. */
static void
say_error (YmOut *out, const GError *error)
{
  g_printerr ("ymweldctl: %s\n", error->message);
  if (!ym_out_is_json (out))
    return;
  ym_out_text (out, "error", NULL, error->message);
  ym_out_text (out, "code", NULL,
               error->domain == YM_ERROR && (guint) error->code < G_N_ELEMENTS (error_names) ? error_names[error->code]
                                                                                             : "other");
}

static int
usage_error (const YmCtlCommand *command, const char *word)
{
  g_autofree char *usage = command != NULL ? ym_ctl_usage (command) : NULL;

  if (usage != NULL)
    g_printerr (_ ("ymweldctl: this is called as: ymweldctl %s\n"), usage);
  else
    g_printerr (_ ("ymweldctl: there is no command “%s”; “ymweldctl --help” lists them.\n"), word);
  return EXIT_USAGE;
}

int
ym_ctl_call (YmCtlSession *session, const char *const *words)
{
  guint n_words;
  const YmCtlCommand *command = find_command (words, &n_words);
  g_autoptr (GHashTable) options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (YmOut) out = ym_out_new (session->json || wants_json (words));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean done;
  YmCtlCall call = { .session = session, .command = command, .options = options, .out = out };

  if (command == NULL || !read_words (&call, words + n_words, arguments))
    return usage_error (command, words[0] != NULL ? words[0] : "");
  done = run (&call, &error);
  if (!done)
    say_error (out, error);
  text = ym_out_finish (g_steal_pointer (&out));
  if (!print (text))
    {
      g_printerr (_ ("ymweldctl: the answer could not be written.\n"));
      return EXIT_FAILED;
    }
  return done ? EXIT_DONE : EXIT_FAILED;
}
