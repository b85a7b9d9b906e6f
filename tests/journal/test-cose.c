/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signed messages: what is taken as signed must be exactly what the holder of the key signed, for this kind and
 * this force. */

#include "app/base/error.h"
#include "app/journal/cose.h"
#include "tests/journal/bytes.h"
#include "tests/journal/fixed-keys.h"

#include <string.h>

/* RFC 9052's parts by hand: tag 18, [h'a10127', {}, h'68656c6c6f', signature]. */
#define PREFIX "d2 84 43a10127 a0 4568656c6c6f 5840"
#define SIGNATURE_LENGTH 64

typedef struct {
  FixedKeys keys;
  YmId force;
  GBytes *payload;
  GBytes *message;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixed_keys_init (&fixture->keys, 1);
  fixture->force = fixed_id (0);
  fixture->payload = g_bytes_new_static ("hello", 5);
  fixture->message
    = ym_cose_sign (YM_MESSAGE_ENVELOPE, &fixture->force, fixture->payload, &fixture->keys.signer, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_bytes_unref (fixture->payload);
  g_bytes_unref (fixture->message);
}

static gboolean
verifies (Fixture *fixture, YmMessageKind kind, const YmId *force, const guint8 *public_key)
{
  g_autoptr (GError) error = NULL;
  gboolean good = ym_cose_verify (kind, force, fixture->message, public_key, &error);

  if (!good)
    g_assert_error (error, YM_ERROR, YM_ERROR_SIGNATURE);
  return good;
}

/* Otherwise a receipt could be passed off as a request, or one force's records as another's. */
static void
test_binds_kind_force_and_key (Fixture *fixture, gconstpointer unused)
{
  YmId other_force = fixed_id (1);
  FixedKeys other;

  fixed_keys_init (&other, 2);
  g_assert_true (verifies (fixture, YM_MESSAGE_ENVELOPE, &fixture->force, fixture->keys.public_key));
  for (YmMessageKind kind = YM_MESSAGE_REQUEST; kind <= YM_MESSAGE_ADMINISTERED; kind++)
    g_assert_false (verifies (fixture, kind, &fixture->force, fixture->keys.public_key));
  g_assert_false (verifies (fixture, YM_MESSAGE_ENVELOPE, &other_force, fixture->keys.public_key));
  g_assert_false (verifies (fixture, YM_MESSAGE_ENVELOPE, &fixture->force, other.public_key));
}

static void
check_does_not_verify (GBytes *bytes, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;

  g_assert_false (
    ym_cose_verify (YM_MESSAGE_ENVELOPE, &fixture->force, bytes, fixture->keys.public_key, &error));
  g_assert_true (g_error_matches (error, YM_ERROR, YM_ERROR_MALFORMED)
                 || g_error_matches (error, YM_ERROR, YM_ERROR_SIGNATURE));
}

/* Otherwise a changed record would pass as the author's. */
static void
test_every_change_is_found (Fixture *fixture, gconstpointer unused)
{
  for_each_flip (fixture->message, check_does_not_verify, fixture);
  for_each_truncation (fixture->message, check_does_not_verify, fixture);
}

/* Otherwise one signed content could come in two envelopes with two hashes, and a chain could fork at will. */
static void
test_other_frames_are_refused (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *what;
    const char *prefix;
    const char *suffix;
  } cases[] = {
    { "no tag", "84 43a10127 a0 4568656c6c6f 5840", "" },
    { "tag of COSE_Sign", "d862 84 43a10127 a0 4568656c6c6f 5840", "" },
    { "tag twice", "d2d2 84 43a10127 a0 4568656c6c6f 5840", "" },
    { "something unprotected", "d2 84 43a10127 a1044131 4568656c6c6f 5840", "" },
    { "algorithm ES256", "d2 84 43a10126 a0 4568656c6c6f 5840", "" },
    { "no algorithm", "d2 84 40 a0 4568656c6c6f 5840", "" },
    { "algorithm and key id", "d2 84 46a2012704 4131 a0 4568656c6c6f 5840", "" },
    { "protected header as a map", "d2 84 a10127 a0 4568656c6c6f 5840", "" },
    { "detached payload", "d2 84 43a10127 a0 f6 5840", "" },
    { "payload as text", "d2 84 43a10127 a0 6568656c6c6f 5840", "" },
    { "payload length in two bytes", "d2 84 43a10127 a0 580568656c6c6f 5840", "" },
    { "indefinite array", "d2 9f 43a10127 a0 4568656c6c6f 5840", "ff" },
    { "indefinite unprotected map", "d2 84 43a10127 bfff 4568656c6c6f 5840", "" },
    { "five parts", "d2 85 43a10127 a0 4568656c6c6f 5840", "00" },
    { "byte after the end", PREFIX, "00" },
    { "signature of 65", "d2 84 43a10127 a0 4568656c6c6f 5841", "00" },
  };
  g_autofree char *hex = bytes_to_hex (fixture->message);
  const char *signature = hex + strlen (hex) - 2 * SIGNATURE_LENGTH;
  g_autofree char *good_hex = g_strconcat (PREFIX, signature, NULL);
  g_autoptr (GBytes) good = bytes_from_hex (good_hex);

  assert_same_bytes (good, fixture->message);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bad_hex = g_strconcat (cases[i].prefix, signature, cases[i].suffix, NULL);
      g_autoptr (GBytes) bad = bytes_from_hex (bad_hex);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) payload = ym_cose_payload (bad, &error);

      if (payload != NULL)
        g_error ("taken: %s", cases[i].what);
      g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
      check_does_not_verify (bad, fixture);
    }
}

