/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Who may write what" in docs/protocol.md is the table that the server enforces, word for word. */

#include "app/forms/form.h"
#include "app/rules/authority.h"

#include <string.h>

#define BEGIN "<!-- authority:begin -->\n"
#define END "<!-- authority:end -->"

static void
append_allowed (GString *line, guint allowed)
{
  static const struct {
    guint bit;
    const char *name;
  } names[] = {
    { YM_ALLOWED_ROOT, "root key" },
    { YM_ALLOWED_ADMINISTRATOR, "administrator" },
    { YM_ALLOWED_ASSIGNED, "officer of the home" },
    { YM_ALLOWED_SUPERVISOR, "supervisor of its area" },
    { YM_ALLOWED_ANY_SUPERVISOR, "any supervisor" },
    { YM_ALLOWED_FORCE_LEAD, "force lead" },
    { YM_ALLOWED_OWN_ONLY, "own records only" },
  };
  guint named = 0;

  if (allowed == YM_ALLOWED_NOBODY)
    g_string_append (line, "nobody");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((allowed & names[i].bit) != 0)
      {
        g_string_append_printf (line, "%s%s", named == 0 ? "" : ", ", names[i].name);
        named |= names[i].bit;
      }
  g_assert_cmpuint (named, ==, allowed); /* a right that the document has no word for */
}

static char *
print_table (void)
{
  GString *table = g_string_new ("| record type | number | new | changed |\n| --- | --- | --- | --- |\n");
  guint n_rules;
  const YmAuthorityRule *rules = ym_authority_rules (&n_rules);

  for (guint i = 0; i < n_rules; i++)
    {
      const YmForm *form = ym_form (rules[i].form);

      g_string_append_printf (table, "| `%s` | %u | ", form->name, form->id);
      append_allowed (table, rules[i].insert);
      g_string_append (table, " | ");
      append_allowed (table, rules[i].update);
      g_string_append (table, " |\n");
    }
  return g_string_free (table, FALSE);
}

/* A document that promises other rights than the server gives is worse than none. */
static void
test_document_says_what_is_enforced (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("YM_SOURCE_ROOT"), "docs", "protocol.md", NULL);
  g_autofree char *text = NULL;
  g_autofree char *found = NULL;
  g_autofree char *wanted = print_table ();
  const char *begin, *end;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  begin = strstr (text, BEGIN);
  end = strstr (text, END);
  g_assert_true (begin != NULL && end > begin);
  begin += strlen (BEGIN);
  found = g_strndup (begin, end - begin);
  if (!g_str_equal (found, wanted))
    g_test_message ("Put this between the marks in docs/protocol.md:\n%s", wanted);
  g_assert_cmpstr (found, ==, wanted);
}

/* A record type without a line could be written by nobody, and nobody would know why. */
static void
test_every_form_has_a_line (void)
{
  guint n_forms, n_rules;
  const YmForm *const *forms = ym_forms (&n_forms);
  const YmAuthorityRule *rules = ym_authority_rules (&n_rules);

  g_assert_cmpuint (n_rules, ==, n_forms);
  for (guint i = 0; i < n_forms; i++)
    {
      guint lines = 0;

      for (guint j = 0; j < n_rules; j++)
        lines += rules[j].form == forms[i]->id;
      if (lines != 1)
        g_error ("%s has %u lines", forms[i]->name, lines);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/authority/document-says-what-is-enforced", test_document_says_what_is_enforced);
  g_test_add_func ("/server/authority/every-form-has-a-line", test_every_form_has_a_line);
  return g_test_run ();
}
