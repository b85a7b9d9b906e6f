/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The made-up force, from its CSV files to what the rules must say of each home (expected.json): if this
 * fails, what is imported and what is shown no longer agree. */

#include <json-glib/json-glib.h>

#include "app/forms/csv.h"
#include "app/rules/civil.h"
#include "app/rules/reconcile.h"
#include "app/rules/trigger.h"

static char *
demo_file (const char *name)
{
  return g_build_filename (g_getenv ("YM_SOURCE_ROOT"), "data", "demo-force", name, NULL);
}

static JsonObject *
expected_member (JsonParser *parser, const char *member)
{
  g_autofree char *path = demo_file ("expected.json");
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)), member);
}

static YmCsv *
read_table (const char *name)
{
  g_autofree char *path = demo_file (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  YmCsv *csv;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (contents, length);
  csv = ym_csv_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ym_csv_problems (csv)->len, ==, 0);
  return csv;
}

/* The calls of one home, or its own log's entries, which have no reference. */
static GArray *
entries_of_home (YmCsv *csv, const char *home, const char *time_column)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (YmTriggerCall));

  for (guint row = 0; row < ym_csv_n_rows (csv); row++)
    {
      YmTriggerCall entry = { 0, ym_csv_get (csv, row, "incident_ref") };

      if (!g_str_equal (ym_csv_get (csv, row, "registration_no"), home))
        continue;
      g_assert_true (ym_instant_parse (ym_csv_get (csv, row, time_column), &entry.received_at_us));
      g_array_append_val (entries, entry);
    }
  return entries;
}

static gint64 *
times_of (const GArray *entries)
{
  gint64 *at_us = g_new (gint64, entries->len + 1);

  for (guint i = 0; i < entries->len; i++)
    at_us[i] = g_array_index (entries, YmTriggerCall, i).received_at_us;
  return at_us;
}

static void
test_calls_by_month (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *expected = expected_member (parser, "calls_by_month");
  g_autoptr (GList) homes = json_object_get_members (expected);
  g_autoptr (YmCsv) calls = read_table ("calls.csv");

  g_assert_cmpuint (g_list_length (homes), ==, 24);
  for (GList *home = homes; home != NULL; home = home->next)
    {
      JsonObject *months = json_object_get_object_member (expected, home->data);
      g_autoptr (GArray) entries = entries_of_home (calls, home->data, "received_at");
      /* with a threshold of one, every month that has a call is there */
      g_autoptr (GArray) found = ym_triggers ((YmTriggerCall *) (gpointer) entries->data, entries->len, 1);

      g_assert_cmpuint (found->len, ==, json_object_get_size (months));
      for (guint i = 0; i < found->len; i++)
        {
          const YmTrigger *month = &g_array_index (found, YmTrigger, i);
          g_autofree char *name = ym_month_to_string (month->month);

          g_assert_true (json_object_has_member (months, name));
          g_assert_cmpint (month->n_calls, ==, json_object_get_int_member (months, name));
        }
    }
}

static void
test_triggers (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *by_month = expected_member (parser, "calls_by_month");
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  JsonArray *expected = json_object_get_array_member (root, "triggers");
  g_autoptr (GList) homes = json_object_get_members (by_month);
  g_autoptr (YmCsv) calls = read_table ("calls.csv");
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (GList *home = homes; home != NULL; home = home->next)
    {
      g_autoptr (GArray) entries = entries_of_home (calls, home->data, "received_at");
      g_autoptr (GArray) triggers
          = ym_triggers ((YmTriggerCall *) (gpointer) entries->data, entries->len, YM_TRIGGER_THRESHOLD);

      for (guint i = 0; i < triggers->len; i++)
        {
          const YmTrigger *trigger = &g_array_index (triggers, YmTrigger, i);
          g_autofree char *month = ym_month_to_string (trigger->month);

          g_hash_table_add (
              found, g_strjoin (" ", home->data, month,
                                g_array_index (entries, YmTriggerCall, trigger->call).incident_ref, NULL));
        }
    }
  g_assert_cmpuint (json_array_get_length (expected), >, 0);
  g_assert_cmpuint (g_hash_table_size (found), ==, json_array_get_length (expected));
  for (guint i = 0; i < json_array_get_length (expected); i++)
    {
      JsonObject *trigger = json_array_get_object_element (expected, i);
      g_autofree char *line = g_strjoin (" ", json_object_get_string_member (trigger, "registration_no"),
                                         json_object_get_string_member (trigger, "month"),
                                         json_object_get_string_member (trigger, "third_call"), NULL);

      g_assert_true (g_hash_table_contains (found, line));
    }
}

static void
test_reconciliation (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *expected = expected_member (parser, "reconciliation");
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  g_autoptr (GList) homes = json_object_get_members (expected);
  g_autoptr (YmCsv) calls = read_table ("calls.csv");
  g_autoptr (YmCsv) logs = read_table ("home-logs.csv");

  g_assert_cmpuint (g_list_length (homes), ==, 24);
  for (GList *home = homes; home != NULL; home = home->next)
    {
      JsonObject *figures = json_object_get_object_member (expected, home->data);
      g_autoptr (GArray) police = entries_of_home (calls, home->data, "received_at");
      g_autoptr (GArray) log = entries_of_home (logs, home->data, "logged_at");
      g_autofree gint64 *police_at_us = times_of (police), *home_at_us = times_of (log);
      YmReconcileInput input = { police_at_us,
                                 police->len,
                                 home_at_us,
                                 log->len,
                                 NULL,
                                 0,
                                 json_object_get_int_member (root, "tolerance_minutes") };
      g_autoptr (YmReconciliation) result = ym_reconcile (&input, NULL);
      const struct {
        const char *name;
        gint64 value;
      } found[] = {
        { "police", police->len },
        { "home", log->len },
        { "both", result->both->len },
        { "only_police", result->only_police->len },
        { "only_home", result->only_home->len },
        { "minutes_apart", result->total_apart_us / YM_MINUTE_US },
        { "discrepancy_percent", result->discrepancy_percent },
      };

      g_test_message ("%s", (const char *) home->data);
      for (guint i = 0; i < G_N_ELEMENTS (found); i++)
        g_assert_cmpint (found[i].value, ==, json_object_get_int_member (figures, found[i].name));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/demo-force/calls-by-month", test_calls_by_month);
  g_test_add_func ("/rules/demo-force/triggers", test_triggers);
  g_test_add_func ("/rules/demo-force/reconciliation", test_reconciliation);
  return g_test_run ();
}
