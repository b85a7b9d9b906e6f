/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests, responses, receipts and bundles: as documented, whole, and nothing else. */

#include "app/base/error.h"
#include "sync/exchange/bundle.h"
#include "sync/exchange/receipt.h"
#include "sync/exchange/request.h"
#include "sync/exchange/response.h"
#include "tests/journal/bytes.h"
#include "tests/sync/exchange-example.h"

#include <string.h>

/* Decodes bytes and encodes their content again; NULL if refused. */
typedef GBytes *(*Again) (const Exchange *exchange, GBytes *bytes, GError **error);

typedef struct {
  const char *name;
  gsize bytes_offset; /* of the GBytes in Exchange */
  gsize keys_offset; /* of the signer's keys; 0 for what is not signed */
  YmMessageKind kind;
  Again again;
} Message;

typedef struct {
  Exchange exchange;
  const Message *message;
  GBytes *bytes;
} Fixture;

/* Signing costs more than all else here, and only the content is compared. */
static gboolean
sign_with_nothing (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES],
                   GError **error)
{
  memset (signature, 0, YM_SIGNATURE_BYTES);
  return TRUE;
}

static const YmSigner unsigned_again = { .sign = sign_with_nothing };

static GBytes *
request_again (const Exchange *exchange, GBytes *bytes, GError **error)
{
  g_autoptr (YmRequest) request = ym_request_decode (bytes, error);

  return request == NULL ? NULL : ym_request_seal (request, &unsigned_again, error);
}

static GBytes *
response_again (const Exchange *exchange, GBytes *bytes, GError **error)
{
  g_autoptr (YmResponse) response = ym_response_decode (bytes, error);

  return response == NULL ? NULL : ym_response_seal (response, &exchange->force, &unsigned_again, error);
}

static GBytes *
receipt_again (const Exchange *exchange, GBytes *bytes, GError **error)
{
  g_autoptr (YmReceipt) receipt = ym_receipt_decode (bytes, error);

  return receipt == NULL ? NULL : ym_receipt_seal (receipt, &unsigned_again, error);
}

static GBytes *
bundle_again (const Exchange *exchange, GBytes *bytes, GError **error)
{
  g_autoptr (YmBundle) bundle = ym_bundle_decode (bytes, error);

  return bundle == NULL ? NULL : ym_bundle_encode (bundle, error);
}

static GBytes *
administration_again (const Exchange *exchange, GBytes *bytes, GError **error)
{
  YmAdministration administration;

  if (!ym_administration_decode (bytes, &administration, error))
    return NULL;
  return ym_administration_seal (&administration, &unsigned_again, error);
}

static GBytes *
administered_again (const Exchange *exchange, GBytes *bytes, GError **error)
{
  g_autoptr (YmAdministered) administered = ym_administered_decode (bytes, error);

  return administered == NULL
           ? NULL
           : ym_administered_seal (administered, &exchange->force, &unsigned_again, error);
}

#define SIGNED(name, keys, kind) \
  { #name, G_STRUCT_OFFSET (Exchange, name##_bytes), G_STRUCT_OFFSET (Exchange, keys), kind, name##_again }

static const Message messages[] = {
  SIGNED (request, device, YM_MESSAGE_REQUEST),
  SIGNED (response, server, YM_MESSAGE_RESPONSE),
  SIGNED (receipt, server, YM_MESSAGE_RECEIPT),
  SIGNED (administration, administrator, YM_MESSAGE_ADMINISTRATION),
  SIGNED (administered, server, YM_MESSAGE_ADMINISTERED),
  { "bundle", G_STRUCT_OFFSET (Exchange, bundle_bytes), 0, 0, bundle_again },
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  exchange_init (&fixture->exchange);
  fixture->message = data;
  fixture->bytes = G_STRUCT_MEMBER (GBytes *, &fixture->exchange, fixture->message->bytes_offset);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  exchange_clear (&fixture->exchange);
}

static gboolean
is_signed (const Fixture *fixture)
{
  return fixture->message->keys_offset != 0;
}

static gboolean
verifies (const Fixture *fixture, GBytes *bytes)
{
  const FixedKeys *keys = G_STRUCT_MEMBER_P (&fixture->exchange, fixture->message->keys_offset);

  return ym_cose_verify (fixture->message->kind, &fixture->exchange.force, bytes, keys->public_key, NULL);
}

/* Otherwise a device and a server of different builds would not understand each other. */
static void
test_bytes_are_those_of_the_document (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) documented = bytes_from_document (fixture->message->name);

  assert_same_bytes (fixture->bytes, documented);
  if (is_signed (fixture))
    g_assert_true (verifies (fixture, documented));
}

/* What a signature covers; a bundle has none. */
static GBytes *
content (const Fixture *fixture, GBytes *bytes)
{
  return is_signed (fixture) ? ym_cose_payload (bytes, NULL) : g_bytes_ref (bytes);
}

/* Otherwise something of a message would be lost between the two sides. */
static void
test_comes_back_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = fixture->message->again (&fixture->exchange, fixture->bytes, &error);
  g_autoptr (GBytes) before = content (fixture, fixture->bytes);
  g_autoptr (GBytes) after = NULL;

  g_assert_no_error (error);
  after = content (fixture, again);
  assert_same_bytes (after, before);
}

static void
check_refused (GBytes *bytes, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (fixture->message->again (&fixture->exchange, bytes, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
}

static void
check_refused_or_canonical (GBytes *bytes, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = fixture->message->again (&fixture->exchange, bytes, &error);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  if (is_signed (fixture))
    g_assert_false (verifies (fixture, bytes));
  if (again == NULL)
    {
      g_assert_nonnull (error);
      return;
    }
  before = content (fixture, bytes);
  after = content (fixture, again);
  assert_same_bytes (after, before);
}

/* Otherwise a cut or garbled message would be acted upon, or crash the one who reads it. */
static void
test_damage_is_refused_or_canonical (Fixture *fixture, gconstpointer data)
{
  for_each_truncation (fixture->bytes, check_refused, fixture);
  for_each_flip (fixture->bytes, check_refused_or_canonical, fixture);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "bytes-are-those-of-the-document", test_bytes_are_those_of_the_document },
    { "comes-back-whole", test_comes_back_whole },
    { "damage-is-refused-or-canonical", test_damage_is_refused_or_canonical },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (tests); j++)
      {
        g_autofree char *path = g_strdup_printf ("/sync/%s/%s", messages[i].name, tests[j].name);

        g_test_add (path, Fixture, &messages[i], set_up, tests[j].run, tear_down);
      }
  return g_test_run ();
}
