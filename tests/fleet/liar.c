/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that lies. Each of its lies can be found out by the device alone, from the answer and what it holds. */

#include "tests/fleet/liar.h"

#include <sodium.h>
#include <string.h>

#include "sync/exchange/request.h"
#include "sync/exchange/response.h"

static GBytes *
flip (GBytes *bytes, gsize from_end)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  guint8 *copy = g_memdup2 (data, length);

  copy[length - 1 - from_end] ^= 1;
  return g_bytes_new_take (copy, length);
}

static YmEntry *
pick_entry (World *world, YmResponse *response)
{
  return response->entries->len == 0
             ? NULL
             : g_ptr_array_index (response->entries, chance_below (&world->chance, response->entries->len));
}

/* An envelope whose author did not sign it so: the signature is at its end. */
static gboolean
spoil_entry (World *world, const YmRequest *request, YmResponse *response)
{
  YmEntry *entry = pick_entry (world, response);
  g_autoptr (GBytes) spoilt = NULL;
  YmParcel *parcel;

  if (entry == NULL)
    return FALSE;
  spoilt = flip (entry->parcel->envelope, chance_below (&world->chance, YM_SIGNATURE_BYTES));
  parcel = ym_parcel_new (spoilt, entry->parcel->change_set);
  ym_parcel_free (entry->parcel);
  entry->parcel = parcel;
  return TRUE;
}

/* Another change set than the one that was signed for. */
static gboolean
exchange_content (World *world, const YmRequest *request, YmResponse *response)
{
  YmEntry *entry = pick_entry (world, response);
  g_autoptr (GBytes) other = NULL;
  YmParcel *parcel;

  if (entry == NULL || entry->parcel->change_set == NULL)
    return FALSE;
  other = flip (entry->parcel->change_set, 0);
  parcel = ym_parcel_new (entry->parcel->envelope, other);
  ym_parcel_free (entry->parcel);
  entry->parcel = parcel;
  return TRUE;
}

static gboolean
spoil_receipt (World *world, const YmRequest *request, YmResponse *response)
{
  g_autoptr (GBytes) receipt = NULL;
  guint i;

  if (response->receipts->len == 0)
    return FALSE;
  i = chance_below (&world->chance, response->receipts->len);
  receipt = flip (g_ptr_array_index (response->receipts, i), chance_below (&world->chance, YM_SIGNATURE_BYTES));
  g_bytes_unref (g_ptr_array_index (response->receipts, i));
  g_ptr_array_index (response->receipts, i) = g_bytes_ref (receipt);
  return TRUE;
}

static gboolean
withhold_receipts (World *world, const YmRequest *request, YmResponse *response)
{
  if (request->groups->len == 0 || response->stop != NULL)
    return FALSE;
  g_ptr_array_set_size (response->receipts, 0);
  g_ptr_array_set_size (response->entries, 0);
  return TRUE;
}

static gboolean
address_another (World *world, const YmRequest *request, YmResponse *response)
{
  response->device.bytes[0] ^= 1;
  return TRUE;
}

static gboolean
go_back (World *world, const YmRequest *request, YmResponse *response)
{
  if (!request->has_cursor || request->cursor.number == 0 || !ym_id_equal (&request->cursor.epoch, &response->epoch))
    return FALSE;
  g_ptr_array_set_size (response->entries, 0);
  response->through = request->cursor.number - 1;
  return TRUE;
}

static gboolean (*const lies[]) (World *world, const YmRequest *request, YmResponse *response) = {
  spoil_entry, exchange_content, spoil_receipt, withhold_receipts, address_another, go_back,
};

static gboolean
sign_as_nobody (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES],
                GError **error)
{
  memset (signature, 7, YM_SIGNATURE_BYTES);
  return TRUE;
}

GBytes *
liar_alter (World *world, Server *server, GBytes *request, GBytes *answer, GBytes *last)
{
  const guint which = chance_below (&world->chance, G_N_ELEMENTS (lies) + 2);
  const gboolean is_unsigned = which == G_N_ELEMENTS (lies);
  const YmSigner signer = { is_unsigned ? sign_as_nobody : machine_sign, &server->machine };
  g_autoptr (GError) error = NULL;
  g_autoptr (YmRequest) asked = ym_request_decode (request, &error);
  g_autoptr (YmResponse) response = ym_response_decode (answer, &error);
  GBytes *altered;

  if (which > G_N_ELEMENTS (lies))
    return last == NULL ? NULL : g_bytes_ref (last);
  if (asked == NULL || response == NULL || response->expected_counter > 0 || (!is_unsigned && !lies[which](world, asked, response)))
    return NULL;
  altered = ym_response_seal (response, ym_journal_get_force (server->journal), &signer, &error);
  g_assert_no_error (error);
  world_note (world, "server lies in way %u", which);
  return altered;
}
