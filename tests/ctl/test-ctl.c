/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line: what is read from it, what is printed, and that its manual tells the truth. */

#include "app/base/error.h"
#include "ui/ctl/command.h"
#include "ui/ctl/words.h"

#include <string.h>

/* One answer, said once. */
static void
say_homes (YmOut *out)
{
  ym_out_begin_list (out, "homes", "Homes", YM_OUT_TABLE);
  ym_out_begin_item (out);
  ym_out_text (out, "name", "Name", "Tŷ Gwyn");
  ym_out_integer (out, "issues", "Issues", 12);
  ym_out_text (out, "hidden", NULL, "for scripts");
  ym_out_end_item (out);
  ym_out_begin_item (out);
  ym_out_text (out, "name", "Name", "Bryn Awel, Aberaeron");
  ym_out_integer (out, "issues", "Issues", 3);
  ym_out_day (out, "next", "Next", 20526);
  ym_out_end_item (out);
  ym_out_end_list (out);
  ym_out_begin (out, "more", "More");
  ym_out_text (out, "note", "Note", "one\ntwo");
  ym_out_text (out, "nothing", "Nothing", NULL);
  ym_out_end (out);
  ym_out_say (out, "Done.");
}

/* Columns that don't line up, or a heading in the wrong place, make a list of homes unreadable. */
static void
test_people (void)
{
  YmOut *out = ym_out_new (FALSE);
  g_autofree char *text = NULL;

  say_homes (out);
  text = ym_out_finish (out);
  g_assert_cmpstr (text, ==,
                   "Homes\n"
                   "  Name                  Issues  Next\n"
                   "  Tŷ Gwyn               12\n"
                   "  Bryn Awel, Aberaeron  3       Saturday 14 March 2026\n"
                   "\n"
                   "More\n"
                   "  Note: one\n"
                   "    two\n"
                   "Done.\n");
}

/* Scripts get every value, under keys that no language changes, and no sentence. */
static void
test_scripts (void)
{
  YmOut *out = ym_out_new (TRUE);
  g_autofree char *text = NULL;

  say_homes (out);
  text = ym_out_finish (out);
  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"homes\": [\n"
                   "    {\n"
                   "      \"name\": \"Tŷ Gwyn\",\n"
                   "      \"issues\": 12,\n"
                   "      \"hidden\": \"for scripts\"\n"
                   "    },\n"
                   "    {\n"
                   "      \"name\": \"Bryn Awel, Aberaeron\",\n"
                   "      \"issues\": 3,\n"
                   "      \"next\": \"2026-03-14\"\n"
                   "    }\n"
                   "  ],\n"
                   "  \"more\": {\n"
                   "    \"note\": \"one\\u000atwo\",\n"
                   "    \"nothing\": null\n"
                   "  }\n"
                   "}\n");
}

/* A colleague's note with an escape sequence would write what it likes on the officer's terminal. */
static void
test_terminal_is_safe (void)
{
  YmOut *out = ym_out_new (FALSE);
  g_autofree char *text = NULL;

  ym_out_text (out, "note", "Note", "a\x1b]0;b\x07\xc2\x9b" "2J\r");
  text = ym_out_finish (out);
  g_assert_cmpstr (text, ==, "Note: a\xef\xbf\xbd]0;b\xef\xbf\xbd\xef\xbf\xbd" "2J\xef\xbf\xbd\n");
}

static void
be_silent (const char *text)
{
}

/* Words that don't fit a command must be said to be wrong (2), not done as something else or taken for a failure (1). */
static void
test_usage (void)
{
  static const struct {
    const char *words[6];
    int status;
  } cases[] = {
    { { NULL }, 2 },
    { { "nonsense", NULL }, 2 },
    { { "visit", NULL }, 2 },
    { { "visit", "begin", NULL }, 2 },
    { { "visit", "begin", "W1", "W2", NULL }, 2 },
    { { "visit", "addendum", "abcd", "--text", "x", NULL }, 2 }, /* no reason */
    { { "visit", "addendum", "abcd", "--text", NULL }, 2 },
    { { "homes", "--nonsense", NULL }, 2 },
    { { "homes", "--json=yes", NULL }, 2 },
    { { "homes", NULL }, 1 }, /* no store */
    { { "visit", "addendum", "abcd", "--text=x", "--reason=y", NULL }, 1 },
    { { "visit", "set", "--", "abcd", "--x=y", NULL }, 1 },
  };
  YmCtlSession session = { .directory = (char *) "/nonexistent/ymweld", .options = ym_store_options_default () };
  GPrintFunc before = g_set_printerr_handler (be_silent);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (ym_ctl_call (&session, cases[i].words), ==, cases[i].status);
    }
  g_set_printerr_handler (before);
}

/* A script's answers are taken all or none, and never what only the program may say. */
static void
test_answers (void)
{
  static const char *const good[] = { "place=at_home", "started_at=09:30", "not_discussed=calls,issues", "notes=a=b" };
  static const char *const bad[][2] = {
    { "announced=yes", "nonsense=1" },
    { "announced=yes", "officer=00000000000000000000000000000000" },
    { "announced=yes", "staff_on_duty=many" },
    { "announced=yes", "place" },
  };
  const YmForm *form = ym_form (YM_FORM_VISIT);
  g_autoptr (YmRecord) visit = ym_record_new (form, &ym_id_zero, &ym_id_zero);
  g_autoptr (YmRecord) before = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ym_ctl_set_answers (visit, 20526, good, G_N_ELEMENTS (good), &error));
  g_assert_cmpint (ym_record_get_integer (visit, YM_VISIT_PLACE, 0), ==, YM_PLACE_AT_HOME);
  g_assert_cmpint (ym_record_get_integer (visit, YM_VISIT_STARTED_AT, 0), ==,
                   (G_GINT64_CONSTANT (20526) * 24 * 60 + 9 * 60 + 30) * 60 * G_USEC_PER_SEC);
  g_assert_true (ym_record_is_not_discussed (visit, 3));
  g_assert_cmpstr (ym_record_get_text (visit, YM_VISIT_NOTES), ==, "a=b");
  before = ym_record_copy (visit);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i][1]);
      g_assert_false (ym_ctl_set_answers (visit, 20526, bad[i], 2, &error));
      g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
      g_clear_error (&error);
      g_assert_true (ym_record_equal (visit, before));
    }
}

/* A command that the manual does not have, or another of the same name, is one that nobody finds. */
static void
test_manual (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("YM_SOURCE_ROOT"), "data", "man", "ymweldctl.1", NULL);
  g_autofree char *manual = NULL;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  guint n_topics;
  const YmCtlTopic *topics = ym_ctl_topics (&n_topics);

  g_file_get_contents (path, &manual, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_topics; i++)
    for (const YmCtlCommand *command = topics[i].commands; command->name != NULL; command++)
      {
        g_autofree char *item = g_strdup_printf ("\n.It Cm %s", command->name);

        g_test_message ("%s", command->name);
        g_assert_nonnull (strstr (manual, item));
        g_assert_true (g_hash_table_add (names, (gpointer) command->name));
        g_assert_true ((command->work != NULL) != (command->run != NULL));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/people", test_people);
  g_test_add_func ("/ctl/scripts", test_scripts);
  g_test_add_func ("/ctl/terminal-is-safe", test_terminal_is_safe);
  g_test_add_func ("/ctl/usage", test_usage);
  g_test_add_func ("/ctl/answers", test_answers);
  g_test_add_func ("/ctl/manual", test_manual);
  return g_test_run ();
}
