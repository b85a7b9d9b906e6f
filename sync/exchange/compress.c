/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * zstd (RFC 8878), one frame at a time. The size that comes out is stated up front and held to a cap, so that a
 * small hostile frame can't take much memory.
 */

#include "sync/exchange/compress.h"

#include "app/base/error.h"

#include <glib/gi18n-lib.h>
#include <zstd.h>

/* The library's own default: on batches of text, more effort saves a few per cent and costs several times. */
#define LEVEL 3

GBytes *
ym_compress (GBytes *bytes)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  gsize room = ZSTD_compressBound (length);
  g_autofree guint8 *frame = g_malloc (room);
  gsize written = ZSTD_compress (frame, room, data, length, LEVEL);

  g_assert (!ZSTD_isError (written)); /* there is room for the worst case */
  return g_bytes_new (frame, written);
}

static GBytes *
fail (GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED,
                       _ ("These data are damaged or larger than allowed. Fetch them again; if that does not help, "
                          "tell your administrator."));
  return NULL;
}

GBytes *
ym_inflate (GBytes *frame, gsize most, GError **error)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (frame, &length);
  unsigned long long stated = ZSTD_getFrameContentSize (data, length);
  g_autofree guint8 *content = NULL;

  if (stated == ZSTD_CONTENTSIZE_UNKNOWN || stated == ZSTD_CONTENTSIZE_ERROR || stated == 0 || stated > most)
    return fail (error);
  /* ZSTD_decompress() would go on with a second frame. */
  if (ZSTD_findFrameCompressedSize (data, length) != length)
    return fail (error);
  content = g_malloc (stated);
  if (ZSTD_decompress (content, stated, data, length) != stated)
    return fail (error);
  return g_bytes_new_take (g_steal_pointer (&content), stated);
}
