/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One call into the kernel for many nonces. A nonce used twice under one key would lay two pages open,
 * so what is in stock belongs to one process id only. */

#include "app/vault/nonce.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define STOCK 64

struct _YmNonces {
  GMutex mutex;
  const YmRandom *random;
  pid_t owner;
  guint left;
  guint8 stock[STOCK][YM_CIPHER_NONCE_BYTES];
};

YmNonces *
ym_nonces_new (const YmRandom *random)
{
  YmNonces *nonces = g_new0 (YmNonces, 1);

  g_mutex_init (&nonces->mutex);
  nonces->random = random;
  return nonces;
}

void
ym_nonces_free (YmNonces *nonces)
{
  if (nonces == NULL)
    return;
  g_mutex_clear (&nonces->mutex);
  g_free (nonces);
}

void
ym_nonces_take (YmNonces *nonces, guint8 nonce[YM_CIPHER_NONCE_BYTES])
{
  pid_t self = getpid ();

  g_mutex_lock (&nonces->mutex);
  if (nonces->left == 0 || nonces->owner != self)
    {
      ym_random_fill (nonces->random, nonces->stock, sizeof nonces->stock);
      nonces->owner = self;
      nonces->left = STOCK;
    }
  nonces->left--;
  memcpy (nonce, nonces->stock[nonces->left], YM_CIPHER_NONCE_BYTES);
  sodium_memzero (nonces->stock[nonces->left], YM_CIPHER_NONCE_BYTES);
  g_mutex_unlock (&nonces->mutex);
}
