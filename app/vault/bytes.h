/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Big-endian numbers in the vault's file formats. */

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

static inline guint32
ym_get_be32 (const guint8 *at)
{
  guint32 value;

  memcpy (&value, at, sizeof value);
  return GUINT32_FROM_BE (value);
}

static inline guint64
ym_get_be64 (const guint8 *at)
{
  guint64 value;

  memcpy (&value, at, sizeof value);
  return GUINT64_FROM_BE (value);
}

static inline void
ym_put_be32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_BE (value);
  memcpy (at, &value, sizeof value);
}

static inline void
ym_put_be64 (guint8 *at, guint64 value)
{
  value = GUINT64_TO_BE (value);
  memcpy (at, &value, sizeof value);
}

/* Whether @length bytes, a multiple of 8, are zero; takes as long as it takes, so not for secrets. */
static inline gboolean
ym_bytes_are_zero (const guint8 *at, gsize length)
{
  guint64 any = 0;

  for (gsize i = 0; i < length; i += sizeof any)
    {
      guint64 word;

      memcpy (&word, at + i, sizeof word);
      any |= word;
    }
  return any == 0;
}

G_END_DECLS
