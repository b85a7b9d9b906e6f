/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's TLS key: made once, loaded, and loaded again while the server runs. A handshake borrows
 * pointers into the generation that is current when it begins, for as long as it takes; so a
 * generation that was replaced is kept until the server ends. Each is a few kilobytes, and they are
 * replaced by hand.
 */

#include "sync/server/tls.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gnutls/x509.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/error.h"
#include "app/base/random.h"
#include "sync/transport/spki.h"

#define MOST_CHAIN 8
#define MOST_PEM_BYTES (256 * 1024)
#define VALID_S (20 * 366 * 24 * 3600LL)

typedef struct {
  gnutls_pcert_st chain[MOST_CHAIN];
  guint n_chain;
  gnutls_privkey_t key;
  YmHash key_hash;
} Generation;

struct YmTls {
  GMutex mutex;
  char *key_path;
  char *certificate_path;
  GPtrArray *generations; /* the last one is in use */
};

static void
generation_free (Generation *generation)
{
  for (guint i = 0; i < generation->n_chain; i++)
    gnutls_pcert_deinit (&generation->chain[i]);
  if (generation->key != NULL)
    gnutls_privkey_deinit (generation->key);
  g_free (generation);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Generation, generation_free)

/* Writes a file that must not exist yet, readable by its owner alone, durable on return. */
static gboolean
write_new (const char *path, const gnutls_datum_t *data, GError **error)
{
  g_autofree char *folder_path = g_path_get_dirname (path);
  int file = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  int folder;
  gboolean good;

  good = file >= 0 && write (file, data->data, data->size) == (gssize) data->size && fsync (file) == 0;
  if (file >= 0)
    good = close (file) == 0 && good;
  if (good)
    {
      folder = open (folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
      good = folder >= 0 && fsync (folder) == 0;
      if (folder >= 0)
        close (folder);
    }
  if (good)
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_STORAGE, _("The file %s could not be written: %s."), path,
               g_strerror (errno));
  if (file >= 0)
    g_unlink (path);
  return FALSE;
}

/* A certificate that says no more than it must: a name for people, a random serial number (RFC 5280
 * 4.1.2.2), wide dates, the key, its own signature. */
static int
sign_certificate (gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key, const char *name, gint64 now_us)
{
  const time_t now_s = (time_t) (now_us / G_USEC_PER_SEC);
  guint8 serial[16];
  int result;

  ym_random_fill (ym_random_system (), serial, sizeof serial);
  serial[0] = (serial[0] & 0x3f) | 0x40; /* positive, and of fixed length */
  if ((result = gnutls_x509_crt_set_version (certificate, 3)) < 0
      || (result = gnutls_x509_crt_set_serial (certificate, serial, sizeof serial)) < 0
      || (result = gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                                  (unsigned int) strlen (name)))
             < 0
      || (result = gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, name,
                                                         (unsigned int) strlen (name), GNUTLS_FSAN_SET))
             < 0
      || (result = gnutls_x509_crt_set_activation_time (certificate, now_s - 24 * 3600)) < 0
      || (result = gnutls_x509_crt_set_expiration_time (certificate, now_s + VALID_S)) < 0
      || (result = gnutls_x509_crt_set_basic_constraints (certificate, 0, -1)) < 0
      || (result = gnutls_x509_crt_set_key_usage (certificate, GNUTLS_KEY_DIGITAL_SIGNATURE)) < 0
      || (result = gnutls_x509_crt_set_key (certificate, key)) < 0)
    return result;
  return gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0);
}

gboolean
ym_tls_make (const char *key_path, const char *certificate_path, const char *name, gint64 now_us,
             GError **error)
{
  gnutls_x509_privkey_t key = NULL;
  gnutls_x509_crt_t certificate = NULL;
  gnutls_datum_t key_pem = { NULL, 0 }, certificate_pem = { NULL, 0 };
  gboolean good;
  int result;

  g_return_val_if_fail (key_path != NULL && certificate_path != NULL && name != NULL, FALSE);

  if ((result = gnutls_x509_privkey_init (&key)) < 0 || (result = gnutls_x509_crt_init (&certificate)) < 0
      || (result = gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                                 GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0))
             < 0
      || (result = sign_certificate (certificate, key, name, now_us)) < 0
      || (result = gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN,
                                                      &key_pem))
             < 0
      || (result = gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &certificate_pem)) < 0)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _("No TLS key could be made for “%s”: %s."), name,
                   gnutls_strerror (result));
      good = FALSE;
    }
  else
    {
      good = write_new (key_path, &key_pem, error);
      if (good && !write_new (certificate_path, &certificate_pem, error))
        {
          g_unlink (key_path); /* so that the next try does not stumble over half of this one */
          good = FALSE;
        }
    }

  if (key_pem.data != NULL)
    gnutls_memset (key_pem.data, 0, key_pem.size);
  gnutls_free (key_pem.data);
  gnutls_free (certificate_pem.data);
  if (certificate != NULL)
    gnutls_x509_crt_deinit (certificate);
  if (key != NULL)
    gnutls_x509_privkey_deinit (key);
  return good;
}

