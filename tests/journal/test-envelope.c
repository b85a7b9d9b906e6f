/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Envelopes: the one thing that can't be changed once there are signatures in the field. */

#include "app/base/error.h"
#include "app/journal/change-set.h"
#include "app/journal/envelope.h"
#include "tests/journal/bytes.h"
#include "tests/journal/example.h"
#include "tests/journal/fixed-keys.h"

#include <string.h>

typedef struct {
  FixedKeys keys;
  YmId force;
  GBytes *change_set;
  YmEnvelope envelope;
  GBytes *sealed;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (YmChangeSet) change_set = example_change_set ();

  fixed_keys_init (&fixture->keys, EXAMPLE_DEVICE_SEED);
  fixture->force = fixed_id (EXAMPLE_FORCE);
  fixture->change_set = ym_change_set_encode (change_set, NULL);
  fixture->envelope = example_envelope (fixture->change_set);
  fixture->sealed = ym_envelope_seal (&fixture->envelope, &fixture->force, &fixture->keys.signer, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_bytes_unref (fixture->change_set);
  g_bytes_unref (fixture->sealed);
}

/* Otherwise every envelope signed so far would be refused. */
static void
test_bytes_are_those_of_the_document (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GBytes) documented = bytes_from_document ("envelope");

  assert_same_bytes (fixture->sealed, documented);
  g_assert_true (ym_envelope_verify (documented, &fixture->force, fixture->keys.public_key, NULL));
}

/* The document fixes what is written; here, that reading is its inverse. */
static void
assert_comes_back (Fixture *fixture, GBytes *sealed)
{
  YmHash hash = ym_hash_of_bytes (sealed);
  YmEnvelope decoded;
  g_autoptr (GBytes) again = NULL;

  g_assert_true (ym_envelope_decode (sealed, &decoded, NULL));
  g_assert_true (ym_hash_equal (&decoded.hash, &hash));
  again = ym_envelope_seal (&decoded, &fixture->force, &fixture->keys.signer, NULL);
  assert_same_bytes (again, sealed);
}

/* Otherwise a field would be lost or land in another's place. */
static void
test_every_field_comes_back (Fixture *fixture, gconstpointer unused)
{
  YmEnvelope first = fixture->envelope;
  g_autoptr (GBytes) sealed_first = NULL;
  g_autoptr (GError) error = NULL;

  assert_comes_back (fixture, fixture->sealed);
  first.sequence = 1;
  memset (&first.previous, 0, sizeof first.previous);
  first.stream_previous_sequence = 0;
  memset (&first.stream_previous_hash, 0, sizeof first.stream_previous_hash);
  first.has_base = FALSE;
  memset (&first.base, 0, sizeof first.base);
  memset (&first.base_hash, 0, sizeof first.base_hash);
  first.has_parent = TRUE;
  first.parent = (YmChainPoint){ .chain = fixed_id (0xb0), .sequence = 9, .hash = fixed_hash (0x30) };
  first.wall_us = -1;
  first.group_index = 255;
  first.group_count = 256;
  sealed_first = ym_envelope_seal (&first, &fixture->force, &fixture->keys.signer, &error);
  g_assert_no_error (error);
  assert_comes_back (fixture, sealed_first);
}

static void
break_sequence (YmEnvelope *envelope)
{
  envelope->sequence = 0;
}

static void
break_sequence_high (YmEnvelope *envelope)
{
  envelope->sequence = YM_SEQUENCE_MAX + 1;
}

static void
break_first_with_previous (YmEnvelope *envelope)
{
  envelope->sequence = 1;
  envelope->stream_previous_sequence = 0;
}

static void
break_second_without_previous (YmEnvelope *envelope)
{
  memset (&envelope->previous, 0, sizeof envelope->previous);
}

static void
break_stream_previous_ahead (YmEnvelope *envelope)
{
  envelope->stream_previous_sequence = envelope->sequence;
}

static void
break_stream_previous_hash (YmEnvelope *envelope)
{
  envelope->stream_previous_sequence = envelope->sequence - 1;
}

static void
break_class (YmEnvelope *envelope)
{
  envelope->stream_class = YM_CLASS_IDENTITY + 1;
}

static void
break_group_index (YmEnvelope *envelope)
{
  envelope->group_index = envelope->group_count;
}

static void
break_group_count (YmEnvelope *envelope)
{
  envelope->group_count = YM_GROUP_MAX_ENVELOPES + 1;
}

static void
break_intent_empty (YmEnvelope *envelope)
{
  envelope->intent[0] = '\0';
}

static void
break_intent_letters (YmEnvelope *envelope)
{
  envelope->intent[0] = 'I';
}

static void
break_boot_time (YmEnvelope *envelope)
{
  envelope->boot_us = (guint64) G_MAXINT64 + 1;
}

