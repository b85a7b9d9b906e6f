/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The two messages of enrolment, unsigned because there is no certificate yet: what proves the device is an
 * HMAC under the one-time code's secret, and what proves the answer is the root key that the code names.
 *
 *   post     1 version   2 code id   3 signing key   4 sealing key     5 device name   6 proof
 *   answer   1 version   2 status    3 reason|null   4 bundle | null   5 device | null
 */

#include "sync/exchange/enrolment.h"

#include "app/journal/cbor.h"
#include "sync/exchange/format.h"

#include <sodium.h>
#include <string.h>

#define POST_VERSION 1
#define POST_FIELDS 6
#define POST_FIELDS_PROVED 5
#define ANSWER_VERSION 1
#define ANSWER_FIELDS 5

G_STATIC_ASSERT (YM_ENROLMENT_PROOF_BYTES == crypto_auth_hmacsha256_BYTES);

static YmEnrolmentPost *
post_new_empty (void)
{
  return g_new0 (YmEnrolmentPost, 1);
}

void
ym_enrolment_post_free (YmEnrolmentPost *post)
{
  g_free (post->device_name);
  g_free (post);
}

/* The first @fields fields, as one map. */
static void
write_post_fields (const YmEnrolmentPost *post, guint fields, YmCborWriter *writer)
{
  ym_cbor_write_map (writer, fields);
  ym_cbor_write_unsigned (writer, 1);
  ym_cbor_write_unsigned (writer, POST_VERSION);
  ym_cbor_write_unsigned (writer, 2);
  ym_cbor_write_data (writer, post->code_id, sizeof post->code_id);
  ym_cbor_write_unsigned (writer, 3);
  ym_cbor_write_data (writer, post->signing_key, sizeof post->signing_key);
  ym_cbor_write_unsigned (writer, 4);
  ym_cbor_write_data (writer, post->sealing_key, sizeof post->sealing_key);
  ym_cbor_write_unsigned (writer, 5);
  ym_cbor_write_text (writer, post->device_name);
}

static void
write_post (const YmEnrolmentPost *post, YmCborWriter *writer)
{
  write_post_fields (post, POST_FIELDS, writer);
  ym_cbor_write_unsigned (writer, 6);
  ym_cbor_write_data (writer, post->proof, sizeof post->proof);
}

static void
read_post (YmCborReader *reader, YmEnrolmentPost *post)
{
  ym_cbor_read_message (reader, POST_VERSION, POST_FIELDS, POST_FIELDS);
  ym_cbor_read_key (reader, 2);
  ym_cbor_read_fixed (reader, post->code_id, sizeof post->code_id);
  ym_cbor_read_key (reader, 3);
  ym_cbor_read_fixed (reader, post->signing_key, sizeof post->signing_key);
  ym_cbor_read_key (reader, 4);
  ym_cbor_read_fixed (reader, post->sealing_key, sizeof post->sealing_key);
  ym_cbor_read_key (reader, 5);
  post->device_name = ym_cbor_read_text (reader, YM_ENROLMENT_NAME_MAX_BYTES);
  ym_cbor_reader_require (reader, post->device_name != NULL && post->device_name[0] != '\0', "device has no name");
  ym_cbor_read_key (reader, 6);
  ym_cbor_read_fixed (reader, post->proof, sizeof post->proof);
}

static const YmFormat post_format = {
  .most_bytes = YM_ENROLMENT_POST_MAX_BYTES,
  .new = (YmFormatNew) post_new_empty,
  .free = (GDestroyNotify) ym_enrolment_post_free,
  .write = (YmFormatWrite) write_post,
  .read = (YmFormatRead) read_post,
};

/* HMAC-SHA-256 over the map of fields 1 to 5, under BLAKE2b-256 of the secret; FALSE if the name is not UTF-8. */
static gboolean
compute_proof (const YmEnrolmentPost *post, const guint8 secret[YM_ENROLMENT_SECRET_BYTES],
               guint8 proof[YM_ENROLMENT_PROOF_BYTES])
{
  g_auto (YmCborWriter) writer = { 0 };
  g_autoptr (GBytes) proved = NULL;
  guint8 key[crypto_auth_hmacsha256_KEYBYTES];

  ym_cbor_writer_init (&writer);
  write_post_fields (post, POST_FIELDS_PROVED, &writer);
  proved = ym_cbor_writer_finish (&writer, NULL);
  if (proved == NULL)
    return FALSE;
  crypto_generichash (key, sizeof key, secret, YM_ENROLMENT_SECRET_BYTES, NULL, 0);
  crypto_auth_hmacsha256 (proof, g_bytes_get_data (proved, NULL), g_bytes_get_size (proved), key);
  sodium_memzero (key, sizeof key);
  return TRUE;
}

YmEnrolmentPost *
ym_enrolment_post_new (const YmEnrolmentCode *code, const guint8 signing_key[32], const guint8 sealing_key[32],
                       const char *device_name)
{
  YmEnrolmentPost *post = post_new_empty ();

  memcpy (post->code_id, code->id, sizeof post->code_id);
  memcpy (post->signing_key, signing_key, sizeof post->signing_key);
  memcpy (post->sealing_key, sealing_key, sizeof post->sealing_key);
  post->device_name = g_utf8_make_valid (device_name, -1);
  compute_proof (post, code->secret, post->proof);
  return post;
}

