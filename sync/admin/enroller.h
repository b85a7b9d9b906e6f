/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/admin/office.h"
#include "sync/client/client.h"
#include "sync/exchange/enrolment-code.h"
#include "sync/transport/transport.h"

G_BEGIN_DECLS

/**
 * YmEnrolling:
 * @code: the one-time code
 * @officer: for whom
 * @expires_us: when it ends
 *
 * An enrolment that the administrator has begun. Kept in the office until the device is certified, so that the
 * officer may type the code tomorrow. Wipe with ym_enrolling_clear().
 */
typedef struct {
  YmEnrolmentCode code;
  YmId officer;
  gint64 expires_us;
} YmEnrolling;

void ym_enrolling_clear (YmEnrolling *enrolling);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmEnrolling, ym_enrolling_clear)

/**
 * ym_enroller_begin:
 * @collar_no: of an officer who was imported
 *
 * Opens an enrolment for an officer on the server, or goes on with the one that is open. Errors: YM_ERROR_NOT_FOUND if
 * there is no such officer.
 */
gboolean ym_enroller_begin (YmOffice *office, const YmTransport *transport, const char *collar_no,
                            YmEnrolling *enrolling, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_enroller_collect:
 * @office: with the root key
 * @device: (out): the device that was certified; zero if none has posted with the right proof yet
 *
 * Looks once what was posted, certifies the device that knew the code's secret, pushes the certificate and closes the
 * enrolment.
 */
gboolean ym_enroller_collect (YmOffice *office, const YmTransport *transport, const YmEnrolling *enrolling,
                              YmId *device, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_office_sync: One round of sync: what root and administrator have written goes up, what others have comes down. */
gboolean ym_office_sync (YmOffice *office, const YmTransport *transport, YmSyncResult *result,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
