/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"
#include "app/journal/envelope.h"
#include "app/rules/authority.h"

G_BEGIN_DECLS

/**
 * YmCertificate:
 * @device: the device's id, which follows from its key
 * @kind: YM_DEVICE_KIND_ROOT, _ADMINISTRATOR or _OFFICER
 * @public_key: Ed25519
 * @officer: zero for a device that is no officer's
 * @valid_until_us: judged by the server alone, at acceptance; G_MAXINT64 if it has no end
 *
 * What the root key said of a device.
 */
typedef struct {
  YmId device;
  guint kind;
  guint8 public_key[YM_PUBLIC_KEY_BYTES];
  YmId officer;
  gint64 valid_until_us;
} YmCertificate;

/**
 * ym_certificate_read:
 * @root_key: the force's root public key, which certifies itself
 *
 * Returns: FALSE with YM_ERROR_SIGNATURE if no certificate names @device
 */
gboolean ym_certificate_read (sqlite3 *db, const guint8 root_key[YM_PUBLIC_KEY_BYTES], const YmId *device,
                              YmCertificate *certificate, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_author_is_revoked:
 * @number: the envelope's ledger position, or 0 while it has none
 * @revoked: (out): whether the envelope lies after the device's last valid number, and was not in the ledger
 *   before the revocation
 */
gboolean ym_author_is_revoked (sqlite3 *db, const YmEnvelope *envelope, guint64 number, gboolean *revoked,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_actor_read:
 * @certificate: whose
 * @scope: the home in question, or the force
 * @at_number: judge by the ledger as it stood at this position; G_MAXINT64 for now
 * @at_us: and at this moment of the server's clock: an assignment counts from its first day to its last, London
 * @actor: (out): the certificate's holder, as the authority table sees them
 */
gboolean ym_actor_read (sqlite3 *db, const YmCertificate *certificate, const YmId *scope, guint64 at_number,
                        gint64 at_us, YmActor *actor, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
