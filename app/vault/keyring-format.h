/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "app/base/random.h"
#include "app/base/secret.h"
#include "app/vault/keys.h"

G_BEGIN_DECLS

/* The bytes of the keyring file; docs/storage-format.md draws them. Nothing but keyring.c needs this. */

/**
 * YmSlotType:
 * @YM_SLOT_PASSPHRASE: the keyring key, wrapped by Argon2id of a passphrase
 * @YM_SLOT_KEY_FILE: the keyring key, wrapped by a raw key
 * @YM_SLOT_ESCROW: the storage keys, sealed to the force's recovery key
 * @YM_SLOT_KEYS_DUE: opens nothing: as long as it is here the storage keys are ones that were out of escrow, and are to be
 *   changed
 *
 * Numbers in the file. A slot of another type is kept as it is.
 */
typedef enum {
  YM_SLOT_PASSPHRASE = 1,
  YM_SLOT_KEY_FILE = 2,
  YM_SLOT_ESCROW = 3,
  YM_SLOT_KEYS_DUE = 4,
} YmSlotType;

typedef struct {
  guint32 type;
  GBytes *body;
} YmSlot;

/**
 * YmKeyring:
 *
 * A parsed keyring: slots, each of which gives the keyring key away to whoever has its secret, and the store's
 * keys sealed by that.
 */
typedef struct {
  YmId store_id;
  gboolean is_changing; /* holds the next keys too: version 2 of the file */
  guint64 generation; /* goes up with each change */
  GArray *slots; /* of YmSlot */
  GBytes *sealed_keys;
} YmKeyring;

YmKeyring *ym_keyring_new (const YmId *store_id);
void ym_keyring_free (YmKeyring *keyring);

/** ym_keyring_parse: YM_ERROR_DAMAGED unless @bytes are a whole keyring file, YM_ERROR_NEWER. */
YmKeyring *ym_keyring_parse (GBytes *bytes, GError **error);
GBytes *ym_keyring_serialize (const YmKeyring *keyring);

/** ym_keyring_find_slot: the first slot of @type, or NULL. */
const YmSlot *ym_keyring_find_slot (const YmKeyring *keyring, YmSlotType type);

/** ym_keyring_put_slot: Takes @body and puts it in place of the slot of @type, or adds it. */
void ym_keyring_put_slot (YmKeyring *keyring, YmSlotType type, GBytes *body);

/** ym_keyring_remove_slot: Takes the slot of @type out, if there is one. */
void ym_keyring_remove_slot (YmKeyring *keyring, YmSlotType type);

/** YmSlotCost: what Argon2id takes to open a passphrase slot */
typedef struct {
  guint64 operations;
  guint64 memory_bytes;
} YmSlotCost;

/** ym_slot_get_cost: Zero of both if @body is not a passphrase slot's. */
YmSlotCost ym_slot_get_cost (GBytes *body);

/** ym_slot_wrap_passphrase: (transfer full): a slot's body; NULL and YM_ERROR_STORAGE without the memory for it. */
GBytes *ym_slot_wrap_passphrase (const YmId *store_id, const YmSecret *passphrase, guint64 operations,
                                 guint64 memory_bytes, const YmSecret *keyring_key, const YmRandom *random,
                                 GError **error);

/** ym_slot_unwrap_passphrase: (transfer full): the keyring key; NULL and YM_ERROR_PASSPHRASE, DAMAGED or STORAGE. */
YmSecret *ym_slot_unwrap_passphrase (const YmId *store_id, const YmSecret *passphrase, GBytes *body,
                                     GError **error);

GBytes *ym_slot_wrap_key (const YmId *store_id, const YmSecret *key, const YmSecret *keyring_key,
                          const YmRandom *random);
YmSecret *ym_slot_unwrap_key (const YmId *store_id, const YmSecret *key, GBytes *body, GError **error);

/**
 * ym_keyring_seal_keys:
 *
 * Seals @keys by their keyring key, in @keyring. The seal covers the generation and the slots as they are now, so
 * that neither can be changed, nor a slot be taken from an older keyring, without the keyring key: comes last.
 */
void ym_keyring_seal_keys (YmKeyring *keyring, const YmKeys *keys, const YmRandom *random);

/** ym_keyring_open_keys: (transfer full): all but the keyring key, or NULL. */
YmKeys *ym_keyring_open_keys (const YmKeyring *keyring, const YmSecret *keyring_key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmKeyring, ym_keyring_free)

G_END_DECLS
