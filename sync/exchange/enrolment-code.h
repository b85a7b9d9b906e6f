/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "app/base/random.h"

G_BEGIN_DECLS

#define YM_ENROLMENT_ID_BYTES 5
#define YM_ENROLMENT_SECRET_BYTES 10
#define YM_ENROLMENT_ROOT_BYTES 10

/* Base32 characters of a code, without the dashes between its eleven groups of four. */
#define YM_ENROLMENT_CODE_CHARACTERS 44

/**
 * YmEnrolmentCode:
 * @id: says which enrolment; public
 * @secret: proves to the server that the administrator meant this device
 * @root: first bytes of the root key's SHA-256; proves the server to the device
 *
 * The one-time code that an administrator hands to an officer, on paper or as a QR code. A plain value
 * with a secret in it: wipe with ym_enrolment_code_clear().
 */
typedef struct {
  guint8 id[YM_ENROLMENT_ID_BYTES];
  guint8 secret[YM_ENROLMENT_SECRET_BYTES];
  guint8 root[YM_ENROLMENT_ROOT_BYTES];
} YmEnrolmentCode;

/** ym_enrolment_code_init: A fresh id and secret, for the force whose root public key has the hash @root_key. */
void ym_enrolment_code_init (YmEnrolmentCode *code, const YmHash *root_key, const YmRandom *random);
void ym_enrolment_code_clear (YmEnrolmentCode *code);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmEnrolmentCode, ym_enrolment_code_clear)

/** ym_enrolment_code_format: (transfer full): "XXXX-XXXX-...", to be wiped by who shows it. */
char *ym_enrolment_code_format (const YmEnrolmentCode *code);

/**
 * ym_enrolment_code_parse:
 * @text: as typed or scanned; case, spaces and dashes do not matter, O is read as 0, I and L as 1
 * @code: written only on success
 *
 * Errors: YM_ERROR_INVALID, with a sentence of its own for a character that no code has, for a code that is
 * too short or too long (and by how many characters), and for a mistyped one.
 */
gboolean ym_enrolment_code_parse (const char *text, YmEnrolmentCode *code, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_enrolment_code_fits_root: Whether the code was made for the root public key of that hash. */
gboolean ym_enrolment_code_fits_root (const YmEnrolmentCode *code, const YmHash *root_key);

G_END_DECLS
