/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/admin/office.h"
#include "sync/exchange/administration.h"
#include "sync/transport/transport.h"

G_BEGIN_DECLS

/**
 * ym_administer_server:
 * @code_id: which enrolment
 * @expires_us: for an enrolment that is opened
 *
 * Asks the server for what is no record, and verifies its answer.
 *
 * Returns: (transfer full) (nullable): the answer; %NULL with errors as for ym_sync_run()
 */
YmAdministered *ym_administer_server (YmOffice *office, const YmTransport *transport, YmAdministrationAction action,
                                      const guint8 code_id[YM_ENROLMENT_ID_BYTES], gint64 expires_us,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
