/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys and passphrases in memory that libsodium guards and wipes. */

#include "app/base/secret.h"

#include <sodium.h>
#include <string.h>

struct _YmSecret {
  guint8 *data;
  gsize length;
};

YmSecret *
ym_secret_new (gsize length)
{
  YmSecret *secret;

  g_assert (sodium_init () >= 0);
  secret = g_new (YmSecret, 1);
  secret->data = sodium_malloc (length);
  if (secret->data == NULL)
    g_error ("There is no memory for a secret of %" G_GSIZE_FORMAT " bytes.", length);
  memset (secret->data, 0, length);
  secret->length = length;
  return secret;
}

static gboolean
is_ascii (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guint8) text[i] >= 0x80)
      return FALSE;
  return TRUE;
}

YmSecret *
ym_secret_new_from_passphrase (const char *text, gsize length)
{
  char *normal = NULL;
  YmSecret *secret;

  /* g_utf8_normalize() leaves an unwiped copy on the heap, so it sees only what needs it. */
  if (!is_ascii (text, length) && g_utf8_validate (text, length, NULL))
    normal = g_utf8_normalize (text, length, G_NORMALIZE_DEFAULT_COMPOSE);
  if (normal == NULL)
    {
      secret = ym_secret_new (length);
      memcpy (secret->data, text, length);
      return secret;
    }
  secret = ym_secret_new (strlen (normal));
  memcpy (secret->data, normal, secret->length);
  sodium_memzero (normal, secret->length);
  g_free (normal);
  return secret;
}

YmSecret *
ym_secret_copy (const YmSecret *secret)
{
  YmSecret *copy = ym_secret_new (secret->length);

  memcpy (copy->data, secret->data, secret->length);
  return copy;
}

guint8 *
ym_secret_data (const YmSecret *secret)
{
  return secret->data;
}

gsize
ym_secret_length (const YmSecret *secret)
{
  return secret->length;
}

void
ym_secret_free (YmSecret *secret)
{
  if (secret == NULL)
    return;
  sodium_free (secret->data);
  g_free (secret);
}
