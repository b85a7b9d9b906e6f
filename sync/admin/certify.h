/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/admin/office.h"
#include "sync/exchange/enrolment.h"
#include "sync/exchange/server-request.h"

G_BEGIN_DECLS

/**
 * ym_certify_server:
 * @office: with the root key
 *
 * Certifies a server, or what has changed about one. The same again writes nothing.
 */
gboolean ym_certify_server (YmOffice *office, const YmServerRequest *request, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_certify_device:
 * @office: with the root key
 * @post: whose proof was checked
 * @officer: whose device it is
 * @device: (out): its id
 *
 * Certifies a device for an officer. The same again writes nothing.
 */
gboolean ym_certify_device (YmOffice *office, const YmEnrolmentPost *post, const YmId *officer, YmId *device,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_revoke_device:
 * @office: with the root key
 * @reason: for people
 * @stolen: whether the device shall wipe its keys at once when it hears of it
 *
 * Ends a device's certificate: whatever is not in the ledger by then does not count.
 */
gboolean ym_revoke_device (YmOffice *office, const YmId *device, const char *reason, gboolean stolen,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_certify_recovery_key:
 * @office: with the root key
 *
 * Says which key the force's tablets put their keys into escrow for. The same again writes nothing.
 */
gboolean ym_certify_recovery_key (YmOffice *office, const guint8 public_key[YM_PUBLIC_KEY_BYTES],
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_find_device: The device that @text names: its name, or its id from the left. Errors: YM_ERROR_NOT_FOUND, YM_ERROR_INVALID (several). */
gboolean ym_find_device (YmOffice *office, const char *text, YmId *device, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_identity_bundle: (transfer full): All that the root key has said, for a server or a device, as an encoded YmBundle. */
GBytes *ym_identity_bundle (YmJournal *journal, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
