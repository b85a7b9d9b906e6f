/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/id.h"
#include "app/base/secret.h"

G_BEGIN_DECLS

#define YM_LEDGER_SEAL_KEY_BYTES 32
#define YM_LEDGER_SEAL_NAME_BYTES 16

/**
 * YmLedgerSeal:
 *
 * Keeps what goes to a database from whoever runs the database: bodies are sealed, names are blinded. What is put in
 * another place than it was sealed for does not open.
 */
typedef struct _YmLedgerSeal YmLedgerSeal;

/**
 * ym_ledger_seal_new:
 * @key: YM_LEDGER_SEAL_KEY_BYTES, the same for all servers of the ledger
 * @random: for nonces
 */
YmLedgerSeal *ym_ledger_seal_new (const YmSecret *key, const YmRandom *random);
void ym_ledger_seal_free (YmLedgerSeal *seal);

/**
 * ym_ledger_seal_close:
 * @kind: of body, one letter
 * @force: whose
 * @number: its place among its kind
 *
 * Returns: (transfer full): a nonce of 24 bytes, then @body sealed by XChaCha20-Poly1305
 */
GBytes *ym_ledger_seal_close (const YmLedgerSeal *seal, char kind, const YmId *force, guint64 number, GBytes *body);

/** ym_ledger_seal_open: (transfer full) (nullable): NULL if it was not sealed so with this key. */
GBytes *ym_ledger_seal_open (const YmLedgerSeal *seal, char kind, const YmId *force, guint64 number,
                             gconstpointer sealed, gsize length);

/** ym_ledger_seal_blind: (transfer full): Of @name always the same YM_LEDGER_SEAL_NAME_BYTES, which say nothing of it. */
GBytes *ym_ledger_seal_blind (const YmLedgerSeal *seal, char kind, const YmId *force, GBytes *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmLedgerSeal, ym_ledger_seal_free)

G_END_DECLS
