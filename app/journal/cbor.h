/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "app/base/value.h"
#include "app/journal/cbor-nesting.h"

G_BEGIN_DECLS

/**
 * YmCborWriter:
 *
 * Writes one item in deterministic CBOR (RFC 8949 §4.2.1) to a growing buffer. Integers and lengths are
 * always the shortest; that counts are kept and map keys ascend is asserted, because the caller is ours.
 * What may come from outside, the text, is checked and makes ym_cbor_writer_finish() fail.
 */
typedef struct {
  GByteArray *buffer;
  YmCborNesting nesting;
  gboolean not_utf8;
} YmCborWriter;

void ym_cbor_writer_init (YmCborWriter *writer);
void ym_cbor_writer_clear (YmCborWriter *writer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmCborWriter, ym_cbor_writer_clear)

/**
 * ym_cbor_writer_finish:
 *
 * The bytes of the one item written; @writer is cleared.
 *
 * Returns: (transfer full): NULL with YM_ERROR_INVALID if a text was not UTF-8
 */
GBytes *ym_cbor_writer_finish (YmCborWriter *writer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_cbor_write_array: Opens an array; the next @count items are in it, after that it is closed. */
void ym_cbor_write_array (YmCborWriter *writer, gsize count);

/** ym_cbor_write_map: Opens a map of @count pairs: key, value, key, value, keys ascending. */
void ym_cbor_write_map (YmCborWriter *writer, gsize count);

/** ym_cbor_write_tag: The next item carries @tag. */
void ym_cbor_write_tag (YmCborWriter *writer, guint64 tag);
void ym_cbor_write_unsigned (YmCborWriter *writer, guint64 number);
void ym_cbor_write_integer (YmCborWriter *writer, gint64 number);

/** ym_cbor_write_text: @text is UTF-8 and not NULL. */
void ym_cbor_write_text (YmCborWriter *writer, const char *text);
void ym_cbor_write_data (YmCborWriter *writer, gconstpointer data, gsize length);

/** ym_cbor_write_bytes: A byte string, or null if @bytes is NULL. */
void ym_cbor_write_bytes (YmCborWriter *writer, GBytes *bytes);
void ym_cbor_write_null (YmCborWriter *writer);
void ym_cbor_write_boolean (YmCborWriter *writer, gboolean truth);

/** ym_cbor_write_id: A byte string of 16. */
void ym_cbor_write_id (YmCborWriter *writer, const YmId *id);

/** ym_cbor_write_hash: A byte string of 32. */
void ym_cbor_write_hash (YmCborWriter *writer, const YmHash *hash);
void ym_cbor_write_value (YmCborWriter *writer, const YmValue *value);

/**
 * YmCborReader:
 *
 * Pulls one item out of bytes that may be hostile. Anything but deterministic CBOR is refused: longer
 * integers than needed, indefinite lengths, map keys that are not ascending or not integers or texts,
 * invalid UTF-8, U+0000 in a text, floats, undefined, trailing bytes, nesting beyond YM_CBOR_MAX_DEPTH,
 * counts that the bytes left could not hold, integers beyond what the field may have.
 *
 * The first failure sticks: every later read gives zero, FALSE, NULL or the null value, so a decoder is
 * written straight down and asks once, with ym_cbor_reader_finish(). Counts are zero after a failure,
 * so loops end.
 */
typedef struct {
  const guint8 *data; /* borrowed */
  gsize length;
  gsize offset;
  YmCborNesting nesting;
  gboolean own;
  GError *error;
} YmCborReader;

/**
 * ym_cbor_reader_init:
 * @data: borrowed until the reader is finished or cleared
 * @most: more bytes than this are refused before the first is looked at
 */
void ym_cbor_reader_init (YmCborReader *reader, gconstpointer data, gsize length, gsize most);

/**
 * ym_cbor_reader_init_own:
 *
 * Reads what this program has just written, before it signs or sends it: what we would not take from
 * others we don't give them. Fails with YM_ERROR_INVALID.
 */
void ym_cbor_reader_init_own (YmCborReader *reader, GBytes *bytes, gsize most);
void ym_cbor_reader_clear (YmCborReader *reader);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmCborReader, ym_cbor_reader_clear)

