/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A passphrase as it is typed.
 *
 * GtkPasswordEntry keeps the text in ordinary memory and gives it to anyone on the accessibility bus; here
 * the text lives in a YmSecret and the buffer's public text is bullets. What stays outside our reach: the
 * key events and the few bytes that GTK's input method hands over one key at a time. */

#include "ui/widgets/secret-buffer.h"

#include <sodium.h>
#include <string.h>

#define BULLET "\342\200\242" /* U+2022 */

struct _YmSecretBuffer
{
  GtkEntryBuffer parent_instance;

  YmSecret *typed; /* YM_SECRET_BUFFER_MAX_BYTES, of which n_bytes are in use */
  gsize n_bytes;
  guint n_chars;
  char *bullets; /* n_chars of them */
};

G_DEFINE_FINAL_TYPE (YmSecretBuffer, ym_secret_buffer, GTK_TYPE_ENTRY_BUFFER)

static void
show_bullets (YmSecretBuffer *self)
{
  GString *bullets = g_string_sized_new (self->n_chars * strlen (BULLET));

  for (guint i = 0; i < self->n_chars; i++)
    g_string_append (bullets, BULLET);
  g_free (self->bullets);
  self->bullets = g_string_free (bullets, FALSE);
}

/* The byte at which character @position begins. */
static gsize
offset_of (YmSecretBuffer *self, guint position)
{
  const guint8 *typed = ym_secret_data (self->typed);
  gsize offset = 0;

  for (guint i = 0; i < position && offset < self->n_bytes; i++)
    do
      offset++;
    while (offset < self->n_bytes && (typed[offset] & 0xc0) == 0x80);
  return offset;
}

static const char *
ym_secret_buffer_get_text (GtkEntryBuffer *buffer, gsize *n_bytes)
{
  YmSecretBuffer *self = YM_SECRET_BUFFER (buffer);

  if (n_bytes != NULL)
    *n_bytes = strlen (self->bullets);
  return self->bullets;
}

static guint
ym_secret_buffer_get_length (GtkEntryBuffer *buffer)
{
  return YM_SECRET_BUFFER (buffer)->n_chars;
}

static guint
ym_secret_buffer_insert_text (GtkEntryBuffer *buffer, guint position, const char *chars, guint n_chars)
{
  YmSecretBuffer *self = YM_SECRET_BUFFER (buffer);
  guint8 *typed = ym_secret_data (self->typed);
  gsize added, at;

  while (n_chars > 0
         && self->n_bytes + (gsize) (g_utf8_offset_to_pointer (chars, n_chars) - chars)
                > YM_SECRET_BUFFER_MAX_BYTES)
    n_chars--;
  if (n_chars == 0)
    return 0;
  added = (gsize) (g_utf8_offset_to_pointer (chars, n_chars) - chars);
  position = MIN (position, self->n_chars);
  at = offset_of (self, position);
  memmove (typed + at + added, typed + at, self->n_bytes - at);
  memcpy (typed + at, chars, added);
  self->n_bytes += added;
  self->n_chars += n_chars;
  show_bullets (self);
  gtk_entry_buffer_emit_inserted_text (buffer, position, self->bullets, n_chars);
  return n_chars;
}

static guint
ym_secret_buffer_delete_text (GtkEntryBuffer *buffer, guint position, guint n_chars)
{
  YmSecretBuffer *self = YM_SECRET_BUFFER (buffer);
  guint8 *typed = ym_secret_data (self->typed);
  gsize from, to;

  position = MIN (position, self->n_chars);
  n_chars = MIN (n_chars, self->n_chars - position);
  if (n_chars == 0)
    return 0;
  from = offset_of (self, position);
  to = offset_of (self, position + n_chars);
  memmove (typed + from, typed + to, self->n_bytes - to);
  self->n_bytes -= to - from;
  sodium_memzero (typed + self->n_bytes, to - from);
  self->n_chars -= n_chars;
  show_bullets (self);
  gtk_entry_buffer_emit_deleted_text (buffer, position, n_chars);
  return n_chars;
}

/* The stock handler would announce and then keep what it was told; the text is ours alone. */
static void
ym_secret_buffer_deleted_text (GtkEntryBuffer *buffer, guint position, guint n_chars)
{
  g_object_notify (G_OBJECT (buffer), "text");
  g_object_notify (G_OBJECT (buffer), "length");
}

static void
ym_secret_buffer_finalize (GObject *object)
{
  YmSecretBuffer *self = YM_SECRET_BUFFER (object);

  ym_secret_free (self->typed);
  g_free (self->bullets);
  G_OBJECT_CLASS (ym_secret_buffer_parent_class)->finalize (object);
}

static void
ym_secret_buffer_class_init (YmSecretBufferClass *klass)
{
  GtkEntryBufferClass *buffer_class = GTK_ENTRY_BUFFER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_secret_buffer_finalize;
  buffer_class->get_text = ym_secret_buffer_get_text;
  buffer_class->get_length = ym_secret_buffer_get_length;
  buffer_class->insert_text = ym_secret_buffer_insert_text;
  buffer_class->delete_text = ym_secret_buffer_delete_text;
  buffer_class->deleted_text = ym_secret_buffer_deleted_text;
}

static void
ym_secret_buffer_init (YmSecretBuffer *self)
{
  self->typed = ym_secret_new (YM_SECRET_BUFFER_MAX_BYTES);
  self->bullets = g_strdup ("");
}

GtkEntryBuffer *
ym_secret_buffer_new (void)
{
  return g_object_new (YM_TYPE_SECRET_BUFFER, NULL);
}

YmSecret *
ym_secret_buffer_get (YmSecretBuffer *self)
{
  g_return_val_if_fail (YM_IS_SECRET_BUFFER (self), NULL);
  return ym_secret_new_from_passphrase ((const char *) ym_secret_data (self->typed), self->n_bytes);
}

YmSecret *
ym_secret_buffer_take (YmSecretBuffer *self)
{
  YmSecret *secret;

  g_return_val_if_fail (YM_IS_SECRET_BUFFER (self), NULL);
  secret = ym_secret_buffer_get (self);
  gtk_entry_buffer_delete_text (GTK_ENTRY_BUFFER (self), 0, -1);
  return secret;
}

gboolean
ym_secret_buffer_equal (YmSecretBuffer *a, YmSecretBuffer *b)
{
  g_return_val_if_fail (YM_IS_SECRET_BUFFER (a) && YM_IS_SECRET_BUFFER (b), FALSE);
  return a->n_bytes == b->n_bytes
         && sodium_memcmp (ym_secret_data (a->typed), ym_secret_data (b->typed), YM_SECRET_BUFFER_MAX_BYTES) == 0;
}