/* Otherwise a key that signs for everybody, of the curve's small subgroup, would do. */
static void
test_weak_keys_verify_nothing (Fixture *fixture, gconstpointer unused)
{
  const guint8 neutral[YM_PUBLIC_KEY_BYTES] = { 1 };
  g_autoptr (GBytes) forged = bytes_from_hex (PREFIX "0100000000000000000000000000000000000000000000000000000000000000"
                                                     "0000000000000000000000000000000000000000000000000000000000000000");

  g_assert_false (ym_cose_verify (YM_MESSAGE_ENVELOPE, &fixture->force, forged, neutral, NULL));
}

static gboolean
sign_while_locked (gpointer context, const guint8 *message, gsize length, guint8 *signature, GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_LOCKED, "The store is locked. Unlock it and try again.");
  return FALSE;
}

/* Otherwise a message without a signature would go out when the key can't be used. */
static void
test_signers_refusal_comes_through (Fixture *fixture, gconstpointer unused)
{
  const YmSigner locked = { .sign = sign_while_locked };
  g_autoptr (GError) error = NULL;

  g_assert_null (ym_cose_sign (YM_MESSAGE_ENVELOPE, &fixture->force, fixture->payload, &locked, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_LOCKED);
}

/* Otherwise a message could be signed that nobody takes, or a huge one would be looked into. */
static void
test_size_limit (Fixture *fixture, gconstpointer unused)
{
  gsize most = YM_COSE_MAX_BYTES - YM_COSE_OVERHEAD_BYTES;
  g_autofree guint8 *zeros = g_malloc0 (most + 1);
  g_autoptr (GBytes) fits = g_bytes_new_static (zeros, most);
  g_autoptr (GBytes) too_large = g_bytes_new_static (zeros, most + 1);
  g_autoptr (GBytes) message
    = ym_cose_sign (YM_MESSAGE_REQUEST, &fixture->force, fits, &fixture->keys.signer, NULL);
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_bytes_get_size (message), ==, YM_COSE_MAX_BYTES);
  payload = ym_cose_payload (message, NULL);
  g_assert_true (g_bytes_equal (payload, fits));
  g_assert_null (ym_cose_sign (YM_MESSAGE_REQUEST, &fixture->force, too_large, &fixture->keys.signer, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/journal/cose/binds-kind-force-and-key", test_binds_kind_force_and_key },
    { "/journal/cose/every-change-is-found", test_every_change_is_found },
    { "/journal/cose/other-frames-are-refused", test_other_frames_are_refused },
    { "/journal/cose/weak-keys-verify-nothing", test_weak_keys_verify_nothing },
    { "/journal/cose/signers-refusal-comes-through", test_signers_refusal_comes_through },
    { "/journal/cose/size-limit", test_size_limit },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
