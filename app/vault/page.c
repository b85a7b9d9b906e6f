/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a page and a WAL frame become sealed bytes and back; docs/storage-format.md has the reasons.
 *
 * a sealed page:   0        16                          4032   4056    4072       4088  4096
 *                  +---------+----------------------------+-------+-------+----------+-----+
 *                  | check,  |  ciphertext                | nonce |  tag  | frame's  |  0  |
 *                  | page 1  |                            |       |       | tag or 0 |     |
 *                  +---------+----------------------------+-------+-------+----------+-----+
 * a frame: 24 bytes of header, encrypted under the frame key and the page's nonce, then the page.
 */

#include "app/vault/page.h"

#include <sodium.h>
#include <string.h>

#include "app/vault/bytes.h"
#include "app/vault/cipher.h"
#include "app/vault/nonce.h"

#define BODY_BYTES (YM_PAGE_BYTES - YM_PAGE_RESERVED_BYTES)
#define NONCE_AT BODY_BYTES
#define TAG_AT (NONCE_AT + YM_CIPHER_NONCE_BYTES)
#define FRAME_TAG_AT (TAG_AT + YM_CIPHER_TAG_BYTES)
#define UNUSED_AT (FRAME_TAG_AT + YM_CIPHER_TAG_BYTES)

#define SQLITE_WAL_VERSION 3007000
#define POISONED_WAL_VERSION 0x594d5731 /* "YMW1" */

static const char sqlite_magic[YM_PAGE_CHECK_BYTES] = "SQLite format 3";

/* Contexts and numbers of crypto_kdf; part of the format. */
static const char kdf_context[crypto_kdf_CONTEXTBYTES + 1] = "ymvault1";
enum {
  SUBKEY_PAGE = 1,
  SUBKEY_FRAME = 2,
  SUBKEY_CHECK = 3,
};

struct _YmPageSeal {
  const YmCipher *cipher;
  const YmCipher *header_cipher; /* 24 bytes are done before libcrypto has made ready */
  YmNonces *nonces;
  YmSecret *page_key;
  YmSecret *frame_key;
  YmId store_id;
  guint8 key_check[YM_PAGE_CHECK_BYTES];
};

static YmSecret *
derive (const YmSecret *vault_key, guint64 number, gsize length)
{
  YmSecret *key = ym_secret_new (length);

  g_assert (ym_secret_length (vault_key) == crypto_kdf_KEYBYTES);
  crypto_kdf_derive_from_key (ym_secret_data (key), length, number, kdf_context, ym_secret_data (vault_key));
  return key;
}

YmPageSeal *
ym_page_seal_new (const YmId *store_id, const YmSecret *vault_key, const YmRandom *random)
{
  YmPageSeal *seal = g_new0 (YmPageSeal, 1);
  g_autoptr (YmSecret) check = derive (vault_key, SUBKEY_CHECK, YM_PAGE_CHECK_BYTES);

  seal->cipher = ym_cipher_pages ();
  seal->header_cipher = ym_cipher_sodium ();
  seal->nonces = ym_nonces_new (random);
  seal->page_key = derive (vault_key, SUBKEY_PAGE, YM_CIPHER_KEY_BYTES);
  seal->frame_key = derive (vault_key, SUBKEY_FRAME, YM_CIPHER_KEY_BYTES);
  seal->store_id = *store_id;
  memcpy (seal->key_check, ym_secret_data (check), sizeof seal->key_check);
  return seal;
}

void
ym_page_seal_free (YmPageSeal *seal)
{
  if (seal == NULL)
    return;
  ym_secret_free (seal->page_key);
  ym_secret_free (seal->frame_key);
  ym_nonces_free (seal->nonces);
  g_free (seal);
}

const guint8 *
ym_page_seal_key_check (const YmPageSeal *seal)
{
  return seal->key_check;
}

