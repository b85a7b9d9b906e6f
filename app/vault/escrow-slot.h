/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/vault/keys.h"
#include "app/vault/sealed-box.h"

G_BEGIN_DECLS

/**
 * YmEscrowSlot:
 * @recovery_key: of the force: whose secret half opens the slot
 * @device: which device's key made it
 * @body: the slot's bytes
 *
 * The slot that lets a force back into a tablet whose passphrase is forgotten: what reads the store, and nothing that
 * signs in the officer's name. docs/storage-format.md draws it.
 */
typedef struct {
  guint8 recovery_key[YM_BOX_PUBLIC_KEY_BYTES];
  YmId device;
  GBytes *body;
} YmEscrowSlot;

/** ym_escrow_slot_seal: (transfer full) (nullable): the body of a slot; %NULL if @recovery_key can't be a key. */
GBytes *ym_escrow_slot_seal (const YmKeys *keys, const guint8 recovery_key[YM_BOX_PUBLIC_KEY_BYTES],
                             const YmRandom *random);

/** ym_escrow_slot_parse: Reads the clear part of @body, which is lent. FALSE if it can't be one. */
gboolean ym_escrow_slot_parse (GBytes *body, YmEscrowSlot *slot) G_GNUC_WARN_UNUSED_RESULT;

/** ym_escrow_slot_open: (transfer full) (nullable): the storage keys, for who has the recovery key's secret half. */
YmSecret *ym_escrow_slot_open (const YmEscrowSlot *slot, const YmId *store_id, const YmSecret *recovery_secret);

G_END_DECLS
