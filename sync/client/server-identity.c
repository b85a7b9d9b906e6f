/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's certificate, as this store has it from the root key. */

#include "sync/client/server-identity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/journal/tables.h"

void
ym_server_identity_clear (YmServerIdentity *identity)
{
  g_clear_pointer (&identity->address, g_free);
  *identity = (YmServerIdentity){ 0 };
}

static gboolean
copy_bytes (const YmRecord *record, guint field, gpointer target, gsize length)
{
  const YmValue *value = ym_record_get (record, field);

  if (value->kind != YM_VALUE_BYTES || g_bytes_get_size (value->bytes) != length)
    return FALSE;
  memcpy (target, g_bytes_get_data (value->bytes, NULL), length);
  return TRUE;
}

static gboolean
fill (const YmRecord *record, YmServerIdentity *identity, GError **error)
{
  const char *address = ym_record_get_text (record, YM_SERVER_ADDRESS);
  YmId of_key;

  *identity = (YmServerIdentity){ .id = record->id };
  if (address == NULL || !copy_bytes (record, YM_SERVER_SIGNING_KEY, identity->signing_key, YM_PUBLIC_KEY_BYTES)
      || !copy_bytes (record, YM_SERVER_TLS_KEY_HASH, identity->pins[0].bytes, YM_HASH_BYTES))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                           _ ("The server's certificate is not whole. Ask your administrator to certify the server again."));
      return FALSE;
    }
  of_key = ym_id_of_public_key ("server", identity->signing_key);
  if (!ym_id_equal (&of_key, &record->id))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE,
                           _ ("The server's certificate is for another key. Ask your administrator to look at it."));
      return FALSE;
    }
  identity->n_pins = copy_bytes (record, YM_SERVER_NEXT_TLS_KEY_HASH, identity->pins[1].bytes, YM_HASH_BYTES) ? 2 : 1;
  identity->address = g_strdup (address);
  return TRUE;
}

static gboolean
read_first (GPtrArray *servers, YmServerIdentity *identity, GError **error)
{
  if (servers == NULL)
    return FALSE;
  if (servers->len > 0)
    return fill (g_ptr_array_index (servers, 0), identity, error);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                       _ ("No server is certified for this force yet. Ask your administrator."));
  return FALSE;
}

gboolean
ym_server_identity_read (sqlite3 *db, YmServerIdentity *identity, GError **error)
{
  g_autoptr (GPtrArray) servers
      = ym_tables_select (db, ym_form (YM_FORM_SERVER), error, "ORDER BY entry DESC LIMIT 1", "");

  *identity = (YmServerIdentity){ 0 };
  return read_first (servers, identity, error);
}

gboolean
ym_server_identity_read_by_id (sqlite3 *db, const YmId *id, YmServerIdentity *identity, GError **error)
{
  g_autoptr (GPtrArray) servers = ym_tables_select (db, ym_form (YM_FORM_SERVER), error, "WHERE id = ?", "d", id);

  *identity = (YmServerIdentity){ 0 };
  return read_first (servers, identity, error);
}

gboolean
ym_server_identity_has_pin (const YmServerIdentity *identity, const YmHash *key)
{
  for (guint i = 0; i < identity->n_pins; i++)
    if (ym_hash_equal (&identity->pins[i], key))
      return TRUE;
  return FALSE;
}
