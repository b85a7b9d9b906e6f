/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Change sets: what an officer wrote must come out on every other machine exactly as it went in. */

#include "app/base/error.h"
#include "app/journal/change-set.h"
#include "tests/journal/bytes.h"
#include "tests/journal/example.h"
#include "tests/journal/fixed-keys.h"

#include <string.h>

#define SALT "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define RECORD "50909192939495969798999a9b9c9d9e9f"

/* Otherwise signatures already given would no longer fit their change sets. */
static void
test_bytes_are_those_of_the_document (void)
{
  g_autoptr (YmChangeSet) change_set = example_change_set ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ym_change_set_encode (change_set, &error);
  g_autoptr (GBytes) documented = bytes_from_document ("change-set");

  g_assert_no_error (error);
  assert_same_bytes (bytes, documented);
}

/* Otherwise a value would change its kind or content on the way. */
static void
test_every_kind_of_value_comes_back (void)
{
  YmId record = fixed_id (0x90);
  g_autoptr (YmChangeSet) change_set = ym_change_set_new (ym_random_system ());
  g_autoptr (YmChangeSet) decoded = NULL;
  g_autoptr (GBytes) bytes = NULL;
  YmValue values[] = {
    YM_VALUE_INIT, ym_value_integer (G_MININT64), ym_value_integer (G_MAXINT64),
    ym_value_text (""), ym_value_text ("Tŷ'r Ysgol\n🏠"), ym_value_bytes ("\0\xff", 2),
  };
  YmOperation *operation = ym_operation_new (65535, YM_OPERATION_UPDATE, &record);
  const YmOperation *read;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    ym_operation_set (operation, 65535 - 1000 * i, &values[i], &values[(i + 1) % G_N_ELEMENTS (values)]);
  ym_change_set_add (change_set, operation);
  bytes = ym_change_set_encode (change_set, NULL);
  decoded = ym_change_set_decode (bytes, NULL);

  g_assert_cmpmem (decoded->salt, sizeof decoded->salt, change_set->salt, sizeof change_set->salt);
  g_assert_cmpuint (decoded->operations->len, ==, 1);
  read = g_ptr_array_index (decoded->operations, 0);
  g_assert_cmpuint (read->type, ==, 65535);
  g_assert_cmpint (read->kind, ==, YM_OPERATION_UPDATE);
  g_assert_true (ym_id_equal (&read->record, &record));
  g_assert_cmpuint (read->changes->len, ==, G_N_ELEMENTS (values));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const YmFieldChange *change = ym_operation_find (read, 65535 - 1000 * i);

      g_assert_true (ym_value_equal (&change->old, &values[i]));
      g_assert_true (ym_value_equal (&change->new, &values[(i + 1) % G_N_ELEMENTS (values)]));
    }
  g_assert_null (ym_operation_find (read, 1));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    ym_value_clear (&values[i]);
}

/* Otherwise typing in a field twice would lose what it was before the first time. */
static void
test_second_set_keeps_the_first_old (void)
{
  YmId record = fixed_id (0);
  g_autoptr (YmOperation) operation = ym_operation_new (1, YM_OPERATION_UPDATE, &record);
  g_auto (YmValue) one = ym_value_text ("one");
  g_auto (YmValue) two = ym_value_text ("two");
  g_auto (YmValue) three = ym_value_text ("three");

  ym_operation_set (operation, 7, &one, &two);
  ym_operation_set (operation, 7, &two, &three);
  g_assert_cmpuint (operation->changes->len, ==, 1);
  g_assert_true (ym_value_equal (&ym_operation_find (operation, 7)->old, &one));
  g_assert_true (ym_value_equal (&ym_operation_find (operation, 7)->new, &three));
}