gboolean
ym_enrolment_post_prove (const YmEnrolmentPost *post, const guint8 secret[YM_ENROLMENT_SECRET_BYTES])
{
  guint8 proof[YM_ENROLMENT_PROOF_BYTES];

  return compute_proof (post, secret, proof) && sodium_memcmp (proof, post->proof, sizeof proof) == 0;
}

GBytes *
ym_enrolment_post_encode (const YmEnrolmentPost *post, GError **error)
{
  return ym_format_encode (&post_format, post, error);
}

YmEnrolmentPost *
ym_enrolment_post_decode (GBytes *bytes, GError **error)
{
  return ym_format_decode (&post_format, bytes, error);
}

static YmEnrolmentAnswer *
answer_new_empty (void)
{
  return g_new0 (YmEnrolmentAnswer, 1);
}

YmEnrolmentAnswer *
ym_enrolment_answer_new_waiting (void)
{
  YmEnrolmentAnswer *answer = answer_new_empty ();

  answer->status = YM_ENROLMENT_WAITING;
  return answer;
}

YmEnrolmentAnswer *
ym_enrolment_answer_new_refused (const char *reason)
{
  YmEnrolmentAnswer *answer = answer_new_empty ();

  answer->status = YM_ENROLMENT_REFUSED;
  answer->reason = g_strdup (reason);
  return answer;
}

YmEnrolmentAnswer *
ym_enrolment_answer_new_granted (GBytes *bundle, const YmId *device)
{
  YmEnrolmentAnswer *answer = answer_new_empty ();

  answer->status = YM_ENROLMENT_GRANTED;
  answer->bundle = g_bytes_ref (bundle);
  answer->device = *device;
  return answer;
}

void
ym_enrolment_answer_free (YmEnrolmentAnswer *answer)
{
  g_free (answer->reason);
  g_clear_pointer (&answer->bundle, g_bytes_unref);
  g_free (answer);
}

static void
write_answer (const YmEnrolmentAnswer *answer, YmCborWriter *writer)
{
  ym_cbor_write_map (writer, ANSWER_FIELDS);
  ym_cbor_write_unsigned (writer, 1);
  ym_cbor_write_unsigned (writer, ANSWER_VERSION);
  ym_cbor_write_unsigned (writer, 2);
  ym_cbor_write_unsigned (writer, answer->status);
  ym_cbor_write_unsigned (writer, 3);
  if (answer->reason == NULL)
    ym_cbor_write_null (writer);
  else
    ym_cbor_write_text (writer, answer->reason);
  ym_cbor_write_unsigned (writer, 4);
  ym_cbor_write_bytes (writer, answer->bundle);
  ym_cbor_write_unsigned (writer, 5);
  if (answer->status == YM_ENROLMENT_GRANTED)
    ym_cbor_write_id (writer, &answer->device);
  else
    ym_cbor_write_null (writer);
}

static gboolean
is_reason (const char *text)
{
  return text != NULL && text[0] != '\0' && strspn (text, "abcdefghijklmnopqrstuvwxyz.-") == strlen (text);
}

static void
read_answer (YmCborReader *reader, YmEnrolmentAnswer *answer)
{
  gboolean has_device;

  ym_cbor_read_message (reader, ANSWER_VERSION, ANSWER_FIELDS, ANSWER_FIELDS);
  ym_cbor_read_key (reader, 2);
  answer->status = ym_cbor_read_unsigned (reader, YM_ENROLMENT_WAITING, YM_ENROLMENT_GRANTED);
  ym_cbor_read_key (reader, 3);
  if (!ym_cbor_read_null (reader))
    {
      answer->reason = ym_cbor_read_text (reader, YM_ENROLMENT_REASON_MAX_BYTES);
      ym_cbor_reader_require (reader, is_reason (answer->reason), "not a reason");
    }
  ym_cbor_read_key (reader, 4);
  if (!ym_cbor_read_null (reader))
    answer->bundle = ym_cbor_read_bytes (reader, 1, YM_BUNDLE_MAX_BYTES);
  ym_cbor_read_key (reader, 5);
  has_device = !ym_cbor_read_null (reader);
  if (has_device)
    answer->device = ym_cbor_read_id (reader);
  ym_cbor_reader_require (reader,
                          (answer->reason != NULL) == (answer->status == YM_ENROLMENT_REFUSED)
                            && (answer->bundle != NULL) == (answer->status == YM_ENROLMENT_GRANTED)
                            && has_device == (answer->status == YM_ENROLMENT_GRANTED),
                          "fields do not fit the status");
}

static const YmFormat answer_format = {
  .most_bytes = YM_ENROLMENT_ANSWER_MAX_BYTES,
  .new = (YmFormatNew) answer_new_empty,
  .free = (GDestroyNotify) ym_enrolment_answer_free,
  .write = (YmFormatWrite) write_answer,
  .read = (YmFormatRead) read_answer,
};

GBytes *
ym_enrolment_answer_encode (const YmEnrolmentAnswer *answer, GError **error)
{
  return ym_format_encode (&answer_format, answer, error);
}

YmEnrolmentAnswer *
ym_enrolment_answer_decode (GBytes *bytes, GError **error)
{
  return ym_format_decode (&answer_format, bytes, error);
}
