/* SPDX-License-Identifier: GPL-3.0-or-later */

/* zstd frames: a small message must never take much memory. */

#include "app/base/error.h"
#include "sync/exchange/compress.h"
#include "tests/journal/bytes.h"

#include <string.h>
#include <zstd.h>

#define MOST (64 * 1024)

static GBytes *
text_of (gsize length)
{
  char *text = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    text[i] = "ymweliad "[i % 9];
  return g_bytes_new_take (text, length);
}

/* Otherwise nothing would get through, or not whole. */
static void
test_comes_back_and_is_smaller (void)
{
  static const gsize lengths[] = { 1, 2, 1000, MOST };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) text = text_of (lengths[i]);
      g_autoptr (GBytes) frame = ym_compress (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) again = ym_inflate (frame, MOST, &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (again, text));
      if (lengths[i] >= 1000)
        g_assert_cmpuint (g_bytes_get_size (frame), <, lengths[i] / 10);
    }
}

static void
assert_refused (GBytes *frame)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ym_inflate (frame, MOST, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
}

/* A frame of @text that does not say how large it is. */
static GBytes *
frame_without_size (GBytes *text)
{
  gsize room = ZSTD_compressBound (g_bytes_get_size (text));
  g_autofree char *frame = g_malloc (room);
  ZSTD_CCtx *context = ZSTD_createCCtx ();
  gsize length;

  ZSTD_CCtx_setParameter (context, ZSTD_c_contentSizeFlag, 0);
  length = ZSTD_compress2 (context, frame, room, g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  ZSTD_freeCCtx (context);
  g_assert_false (ZSTD_isError (length));
  return g_bytes_new (frame, length);
}

static GBytes *
concatenate (GBytes *first, GBytes *second)
{
  GByteArray *both = g_byte_array_new ();

  g_byte_array_append (both, g_bytes_get_data (first, NULL), g_bytes_get_size (first));
  g_byte_array_append (both, g_bytes_get_data (second, NULL), g_bytes_get_size (second));
  return g_byte_array_free_to_bytes (both);
}

/* Otherwise 4 KiB from a stranger could make the server take a gigabyte. */
static void
test_hostile_frames_are_refused (void)
{
  g_autoptr (GBytes) text = text_of (1000);
  g_autoptr (GBytes) good = ym_compress (text);
  g_autoptr (GBytes) large_text = text_of (MOST + 1);
  g_autoptr (GBytes) too_large = ym_compress (large_text);
  g_autoptr (GBytes) without_size = frame_without_size (text);
  g_autoptr (GBytes) twice = concatenate (good, good);
  g_autoptr (GBytes) byte = g_bytes_new_static ("", 1);
  g_autoptr (GBytes) trailing = concatenate (good, byte);
  g_autoptr (GBytes) nothing = g_bytes_new_static (NULL, 0);
  g_autoptr (GBytes) of_nothing = ym_compress (nothing);
  g_autoptr (GBytes) not_zstd = g_bytes_new_static ("not zstd at all", 15);
  /* a frame to be skipped (RFC 8878 §3.1.2) */
  g_autoptr (GBytes) skippable = bytes_from_hex ("502a4d18 04000000 00000000");
  g_autoptr (GBytes) skipped_first = concatenate (skippable, good);
  g_autoptr (GBytes) skipped_last = concatenate (good, skippable);

  assert_refused (too_large);
  assert_refused (without_size);
  assert_refused (twice);
  assert_refused (trailing);
  assert_refused (nothing);
  assert_refused (of_nothing);
  assert_refused (not_zstd);
  assert_refused (skippable);
  assert_refused (skipped_first);
  assert_refused (skipped_last);
}

static void
check_truncated (GBytes *bytes, gpointer unused)
{
  assert_refused (bytes);
}

/* A flip may give another text of the same length, for a frame has no checksum: signatures find that. */
static void
check_flipped (GBytes *bytes, gpointer unused)
{
  g_autoptr (GBytes) content = ym_inflate (bytes, MOST, NULL);

  g_assert_true (content == NULL || g_bytes_get_size (content) <= MOST);
}

/* Otherwise damage in transit could crash the reader. */
static void
test_damage (void)
{
  g_autoptr (GBytes) text = text_of (1000);
  g_autoptr (GBytes) frame = ym_compress (text);

  for_each_truncation (frame, check_truncated, NULL);
  for_each_flip (frame, check_flipped, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/compress/comes-back-and-is-smaller", test_comes_back_and_is_smaller);
  g_test_add_func ("/sync/compress/hostile-frames-are-refused", test_hostile_frames_are_refused);
  g_test_add_func ("/sync/compress/damage", test_damage);
  return g_test_run ();
}
