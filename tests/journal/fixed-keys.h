/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/cose.h"

/* A key pair from a seed of one repeated byte: the same in every run, and in docs/protocol.md. */
typedef struct {
  guint8 public_key[YM_PUBLIC_KEY_BYTES];
  guint8 secret_key[64];
  YmSigner signer;
} FixedKeys;

/* @keys must not move afterwards: its signer points into it. */
void fixed_keys_init (FixedKeys *keys, guint8 seed_byte);

/* @first, @first + 1, ...: ids that a person can tell apart in a hex dump. */
YmId fixed_id (guint8 first);
YmHash fixed_hash (guint8 first);
