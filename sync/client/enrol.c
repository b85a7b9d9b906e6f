/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A new device asks to belong to a force. Nothing that the network says is believed but what follows from the code on
 * paper: the code names the root key by its hash, the root key signs the identity records, and these name the device's
 * key and the server's. The TLS key is looked at afterwards for the same reason.
 */

#include "sync/client/enrol.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "sync/client/fact.h"
#include "sync/client/http-status.h"
#include "sync/client/server-identity.h"
#include "sync/exchange/enrolment.h"

#define ENROL_PATH "/v1/enrol"

void
ym_enrol_pending_clear (YmEnrolPending *pending)
{
  g_clear_pointer (&pending->address, g_free);
  if (pending->code != NULL)
    sodium_memzero (pending->code, strlen (pending->code));
  g_clear_pointer (&pending->code, g_free);
  g_clear_pointer (&pending->device_name, g_free);
}

/* Only what is typed is the officer's to mend: "server.example:8443" will do. */
static char *
complete_address (const char *address, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (address));
  g_autofree char *whole = strstr (trimmed, "://") != NULL ? g_strdup (trimmed) : g_strconcat ("https://", trimmed, NULL);
  g_autoptr (GUri) uri = NULL;

  while (g_str_has_suffix (whole, "/"))
    whole[strlen (whole) - 1] = '\0';
  uri = g_uri_parse (whole, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && g_strcmp0 (g_uri_get_scheme (uri), "https") == 0 && g_uri_get_host (uri) != NULL
      && *g_uri_get_host (uri) != '\0' && *g_uri_get_path (uri) == '\0' && g_uri_get_query (uri) == NULL)
    return g_steal_pointer (&whole);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("This is not the address of a server. It looks like https://server.example:8443."));
  return NULL;
}

static gboolean
forget (sqlite3 *db, GError **error)
{
  return ym_sync_fact_set_text (db, YM_SYNC_FACT_ENROL_ADDRESS, NULL, error)
         && ym_sync_fact_set_text (db, YM_SYNC_FACT_ENROL_CODE, NULL, error)
         && ym_sync_fact_set_text (db, YM_SYNC_FACT_ENROL_NAME, NULL, error);
}

/* What was typed, and on which device. */
typedef struct {
  YmEnrolPending typed;
  YmId device;
} Beginning;

static gboolean
keep_pending (YmJournal *journal, gpointer data, GError **error)
{
  const Beginning *beginning = data;
  const YmEnrolPending *pending = &beginning->typed;
  sqlite3 *db = ym_journal_get_db (journal);

  if (ym_journal_is_founded (journal) && ym_id_equal (ym_journal_get_device (journal), &beginning->device))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("This device is enrolled already."));
      return FALSE;
    }
  return ym_sync_fact_set_text (db, YM_SYNC_FACT_ENROL_ADDRESS, pending->address, error)
         && ym_sync_fact_set_text (db, YM_SYNC_FACT_ENROL_CODE, pending->code, error)
         && ym_sync_fact_set_text (db, YM_SYNC_FACT_ENROL_NAME, pending->device_name, error);
}

gboolean
ym_enrol_begin (const YmSyncStore *store, const guint8 public_key[YM_PUBLIC_KEY_BYTES], const char *address,
                const char *code, const char *device_name, GError **error)
{
  g_auto (YmEnrolmentCode) parsed = { 0 };
  g_auto (YmEnrolPending) pending = { .address = complete_address (address, error) };

  if (pending.address == NULL || !ym_enrolment_code_parse (code, &parsed, error))
    return FALSE;
  pending.code = ym_enrolment_code_format (&parsed);
  pending.device_name = g_strstrip (g_strdup (device_name));
  if (*pending.device_name == '\0' || strlen (pending.device_name) > YM_ENROLMENT_NAME_MAX_BYTES
      || g_utf8_strlen (pending.device_name, -1) > ym_form_field (ym_form (YM_FORM_DEVICE), YM_DEVICE_NAME)->maximum)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("Give the device a name of up to 80 letters, such as “Tablet 7”."));
      return FALSE;
    }
  return ym_sync_store_write (store, keep_pending,
                              &(Beginning){ pending, ym_id_of_public_key ("device", public_key) }, error);
}

