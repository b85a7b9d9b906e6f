/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a database holds of a ledger:
 *
 *   0         24                            24 + n + 16
 *   | nonce   | n bytes sealed, then the tag |     associated data: kind | force | number, 8 bytes big-endian
 *
 * and names as keyed BLAKE2b-128 over kind | force | name. Both keys follow from the one that the operator keeps.
 */

#include "sync/server/ledger-seal.h"

#include <sodium.h>
#include <string.h>

#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define PLACE_BYTES (1 + YM_ID_BYTES + 8)

/* Context and numbers of crypto_kdf; part of the format. */
static const char kdf_context[crypto_kdf_CONTEXTBYTES + 1] = "ymledger";
enum { KEY_BODIES = 1, KEY_NAMES = 2 };

struct _YmLedgerSeal {
  YmSecret *bodies;
  YmSecret *names;
  const YmRandom *random;
};

static YmSecret *
derive (const YmSecret *key, guint64 number)
{
  YmSecret *derived = ym_secret_new (YM_LEDGER_SEAL_KEY_BYTES);

  crypto_kdf_derive_from_key (ym_secret_data (derived), YM_LEDGER_SEAL_KEY_BYTES, number, kdf_context,
                              ym_secret_data (key));
  return derived;
}

YmLedgerSeal *
ym_ledger_seal_new (const YmSecret *key, const YmRandom *random)
{
  YmLedgerSeal *seal = g_new (YmLedgerSeal, 1);

  G_STATIC_ASSERT (YM_LEDGER_SEAL_KEY_BYTES == crypto_kdf_KEYBYTES);
  g_assert (ym_secret_length (key) == YM_LEDGER_SEAL_KEY_BYTES);
  *seal = (YmLedgerSeal){ derive (key, KEY_BODIES), derive (key, KEY_NAMES), random };
  return seal;
}

void
ym_ledger_seal_free (YmLedgerSeal *seal)
{
  ym_secret_free (seal->bodies);
  ym_secret_free (seal->names);
  g_free (seal);
}

static void
write_place (guint8 place[PLACE_BYTES], char kind, const YmId *force, guint64 number)
{
  guint64 number_be = GUINT64_TO_BE (number);

  place[0] = (guint8) kind;
  memcpy (place + 1, force->bytes, YM_ID_BYTES);
  memcpy (place + 1 + YM_ID_BYTES, &number_be, 8);
}

GBytes *
ym_ledger_seal_close (const YmLedgerSeal *seal, char kind, const YmId *force, guint64 number, GBytes *body)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);
  guint8 *sealed = g_malloc (NONCE_BYTES + length + TAG_BYTES);
  guint8 place[PLACE_BYTES];

  write_place (place, kind, force, number);
  ym_random_fill (seal->random, sealed, NONCE_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE_BYTES, NULL, data, length, place, sizeof place, NULL, sealed,
                                              ym_secret_data (seal->bodies));
  return g_bytes_new_take (sealed, NONCE_BYTES + length + TAG_BYTES);
}

GBytes *
ym_ledger_seal_open (const YmLedgerSeal *seal, char kind, const YmId *force, guint64 number, gconstpointer sealed,
                     gsize length)
{
  g_autofree guint8 *body = NULL;
  guint8 place[PLACE_BYTES];

  if (length < NONCE_BYTES + TAG_BYTES)
    return NULL;
  body = g_malloc (length);
  write_place (place, kind, force, number);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (body, NULL, NULL, (const guint8 *) sealed + NONCE_BYTES,
                                                  length - NONCE_BYTES, place, sizeof place, sealed,
                                                  ym_secret_data (seal->bodies))
      != 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&body), length - NONCE_BYTES - TAG_BYTES);
}

GBytes *
ym_ledger_seal_blind (const YmLedgerSeal *seal, char kind, const YmId *force, GBytes *name)
{
  guint8 *blind = g_malloc (YM_LEDGER_SEAL_NAME_BYTES);
  crypto_generichash_state state;
  gsize length;
  const guint8 *data = g_bytes_get_data (name, &length);

  crypto_generichash_init (&state, ym_secret_data (seal->names), YM_LEDGER_SEAL_KEY_BYTES, YM_LEDGER_SEAL_NAME_BYTES);
  crypto_generichash_update (&state, (const guint8 *) &kind, 1);
  crypto_generichash_update (&state, force->bytes, YM_ID_BYTES);
  crypto_generichash_update (&state, data, length);
  crypto_generichash_final (&state, blind, YM_LEDGER_SEAL_NAME_BYTES);
  return g_bytes_new_take (blind, YM_LEDGER_SEAL_NAME_BYTES);
}
