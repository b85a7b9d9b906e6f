/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trust in a TLS key by its hash. Names, dates, issuers and purposes in the certificate are the
 * business of the root-signed server certificate, which says the hash.
 */

#include "sync/transport/pin-database.h"

#include "sync/transport/spki.h"

#define MOST_PINS 4

struct _YmPinDatabase {
  GTlsDatabase parent_instance;

  GMutex mutex; /* handshakes may verify on a thread of their own */
  YmHash pins[MOST_PINS];
  guint n_pins;
  YmHash seen;
  gboolean has_seen;
};

G_DEFINE_FINAL_TYPE (YmPinDatabase, ym_pin_database, G_TYPE_TLS_DATABASE)

static GTlsCertificateFlags
verify_chain (GTlsDatabase *database, GTlsCertificate *chain, const char *purpose,
              GSocketConnectable *identity, GTlsInteraction *interaction, GTlsDatabaseVerifyFlags flags,
              GCancellable *cancellable, GError **error)
{
  return ym_pin_database_check (YM_PIN_DATABASE (database), chain) ? 0 : G_TLS_CERTIFICATE_UNKNOWN_CA;
}

static void
ym_pin_database_finalize (GObject *object)
{
  YmPinDatabase *self = YM_PIN_DATABASE (object);

  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (ym_pin_database_parent_class)->finalize (object);
}

static void
ym_pin_database_class_init (YmPinDatabaseClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ym_pin_database_finalize;
  G_TLS_DATABASE_CLASS (class)->verify_chain = verify_chain;
}

static void
ym_pin_database_init (YmPinDatabase *self)
{
  g_mutex_init (&self->mutex);
}

YmPinDatabase *
ym_pin_database_new (const YmHash *pins, guint n_pins)
{
  YmPinDatabase *self = g_object_new (YM_TYPE_PIN_DATABASE, NULL);

  g_assert (n_pins <= MOST_PINS);
  for (guint i = 0; i < n_pins; i++)
    self->pins[i] = pins[i];
  self->n_pins = n_pins;
  return self;
}

gboolean
ym_pin_database_check (YmPinDatabase *self, GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  gboolean good = FALSE;
  YmHash key;

  if (certificate == NULL)
    return FALSE;
  g_object_get (certificate, "certificate", &der, NULL);
  if (der == NULL || !ym_spki_hash (der->data, der->len, &key, NULL))
    return FALSE;

  g_mutex_lock (&self->mutex);
  self->seen = key;
  self->has_seen = TRUE;
  if (self->n_pins == 0)
    self->pins[self->n_pins++] = key;
  for (guint i = 0; i < self->n_pins; i++)
    good = good || ym_hash_equal (&self->pins[i], &key);
  g_mutex_unlock (&self->mutex);
  return good;
}

gboolean
ym_pin_database_get_seen (YmPinDatabase *self, YmHash *key)
{
  gboolean has_seen;

  g_mutex_lock (&self->mutex);
  has_seen = self->has_seen;
  if (has_seen)
    *key = self->seen;
  g_mutex_unlock (&self->mutex);
  return has_seen;
}