static gboolean
get_text (sqlite3 *db, const char *name, char **text, GError **error)
{
  g_auto (YmValue) value = YM_VALUE_INIT;

  if (!ym_sync_fact_get (db, name, &value, error))
    return FALSE;
  if (value.kind == YM_VALUE_TEXT)
    {
      *text = g_strdup (value.text);
      sodium_memzero (value.text, strlen (value.text));
    }
  return TRUE;
}

gboolean
ym_enrol_read_pending (sqlite3 *db, YmEnrolPending *pending, GError **error)
{
  g_auto (YmEnrolPending) found = { 0 };

  *pending = (YmEnrolPending){ 0 };
  if (!get_text (db, YM_SYNC_FACT_ENROL_ADDRESS, &found.address, error)
      || !get_text (db, YM_SYNC_FACT_ENROL_CODE, &found.code, error)
      || !get_text (db, YM_SYNC_FACT_ENROL_NAME, &found.device_name, error))
    return FALSE;
  if (found.address == NULL || found.code == NULL || found.device_name == NULL)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("No enrolment was begun on this device."));
      return FALSE;
    }
  *pending = found;
  found = (YmEnrolPending){ 0 };
  return TRUE;
}

static gboolean
forget_pending (YmJournal *journal, gpointer data, GError **error)
{
  return forget (ym_journal_get_db (journal), error);
}

gboolean
ym_enrol_abandon (const YmSyncStore *store, GError **error)
{
  return ym_sync_store_write (store, forget_pending, NULL, error);
}

/* What was granted, while it is looked at. */
typedef struct {
  const YmEnrolmentCode *code;
  YmBundle *bundle;
  YmId device;
  YmHash tls_key;
  guint8 root_key[YM_PUBLIC_KEY_BYTES];
  YmId root;
} Grant;

static gboolean
distrust (GError **error, const char *message)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE, message);
  return FALSE;
}

