/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What an administrator's tool tells the server that is no record, and the answer. Payloads of COSE_Sign1 messages of
 * the kinds "administration" and "administered":
 *
 *   1 version   4 server certificate    7 code id             1 version   3 posts [bytes]
 *   2 force     5 counter               8 expires             2 request   4 expected counter | null
 *   3 device    6 action
 */

#include "sync/exchange/administration.h"

#include "sync/exchange/enrolment.h"
#include "sync/exchange/format.h"

#define VERSION 1
#define ADMINISTRATION_FIELDS 8
#define ADMINISTERED_FIELDS 4

static gpointer
new_administration (void)
{
  return g_new0 (YmAdministration, 1);
}

static void
write_administration (const YmAdministration *administration, YmCborWriter *writer)
{
  ym_cbor_write_map (writer, ADMINISTRATION_FIELDS);
  ym_cbor_write_unsigned (writer, 1);
  ym_cbor_write_unsigned (writer, VERSION);
  ym_cbor_write_unsigned (writer, 2);
  ym_cbor_write_id (writer, &administration->force);
  ym_cbor_write_unsigned (writer, 3);
  ym_cbor_write_id (writer, &administration->device);
  ym_cbor_write_unsigned (writer, 4);
  ym_cbor_write_id (writer, &administration->server);
  ym_cbor_write_unsigned (writer, 5);
  ym_cbor_write_unsigned (writer, administration->counter);
  ym_cbor_write_unsigned (writer, 6);
  ym_cbor_write_unsigned (writer, administration->action);
  ym_cbor_write_unsigned (writer, 7);
  ym_cbor_write_data (writer, administration->code_id, sizeof administration->code_id);
  ym_cbor_write_unsigned (writer, 8);
  ym_cbor_write_integer (writer, administration->expires_us);
}

static void
read_administration (YmCborReader *reader, YmAdministration *administration)
{
  ym_cbor_read_message (reader, VERSION, ADMINISTRATION_FIELDS, ADMINISTRATION_FIELDS);
  ym_cbor_read_key (reader, 2);
  administration->force = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 3);
  administration->device = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 4);
  administration->server = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 5);
  administration->counter = ym_cbor_read_unsigned (reader, 1, G_MAXINT64);
  ym_cbor_read_key (reader, 6);
  administration->action = ym_cbor_read_unsigned (reader, YM_ADMINISTRATION_OPEN, YM_ADMINISTRATION_CLOSE);
  ym_cbor_read_key (reader, 7);
  ym_cbor_read_fixed (reader, administration->code_id, sizeof administration->code_id);
  ym_cbor_read_key (reader, 8);
  administration->expires_us = ym_cbor_read_integer (reader);
  ym_cbor_reader_require (reader,
                          (administration->expires_us > 0) == (administration->action == YM_ADMINISTRATION_OPEN),
                          "an end for what is not opened");
}

static const YmFormat administration_format = {
  .most_bytes = YM_ADMINISTRATION_MAX_BYTES,
  .new = new_administration,
  .free = g_free,
  .write = (YmFormatWrite) write_administration,
  .read = (YmFormatRead) read_administration,
};

GBytes *
ym_administration_seal (const YmAdministration *administration, const YmSigner *signer, GError **error)
{
  return ym_format_seal (&administration_format, administration, YM_MESSAGE_ADMINISTRATION, &administration->force,
                         signer, error);
}

gboolean
ym_administration_decode (GBytes *bytes, YmAdministration *administration, GError **error)
{
  g_autofree YmAdministration *decoded = ym_format_open (&administration_format, bytes, error);

  if (decoded == NULL)
    return FALSE;
  *administration = *decoded;
  return TRUE;
}

YmAdministered *
ym_administered_new (void)
{
  YmAdministered *administered = g_new0 (YmAdministered, 1);

  administered->posts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return administered;
}

void
ym_administered_free (YmAdministered *administered)
{
  g_ptr_array_unref (administered->posts);
  g_free (administered);
}

static void
write_administered (const YmAdministered *administered, YmCborWriter *writer)
{
  ym_cbor_write_map (writer, ADMINISTERED_FIELDS);
  ym_cbor_write_unsigned (writer, 1);
  ym_cbor_write_unsigned (writer, VERSION);
  ym_cbor_write_unsigned (writer, 2);
  ym_cbor_write_hash (writer, &administered->request);
  ym_cbor_write_unsigned (writer, 3);
  ym_cbor_write_array (writer, administered->posts->len);
  for (guint i = 0; i < administered->posts->len; i++)
    ym_cbor_write_bytes (writer, g_ptr_array_index (administered->posts, i));
  ym_cbor_write_unsigned (writer, 4);
  if (administered->expected_counter > 0)
    ym_cbor_write_unsigned (writer, administered->expected_counter);
  else
    ym_cbor_write_null (writer);
}

static void
read_administered (YmCborReader *reader, YmAdministered *administered)
{
  gsize count;

  ym_cbor_read_message (reader, VERSION, ADMINISTERED_FIELDS, ADMINISTERED_FIELDS);
  ym_cbor_read_key (reader, 2);
  administered->request = ym_cbor_read_hash (reader);
  ym_cbor_read_key (reader, 3);
  count = ym_cbor_read_array (reader, 0, YM_ADMINISTRATION_MOST_POSTS);
  for (gsize i = 0; i < count && !ym_cbor_reader_failed (reader); i++)
    {
      GBytes *post = ym_cbor_read_bytes (reader, 1, YM_ENROLMENT_POST_MAX_BYTES);

      if (post != NULL)
        g_ptr_array_add (administered->posts, post);
    }
  ym_cbor_read_key (reader, 4);
  if (!ym_cbor_read_null (reader))
    {
      administered->expected_counter = ym_cbor_read_unsigned (reader, 1, G_MAXINT64);
      ym_cbor_reader_require (reader, administered->posts->len == 0, "data beside an expected counter");
    }
}

static const YmFormat administered_format = {
  .most_bytes = YM_ADMINISTERED_MAX_BYTES,
  .new = (YmFormatNew) ym_administered_new,
  .free = (GDestroyNotify) ym_administered_free,
  .write = (YmFormatWrite) write_administered,
  .read = (YmFormatRead) read_administered,
};

GBytes *
ym_administered_seal (const YmAdministered *administered, const YmId *force, const YmSigner *signer, GError **error)
{
  return ym_format_seal (&administered_format, administered, YM_MESSAGE_ADMINISTERED, force, signer, error);
}

YmAdministered *
ym_administered_decode (GBytes *bytes, GError **error)
{
  return ym_format_open (&administered_format, bytes, error);
}
