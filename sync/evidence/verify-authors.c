/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose keys count: what the root key said of devices and servers, read from the evidence alone. */

#include "sync/evidence/verify-authors.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/forms/fields.h"

static void
key_free (gpointer data)
{
  YmKnownKey *key = data;

  g_free (key->name);
  g_free (key);
}

static const YmValue *
value_of (const YmOperation *operation, guint field)
{
  const YmFieldChange *change = ym_operation_find (operation, field);

  return change == NULL ? NULL : &change->new;
}

static gint64
integer_of (const YmOperation *operation, guint field, gint64 otherwise)
{
  const YmValue *value = value_of (operation, field);

  return value != NULL && value->kind == YM_VALUE_INTEGER ? value->integer : otherwise;
}

/* The key of a device or a server, if the record is named by it. */
static gboolean
read_key (const YmOperation *operation, const char *what, guint field, guint8 public_key[YM_PUBLIC_KEY_BYTES])
{
  const YmValue *value = value_of (operation, field);
  YmId id;

  if (value == NULL || value->kind != YM_VALUE_BYTES || g_bytes_get_size (value->bytes) != YM_PUBLIC_KEY_BYTES)
    return FALSE;
  memcpy (public_key, g_bytes_get_data (value->bytes, NULL), YM_PUBLIC_KEY_BYTES);
  id = ym_id_of_public_key (what, public_key);
  return ym_id_equal (&id, &operation->record);
}

static void
add_key (GHashTable *keys, const YmOperation *operation, gboolean is_device)
{
  YmKnownKey *key = g_new0 (YmKnownKey, 1);
  const YmValue *name = value_of (operation, YM_DEVICE_NAME), *officer = value_of (operation, YM_DEVICE_OFFICER);

  key->revoked_at_us = G_MAXINT64;
  if (!read_key (operation, is_device ? "device" : "server", is_device ? YM_DEVICE_PUBLIC_KEY : YM_SERVER_SIGNING_KEY,
                 key->public_key))
    {
      key_free (key);
      return;
    }
  if (is_device)
    {
      key->kind = (guint) integer_of (operation, YM_DEVICE_KIND, 0);
      key->name = name != NULL && name->kind == YM_VALUE_TEXT ? g_strdup (name->text) : NULL;
      if (officer == NULL || !ym_value_get_id (officer, &key->officer))
        key->officer = ym_id_zero;
    }
  g_hash_table_replace (keys, ym_id_copy (&operation->record), key);
}

static void
revoke_key (GHashTable *keys, const YmOperation *operation)
{
  const YmValue *device = value_of (operation, YM_REVOCATION_DEVICE);
  const YmValue *chain = value_of (operation, YM_REVOCATION_CHAIN);
  YmKnownKey *key;
  YmId id;

  if (device == NULL || !ym_value_get_id (device, &id))
    return;
  key = g_hash_table_lookup (keys, &id);
  if (key == NULL)
    return;
  /* Of several the earliest counts, and what one of them left standing another may have taken. */
  key->good_until = 0;
  if (key->revoked_at_us == G_MAXINT64 && chain != NULL && ym_value_get_id (chain, &key->good_chain))
    key->good_until = (guint64) integer_of (operation, YM_REVOCATION_LAST_SEQUENCE, 0);
  key->revoked_at_us = MIN (key->revoked_at_us, integer_of (operation, YM_REVOCATION_AT, 0));
}

static gboolean
check (const guint8 root_key[YM_PUBLIC_KEY_BYTES], const YmArrival *arrival, GError **error)
{
  YmId force = ym_id_of_public_key ("force", root_key), root = ym_id_of_public_key ("device", root_key);

  if (ym_id_equal (&arrival->header.author, &root) && ym_id_equal (&arrival->header.scope, &force)
      && arrival->change_set != NULL)
    return ym_envelope_verify (arrival->envelope, &force, root_key, error);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE, _ ("A certificate in this file is not by the force's root key."));
  return FALSE;
}

/* Keys first, then what revokes them: in the evidence they stand in any order. */
static void
read_operations (GHashTable *keys, GPtrArray *arrivals, gboolean revocations)
{
  for (guint i = 0; i < arrivals->len; i++)
    {
      const YmArrival *arrival = g_ptr_array_index (arrivals, i);

      for (guint j = 0; arrival->header.stream_class == YM_CLASS_IDENTITY && j < arrival->change_set->operations->len; j++)
        {
          const YmOperation *operation = g_ptr_array_index (arrival->change_set->operations, j);

          if (revocations && operation->type == YM_FORM_REVOCATION)
            revoke_key (keys, operation);
          else if (!revocations && operation->kind == YM_OPERATION_INSERT
                   && (operation->type == YM_FORM_DEVICE || operation->type == YM_FORM_SERVER))
            add_key (keys, operation, operation->type == YM_FORM_DEVICE);
        }
    }
}

GHashTable *
ym_known_keys_read (const guint8 root_key[YM_PUBLIC_KEY_BYTES], GPtrArray *arrivals, GError **error)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, key_free);

  for (guint i = 0; i < arrivals->len; i++)
    {
      const YmArrival *arrival = g_ptr_array_index (arrivals, i);

      if (arrival->header.stream_class == YM_CLASS_IDENTITY && !check (root_key, arrival, error))
        return NULL;
    }
  read_operations (keys, arrivals, FALSE);
  read_operations (keys, arrivals, TRUE);
  return g_steal_pointer (&keys);
}
