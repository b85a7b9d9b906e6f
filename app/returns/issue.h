/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/returns/return.h"

G_BEGIN_DECLS

/** ym_return_fingerprint: SHA-256 of what the return says, whatever its number, date and recipient. */
YmHash ym_return_fingerprint (const YmReturn *given);

/**
 * ym_return_issued:
 * @home: (nullable): of one home, or of all for %NULL
 *
 * Returns: (transfer full) (element-type YmRecord) (nullable): the `issued_return` records of that period, the first issue
 * first; empty where none was issued
 */
GPtrArray *ym_return_issued (YmDesk *desk, const YmPeriod *period, const YmId *home, GError **error);

/** ym_return_issued_load: (transfer full) (nullable): What an issued return said. Errors: YM_ERROR_DAMAGED where it does
 * not have the fingerprint that was issued. */
YmReturn *ym_return_issued_load (YmDesk *desk, const YmRecord *issued, GError **error);

/**
 * ym_return_issue:
 * @home: (nullable): whose, or %NULL for all
 * @given: from ym_return_build()
 * @recipient: to whom it is disclosed (R13)
 * @justification: and why
 *
 * Freezes the return and gives it the next number of its period: the record is signed, and says who disclosed what to whom,
 * when and why. On the writing lane, by a force lead.
 *
 * Returns: (transfer full) (nullable): the `issued_return` record
 */
YmRecord *ym_return_issue (YmDesk *desk, const YmId *home, const YmReturn *given, const char *recipient,
                           const char *justification, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