/**
 * ym_cbor_reader_finish:
 *
 * Whether exactly one whole item was read, to the last byte, and nothing failed; clears @reader.
 * Errors: YM_ERROR_MALFORMED, YM_ERROR_NEWER.
 */
gboolean ym_cbor_reader_finish (YmCborReader *reader, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_cbor_reader_failed: Whether an earlier read failed. */
gboolean ym_cbor_reader_failed (const YmCborReader *reader);

/**
 * ym_cbor_reader_fail:
 * @what: what is wrong, for an engineer, such as "sequence is zero"
 *
 * Makes @reader fail with YM_ERROR_MALFORMED (YM_ERROR_INVALID if the bytes are our own), unless it has
 * failed before.
 */
void ym_cbor_reader_fail (YmCborReader *reader, const char *what);

/** ym_cbor_reader_fail_newer: Like ym_cbor_reader_fail(), with YM_ERROR_NEWER and both formats' names. */
void ym_cbor_reader_fail_newer (YmCborReader *reader, const char *found, const char *understood);

/** ym_cbor_reader_require: ym_cbor_reader_fail() unless @condition; for one line per rule. */
void ym_cbor_reader_require (YmCborReader *reader, gboolean condition, const char *what);

/**
 * ym_cbor_read_message:
 * @version: the format version that this program understands
 * @least, @most: how many fields the map may have, the version included
 *
 * Opens the map that every message of ours is, and reads its field 1, the format version. Another
 * version fails with YM_ERROR_NEWER before anything else is judged.
 *
 * Returns: the number of fields
 */
gsize ym_cbor_read_message (YmCborReader *reader, guint version, gsize least, gsize most);

YmCborMajor ym_cbor_peek (const YmCborReader *reader);

/** ym_cbor_read_array: Opens an array of at least @least, at most @most items; its count. */
gsize ym_cbor_read_array (YmCborReader *reader, gsize least, gsize most);

/** ym_cbor_read_map: Opens a map of at least @least, at most @most pairs; its count. */
gsize ym_cbor_read_map (YmCborReader *reader, gsize least, gsize most);
void ym_cbor_read_tag (YmCborReader *reader, guint64 tag);

/** ym_cbor_read_key: Fails unless the next item is the unsigned integer @key. */
void ym_cbor_read_key (YmCborReader *reader, guint64 key);

/** ym_cbor_read_unsigned: Fails outside @least to @most. */
guint64 ym_cbor_read_unsigned (YmCborReader *reader, guint64 least, guint64 most);

/** ym_cbor_read_integer: Any integer of 64 bits with sign. */
gint64 ym_cbor_read_integer (YmCborReader *reader);
gboolean ym_cbor_read_boolean (YmCborReader *reader);

/** ym_cbor_read_null: Takes a null if that is next, and says whether. */
gboolean ym_cbor_read_null (YmCborReader *reader);

/** ym_cbor_read_text: (transfer full): NULL after a failure; @most in bytes. */
char *ym_cbor_read_text (YmCborReader *reader, gsize most);

/** ym_cbor_read_bytes: (transfer full): NULL after a failure. */
GBytes *ym_cbor_read_bytes (YmCborReader *reader, gsize least, gsize most);

/** ym_cbor_read_data: Like ym_cbor_read_bytes(), but borrowed from the reader's data; an empty string
 * is not NULL. */
const guint8 *ym_cbor_read_data (YmCborReader *reader, gsize least, gsize most, gsize *length);

/** ym_cbor_read_fixed: A byte string of exactly @length into @buffer, which is zeroed on failure. */
void ym_cbor_read_fixed (YmCborReader *reader, gpointer buffer, gsize length);
YmId ym_cbor_read_id (YmCborReader *reader);
YmHash ym_cbor_read_hash (YmCborReader *reader);

/** ym_cbor_read_value: (transfer full): An integer, text, byte string or null. */
YmValue ym_cbor_read_value (YmCborReader *reader);

G_END_DECLS
