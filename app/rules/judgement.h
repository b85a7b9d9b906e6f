/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YmDisposition:
 * @YM_DISPOSITION_ACCEPTED: in the ledger and folded
 * @YM_DISPOSITION_LATE: the same, and shown to the supervisor: written before the officer could know that
 *   it was no longer theirs to write
 * @YM_DISPOSITION_REFUSED: in the ledger, never folded; goes back to the officer as a draft
 * @YM_DISPOSITION_QUARANTINED: in the ledger, not folded until an administrator has looked
 */
typedef enum {
  YM_DISPOSITION_ACCEPTED = 1,
  YM_DISPOSITION_LATE = 2,
  YM_DISPOSITION_REFUSED = 3,
  YM_DISPOSITION_QUARANTINED = 4,
} YmDisposition;

/**
 * YmReason:
 *
 * Why. Numbers are for ever: they are signed into receipts. A number that this program does not know
 * is carried.
 */
typedef enum {
  YM_REASON_NONE = 0,
  YM_REASON_NOT_ASSIGNED = 1,         /* the home is not the officer's at the envelope's base */
  YM_REASON_WRONG_AUTHOR = 2,         /* written in another officer's name */
  YM_REASON_FIXED_RECORD = 3,         /* a signed-off visit (R12) */
  YM_REASON_REFERENCE_DATA = 4,       /* reference data come by import only */
  YM_REASON_CLASS_MISMATCH = 5,       /* the record belongs to another class */
  YM_REASON_SCOPE_MISMATCH = 6,       /* the record belongs to another home */
  YM_REASON_REVOKED = 7,              /* after the device's revocation */
  YM_REASON_SIDE_BRANCH = 8,          /* from a chain that split off; taken, and shown */
  YM_REASON_ILLEGAL_STEP = 9,         /* an issue can't go from that state to this */
  YM_REASON_UNKNOWN_RECORD_TYPE = 10,
  YM_REASON_UNKNOWN_FIELD = 11,
  YM_REASON_INVALID_VALUE = 12,       /* a field's limits, or a field missing that must be there */
  YM_REASON_UNKNOWN_RECORD = 13,      /* an update, addendum or action of what is not there */
  YM_REASON_ROLE = 14,                /* the officer's role may not do this */
  YM_REASON_ERASED = 15,              /* touches a record that was erased (R14) */
  YM_REASON_MALFORMED_CHANGE_SET = 16, /* the change set does not decode */
  YM_REASON_NAMES_SOMEBODY = 17,      /* a learning note that names a home, an officer or a child */
} YmReason;

/** ym_reason_get_message: (transfer none): A sentence for the officer: why, and what to do. */
const char *ym_reason_get_message (guint reason);

G_END_DECLS
