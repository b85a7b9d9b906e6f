/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YmError:
 * @YM_ERROR_INVALID: what was typed or handed in breaks a rule; the message says what to change
 * @YM_ERROR_MALFORMED: bytes from outside are not of the format they claim
 * @YM_ERROR_NEWER: a format or schema newer than this program understands
 * @YM_ERROR_SIGNATURE: a signature, certificate or chain does not verify
 * @YM_ERROR_AUTHORITY: the author may not do this
 * @YM_ERROR_PASSPHRASE: the passphrase is not the right one
 * @YM_ERROR_DELAYED: too many wrong tries; the message says how long to wait
 * @YM_ERROR_DAMAGED: stored data are missing or altered; nothing was thrown away
 * @YM_ERROR_STORAGE: the file system refused (full, read-only, failed write); nothing was acknowledged
 * @YM_ERROR_BUSY: another program holds the store
 * @YM_ERROR_NETWORK: the connection broke or the server is busy; what was sent may have arrived; try again later
 * @YM_ERROR_NOT_FOUND: no such record, file or device
 * @YM_ERROR_LOCKED: the store is locked
 * @YM_ERROR_UNREACHABLE: the server could not be reached, so nothing was sent; try again later
 *
 * What went wrong, as the caller can act on it. The message is a whole sentence in the user's
 * language and says what to do.
 */
typedef enum {
  YM_ERROR_INVALID,
  YM_ERROR_MALFORMED,
  YM_ERROR_NEWER,
  YM_ERROR_SIGNATURE,
  YM_ERROR_AUTHORITY,
  YM_ERROR_PASSPHRASE,
  YM_ERROR_DELAYED,
  YM_ERROR_DAMAGED,
  YM_ERROR_STORAGE,
  YM_ERROR_BUSY,
  YM_ERROR_NETWORK,
  YM_ERROR_NOT_FOUND,
  YM_ERROR_LOCKED,
  YM_ERROR_UNREACHABLE,
} YmError;

#define YM_ERROR (ym_error_quark ())
GQuark ym_error_quark (void);

G_END_DECLS
