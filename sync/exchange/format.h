/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/journal/cbor.h"
#include "app/journal/cose.h"

G_BEGIN_DECLS

typedef gpointer (*YmFormatNew) (void);
typedef void (*YmFormatWrite) (gconstpointer message, YmCborWriter *writer);
typedef void (*YmFormatRead) (YmCborReader *reader, gpointer message);

/**
 * YmFormat:
 * @most_bytes: of the CBOR
 * @new: an empty message to read into
 * @write: writes the one item that a message is
 * @read: reads it and checks every rule; failures stay in the reader
 *
 * How one kind of message is put into bytes. @read is the only place with its rules, because what is
 * written is read back before it is given out.
 */
typedef struct {
  gsize most_bytes;
  YmFormatNew new;
  GDestroyNotify free;
  YmFormatWrite write;
  YmFormatRead read;
} YmFormat;

/** ym_format_encode: (transfer full): NULL with YM_ERROR_INVALID if @message breaks a rule. */
GBytes *ym_format_encode (const YmFormat *format, gconstpointer message, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_format_decode: (transfer full): NULL with YM_ERROR_MALFORMED or YM_ERROR_NEWER. */
gpointer ym_format_decode (const YmFormat *format, GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_format_read_name:
 * @family: what the names of all versions of this kind of file begin with, such as "ymweld-bundle/"
 * @name: the one that is understood here
 *
 * Reads the text that a file begins with. A file of a newer version fails the reader as that, any other as no such file.
 */
void ym_format_read_name (YmCborReader *reader, const char *family, const char *name);

/** ym_format_seal: (transfer full): Encodes and signs; see ym_cose_sign(). */
GBytes *ym_format_seal (const YmFormat *format, gconstpointer message, YmMessageKind kind, const YmId *force,
                        const YmSigner *signer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_format_open: (transfer full): Decodes the payload of a signed message, without verifying it. */
gpointer ym_format_open (const YmFormat *format, GBytes *message, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
