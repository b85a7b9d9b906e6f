/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The one-time code, as an officer types it from paper: 27 bytes as 44 characters of Crockford's base32, most
 * significant bit first, the last 4 bits zero.
 *
 *   5 bytes    public id
 *   10 bytes   secret
 *   10 bytes   first bytes of SHA-256 of the root public key
 *   2 bytes    first bytes of SHA-256 of the 25 before
 */

#include "sync/exchange/enrolment-code.h"

#include "app/base/error.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define CHECKED_BYTES (YM_ENROLMENT_ID_BYTES + YM_ENROLMENT_SECRET_BYTES + YM_ENROLMENT_ROOT_BYTES)
#define CHECKSUM_BYTES 2
#define CODE_BYTES (CHECKED_BYTES + CHECKSUM_BYTES)
#define BITS_PER_CHARACTER 5
#define GROUP_CHARACTERS 4

G_STATIC_ASSERT ((CODE_BYTES * 8 + BITS_PER_CHARACTER - 1) / BITS_PER_CHARACTER == YM_ENROLMENT_CODE_CHARACTERS);

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* What people write for a character that the alphabet leaves out because it looks like another. */
static const struct {
  char written;
  char meant;
} lookalikes[] = {
  { 'O', '0' },
  { 'I', '1' },
  { 'L', '1' },
};

void
ym_enrolment_code_init (YmEnrolmentCode *code, const YmHash *root_key, const YmRandom *random)
{
  ym_random_fill (random, code->id, sizeof code->id);
  ym_random_fill (random, code->secret, sizeof code->secret);
  memcpy (code->root, root_key->bytes, sizeof code->root);
}

void
ym_enrolment_code_clear (YmEnrolmentCode *code)
{
  sodium_memzero (code, sizeof *code);
}

static void
compute_checksum (const guint8 bytes[CODE_BYTES], guint8 checksum[CHECKSUM_BYTES])
{
  YmHash hash = ym_hash_of (bytes, CHECKED_BYTES);

  memcpy (checksum, hash.bytes, CHECKSUM_BYTES);
}

char *
ym_enrolment_code_format (const YmEnrolmentCode *code)
{
  guint8 bytes[CODE_BYTES + 1] = { 0 }; /* one more, for the bits after the last */
  GString *text = g_string_sized_new (YM_ENROLMENT_CODE_CHARACTERS * 5 / 4);

  memcpy (bytes, code->id, sizeof code->id);
  memcpy (bytes + sizeof code->id, code->secret, sizeof code->secret);
  memcpy (bytes + sizeof code->id + sizeof code->secret, code->root, sizeof code->root);
  compute_checksum (bytes, bytes + CHECKED_BYTES);
  for (guint i = 0; i < YM_ENROLMENT_CODE_CHARACTERS; i++)
    {
      guint bit = i * BITS_PER_CHARACTER;
      guint window = bytes[bit / 8] << 8 | bytes[bit / 8 + 1];

      if (i > 0 && i % GROUP_CHARACTERS == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, alphabet[window >> (16 - BITS_PER_CHARACTER - bit % 8) & 0x1f]);
    }
  sodium_memzero (bytes, sizeof bytes);
  return g_string_free (text, FALSE);
}

/* The five bits that a character stands for, or -1. */
static int
character_value (gunichar character)
{
  const char *place;
  char upper;

  if (character == 0 || character > 127)
    return -1;
  upper = g_ascii_toupper ((char) character);
  for (guint i = 0; i < G_N_ELEMENTS (lookalikes); i++)
    if (upper == lookalikes[i].written)
      upper = lookalikes[i].meant;
  place = strchr (alphabet, upper);
  return place == NULL ? -1 : (int) (place - alphabet);
}

/* A text processor makes long dashes and hard spaces of what was typed. */
static gboolean
is_separator (gunichar character)
{
  return g_unichar_isspace (character) || g_unichar_type (character) == G_UNICODE_DASH_PUNCTUATION;
}

static gboolean
fail_character (gunichar character, GError **error)
{
  char text[7] = { 0 };

  g_unichar_to_utf8 (character, text);
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
               _ ("No enrolment code has the character “%s”. Compare it with the code you were given."), text);
  return FALSE;
}

static gboolean
fail_length (guint characters, GError **error)
{
  guint wrong_by = characters < YM_ENROLMENT_CODE_CHARACTERS ? YM_ENROLMENT_CODE_CHARACTERS - characters
                                                            : characters - YM_ENROLMENT_CODE_CHARACTERS;

  g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
               characters < YM_ENROLMENT_CODE_CHARACTERS
                 ? ngettext ("The enrolment code is %u character too short. Type all eleven groups of four.",
                             "The enrolment code is %u characters too short. Type all eleven groups of four.", wrong_by)
                 : ngettext ("The enrolment code is %u character too long. It has eleven groups of four.",
                             "The enrolment code is %u characters too long. It has eleven groups of four.", wrong_by),
               wrong_by);
  return FALSE;
}

/* Collects the characters' bits; what lies beyond the room is counted only. */
static gboolean
collect (const char *text, guint8 bytes[CODE_BYTES + 1], GError **error)
{
  guint characters = 0;

  for (const char *place = text; *place != '\0'; place = g_utf8_next_char (place))
    {
      gunichar character = g_utf8_get_char (place);
      int value;

      if (is_separator (character))
        continue;
      value = character_value (character);
      if (value < 0)
        return fail_character (character, error);
      if (characters < YM_ENROLMENT_CODE_CHARACTERS)
        {
          guint bit = characters * BITS_PER_CHARACTER;
          guint window = value << (16 - BITS_PER_CHARACTER - bit % 8);

          bytes[bit / 8] |= window >> 8;
          bytes[bit / 8 + 1] |= window;
        }
      characters++;
    }
  return characters == YM_ENROLMENT_CODE_CHARACTERS || fail_length (characters, error);
}

gboolean
ym_enrolment_code_parse (const char *text, YmEnrolmentCode *code, GError **error)
{
  guint8 bytes[CODE_BYTES + 1] = { 0 };
  guint8 checksum[CHECKSUM_BYTES];
  gboolean good;

  if (!g_utf8_validate (text, -1, NULL))
    return fail_character (0xfffd, error);
  if (!collect (text, bytes, error))
    {
      sodium_memzero (bytes, sizeof bytes);
      return FALSE;
    }
  compute_checksum (bytes, checksum);
  good = memcmp (checksum, bytes + CHECKED_BYTES, sizeof checksum) == 0 && bytes[CODE_BYTES] == 0;
  if (good)
    {
      memcpy (code->id, bytes, sizeof code->id);
      memcpy (code->secret, bytes + sizeof code->id, sizeof code->secret);
      memcpy (code->root, bytes + sizeof code->id + sizeof code->secret, sizeof code->root);
    }
  else
    g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                         _ ("The enrolment code has a typing mistake. Compare it with the code you were given."));
  sodium_memzero (bytes, sizeof bytes);
  return good;
}

gboolean
ym_enrolment_code_fits_root (const YmEnrolmentCode *code, const YmHash *root_key)
{
  return memcmp (code->root, root_key->bytes, sizeof code->root) == 0;
}
