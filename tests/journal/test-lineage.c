/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What two ledgers that were one have in common. */

#include "app/journal/lineage.h"

#include <gio/gio.h>
#include <string.h>

/* Epochs are letters: "a12 b20 c" is a ledger in its epoch c, which left a at 12 and b at 20. */
static void
read_lineage (const char *text, YmLineage *lineage)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  YmId epoch = { { 0 } };

  ym_lineage_init (lineage, &epoch);
  for (guint i = 0; words[i] != NULL; i++)
    {
      YmPosition last = { .number = g_ascii_strtoull (words[i] + 1, NULL, 10) };

      last.epoch.bytes[0] = (guint8) words[i][0];
      if (words[i + 1] != NULL)
        g_array_append_val (lineage->past, last);
      lineage->epoch = last.epoch;
    }
}

static char *
print_lineage (const YmLineage *lineage)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lineage->past->len; i++)
    {
      const YmPosition *last = &g_array_index (lineage->past, YmPosition, i);

      g_string_append_printf (text, "%c%" G_GUINT64_FORMAT " ", last->epoch.bytes[0], last->number);
    }
  g_string_append_c (text, (char) lineage->epoch.bytes[0]);
  return g_string_free (text, FALSE);
}

/* Broken: a restored ledger claims positions that it has not, or forgets where it comes from. */
static void
test_branch (void)
{
  static const struct {
    const char *before;
    guint64 number;
    const char *after;
  } cases[] = {
    { "a", 12, "a12 z" },          { "a", 0, "z" },           { "a12 b", 20, "a12 b20 z" },
    { "a12 b", 12, "a12 z" },      { "a12 b", 5, "a5 z" },    { "a12 b20 c", 20, "a12 b20 z" },
    { "a12 b20 c", 15, "a12 b15 z" }, { "a12 b20 c", 0, "z" },
  };
  const YmId z = { { 'z' } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (YmLineage) lineage = { NULL };
      g_autofree char *after = NULL;

      read_lineage (cases[i].before, &lineage);
      ym_lineage_branch (&lineage, cases[i].number, &z);
      after = print_lineage (&lineage);
      g_assert_cmpstr (after, ==, cases[i].after);
    }
}

/* Broken: a device keeps positions that a restored ledger gave to others, or gives up more than it must. */
static void
test_shared (void)
{
  static const struct {
    const char *a;
    const char *b;
    guint64 shared;
  } cases[] = {
    { "a", "a", G_MAXINT64 },
    { "a12 b", "a12 b", G_MAXINT64 },
    { "a", "b", 0 },
    { "a", "a12 b", 12 },
    { "a12 b", "a12 c", 12 },
    { "a12 b", "a9 c", 9 },
    { "a9 b", "a12 c", 9 },
    { "a12 b", "a12 b20 c", 20 },
    { "a12 b30 d", "a12 b20 c", 20 },
    { "b", "a12 b", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (YmLineage) a = { NULL };
      g_auto (YmLineage) b = { NULL };

      read_lineage (cases[i].a, &a);
      read_lineage (cases[i].b, &b);
      g_assert_cmpuint (ym_lineage_shared (&a, &b), ==, cases[i].shared);
      g_assert_cmpuint (ym_lineage_shared (&b, &a), ==, cases[i].shared);
    }
}

/* Broken: what an author had seen of a ledger that is lost is taken for what this one says. */
static void
test_reach (void)
{
  static const struct {
    char epoch;
    guint64 number;
    guint64 reach;
  } cases[] = { { 'a', 5, 5 }, { 'a', 12, 12 }, { 'a', 13, 12 }, { 'b', 13, 13 }, { 'b', 25, 20 }, { 'c', 99, 99 }, { 'x', 3, 0 } };
  g_auto (YmLineage) lineage = { NULL };

  read_lineage ("a12 b20 c", &lineage);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmPosition position = { .number = cases[i].number };

      position.epoch.bytes[0] = (guint8) cases[i].epoch;
      g_assert_cmpuint (ym_lineage_reach (&lineage, &position), ==, cases[i].reach);
    }
  g_assert_cmpint (ym_lineage_position (&lineage, 12).epoch.bytes[0], ==, 'a');
  g_assert_cmpint (ym_lineage_position (&lineage, 13).epoch.bytes[0], ==, 'b');
  g_assert_cmpint (ym_lineage_position (&lineage, 21).epoch.bytes[0], ==, 'c');
}

/* Broken: a store forgets its epochs when it is closed, or believes numbers that go back. */
static void
test_encoding (void)
{
  g_auto (YmLineage) lineage = { NULL };
  g_auto (YmLineage) again = { NULL };
  g_auto (YmLineage) wrong = { NULL };
  g_auto (YmLineage) back = { NULL };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) wrong_bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  read_lineage ("a12 b20 c", &lineage);
  bytes = ym_lineage_encode_past (&lineage);
  ym_lineage_init (&again, &lineage.epoch);
  g_assert_true (ym_lineage_decode_past (bytes, &again, &error));
  text = print_lineage (&again);
  g_assert_cmpstr (text, ==, "a12 b20 c");
  read_lineage ("a12 b12 c", &wrong);
  wrong_bytes = ym_lineage_encode_past (&wrong);
  ym_lineage_init (&back, &wrong.epoch);
  g_assert_false (ym_lineage_decode_past (wrong_bytes, &back, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lineage/branch", test_branch);
  g_test_add_func ("/lineage/shared", test_shared);
  g_test_add_func ("/lineage/reach", test_reach);
  g_test_add_func ("/lineage/encoding", test_encoding);
  return g_test_run ();
}