static void
break_schema (YmEnvelope *envelope)
{
  envelope->schema = 0;
}

static void
break_base_number (YmEnvelope *envelope)
{
  envelope->base.number = YM_SEQUENCE_MAX + 1;
}

static void
break_change_set_short (YmEnvelope *envelope)
{
  envelope->change_set_length = YM_CHANGE_SET_SALT_BYTES;
}

static void
break_change_set_long (YmEnvelope *envelope)
{
  envelope->change_set_length = YM_CHANGE_SET_MAX_BYTES + 1;
}

static void
break_size_together (YmEnvelope *envelope)
{
  envelope->change_set_length = YM_CHANGE_SET_MAX_BYTES;
}

static void
break_parent_of_a_later (YmEnvelope *envelope)
{
  envelope->has_parent = TRUE;
  envelope->parent = (YmChainPoint){ .chain = fixed_id (0xb0), .sequence = 9 };
}

static void
break_parent_itself (YmEnvelope *envelope)
{
  envelope->sequence = 1;
  memset (&envelope->previous, 0, sizeof envelope->previous);
  envelope->stream_previous_sequence = 0;
  envelope->has_parent = TRUE;
  envelope->parent = (YmChainPoint){ .chain = envelope->chain, .sequence = 9 };
}

/* Otherwise a device would sign what no other takes, and its chain would be stuck for ever. */
static void
test_what_breaks_a_rule_is_not_signed (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *what;
    void (*break_it) (YmEnvelope *envelope);
  } cases[] = {
    { "sequence 0", break_sequence },
    { "sequence beyond 63 bits", break_sequence_high },
    { "first with a previous", break_first_with_previous },
    { "second without a previous", break_second_without_previous },
    { "previous of the stream not before", break_stream_previous_ahead },
    { "two hashes for the envelope before", break_stream_previous_hash },
    { "unknown class", break_class },
    { "index beyond the group", break_group_index },
    { "group too large", break_group_count },
    { "no intent", break_intent_empty },
    { "capital in the intent", break_intent_letters },
    { "boot time beyond 63 bits", break_boot_time },
    { "schema 0", break_schema },
    { "base beyond 63 bits", break_base_number },
    { "change set of a salt only", break_change_set_short },
    { "change set above 64 KiB", break_change_set_long },
    { "together above 64 KiB", break_size_together },
    { "parent in mid-chain", break_parent_of_a_later },
    { "a chain its own parent", break_parent_itself },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmEnvelope broken = fixture->envelope;
      g_autoptr (GBytes) sealed = NULL;
      g_autoptr (GError) error = NULL;

      cases[i].break_it (&broken);
      sealed = ym_envelope_seal (&broken, &fixture->force, &fixture->keys.signer, &error);
      if (sealed != NULL)
        g_error ("signed: %s", cases[i].what);
      g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
    }
}

/* The example's payload with one string of hex in it replaced by another, signed by the right key. */
static GBytes *
sign_altered (Fixture *fixture, const char *from, const char *to)
{
  g_autoptr (GBytes) payload = ym_cose_payload (fixture->sealed, NULL);
  g_autofree char *hex = bytes_to_hex (payload);
  const char *place = strstr (hex, from);
  g_autofree char *before = NULL;
  g_autofree char *altered = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_nonnull (place);
  before = g_strndup (hex, place - hex);
  altered = g_strconcat (before, to, place + strlen (from), NULL);
  bytes = bytes_from_hex (altered);
  return ym_cose_sign (YM_MESSAGE_ENVELOPE, &fixture->force, bytes, &fixture->keys.signer, NULL);
}

/* Otherwise a hostile device with a good key could get past the limits. */
static void
test_what_breaks_a_rule_is_not_taken (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *what;
    const char *from;
    const char *to;
    int code;
  } cases[] = {
    { "format 2", "b1010102", "b1010202", YM_ERROR_NEWER },
    { "format 2 with another field", "b1010102", "b2010202", YM_ERROR_NEWER },
    { "format 0", "b1010102", "b1010002", YM_ERROR_MALFORMED },
    { "sixteen fields", "b1010102", "b0010102", YM_ERROR_MALFORMED },
    { "eighteen fields", "b1010102", "b2010102", YM_ERROR_MALFORMED },
    { "sequence 0", "0403055820", "0400055820", YM_ERROR_MALFORMED },
    { "sequence as text", "0403055820", "046133055820", YM_ERROR_MALFORMED },
    { "sequence longer than needed", "0403055820", "041803055820", YM_ERROR_MALFORMED },
    { "class 5", "08010983", "08050983", YM_ERROR_MALFORMED },
    { "keys swapped", "080109", "090108", YM_ERROR_MALFORMED },
    { "intent with a space", "6a69737375652e73746570", "6a69737375652073746570", YM_ERROR_MALFORMED },
    { "intent with U+0000", "6a69737375652e73746570", "6a69737375650073746570", YM_ERROR_MALFORMED },
    { "parent is a truth value", "11f6", "11f4", YM_ERROR_MALFORMED },
    { "byte after the payload", "11f6", "11f600", YM_ERROR_MALFORMED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) sealed = sign_altered (fixture, cases[i].from, cases[i].to);
      YmEnvelope decoded;
      g_autoptr (GError) error = NULL;

      if (ym_envelope_decode (sealed, &decoded, &error))
        g_error ("taken: %s", cases[i].what);
      if (!g_error_matches (error, YM_ERROR, cases[i].code))
        g_error ("%s: %s", cases[i].what, error->message);
    }
}