gboolean
ym_page_is_sealable (const guint8 *page)
{
  return ym_bytes_are_zero (page + BODY_BYTES, YM_PAGE_RESERVED_BYTES);
}

/* Associated data of a page: store id, page number. Not the kind of file: a checkpoint copies sealed pages. */
typedef struct {
  guint8 bytes[YM_ID_BYTES + 4];
} PageAssociated;

static YmCipherInput
page_input (const YmPageSeal *seal, guint32 number, const guint8 *page, PageAssociated *associated)
{
  memcpy (associated->bytes, seal->store_id.bytes, YM_ID_BYTES);
  ym_put_be32 (associated->bytes + YM_ID_BYTES, number);
  return (YmCipherInput){ ym_secret_data (seal->page_key), page + NONCE_AT, associated->bytes,
                          sizeof associated->bytes };
}

/* Associated data of a frame header: store id, "frame", offset in the WAL. */
typedef struct {
  guint8 bytes[YM_ID_BYTES + 5 + 8];
} FrameAssociated;

static YmCipherInput
frame_input (const YmPageSeal *seal, guint64 offset, const guint8 *page, FrameAssociated *associated)
{
  memcpy (associated->bytes, seal->store_id.bytes, YM_ID_BYTES);
  memcpy (associated->bytes + YM_ID_BYTES, "frame", 5);
  ym_put_be64 (associated->bytes + YM_ID_BYTES + 5, offset);
  return (YmCipherInput){ ym_secret_data (seal->frame_key), page + NONCE_AT, associated->bytes,
                          sizeof associated->bytes };
}

/* The first bytes of page 1 stay outside the seal. */
static gsize
body_start (guint32 number)
{
  return number == 1 ? YM_PAGE_CHECK_BYTES : 0;
}

void
ym_page_close (YmPageSeal *seal, guint32 number, guint8 *page)
{
  gsize start = body_start (number);
  PageAssociated associated;
  YmCipherInput input;

  ym_nonces_take (seal->nonces, page + NONCE_AT);
  input = page_input (seal, number, page, &associated);
  seal->cipher->seal (&input, page + start, BODY_BYTES - start, page + TAG_AT);
  memset (page + FRAME_TAG_AT, 0, YM_PAGE_BYTES - FRAME_TAG_AT);
  memcpy (page, seal->key_check, start);
}

/* Opens the page whatever stands in the frame tag's place. */
static gboolean
open_body (YmPageSeal *seal, guint32 number, guint8 *page)
{
  gsize start = body_start (number);
  PageAssociated associated;
  YmCipherInput input = page_input (seal, number, page, &associated);

  if (memcmp (page, seal->key_check, start) != 0
      || !ym_bytes_are_zero (page + UNUSED_AT, YM_PAGE_BYTES - UNUSED_AT)
      || !seal->cipher->open (&input, page + start, BODY_BYTES - start, page + TAG_AT))
    return FALSE;
  memcpy (page, sqlite_magic, start);
  memset (page + BODY_BYTES, 0, YM_PAGE_RESERVED_BYTES);
  return TRUE;
}

gboolean
ym_page_open (YmPageSeal *seal, guint32 number, guint8 *page)
{
  return ym_bytes_are_zero (page + FRAME_TAG_AT, YM_CIPHER_TAG_BYTES) && open_body (seal, number, page);
}

gboolean
ym_page_from_frame (YmPageSeal *seal, guint32 number, guint8 *page)
{
  gsize start = body_start (number);
  PageAssociated associated;
  YmCipherInput input = page_input (seal, number, page, &associated);

  memset (page + FRAME_TAG_AT, 0, YM_CIPHER_TAG_BYTES);
  return memcmp (page, seal->key_check, start) == 0
         && ym_bytes_are_zero (page + UNUSED_AT, YM_PAGE_BYTES - UNUSED_AT)
         && seal->cipher->verify (&input, page + start, BODY_BYTES - start, page + TAG_AT);
}

