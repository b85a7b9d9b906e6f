/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys and passphrases in memory that libsodium guards and wipes. */

#include "app/base/secret.h"

#include <sodium.h>
#include <string.h>

struct _YmSecret {
  guint8 *data;
  gsize length;
  int slot; /* in the shared page, or -1: in memory of its own */
};

/* Guarding memory takes the kernel longer than all else that opening a store asks of it, so small secrets share a page,
 * which is guarded at both ends and is there as long as there is any of them. */
#define SLOT_BYTES 128
#define N_SLOTS 31 /* with what libsodium adds, one page */

static struct {
  GMutex mutex;
  guint8 *slots;
  guint used; /* a bit for each slot */
} shared;

static guint8 *
allocate_guarded (gsize length)
{
  guint8 *data = sodium_malloc (length);

  if (data == NULL)
    g_error ("There is no memory for a secret of %" G_GSIZE_FORMAT " bytes.", length);
  return data;
}

/* A free slot, or -1. */
static int
take_slot (void)
{
  int slot;

  g_mutex_lock (&shared.mutex);
  slot = g_bit_nth_lsf (~(gulong) shared.used, -1);
  if (slot >= N_SLOTS)
    slot = -1;
  if (slot >= 0)
    {
      if (shared.slots == NULL)
        shared.slots = allocate_guarded (N_SLOTS * SLOT_BYTES);
      shared.used |= 1u << slot;
    }
  g_mutex_unlock (&shared.mutex);
  return slot;
}

static void
give_slot (int slot)
{
  g_mutex_lock (&shared.mutex);
  sodium_memzero (shared.slots + slot * SLOT_BYTES, SLOT_BYTES);
  shared.used &= ~(1u << slot);
  if (shared.used == 0)
    g_clear_pointer (&shared.slots, sodium_free);
  g_mutex_unlock (&shared.mutex);
}

YmSecret *
ym_secret_new (gsize length)
{
  YmSecret *secret;

  g_assert (sodium_init () >= 0);
  secret = g_new (YmSecret, 1);
  secret->slot = length <= SLOT_BYTES ? take_slot () : -1;
  secret->data = secret->slot >= 0 ? shared.slots + secret->slot * SLOT_BYTES : allocate_guarded (length);
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
  if (secret->slot >= 0)
    give_slot (secret->slot);
  else
    sodium_free (secret->data);
  g_free (secret);
}
