/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The hash by which a TLS key is known, the same on device, server and in the administrator's tool. */

#include "sync/transport/spki.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <gnutls/x509.h>

#include "app/base/error.h"

gboolean
ym_spki_hash (gconstpointer der, gsize length, YmHash *hash, GError **error)
{
  gnutls_x509_crt_t certificate;
  gnutls_datum_t datum = { (unsigned char *) der, (unsigned int) length };
  size_t hash_length = sizeof hash->bytes;
  int result;

  g_return_val_if_fail (length <= G_MAXUINT, FALSE);

  if (gnutls_x509_crt_init (&certificate) != GNUTLS_E_SUCCESS)
    g_error ("out of memory");
  result = gnutls_x509_crt_import (certificate, &datum, GNUTLS_X509_FMT_DER);
  if (result == GNUTLS_E_SUCCESS)
    result = gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA256, hash->bytes, &hash_length);
  gnutls_x509_crt_deinit (certificate);
  if (result == GNUTLS_E_SUCCESS && hash_length == sizeof hash->bytes)
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED, _("This is not a certificate that can be read: %s."),
               gnutls_strerror (result));
  return FALSE;
}
