/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"
#include "app/journal/cose.h"

G_BEGIN_DECLS

#define YM_SERVER_MOST_PINS 2

/**
 * YmServerIdentity:
 * @id: of the server's certificate
 * @address: "https://host[:port]"
 * @signing_key: signs responses and receipts
 * @pins: (array length=n_pins): hashes of its TLS keys, the current and the next
 *
 * The server, as the root key certified it. Clear with ym_server_identity_clear().
 */
typedef struct {
  YmId id;
  char *address;
  guint8 signing_key[YM_PUBLIC_KEY_BYTES];
  YmHash pins[YM_SERVER_MOST_PINS];
  guint n_pins;
} YmServerIdentity;

/**
 * ym_server_identity_read:
 * @db: a store that has the force's identity records
 * @identity: (out): the server that was certified last
 *
 * Errors: YM_ERROR_NOT_FOUND if no server is certified yet.
 */
gboolean ym_server_identity_read (sqlite3 *db, YmServerIdentity *identity, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_server_identity_read_by_id: As ym_server_identity_read(), for one server; an old receipt may be an earlier one's. */
gboolean ym_server_identity_read_by_id (sqlite3 *db, const YmId *id, YmServerIdentity *identity,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_server_identity_has_pin: Whether @key is a TLS key of the server. */
gboolean ym_server_identity_has_pin (const YmServerIdentity *identity, const YmHash *key);

void ym_server_identity_clear (YmServerIdentity *identity);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmServerIdentity, ym_server_identity_clear)

G_END_DECLS