static void
check_refused (GBytes *bytes, gpointer data)
{
  Fixture *fixture = data;
  YmEnvelope decoded;
  g_autoptr (GError) error = NULL;

  g_assert_false (ym_envelope_decode (bytes, &decoded, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
  g_assert_false (ym_envelope_verify (bytes, &fixture->force, fixture->keys.public_key, NULL));
}

/* A flipped bit may leave well-formed bytes; then they have another hash, no good signature, and one encoding. */
static void
check_not_the_same (GBytes *bytes, gpointer data)
{
  Fixture *fixture = data;
  YmEnvelope decoded;
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (GBytes) sealed_again = NULL;
  g_autoptr (GBytes) payload_again = NULL;

  g_assert_false (ym_envelope_verify (bytes, &fixture->force, fixture->keys.public_key, NULL));
  if (!ym_envelope_decode (bytes, &decoded, NULL))
    return;
  g_assert_false (ym_hash_equal (&decoded.hash, &fixture->envelope.hash));
  sealed_again = ym_envelope_seal (&decoded, &fixture->force, &fixture->keys.signer, NULL);
  payload = ym_cose_payload (bytes, NULL);
  payload_again = ym_cose_payload (sealed_again, NULL);
  assert_same_bytes (payload_again, payload);
}

/* Otherwise a damaged or forged envelope would pass for the one that was signed. */
static void
test_damage_is_seen (Fixture *fixture, gconstpointer unused)
{
  fixture->envelope.hash = ym_hash_of_bytes (fixture->sealed);
  for_each_truncation (fixture->sealed, check_refused, fixture);
  for_each_flip (fixture->sealed, check_not_the_same, fixture);
}

static void
check_other_change_set (GBytes *bytes, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;

  g_assert_false (ym_envelope_check_change_set (&fixture->envelope, bytes, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_SIGNATURE);
}

/* Otherwise other words could be put under an officer's signature. */
static void
test_binds_its_change_set (Fixture *fixture, gconstpointer unused)
{
  g_assert_true (ym_envelope_check_change_set (&fixture->envelope, fixture->change_set, NULL));
  for_each_flip (fixture->change_set, check_other_change_set, fixture);
  for_each_truncation (fixture->change_set, check_other_change_set, fixture);
  fixture->envelope.change_set_length++;
  check_other_change_set (fixture->change_set, fixture);
}

/* Otherwise an envelope with its record could be larger than a server must reckon with. */
static void
test_size_limit (Fixture *fixture, gconstpointer unused)
{
  gsize own_size = g_bytes_get_size (fixture->sealed);
  YmEnvelope decoded;
  g_autoptr (GError) error = NULL;

  /* The length takes four bytes more than the example's two. */
  fixture->envelope.change_set_length = YM_ENVELOPE_MAX_BYTES - own_size - 8;
  g_clear_pointer (&fixture->sealed, g_bytes_unref);
  fixture->sealed = ym_envelope_seal (&fixture->envelope, &fixture->force, &fixture->keys.signer, &error);
  g_assert_no_error (error);
  g_assert_true (ym_envelope_decode (fixture->sealed, &decoded, &error));
  fixture->envelope.change_set_length += 9;
  g_assert_null (ym_envelope_seal (&fixture->envelope, &fixture->force, &fixture->keys.signer, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer unused);
  } tests[] = {
    { "/journal/envelope/bytes-are-those-of-the-document", test_bytes_are_those_of_the_document },
    { "/journal/envelope/every-field-comes-back", test_every_field_comes_back },
    { "/journal/envelope/what-breaks-a-rule-is-not-signed", test_what_breaks_a_rule_is_not_signed },
    { "/journal/envelope/what-breaks-a-rule-is-not-taken", test_what_breaks_a_rule_is_not_taken },
    { "/journal/envelope/damage-is-seen", test_damage_is_seen },
    { "/journal/envelope/binds-its-change-set", test_binds_its_change_set },
    { "/journal/envelope/size-limit", test_size_limit },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