static gboolean
says_root_key (const YmArrival *arrival, const YmEnrolmentCode *code, guint8 root_key[YM_PUBLIC_KEY_BYTES])
{
  for (guint i = 0; arrival->change_set != NULL && i < arrival->change_set->operations->len; i++)
    {
      const YmOperation *operation = g_ptr_array_index (arrival->change_set->operations, i);
      const YmFieldChange *key = operation->type == YM_FORM_DEVICE
                                     ? ym_operation_find (operation, YM_DEVICE_PUBLIC_KEY)
                                     : NULL;
      YmHash hash;

      if (key == NULL || key->new.kind != YM_VALUE_BYTES || g_bytes_get_size (key->new.bytes) != YM_PUBLIC_KEY_BYTES)
        continue;
      hash = ym_hash_of_bytes (key->new.bytes);
      if (ym_enrolment_code_fits_root (code, &hash))
        {
          memcpy (root_key, g_bytes_get_data (key->new.bytes, NULL), YM_PUBLIC_KEY_BYTES);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
find_root (Grant *grant, GError **error)
{
  for (guint i = 0; i < grant->bundle->parcels->len; i++)
    {
      const YmParcel *parcel = g_ptr_array_index (grant->bundle->parcels, i);
      g_autoptr (YmArrival) arrival = ym_arrival_decode (parcel->envelope, parcel->change_set, error);

      if (arrival == NULL)
        return FALSE;
      if (says_root_key (arrival, grant->code, grant->root_key))
        {
          grant->root = ym_id_of_public_key ("device", grant->root_key);
          return TRUE;
        }
    }
  return distrust (error, _ ("The server that answered is not of the force that gave you the code. Check the address and "
                             "the code, and ask your administrator."));
}

/* A store that was another device's has most of the bundle, each envelope with its place in the ledger. */
static gboolean
is_known (YmJournal *journal, const YmArrival *arrival, gboolean *known, GError **error)
{
  gint64 count;

  if (!ym_sql_integer (ym_journal_get_db (journal), &count, error, "SELECT count(*) FROM envelope WHERE hash = ?", "h",
                       &arrival->header.hash))
    return FALSE;
  *known = count > 0;
  return TRUE;
}

/* An identity bundle is the root key's word and nobody else's. */
static gboolean
take_bundle (YmJournal *journal, const Grant *grant, GError **error)
{
  const YmPlacement pending = { .placed = FALSE };
  const YmId *force = ym_journal_get_force (journal);

  for (guint i = 0; i < grant->bundle->parcels->len; i++)
    {
      const YmParcel *parcel = g_ptr_array_index (grant->bundle->parcels, i);
      g_autoptr (YmArrival) arrival = ym_arrival_decode (parcel->envelope, parcel->change_set, error);
      gboolean known;

      if (arrival == NULL)
        return FALSE;
      if (!ym_id_equal (&arrival->header.author, &grant->root) || !ym_id_equal (&arrival->header.scope, force)
          || arrival->header.stream_class != YM_CLASS_IDENTITY)
        return distrust (error, _ ("The server sent an identity record that the force's root key did not sign. Nothing was "
                                   "kept; tell your administrator."));
      if (!is_known (journal, arrival, &known, error)
          || (!known && !ym_journal_take (journal, arrival, &pending, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_certificate (YmJournal *journal, const Grant *grant, GError **error)
{
  sqlite3 *db = ym_journal_get_db (journal);
  YmCertificate certificate;
  gint64 revoked;

  if (!ym_certificate_read (db, grant->root_key, &grant->device, &certificate, error)
      || !ym_sql_integer (db, &revoked, error, "SELECT count(*) FROM revocation WHERE device = ?", "d",
                          &grant->device))
    return FALSE;
  if (revoked == 0 && certificate.kind == YM_DEVICE_KIND_OFFICER && !ym_id_is_zero (&certificate.officer))
    return TRUE;
  return distrust (error, _ ("The certificate that came is not for an officer's device. Nothing was kept; ask your "
                             "administrator to enrol the device again."));
}

static gboolean
check_server (YmJournal *journal, const Grant *grant, GError **error)
{
  g_auto (YmServerIdentity) server = { 0 };

  if (!ym_server_identity_read (ym_journal_get_db (journal), &server, error))
    return FALSE;
  return ym_server_identity_has_pin (&server, &grant->tls_key)
         || distrust (error, _ ("Somebody stands between this device and the force's server. Nothing was kept; try another "
                                "network, and tell your administrator."));
}

static gboolean
found_or_check (YmJournal *journal, const Grant *grant, GError **error)
{
  if (!ym_journal_is_founded (journal))
    return ym_journal_found (journal, grant->root_key, &grant->device, error);
  if (memcmp (ym_journal_get_root_key (journal), grant->root_key, YM_PUBLIC_KEY_BYTES) == 0)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("This store belongs to another force or device. Use a new folder for the new one."));
  return FALSE;
}

/* The notebook that is here is the old device's officer's, and goes to nobody else. */
static gboolean
succeed (YmJournal *journal, const Grant *grant, GError **error)
{
  sqlite3 *db = ym_journal_get_db (journal);
  YmCertificate before, now;

  if (!ym_certificate_read (db, grant->root_key, ym_journal_get_device (journal), &before, error)
      || !ym_certificate_read (db, grant->root_key, &grant->device, &now, error))
    return FALSE;
  if (ym_id_equal (&before.officer, &now.officer))
    return ym_journal_succeed (journal, &grant->device, error);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("This code is another officer's, and the notebook on this device is not theirs. Nothing was changed; "
                          "ask your administrator for a code of your own."));
  return FALSE;
}

static gboolean
found (YmJournal *journal, gpointer data, GError **error)
{
  Grant *grant = data;

  return find_root (grant, error) && found_or_check (journal, grant, error) && take_bundle (journal, grant, error)
         && check_certificate (journal, grant, error) && succeed (journal, grant, error)
         && check_server (journal, grant, error) && forget (ym_journal_get_db (journal), error);
}

static gboolean
believe (const YmSyncStore *store, const YmEnrolmentCode *code, const YmEnrolmentAnswer *answer, const YmId *device,
         const YmEnrolLink *link, GError **error)
{
  g_autoptr (YmBundle) bundle = ym_bundle_decode (answer->bundle, error);
  Grant grant = { .code = code, .bundle = bundle, .device = *device };

  if (bundle == NULL)
    return FALSE;
  if (!ym_id_equal (&answer->device, device) || !link->get_key (link->context, &grant.tls_key))
    return distrust (error, _ ("The answer is not for this device. Try again; if it stays so, ask your administrator."));
  return ym_sync_store_write (store, found, &grant, error);
}

static gboolean
refuse (const char *reason, GError **error)
{
  static const struct {
    const char *reason;
    const char *message;
  } reasons[] = {
    { "code-expired", N_ ("This enrolment code is too old. Ask your administrator for a new one.") },
    { "code-unknown", N_ ("The server does not know this enrolment code. Ask your administrator for a new one.") },
    { "code-used-too-often", N_ ("Too many devices have tried this enrolment code. Ask your administrator for a new one.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reasons[i].reason, reason))
      {
        g_set_error_literal (error, YM_ERROR, YM_ERROR_AUTHORITY, _ (reasons[i].message));
        return FALSE;
      }
  g_set_error (error, YM_ERROR, YM_ERROR_AUTHORITY,
               _ ("The server refuses this device (%s). Ask your administrator for a new code."), reason);
  return FALSE;
}

static gboolean
read_pending (YmJournal *journal, gpointer data, GError **error)
{
  return ym_enrol_read_pending (ym_journal_get_db (journal), data, error);
}

static GBytes *
make_post (const YmEnrolmentCode *code, const guint8 public_key[YM_PUBLIC_KEY_BYTES], const char *device_name,
           GError **error)
{
  guint8 sealing_key[crypto_scalarmult_curve25519_BYTES];
  g_autoptr (YmEnrolmentPost) post = NULL;

  /* One key pair serves for both: what is sealed to the device is opened with its signing key, converted likewise. */
  if (crypto_sign_ed25519_pk_to_curve25519 (sealing_key, public_key) != 0)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED, _ ("The device's key is damaged. Set the device up afresh."));
      return NULL;
    }
  post = ym_enrolment_post_new (code, public_key, sealing_key, device_name);
  return ym_enrolment_post_encode (post, error);
}

static YmEnrolmentAnswer *
ask (const YmEnrolLink *link, GBytes *post, GCancellable *cancellable, GError **error)
{
  guint status;
  g_autoptr (GBytes) body = ym_transport_post (link->transport, ENROL_PATH, post, YM_ENROLMENT_ANSWER_MAX_BYTES,
                                               &status, cancellable, error);

  if (body == NULL || !ym_http_status_check (status, error))
    return NULL;
  return ym_enrolment_answer_decode (body, error);
}

gboolean
ym_enrol_ask (const YmSyncStore *store, const guint8 public_key[YM_PUBLIC_KEY_BYTES], const YmEnrolLink *link,
              GCancellable *cancellable, YmEnrolStep *step, GError **error)
{
  g_auto (YmEnrolPending) pending = { 0 };
  g_auto (YmEnrolmentCode) code = { 0 };
  g_autoptr (GBytes) post = NULL;
  g_autoptr (YmEnrolmentAnswer) answer = NULL;
  YmId device = ym_id_of_public_key ("device", public_key);

  *step = YM_ENROL_WAITING;
  if (!ym_sync_store_read (store, read_pending, &pending, error)
      || !ym_enrolment_code_parse (pending.code, &code, error))
    return FALSE;
  post = make_post (&code, public_key, pending.device_name, error);
  answer = post == NULL ? NULL : ask (link, post, cancellable, error);
  if (answer == NULL)
    return FALSE;
  switch (answer->status)
    {
    case YM_ENROLMENT_WAITING:
      return TRUE;
    case YM_ENROLMENT_REFUSED:
      return refuse (answer->reason, error);
    case YM_ENROLMENT_GRANTED:
      break;
    }
  *step = YM_ENROL_DONE;
  return believe (store, &code, answer, &device, link, error);
}
