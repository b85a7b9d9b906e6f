/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bytes of pages and frames. The golden digests were made by other code from docs/storage-format.md (Python's
 * hashlib and cryptography), so that the format is what the document says and stays so. */

#include "app/vault/page.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/vault/nonce.h"

static void
fill_5c (gpointer context, guint8 *buffer, gsize length)
{
  memset (buffer, 0x5c, length);
}

static const YmRandom always_5c = { fill_5c, NULL };

static YmPageSeal *
golden_seal (const YmRandom *random)
{
  g_autoptr (YmSecret) key = ym_secret_new (32);
  YmId id;

  for (int i = 0; i < 32; i++)
    ym_secret_data (key)[i] = i;
  for (int i = 0; i < YM_ID_BYTES; i++)
    id.bytes[i] = 0xa0 + i;
  return ym_page_seal_new (&id, key, random);
}

/* @page: plain, its reserved bytes zero. */
static void
golden_page (guint8 *page)
{
  memset (page, 0, YM_PAGE_BYTES);
  for (int i = 0; i < YM_PAGE_BYTES - YM_PAGE_RESERVED_BYTES; i++)
    page[i] = i * 7;
}

static void
golden_frame (guint8 *frame)
{
  memset (frame, 0, YM_FRAME_HEADER_BYTES);
  frame[3] = 2; /* page 2, no commit, salts 1 and 2, checksums 3 and 4 */
  frame[11] = 1;
  frame[15] = 2;
  frame[19] = 3;
  frame[23] = 4;
  golden_page (frame + YM_FRAME_HEADER_BYTES);
}

static void
expect_digest (const guint8 *bytes, gsize length, const char *digest)
{
  YmHash hash = ym_hash_of (bytes, length);
  g_autofree char *text = ym_hash_to_string (&hash);

  g_assert_cmpstr (text, ==, digest);
}

/* Stores in the field could not be read by the next version. */
static void
test_golden_bytes (void)
{
  static const guint8 check[YM_PAGE_CHECK_BYTES] = { 0xc1, 0x8a, 0xf9, 0xd4, 0x14, 0xe6, 0xa8, 0xf0,
                                                     0x9e, 0xcf, 0x63, 0x1e, 0x5d, 0xc7, 0x58, 0x6e };
  g_autoptr (YmPageSeal) seal = golden_seal (&always_5c);
  guint8 frame[YM_FRAME_BYTES];

  g_assert_cmpmem (ym_page_seal_key_check (seal), YM_PAGE_CHECK_BYTES, check, sizeof check);
  golden_page (frame);
  ym_page_close (seal, 1, frame);
  expect_digest (frame, YM_PAGE_BYTES, "087c2feac7be024af02df64ef9b1570856c7539697177c7ef96dcfdb4039ac40");
  golden_page (frame);
  ym_page_close (seal, 2, frame);
  expect_digest (frame, YM_PAGE_BYTES, "0c315a0a3ccb108b015fb262d867d9b11ad22a226fef7a4d6f20a86cfb17114b");
  golden_frame (frame);
  ym_frame_close (seal, YM_WAL_HEADER_BYTES + YM_FRAME_BYTES, frame);
  expect_digest (frame, YM_FRAME_BYTES, "cc8d9ea563a831c37b92c0e680a74509ba74a39285f95d14df7b2a04dff4022f");
}

/* A page would not come back as it was. */
static void
test_opens_what_was_closed (void)
{
  g_autoptr (YmPageSeal) seal = golden_seal (ym_random_system ());
  guint8 plain[YM_FRAME_BYTES];
  guint8 sealed[YM_FRAME_BYTES];

  golden_page (plain);
  memcpy (sealed, plain, YM_PAGE_BYTES);
  ym_page_close (seal, 5, sealed);
  g_assert_true (ym_page_open (seal, 5, sealed));
  g_assert_cmpmem (sealed, YM_PAGE_BYTES, plain, YM_PAGE_BYTES);
  golden_frame (plain);
  memcpy (sealed, plain, YM_FRAME_BYTES);
  ym_frame_close (seal, 32, sealed);
  g_assert_true (ym_frame_open (seal, 32, sealed));
  g_assert_cmpmem (sealed, YM_FRAME_BYTES, plain, YM_FRAME_BYTES);
}

/* A frame's page would be refused in the vault, or one of another place taken. */
static void
test_a_frames_page_becomes_the_vaults (void)
{
  g_autoptr (YmPageSeal) seal = golden_seal (ym_random_system ());
  guint8 plain[YM_PAGE_BYTES];
  guint8 frame[YM_FRAME_BYTES];
  guint8 *page = frame + YM_FRAME_HEADER_BYTES;

  golden_page (plain);
  golden_frame (frame);
  ym_frame_close (seal, 32, frame);
  g_assert_false (ym_page_from_frame (seal, 3, page));
  g_assert_true (ym_page_from_frame (seal, 2, page));
  g_assert_true (ym_page_open (seal, 2, page));
  g_assert_cmpmem (page, YM_PAGE_BYTES, plain, YM_PAGE_BYTES);
}

