/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The strict codec: if two encodings of one content were taken, hashes and signatures would no longer mean
 * the content. */

#include "app/base/error.h"
#include "app/journal/cbor.h"
#include "tests/journal/bytes.h"

#include <string.h>

#define COUNT_MAX 100

/* Reads whatever comes next, and writes it again. */
static void
copy_item (YmCborReader *reader, YmCborWriter *writer)
{
  switch (ym_cbor_peek (reader))
    {
    case YM_CBOR_UNSIGNED:
      {
        guint64 number = ym_cbor_read_unsigned (reader, 0, G_MAXUINT64);

        if (!ym_cbor_reader_failed (reader))
          ym_cbor_write_unsigned (writer, number);
        break;
      }
    case YM_CBOR_TAG:
      ym_cbor_read_tag (reader, 18);
      if (ym_cbor_reader_failed (reader))
        return;
      ym_cbor_write_tag (writer, 18);
      copy_item (reader, writer);
      break;
    case YM_CBOR_ARRAY:
    case YM_CBOR_MAP:
      {
        gboolean map = ym_cbor_peek (reader) == YM_CBOR_MAP;
        gsize count = map ? ym_cbor_read_map (reader, 0, COUNT_MAX) : ym_cbor_read_array (reader, 0, COUNT_MAX);

        if (ym_cbor_reader_failed (reader))
          return;
        if (map)
          ym_cbor_write_map (writer, count);
        else
          ym_cbor_write_array (writer, count);
        for (gsize i = 0; i < (map ? 2 * count : count) && !ym_cbor_reader_failed (reader); i++)
          copy_item (reader, writer);
        break;
      }
    case YM_CBOR_NOTHING:
      ym_cbor_reader_fail (reader, "nothing");
      break;
    case YM_CBOR_SIMPLE:
      if (ym_cbor_read_null (reader))
        ym_cbor_write_null (writer);
      else
        {
          gboolean truth = ym_cbor_read_boolean (reader);

          if (!ym_cbor_reader_failed (reader))
            ym_cbor_write_boolean (writer, truth);
        }
      break;
    default:
      {
        g_auto (YmValue) value = ym_cbor_read_value (reader);

        if (!ym_cbor_reader_failed (reader))
          ym_cbor_write_value (writer, &value);
      }
    }
}

/* NULL if refused. */
static GBytes *
copy_whole (GBytes *bytes, GError **error)
{
  g_auto (YmCborReader) reader = { 0 };
  g_auto (YmCborWriter) writer = { 0 };

  ym_cbor_reader_init (&reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 1024);
  ym_cbor_writer_init (&writer);
  copy_item (&reader, &writer);
  if (!ym_cbor_reader_finish (&reader, error))
    return NULL;
  return ym_cbor_writer_finish (&writer, error);
}

/* RFC 8949 Appendix A, as far as it is integers, strings, arrays, maps and the three simple values; then ours. */
static const char *const canonical[] = {
  "00", "01", "0a", "17", "1818", "1819", "1864", "1903e8", "1a000f4240", "1b000000e8d4a51000",
  "1bffffffffffffffff", "20", "29", "3863", "3903e7", "f4", "f5", "f6", "40", "4401020304", "60", "6161",
  "6449455446", "62225c", "62c3bc", "63e6b0b4", "64f0908591", "80", "83010203", "8301820203820405",
  "98190102030405060708090a0b0c0d0e0f101112131415161718181819", "a0", "a201020304", "a26161016162820203",
  "826161a161626163", "a56161614161626142616361436164614461656145",
  /* the smallest of each length */
  "18ff", "190100", "19ffff", "1a00010000", "1affffffff", "1b0000000100000000", "3b7fffffffffffffff",
  /* the order of RFC 8949 §4.2.1: bytewise, so 100 before -1, and "z" before "aa" */
  "a50a01186402200361 7a04 62616105",
  /* eight deep */
  "818181818181818100", "d280",
};

