/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page that was opened once need not be opened again: hundreds of thousands of images are of the same few thousand pages.
 * Opening is a function of its arguments alone, so what it made of the very same ones stands; whatever differs in a bit is
 * opened. The linker puts this between the vault and its ciphers (--wrap), for these programs alone. */

#include <string.h>

#include "app/vault/cipher.h"

#define MEMO_SLOTS 16384 /* by the first bits of the tag; the later takes the place of the earlier */
#define MOST_MESSAGE 4096
#define MOST_ASSOCIATED 64

typedef struct {
  guint8 key[YM_CIPHER_KEY_BYTES];
  guint8 nonce[YM_CIPHER_NONCE_BYTES];
  guint8 tag[YM_CIPHER_TAG_BYTES];
  guint8 associated[MOST_ASSOCIATED];
  gsize associated_length;
  gsize length;
  guint8 *sealed; /* and as long again: opened */
} Memo;

static GMutex mutex;
static Memo memos[MEMO_SLOTS];

const YmCipher *__real_ym_cipher_pages (void);
const YmCipher *__wrap_ym_cipher_pages (void);
const YmCipher *__real_ym_cipher_sodium (void);
const YmCipher *__wrap_ym_cipher_sodium (void);

static Memo *
slot_of (const guint8 *tag)
{
  guint32 bits;

  memcpy (&bits, tag, sizeof bits);
  return &memos[bits % MEMO_SLOTS];
}

static gboolean
fits (const Memo *memo, const YmCipherInput *input, const guint8 *data, gsize length, const guint8 *tag)
{
  return memo->length == length && memo->associated_length == input->associated_length
         && memcmp (memo->tag, tag, sizeof memo->tag) == 0
         && memcmp (memo->nonce, input->nonce, sizeof memo->nonce) == 0
         && memcmp (memo->associated, input->associated, input->associated_length) == 0
         && memcmp (memo->key, input->key, sizeof memo->key) == 0 && memcmp (memo->sealed, data, length) == 0;
}

static void
keep (const YmCipherInput *input, const guint8 *sealed, const guint8 *opened, gsize length, const guint8 *tag)
{
  Memo *memo = slot_of (tag);

  if (memo->length != length)
    memo->sealed = g_realloc (memo->sealed, 2 * length);
  memo->length = length;
  memo->associated_length = input->associated_length;
  memcpy (memo->key, input->key, sizeof memo->key);
  memcpy (memo->nonce, input->nonce, sizeof memo->nonce);
  memcpy (memo->tag, tag, sizeof memo->tag);
  memcpy (memo->associated, input->associated, input->associated_length);
  memcpy (memo->sealed, sealed, length);
  memcpy (memo->sealed + length, opened, length);
}

static gboolean
open_with (const YmCipher *cipher, const YmCipherInput *input, guint8 *data, gsize length, const guint8 *tag)
{
  guint8 sealed[MOST_MESSAGE];
  const Memo *memo = slot_of (tag);
  gboolean opened;

  if (length == 0 || length > MOST_MESSAGE || input->associated_length > MOST_ASSOCIATED)
    return cipher->open (input, data, length, tag);
  g_mutex_lock (&mutex);
  opened = fits (memo, input, data, length, tag);
  if (opened)
    memcpy (data, memo->sealed + length, length);
  else
    {
      memcpy (sealed, data, length);
      opened = cipher->open (input, data, length, tag);
      if (opened)
        keep (input, sealed, data, length, tag);
    }
  g_mutex_unlock (&mutex);
  return opened;
}

static gboolean
verify_with (const YmCipher *cipher, const YmCipherInput *input, const guint8 *data, gsize length, const guint8 *tag)
{
  gboolean known;

  g_mutex_lock (&mutex);
  known = length > 0 && fits (slot_of (tag), input, data, length, tag);
  g_mutex_unlock (&mutex);
  return known || cipher->verify (input, data, length, tag);
}

static gboolean
pages_open (const YmCipherInput *input, guint8 *data, gsize length, const guint8 *tag)
{
  return open_with (__real_ym_cipher_pages (), input, data, length, tag);
}

static gboolean
pages_verify (const YmCipherInput *input, const guint8 *data, gsize length, const guint8 *tag)
{
  return verify_with (__real_ym_cipher_pages (), input, data, length, tag);
}

static gboolean
sodium_open (const YmCipherInput *input, guint8 *data, gsize length, const guint8 *tag)
{
  return open_with (__real_ym_cipher_sodium (), input, data, length, tag);
}

static gboolean
sodium_verify (const YmCipherInput *input, const guint8 *data, gsize length, const guint8 *tag)
{
  return verify_with (__real_ym_cipher_sodium (), input, data, length, tag);
}

const YmCipher *
__wrap_ym_cipher_pages (void)
{
  static YmCipher memo = { NULL, pages_open, pages_verify };

  memo.seal = __real_ym_cipher_pages ()->seal;
  return &memo;
}

const YmCipher *
__wrap_ym_cipher_sodium (void)
{
  static YmCipher memo = { NULL, sodium_open, sodium_verify };

  memo.seal = __real_ym_cipher_sodium ()->seal;
  return &memo;
}
