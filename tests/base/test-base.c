/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ids and hashes: a change here would make every importer's ids disagree. */

#include "app/base/id.h"

#include <string.h>

static void
test_key_ids_are_fixed (void)
{
  YmId force = { { 1, 2, 3 } };
  YmId home = ym_id_from_key (&force, "home", "W013000");
  YmId split = ym_id_from_key (&force, "homeW", "013000");
  g_autofree char *text = ym_id_to_string (&home);

  g_assert_cmpstr (text, ==, "c3bb52c9a9707ba7ecd8cefc532da8c4");
  g_assert_false (ym_id_equal (&home, &split));
}

static void
test_parse_takes_only_whole_ids (void)
{
  YmId id;

  g_assert_true (ym_id_parse ("000102030405060708090a0b0c0d0e0f", &id));
  g_assert_cmpint (id.bytes[15], ==, 15);
  g_assert_false (ym_id_parse ("000102030405060708090a0b0c0d0e", &id));
  g_assert_false (ym_id_parse ("000102030405060708090a0b0c0d0e0fff", &id));
  g_assert_false (ym_id_parse ("000102030405060708090a0b0c0d0eXX", &id));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/id/key-ids-are-fixed", test_key_ids_are_fixed);
  g_test_add_func ("/base/id/parse-takes-only-whole-ids", test_parse_takes_only_whole_ids);
  return g_test_run ();
}