static gboolean
read_pem (const char *path, char **pem, gsize *length, GError **error)
{
  g_autoptr (GError) reason = NULL;
  GStatBuf status;

  if (g_stat (path, &status) == 0 && status.st_size <= MOST_PEM_BYTES
      && g_file_get_contents (path, pem, length, &reason))
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND,
               _("The TLS file %s could not be read: %s. Make one with “ymweld-server init”, or give its path."),
               path, reason != NULL ? reason->message : g_strerror (errno));
  return FALSE;
}

/* That the key signs for the certificate shows in the hash of the public half of each. */
static gboolean
key_belongs (Generation *generation)
{
  gnutls_pubkey_t public_key;
  size_t length = sizeof (YmHash);
  YmHash of_key;
  gboolean good;

  if (gnutls_pubkey_init (&public_key) < 0)
    return FALSE;
  good = gnutls_pubkey_import_privkey (public_key, generation->key, 0, 0) == 0
         && gnutls_pubkey_get_key_id (public_key, GNUTLS_KEYID_USE_SHA256, of_key.bytes, &length) == 0
         && ym_hash_equal (&of_key, &generation->key_hash);
  gnutls_pubkey_deinit (public_key);
  return good;
}

static Generation *
generation_load (const char *key_path, const char *certificate_path, GError **error)
{
  g_autoptr (Generation) generation = g_new0 (Generation, 1);
  g_autofree char *key_pem = NULL;
  g_autofree char *certificate_pem = NULL;
  gsize key_length = 0, certificate_length = 0;
  gnutls_datum_t datum;
  guint n_chain = MOST_CHAIN;
  int result;

  if (!read_pem (key_path, &key_pem, &key_length, error))
    return NULL;
  datum = (gnutls_datum_t) { (unsigned char *) key_pem, (unsigned int) key_length };
  result = gnutls_privkey_init (&generation->key);
  if (result == 0)
    result = gnutls_privkey_import_x509_raw (generation->key, &datum, GNUTLS_X509_FMT_PEM, NULL, 0);
  gnutls_memset (key_pem, 0, key_length);
  if (result < 0)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED, _("The file %s holds no private key: %s."), key_path,
                   gnutls_strerror (result));
      return NULL;
    }

  if (!read_pem (certificate_path, &certificate_pem, &certificate_length, error))
    return NULL;
  datum = (gnutls_datum_t) { (unsigned char *) certificate_pem, (unsigned int) certificate_length };
  result = gnutls_pcert_list_import_x509_raw (generation->chain, &n_chain, &datum, GNUTLS_X509_FMT_PEM, 0);
  if (result < 0 || n_chain == 0)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED, _("The file %s holds no certificate: %s."),
                   certificate_path, gnutls_strerror (result));
      return NULL;
    }
  generation->n_chain = n_chain;
  if (!ym_spki_hash (generation->chain[0].cert.data, generation->chain[0].cert.size, &generation->key_hash,
                     error))
    return NULL;
  if (!key_belongs (generation))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED,
                   _("The key in %s is not the key of the certificate in %s. Give two files that belong together."),
                   key_path, certificate_path);
      return NULL;
    }
  return g_steal_pointer (&generation);
}

static Generation *
current (YmTls *tls)
{
  return tls->generations->pdata[tls->generations->len - 1];
}

YmTls *
ym_tls_load (const char *key_path, const char *certificate_path, GError **error)
{
  Generation *generation;
  YmTls *tls;

  g_return_val_if_fail (key_path != NULL && certificate_path != NULL, NULL);

  generation = generation_load (key_path, certificate_path, error);
  if (generation == NULL)
    return NULL;
  tls = g_new0 (YmTls, 1);
  g_mutex_init (&tls->mutex);
  tls->key_path = g_strdup (key_path);
  tls->certificate_path = g_strdup (certificate_path);
  tls->generations = g_ptr_array_new_with_free_func ((GDestroyNotify) generation_free);
  g_ptr_array_add (tls->generations, generation);
  return tls;
}

gboolean
ym_tls_reload (YmTls *tls, GError **error)
{
  Generation *generation;

  g_return_val_if_fail (tls != NULL, FALSE);

  generation = generation_load (tls->key_path, tls->certificate_path, error);
  if (generation == NULL)
    return FALSE;
  g_mutex_lock (&tls->mutex);
  g_ptr_array_add (tls->generations, generation);
  g_mutex_unlock (&tls->mutex);
  return TRUE;
}

YmHash
ym_tls_get_key (YmTls *tls)
{
  YmHash hash;

  g_mutex_lock (&tls->mutex);
  hash = current (tls)->key_hash;
  g_mutex_unlock (&tls->mutex);
  return hash;
}

void
ym_tls_retrieve (YmTls *tls, gnutls_pcert_st **chain, guint *n_chain, gnutls_privkey_t *key)
{
  Generation *generation;

  g_mutex_lock (&tls->mutex);
  generation = current (tls);
  g_mutex_unlock (&tls->mutex);
  *chain = generation->chain;
  *n_chain = generation->n_chain;
  *key = generation->key;
}

void
ym_tls_free (YmTls *tls)
{
  if (tls == NULL)
    return;
  g_ptr_array_unref (tls->generations);
  g_free (tls->key_path);
  g_free (tls->certificate_path);
  g_mutex_clear (&tls->mutex);
  g_free (tls);
}