/* Otherwise two change sets could say the same in other bytes, or a fold would meet what it does not expect. */
static void
test_what_breaks_a_rule_is_refused (void)
{
  static const struct {
    const char *what;
    const char *operations;
    gboolean good;
  } cases[] = {
    { "good insert", "81 84 0a 01" RECORD "a1 01 82 f6 05", TRUE },
    { "insert of a record with defaults only", "81 84 0a 01" RECORD "a0", TRUE },
    { "good update", "81 84 0a 02" RECORD "a1 01 82 04 05", TRUE },
    { "no operations", "80", FALSE },
    { "not an array", "a0", FALSE },
    { "record type 0", "81 84 00 01" RECORD "a1 01 82 f6 05", FALSE },
    { "record type 65536", "81 84 1a00010000 01" RECORD "a1 01 82 f6 05", FALSE },
    { "operation 0", "81 84 0a 00" RECORD "a1 01 82 f6 05", FALSE },
    { "operation 3", "81 84 0a 03" RECORD "a1 01 82 f6 05", FALSE },
    { "record id of 15", "81 84 0a 01 4f909192939495969798999a9b9c9d9e a1 01 82 f6 05", FALSE },
    { "update of nothing", "81 84 0a 02" RECORD "a0", FALSE },
    { "insert with an old value", "81 84 0a 01" RECORD "a1 01 82 04 05", FALSE },
    { "field 0", "81 84 0a 02" RECORD "a1 00 82 04 05", FALSE },
    { "field by name", "81 84 0a 02" RECORD "a1 6161 82 04 05", FALSE },
    { "fields descending", "81 84 0a 02" RECORD "a2 02 82 04 05 01 82 04 05", FALSE },
    { "field twice", "81 84 0a 02" RECORD "a2 01 82 04 05 01 82 04 05", FALSE },
    { "only a new value", "81 84 0a 02" RECORD "a1 01 81 05", FALSE },
    { "three values", "81 84 0a 02" RECORD "a1 01 83 04 05 06", FALSE },
    { "a truth value", "81 84 0a 02" RECORD "a1 01 82 f4 f5", FALSE },
    { "a float", "81 84 0a 02" RECORD "a1 01 82 04 f90000", FALSE },
    { "an array as value", "81 84 0a 02" RECORD "a1 01 82 04 80", FALSE },
    { "five parts", "81 85 0a 02" RECORD "a1 01 82 04 05 00", FALSE },
    { "trailing byte", "81 84 0a 02" RECORD "a1 01 82 04 05 00", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *hex = g_strconcat (SALT, cases[i].operations, NULL);
      g_autoptr (GBytes) bytes = bytes_from_hex (hex);
      g_autoptr (GError) error = NULL;
      g_autoptr (YmChangeSet) change_set = ym_change_set_decode (bytes, &error);

      if ((change_set != NULL) != cases[i].good)
        g_error ("%s: %s", cases[i].what, change_set != NULL ? "taken" : error->message);
      if (!cases[i].good)
        g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
    }
}

static void
check_refused (GBytes *bytes, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ym_change_set_decode (bytes, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
}

/* What decodes must be the very bytes that its content encodes to. */
static void
check_refused_or_canonical (GBytes *bytes, gpointer data)
{
  g_autoptr (YmChangeSet) change_set = ym_change_set_decode (bytes, NULL);
  g_autoptr (GBytes) again = NULL;

  if (change_set == NULL)
    return;
  again = ym_change_set_encode (change_set, NULL);
  assert_same_bytes (again, bytes);
}

/* Otherwise damaged bytes would be read as something else, or crash the reader. */
static void
test_damage_is_refused_or_canonical (void)
{
  g_autoptr (YmChangeSet) change_set = example_change_set ();
  g_autoptr (GBytes) bytes = ym_change_set_encode (change_set, NULL);

  for_each_truncation (bytes, check_refused, NULL);
  for_each_flip (bytes, check_refused_or_canonical, NULL);
}

static GBytes *
encode_note (gsize length, GError **error)
{
  YmId record = fixed_id (0);
  g_autofree char *text = g_strnfill (length, 'a');
  g_auto (YmValue) note = ym_value_text (text);
  g_autoptr (YmChangeSet) change_set = ym_change_set_new (ym_random_system ());
  YmOperation *operation = ym_operation_new (1, YM_OPERATION_INSERT, &record);

  ym_operation_set (operation, 1, NULL, &note);
  ym_change_set_add (change_set, operation);
  return ym_change_set_encode (change_set, error);
}

/* Otherwise a save could be signed that the server never takes. */
static void
test_size_limit (void)
{
  /* 32 of salt, 1 + 3 of array and operation, 17 of record, 1 + 1 + 1 + 1 of map, field, pair and null, 3 of text */
  const gsize overhead = 32 + 4 + 17 + 4 + 3;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) largest = encode_note (YM_CHANGE_SET_MAX_BYTES - overhead, &error);
  g_autoptr (YmChangeSet) decoded = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (largest), ==, YM_CHANGE_SET_MAX_BYTES);
  decoded = ym_change_set_decode (largest, &error);
  g_assert_no_error (error);
  g_assert_null (encode_note (YM_CHANGE_SET_MAX_BYTES - overhead + 1, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
}

/* Otherwise one operation could hold more fields than the limit says. */
static void
test_field_limit (void)
{
  YmId record = fixed_id (0);
  g_autoptr (YmChangeSet) change_set = ym_change_set_new (ym_random_system ());
  YmOperation *operation = ym_operation_new (1, YM_OPERATION_INSERT, &record);
  g_auto (YmValue) one = ym_value_integer (1);
  g_autoptr (GBytes) full = NULL;
  g_autoptr (GError) error = NULL;

  ym_change_set_add (change_set, operation);
  for (guint field = YM_OPERATION_MAX_FIELDS; field > 0; field--)
    ym_operation_set (operation, field, NULL, &one);
  full = ym_change_set_encode (change_set, &error);
  g_assert_no_error (error);
  ym_operation_set (operation, YM_OPERATION_MAX_FIELDS + 1, NULL, &one);
  g_assert_null (ym_change_set_encode (change_set, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/change-set/bytes-are-those-of-the-document", test_bytes_are_those_of_the_document);
  g_test_add_func ("/journal/change-set/every-kind-of-value-comes-back", test_every_kind_of_value_comes_back);
  g_test_add_func ("/journal/change-set/second-set-keeps-the-first-old", test_second_set_keeps_the_first_old);
  g_test_add_func ("/journal/change-set/what-breaks-a-rule-is-refused", test_what_breaks_a_rule_is_refused);
  g_test_add_func ("/journal/change-set/damage-is-refused-or-canonical", test_damage_is_refused_or_canonical);
  g_test_add_func ("/journal/change-set/size-limit", test_size_limit);
  g_test_add_func ("/journal/change-set/field-limit", test_field_limit);
  return g_test_run ();
}
