/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "app/forms/form.h"
#include "app/journal/chain-point.h"
#include "app/journal/cose.h"

G_BEGIN_DECLS

#define YM_ENVELOPE_VERSION 1
#define YM_ENVELOPE_MAX_BYTES (64 * 1024) /* with its change set */
#define YM_GROUP_MAX_BYTES (200 * 1024)   /* all its envelopes with their change sets */
#define YM_GROUP_MAX_ENVELOPES 256
#define YM_INTENT_MAX_BYTES 64

#define YM_SCHEMA_MAX 65535

/**
 * YmPosition:
 *
 * A place in the server's ledger: numbers count from 1 within an epoch, 0 is before the first.
 */
typedef struct {
  YmId epoch;
  guint64 number;
} YmPosition;

/**
 * YmEnvelope:
 * @author: the device that signed
 * @sequence: from 1 in each chain, no gaps
 * @previous: hash of the whole envelope before this in the chain; all zero for the first
 * @stream_previous_sequence: the author's envelope before this in the same stream and chain; 0 if none
 * @stream_previous_hash: its hash; all zero if none
 * @scope: the home, or the force
 * @group_index: from 0
 * @intent: why, such as "visit.sign-off"; [a-z.-]
 * @subject: the record it is about
 * @wall_us: the device's clock; decides nothing
 * @boot_us: microseconds since the device started; orders what one run of the device did
 * @has_base: whether @base and @base_hash say what the author had seen of the stream when it wrote
 * @base_hash: running hash of the stream at @base
 * @change_set_length: in bytes
 * @has_parent: whether this chain goes on from @parent, a point of another chain of the author; only in
 *   a chain's first envelope
 * @hash: SHA-256 of the whole envelope; set by ym_envelope_decode(), not part of it
 *
 * The signed header of one change set. A plain value: copy it freely.
 */
typedef struct {
  YmId author;
  YmId chain;
  guint64 sequence;
  YmHash previous;
  guint64 stream_previous_sequence;
  YmHash stream_previous_hash;
  YmId scope;
  YmClass stream_class;
  YmId group;
  guint group_index;
  guint group_count;
  char intent[YM_INTENT_MAX_BYTES + 1];
  YmId subject;
  gint64 wall_us;
  guint64 boot_us;
  guint schema;
  gboolean has_base;
  YmPosition base;
  YmHash base_hash;
  YmHash change_set_hash;
  guint change_set_length;
  gboolean has_parent;
  YmChainPoint parent;
  YmHash hash;
} YmEnvelope;

/**
 * ym_envelope_set_intent:
 *
 * Returns: FALSE, leaving @envelope alone, if @intent is empty, too long or not of [a-z.-]
 */
gboolean ym_envelope_set_intent (YmEnvelope *envelope, const char *intent) G_GNUC_WARN_UNUSED_RESULT;

/** ym_envelope_set_change_set: Notes the hash and length of the encoded @change_set. */
void ym_envelope_set_change_set (YmEnvelope *envelope, GBytes *change_set);

/**
 * ym_envelope_seal:
 *
 * Encodes and signs. @envelope's own hash is ym_hash_of_bytes() of what comes back.
 *
 * Returns: (transfer full): the whole envelope; NULL with YM_ERROR_INVALID if a field breaks a rule of
 *   docs/protocol.md, or with the signer's error
 */
GBytes *ym_envelope_seal (const YmEnvelope *envelope, const YmId *force, const YmSigner *signer,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_envelope_decode:
 *
 * Reads @bytes, which may be hostile, without looking at the signature. @envelope is written only on
 * success. Errors: YM_ERROR_MALFORMED, YM_ERROR_NEWER.
 */
gboolean ym_envelope_decode (GBytes *bytes, YmEnvelope *envelope, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_envelope_verify: Whether the holder of the key signed @bytes for @force; see ym_cose_verify(). */
gboolean ym_envelope_verify (GBytes *bytes, const YmId *force, const guint8 public_key[YM_PUBLIC_KEY_BYTES],
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_envelope_check_change_set:
 *
 * Whether @change_set is the one that @envelope signs for: its length and hash. Does not decode it.
 * Errors: YM_ERROR_SIGNATURE.
 */
gboolean ym_envelope_check_change_set (const YmEnvelope *envelope, GBytes *change_set,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
