/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/base/id.h"

G_BEGIN_DECLS

/**
 * YmPinDatabase:
 *
 * A GTlsDatabase that trusts keys, not issuers. A signal handler for unacceptable certificates would not
 * do: it isn't asked about a certificate that some public authority has issued to the wrong server.
 */
#define YM_TYPE_PIN_DATABASE (ym_pin_database_get_type ())
G_DECLARE_FINAL_TYPE (YmPinDatabase, ym_pin_database, YM, PIN_DATABASE, GTlsDatabase)

/**
 * ym_pin_database_new:
 * @pins: (array length=n_pins): hashes of the keys to trust; none: the first key seen becomes the pin
 */
YmPinDatabase *ym_pin_database_new (const YmHash *pins, guint n_pins);

/** ym_pin_database_check: Whether @certificate has a pinned key. */
gboolean ym_pin_database_check (YmPinDatabase *database, GTlsCertificate *certificate);

/** ym_pin_database_get_seen: FALSE if no key was shown yet. */
gboolean ym_pin_database_get_seen (YmPinDatabase *database, YmHash *key);

G_END_DECLS