/* Some byte of a page or frame could be changed unseen, those that hold nothing among them. */
static void
test_every_byte_counts (void)
{
  g_autoptr (YmPageSeal) seal = golden_seal (ym_random_system ());
  guint8 whole[YM_FRAME_BYTES];
  guint8 changed[YM_FRAME_BYTES];

  golden_frame (whole);
  ym_frame_close (seal, 32, whole);
  for (gsize at = 0; at < YM_FRAME_BYTES; at++)
    {
      memcpy (changed, whole, sizeof changed);
      changed[at] ^= 0x40;
      g_assert_false (ym_frame_open (seal, 32, changed));
    }
  golden_page (whole);
  ym_page_close (seal, 1, whole);
  for (gsize at = 0; at < YM_PAGE_BYTES; at++)
    {
      memcpy (changed, whole, YM_PAGE_BYTES);
      changed[at] ^= 0x40;
      g_assert_false (ym_page_open (seal, 1, changed));
    }
  memcpy (changed, whole, YM_PAGE_BYTES);
  g_assert_false (ym_page_open (seal, 2, changed));
  memset (changed, 0, YM_PAGE_BYTES);
  g_assert_false (ym_page_open (seal, 7, changed));
  golden_frame (changed);
  ym_frame_close (seal, 32, changed);
  g_assert_false (ym_frame_open (seal, 32 + YM_FRAME_BYTES, changed));
}

/* Another SQLite could take the log for one of its own, or ours not get its own back. */
static void
test_poisoned_wal_header (void)
{
  /* A header as SQLite 3.40.1 wrote it: magic, version, page size, round, salts, checksums. */
  static const guint8 real[YM_WAL_HEADER_BYTES] = {
    0x37, 0x7f, 0x06, 0x82, 0x00, 0x2d, 0xe2, 0x18, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x1d, 0x83, 0x71, 0x57, 0x53, 0xee, 0x96, 0xef, 0x2c, 0x58, 0x86, 0x30, 0xd3, 0xd7, 0x4c, 0x28
  };
  guint8 header[YM_WAL_HEADER_BYTES];

  memcpy (header, real, sizeof header);
  ym_wal_header_poison (header);
  g_assert_cmpint (memcmp (header + 4, real + 4, 4), !=, 0);
  for (gsize at = 0; at < sizeof header; at++)
    {
      guint8 changed[YM_WAL_HEADER_BYTES];

      memcpy (changed, header, sizeof changed);
      changed[at] ^= 0x10;
      g_assert_false (ym_wal_header_restore (changed));
    }
  g_assert_true (ym_wal_header_restore (header));
  g_assert_cmpmem (header, sizeof header, real, sizeof real);
  g_assert_false (ym_wal_header_restore (header));
}

/* Parent and child of a fork would seal different pages under one nonce. */
static void
test_nonces_are_not_shared_by_fork (void)
{
  g_autoptr (YmNonces) nonces = ym_nonces_new (ym_random_system ());
  guint8 mine[YM_CIPHER_NONCE_BYTES];
  guint8 theirs[YM_CIPHER_NONCE_BYTES];
  int ends[2];
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  ym_nonces_take (nonces, mine);
  child = fork ();
  if (child == 0)
    {
      ym_nonces_take (nonces, theirs);
      _exit (write (ends[1], theirs, sizeof theirs) == sizeof theirs ? 0 : 1);
    }
  g_assert_cmpint (read (ends[0], theirs, sizeof theirs), ==, sizeof theirs);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  ym_nonces_take (nonces, mine);
  g_assert_cmpint (memcmp (mine, theirs, sizeof mine), !=, 0);
  close (ends[0]);
  close (ends[1]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/page/golden-bytes", test_golden_bytes);
  g_test_add_func ("/vault/page/opens-what-was-closed", test_opens_what_was_closed);
  g_test_add_func ("/vault/page/a-frames-page-becomes-the-vaults", test_a_frames_page_becomes_the_vaults);
  g_test_add_func ("/vault/page/every-byte-counts", test_every_byte_counts);
  g_test_add_func ("/vault/page/poisoned-wal-header", test_poisoned_wal_header);
  g_test_add_func ("/vault/page/nonces-are-not-shared-by-fork", test_nonces_are_not_shared_by_fork);
  return g_test_run ();
}