/* What is wrong, and the bytes. */
static const char *const refused[][2] = {
  { "empty", "" },
  { "integer longer than needed", "1800" },
  { "integer longer than needed", "1817" },
  { "integer longer than needed", "190018" },
  { "integer longer than needed", "1900ff" },
  { "integer longer than needed", "1a0000ffff" },
  { "integer longer than needed", "1b00000000ffffffff" },
  { "integer longer than needed", "3800" },
  { "length longer than needed", "580100" },
  { "length longer than needed", "780161" },
  { "length longer than needed", "980100" },
  { "length longer than needed", "b8010000" },
  { "tag longer than needed", "d81200" },
  { "reserved argument", "1c" },
  { "reserved argument", "1d" },
  { "reserved argument", "1e" },
  { "indefinite integer", "1f" },
  { "indefinite bytes", "5f42010243030405ff" },
  { "indefinite text", "7f657374726561646d696e67ff" },
  { "indefinite array", "9fff" },
  { "indefinite array", "9f018202039f0405ffff" },
  { "indefinite map", "bf61610161629f0203ffff" },
  { "break alone", "ff" },
  { "half float 0.0", "f90000" },
  { "single float", "fa47c35000" },
  { "double float", "fb3ff199999999999a" },
  { "infinity", "f97c00" },
  { "undefined", "f7" },
  { "simple 16", "f0" },
  { "simple 255", "f8ff" },
  { "false in two bytes", "f814" },
  { "negative beyond 64 bits with sign", "3bffffffffffffffff" },
  { "negative beyond 64 bits with sign", "3b8000000000000000" },
  { "bignum", "c249010000000000000000" },
  { "date tag", "c074323031332d30332d32315432303a30343a30305a" },
  { "encoded CBOR tag", "d818456449455446" },
  { "keys twice", "a201000100" },
  { "keys descending", "a202000100" },
  { "keys by length first, as RFC 7049 had it", "a30a01 2002 186403" },
  { "text keys descending", "a2616200616100" },
  { "key is bytes", "a1410000" },
  { "key is an array", "a1800000" },
  { "key is an empty array", "a18000" },
  { "key is a map", "a1a000" },
  { "key is a truth value", "a1f400" },
  { "key is null", "a1f600" },
  { "key is tagged", "a1d20000" },
  { "text is not UTF-8", "61ff" },
  { "text is cut UTF-8", "61c3" },
  { "text is overlong UTF-8", "62c080" },
  { "text is a surrogate", "63eda080" },
  { "text beyond Unicode", "64f4908080" },
  { "text has U+0000", "6100" },
  { "trailing byte", "0000" },
  { "trailing item in an array's place", "810000" },
  { "argument cut", "18" },
  { "argument cut", "1903" },
  { "argument cut", "1b00000000000000" },
  { "bytes cut", "4201" },
  { "text cut", "6261" },
  { "array cut", "8201" },
  { "map without value", "a101" },
  { "tag without content", "d2" },
  { "more items than bytes", "9863" },
  { "more pairs than bytes", "b80200000001" },
  { "count of four thousand million", "9affffffff" },
  { "count that overflows", "9bffffffffffffffff" },
  { "pairs that overflow when doubled", "bb8000000000000000" },
  { "pairs that overflow when doubled", "bbffffffffffffffff" },
  { "length that overflows", "5bffffffffffffffff" },
  { "nine deep", "81818181818181818100" },
};

/* Otherwise a peer's honest message, or our own, would be refused or come back changed. */
static void
test_canonical_is_read_and_written_the_same (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (canonical); i++)
    {
      g_autoptr (GBytes) bytes = bytes_from_hex (canonical[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) copy = copy_whole (bytes, &error);

      g_assert_no_error (error);
      assert_same_bytes (copy, bytes);
    }
}

/* Otherwise one content would have two encodings, or hostile bytes would get through. */
static void
test_all_else_is_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GBytes) bytes = bytes_from_hex (refused[i][1]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) copy = copy_whole (bytes, &error);

      if (copy != NULL)
        g_error ("%s was taken: %s", refused[i][0], refused[i][1]);
      g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
    }
}

/* Otherwise integers at the edges of what SQLite holds would wrap round. */
static void
test_integers_keep_to_64_bits (void)
{
  static const struct {
    const char *hex;
    gboolean good;
    gint64 number;
  } cases[] = {
    { "00", TRUE, 0 },
    { "20", TRUE, -1 },
    { "1b7fffffffffffffff", TRUE, G_MAXINT64 },
    { "3b7fffffffffffffff", TRUE, G_MININT64 },
    { "1b8000000000000000", FALSE, 0 },
    { "3b8000000000000000", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = bytes_from_hex (cases[i].hex);
      g_auto (YmCborReader) reader = { 0 };
      g_auto (YmCborWriter) writer = { 0 };
      g_autoptr (GBytes) again = NULL;

      ym_cbor_reader_init (&reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 16);
      g_assert_cmpint (ym_cbor_read_integer (&reader), ==, cases[i].number);
      g_assert_cmpint (ym_cbor_reader_finish (&reader, NULL), ==, cases[i].good);
      if (!cases[i].good)
        continue;
      ym_cbor_writer_init (&writer);
      ym_cbor_write_integer (&writer, cases[i].number);
      again = ym_cbor_writer_finish (&writer, NULL);
      assert_same_bytes (again, bytes);
    }
}

/* Otherwise a decoder written straight down would act on what came after the first fault. */
static void
test_first_failure_sticks (void)
{
  static const guint8 bytes[] = { 0x82, 0xf7, 0x05 };
  g_auto (YmCborReader) reader = { 0 };
  g_autoptr (GError) error = NULL;
  YmId id;

  ym_cbor_reader_init (&reader, bytes, sizeof bytes, sizeof bytes);
  g_assert_cmpuint (ym_cbor_read_array (&reader, 2, 2), ==, 2);
  g_assert_cmpuint (ym_cbor_read_unsigned (&reader, 0, 9), ==, 0);
  reader.offset = 2; /* even if it could go on from a good place */
  g_assert_cmpuint (ym_cbor_read_unsigned (&reader, 0, 9), ==, 0);
  g_assert_cmpint (ym_cbor_peek (&reader), ==, YM_CBOR_NOTHING);
  g_assert_cmpuint (ym_cbor_read_array (&reader, 0, 9), ==, 0);
  g_assert_null (ym_cbor_read_text (&reader, 9));
  g_assert_null (ym_cbor_read_bytes (&reader, 0, 9));
  g_assert_false (ym_cbor_read_null (&reader));
  id = ym_cbor_read_id (&reader);
  g_assert_true (ym_id_is_zero (&id));
  g_assert_false (ym_cbor_reader_finish (&reader, &error));
  g_assert_nonnull (strstr (error->message, "at byte 1: an unsigned integer"));
}

/* Otherwise a field could be longer, or a list have more items, than its user reckons with. */
static void
test_limits_hold (void)
{
  static const guint8 list[] = { 0x82, 0x01, 0x02 };
  static const guint8 text[] = { 0x63, 'a', 'b', 'c' };
  static const guint8 number[] = { 0x05 };
  static const struct {
    gsize least, most;
    gboolean good;
  } cases[] = { { 0, 1, FALSE }, { 2, 2, TRUE }, { 3, 9, FALSE }, { 0, 9, TRUE } };
  g_auto (YmCborReader) reader = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ym_cbor_reader_init (&reader, list, sizeof list, sizeof list);
      ym_cbor_read_array (&reader, cases[i].least, cases[i].most);
      g_assert_cmpint (ym_cbor_reader_failed (&reader), ==, !cases[i].good);
      ym_cbor_reader_clear (&reader);
    }
  ym_cbor_reader_init (&reader, text, sizeof text, sizeof text);
  g_assert_null (ym_cbor_read_text (&reader, 2));
  ym_cbor_reader_clear (&reader);
  ym_cbor_reader_init (&reader, number, sizeof number, sizeof number);
  g_assert_cmpuint (ym_cbor_read_unsigned (&reader, 6, 9), ==, 0);
  g_assert_true (ym_cbor_reader_failed (&reader));
  ym_cbor_reader_clear (&reader);
  ym_cbor_reader_init (&reader, text, sizeof text, sizeof text - 1);
  g_assert_true (ym_cbor_reader_failed (&reader));
}

