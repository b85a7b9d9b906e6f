/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/random.h"

G_BEGIN_DECLS

#define YM_ID_BYTES 16
#define YM_HASH_BYTES 32

/**
 * YmId:
 *
 * Names a record, a device, a force, a chain or an epoch: 16 bytes, random or derived from a natural key.
 */
typedef struct {
  guint8 bytes[YM_ID_BYTES];
} YmId;

/**
 * YmHash:
 *
 * A SHA-256 digest.
 */
typedef struct {
  guint8 bytes[YM_HASH_BYTES];
} YmHash;

extern const YmId ym_id_zero;

/** ym_id_random: A fresh id from @random. */
YmId ym_id_random (const YmRandom *random);

/**
 * ym_id_from_key:
 * @force: the force the record belongs to
 * @type: the record type's name, such as "home"
 * @key: the natural key, UTF-8; parts joined by "|"
 *
 * The id that every importer gives the same real thing: the first 16 bytes of
 * SHA-256 over "ymweld-id", force, type and key, each preceded by its length as 4 bytes big-endian.
 */
YmId ym_id_from_key (const YmId *force, const char *type, const char *key);

/**
 * ym_id_of_public_key:
 * @what: "force" or "device"
 * @public_key: 32 bytes
 *
 * The id that a key proves: the first 16 bytes of SHA-256 over "ymweld-key", @what and the key, each preceded
 * by its length as 4 bytes big-endian. A force is named by its root key, a device by its own.
 */
YmId ym_id_of_public_key (const char *what, const guint8 public_key[32]);

gboolean ym_id_equal (const YmId *a, const YmId *b);
gboolean ym_id_is_zero (const YmId *id);
int ym_id_compare (const YmId *a, const YmId *b);

/** ym_id_hash_func: For a GHashTable whose keys are `YmId *`. */
guint ym_id_hash_func (gconstpointer id);
gboolean ym_id_equal_func (gconstpointer a, gconstpointer b);
YmId *ym_id_copy (const YmId *id);

/** ym_id_to_string: (transfer full): 32 lower-case hexadecimal digits. */
char *ym_id_to_string (const YmId *id);

/** ym_id_parse: FALSE unless @text is exactly 32 hexadecimal digits. */
gboolean ym_id_parse (const char *text, YmId *id) G_GNUC_WARN_UNUSED_RESULT;

/** ym_hash_of: SHA-256 of @length bytes at @data. */
YmHash ym_hash_of (gconstpointer data, gsize length);
YmHash ym_hash_of_bytes (GBytes *bytes);
gboolean ym_hash_equal (const YmHash *a, const YmHash *b);

/** ym_hash_to_string: (transfer full): 64 lower-case hexadecimal digits. */
char *ym_hash_to_string (const YmHash *hash);

G_END_DECLS
