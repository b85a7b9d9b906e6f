/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scripts read what our programs print: it must be JSON whatever a record holds. */

#include "app/base/json.h"

/* A comma too many, or a quotation mark let through, and no script reads the answer. */
static void
test_shapes (void)
{
  static const YmId id = { { 0xab } };
  YmJson *json = ym_json_new ();
  g_autofree char *text = NULL;

  ym_json_begin_object (json, NULL);
  ym_json_add_text (json, "text", "Tŷ \"Gwyn\" \\ a\nb");
  ym_json_add_text (json, "nothing", NULL);
  ym_json_add_integer (json, "least", G_MININT64);
  ym_json_begin_array (json, "rows");
  ym_json_add_boolean (json, NULL, TRUE);
  ym_json_add_boolean (json, NULL, FALSE);
  ym_json_begin_object (json, NULL);
  ym_json_end_object (json);
  ym_json_end_array (json);
  ym_json_begin_array (json, "empty");
  ym_json_end_array (json);
  ym_json_add_id (json, "id", &id);
  ym_json_add_id (json, "no id", &ym_id_zero);
  ym_json_end_object (json);
  text = ym_json_finish (json);
  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"text\": \"Tŷ \\\"Gwyn\\\" \\\\ a\\u000ab\",\n"
                   "  \"nothing\": null,\n"
                   "  \"least\": -9223372036854775808,\n"
                   "  \"rows\": [\n"
                   "    true,\n"
                   "    false,\n"
                   "    {}\n"
                   "  ],\n"
                   "  \"empty\": [],\n"
                   "  \"id\": \"ab000000000000000000000000000000\",\n"
                   "  \"no id\": null\n"
                   "}\n");
}

/* A colleague's record with a terminal's escape sequence would rewrite the officer's screen. */
static void
test_control_characters (void)
{
  YmJson *json = ym_json_new ();
  g_autofree char *text = NULL;

  ym_json_add_text (json, NULL, "\x1b[2J \xc2\x9b \x7f \xff");
  text = ym_json_finish (json);
  g_assert_cmpstr (text, ==, "\"\\u001b[2J \\u009b \\u007f \xef\xbf\xbd\"\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/shapes", test_shapes);
  g_test_add_func ("/json/control-characters", test_control_characters);
  return g_test_run ();
}