/* Otherwise a decoder that makes room for a count up front would take memory for bytes that never come. */
static void
test_counts_are_held_against_the_bytes (void)
{
  static const struct {
    const char *hex;
    gboolean map;
    gsize count; /* 0: refused at once */
  } cases[] = {
    { "83010203", FALSE, 3 },
    { "830102", FALSE, 0 },
    { "9affffffff00", FALSE, 0 },
    { "a201020304", TRUE, 2 },
    { "a2010203", TRUE, 0 },
    { "bb800000000000000100", TRUE, 0 },
    { "bbffffffffffffffff00", TRUE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = bytes_from_hex (cases[i].hex);
      g_auto (YmCborReader) reader = { 0 };

      ym_cbor_reader_init (&reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 16);
      if (cases[i].map)
        g_assert_cmpuint (ym_cbor_read_map (&reader, 0, G_MAXSIZE), ==, cases[i].count);
      else
        g_assert_cmpuint (ym_cbor_read_array (&reader, 0, G_MAXSIZE), ==, cases[i].count);
      g_assert_cmpint (ym_cbor_reader_failed (&reader), ==, cases[i].count == 0);
    }
}

/* Otherwise a text that is not UTF-8 would be signed, and every reader would refuse it for ever. */
static void
test_writer_refuses_what_is_not_utf8 (void)
{
  g_auto (YmCborWriter) writer = { 0 };
  g_autoptr (GError) error = NULL;

  ym_cbor_writer_init (&writer);
  ym_cbor_write_text (&writer, "d\xc5r");
  g_assert_null (ym_cbor_writer_finish (&writer, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
}

/* Otherwise a slip in an encoder would write maps that nobody takes, and a signature would seal the slip. */
static void
test_writer_asserts_key_order (void)
{
  if (g_test_subprocess ())
    {
      g_auto (YmCborWriter) writer = { 0 };

      ym_cbor_writer_init (&writer);
      ym_cbor_write_map (&writer, 2);
      ym_cbor_write_unsigned (&writer, 2);
      ym_cbor_write_null (&writer);
      ym_cbor_write_unsigned (&writer, 1);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*wrong == NULL*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/cbor/canonical-is-read-and-written-the-same", test_canonical_is_read_and_written_the_same);
  g_test_add_func ("/journal/cbor/all-else-is-refused", test_all_else_is_refused);
  g_test_add_func ("/journal/cbor/integers-keep-to-64-bits", test_integers_keep_to_64_bits);
  g_test_add_func ("/journal/cbor/first-failure-sticks", test_first_failure_sticks);
  g_test_add_func ("/journal/cbor/limits-hold", test_limits_hold);
  g_test_add_func ("/journal/cbor/counts-are-held-against-the-bytes", test_counts_are_held_against_the_bytes);
  g_test_add_func ("/journal/cbor/writer-refuses-what-is-not-utf8", test_writer_refuses_what_is_not_utf8);
  g_test_add_func ("/journal/cbor/writer-asserts-key-order", test_writer_asserts_key_order);
  return g_test_run ();
}