void
ym_frame_close (YmPageSeal *seal, guint64 offset, guint8 *frame)
{
  guint8 *page = frame + YM_FRAME_HEADER_BYTES;
  FrameAssociated associated;
  YmCipherInput input;

  ym_page_close (seal, ym_get_be32 (frame), page);
  input = frame_input (seal, offset, page, &associated);
  seal->header_cipher->seal (&input, frame, YM_FRAME_HEADER_BYTES, page + FRAME_TAG_AT);
}

gboolean
ym_frame_open (YmPageSeal *seal, guint64 offset, guint8 *frame)
{
  guint8 *page = frame + YM_FRAME_HEADER_BYTES;
  FrameAssociated associated;
  YmCipherInput input = frame_input (seal, offset, page, &associated);

  return seal->header_cipher->open (&input, frame, YM_FRAME_HEADER_BYTES, page + FRAME_TAG_AT)
         && open_body (seal, ym_get_be32 (frame), page);
}

void
ym_page_first (guint8 *page)
{
  /* https://www.sqlite.org/fileformat2.html 1.3: what is not listed is zero. */
  memset (page, 0, YM_PAGE_BYTES);
  memcpy (page, sqlite_magic, sizeof sqlite_magic);
  page[16] = YM_PAGE_BYTES >> 8;
  page[18] = 2; /* written and read by WAL only */
  page[19] = 2;
  page[20] = YM_PAGE_RESERVED_BYTES;
  page[21] = 64; /* payload fractions, fixed by the format */
  page[22] = 32;
  page[23] = 32;
  ym_put_be32 (page + 24, 1);                  /* change counter */
  ym_put_be32 (page + 28, 1);                  /* pages */
  ym_put_be32 (page + 44, 4);                  /* schema format */
  ym_put_be32 (page + 56, 1);                  /* UTF-8 */
  ym_put_be32 (page + 92, 1);                  /* the page count is valid for this change counter */
  ym_put_be32 (page + 96, 3040001);            /* as SQLite 3.40.1 would write it */
  page[100] = 0x0d;                           /* a leaf of a table with no cells: no schema */
  page[105] = (guint8) (BODY_BYTES >> 8);     /* cells would start at the end of the usable space */
  page[106] = (guint8) (BODY_BYTES & 0xff);
}

/* SQLite's WAL checksum over the first 24 bytes; the magic's last bit tells the byte order of its words. */
static void
wal_header_checksum (const guint8 *header, guint32 sum[2])
{
  gboolean big_endian = header[3] & 1;
  guint32 words[6];

  memcpy (words, header, sizeof words);
  sum[0] = sum[1] = 0;
  for (guint i = 0; i < G_N_ELEMENTS (words); i += 2)
    {
      sum[0] += (big_endian ? GUINT32_FROM_BE (words[i]) : GUINT32_FROM_LE (words[i])) + sum[1];
      sum[1] += (big_endian ? GUINT32_FROM_BE (words[i + 1]) : GUINT32_FROM_LE (words[i + 1])) + sum[0];
    }
}

static void
set_wal_version (guint8 *header, guint32 version)
{
  guint32 sum[2];

  ym_put_be32 (header + 4, version);
  wal_header_checksum (header, sum);
  ym_put_be32 (header + 24, sum[0]);
  ym_put_be32 (header + 28, sum[1]);
}

void
ym_wal_header_poison (guint8 *header)
{
  set_wal_version (header, POISONED_WAL_VERSION);
}

gboolean
ym_wal_header_restore (guint8 *header)
{
  guint32 sum[2];

  wal_header_checksum (header, sum);
  if (ym_get_be32 (header + 4) != POISONED_WAL_VERSION || ym_get_be32 (header + 24) != sum[0]
      || ym_get_be32 (header + 28) != sum[1])
    return FALSE;
  set_wal_version (header, SQLITE_WAL_VERSION);
  return TRUE;
}
