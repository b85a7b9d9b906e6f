/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How hard a passphrase is to guess, in bits, for someone who knows how people choose them: the passphrase is taken
 * apart into words, numbers and signs, and each part counts what it adds. It errs to the low side. Nothing is
 * copied out of the guarded memory. */

#include "app/vault/passphrase.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WORD_BITS 12.92 /* one of the 7,776 words of a dice list */
#define COMMON_BITS 5.0
#define AGAIN_BITS 1.0 /* the same part once more */
#define NEXT_BITS 0.5  /* a character that follows from the one before */
#define LETTER_BITS 4.70
#define MIXED_LETTER_BITS 5.70
#define DIGIT_BITS 3.32
#define SIGN_BITS 4.0
#define YEAR_BITS 6.0
#define ENOUGH_BITS (5 * WORD_BITS - 0.1)

typedef enum {
  PART_GAP,
  PART_LETTERS,
  PART_DIGITS,
  PART_SIGNS,
} PartKind;

typedef struct {
  PartKind kind;
  const guint8 *text;
  gsize length;
} Part;

/* What guessers try first, beside the words that hold sentences together. */
static const char *const common[] = {
  "password", "passphrase", "passwort", "letmein", "welcome", "admin",  "login",    "secret",   "police",   "heddlu",
  "cymru",    "wales",      "cardiff",  "swansea", "dragon",  "monkey", "football", "rugby",    "summer",   "winter",
  "spring",   "autumn",     "january",  "june",    "july",    "august", "december", "monday",   "friday",   "liverpool",
  "arsenal",  "chelsea",    "master",   "shadow",  "sunshine", "princess", "superman", "batman", "love",    "iloveyou",
  "hello",    "ymweld",     "officer",  "swyddog", "cyfrinair", "caru",  "the",      "and",      "you",      "that",
  "this",     "with",       "for",      "are",     "was",     "not",    "have",     "from",     "one",      "two",
  "three",    "four",       "five",     "what",    "your",    "all",    "can",      "his",      "her",      "she",
};

static const char *const runs[] = { "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890" };

static PartKind
kind_of (guint8 c)
{
  if (g_ascii_isalpha (c) || c >= 0x80)
    return PART_LETTERS;
  if (g_ascii_isdigit (c))
    return PART_DIGITS;
  return c == ' ' || c == '-' || c == '_' || c == '.' || c == ',' ? PART_GAP : PART_SIGNS;
}

static gboolean
next_part (const guint8 *text, gsize length, gsize *at, Part *part)
{
  gsize start = *at;

  if (start == length)
    return FALSE;
  part->kind = kind_of (text[start]);
  while (*at < length && kind_of (text[*at]) == part->kind)
    (*at)++;
  part->text = text + start;
  part->length = *at - start;
  return TRUE;
}

static gboolean
same_text (const Part *part, const void *text, gsize length)
{
  return part->length == length && g_ascii_strncasecmp ((const char *) part->text, text, length) == 0;
}

static gboolean
is_common (const Part *part)
{
  for (gsize i = 0; i < G_N_ELEMENTS (common); i++)
    if (same_text (part, common[i], strlen (common[i])))
      return TRUE;
  return FALSE;
}

static gboolean
came_before (const Part *part, const guint8 *text)
{
  gsize end = part->text - text;
  gsize at = 0;
  Part earlier;

  while (at < end && next_part (text, end, &at, &earlier))
    if (earlier.kind == part->kind && same_text (part, earlier.text, earlier.length))
      return TRUE;
  return FALSE;
}

/* The same character again, or its neighbour in the alphabet, the digits or a row of keys, either way. */
static gboolean
follows (guint8 before, guint8 after)
{
  before = g_ascii_tolower (before);
  after = g_ascii_tolower (after);
  if (before == after)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    for (const char *at = runs[i]; at[1] != 0; at++)
      if ((at[0] == before && at[1] == after) || (at[0] == after && at[1] == before))
        return TRUE;
  return FALSE;
}

static gboolean
is_continuation (guint8 c)
{
  return (c & 0xc0) == 0x80; /* of a letter in UTF-8 */
}

/* Two neighbours stand in many a word, three are a pattern. */
static double
count_characters (const Part *part, double bits_each)
{
  const guint8 *text = part->text;
  double bits = 0;

  for (gsize i = 0; i < part->length; i++)
    if (!is_continuation (text[i]))
      bits += i > 1 && follows (text[i - 2], text[i - 1]) && follows (text[i - 1], text[i]) ? NEXT_BITS : bits_each;
  return bits;
}

/* Five consonants in a row stand in no word: such letters were drawn at random. (W and Y are vowels in Welsh.) */
static gboolean
looks_random (const Part *part)
{
  guint row = 0;

  for (gsize i = 0; i < part->length && row < 5; i++)
    row = strchr ("aeiouwy", g_ascii_tolower (part->text[i])) == NULL && part->text[i] < 0x80 ? row + 1 : 0;
  return row >= 5;
}

static gboolean
is_mixed_case (const Part *part)
{
  gboolean upper = FALSE;
  gboolean lower = FALSE;

  for (gsize i = 1; i < part->length; i++)
    {
      upper = upper || g_ascii_isupper (part->text[i]);
      lower = lower || g_ascii_islower (part->text[i]);
    }
  return upper && (lower || g_ascii_islower (part->text[0]));
}

static double
letters_bits (const Part *part)
{
  double bits = count_characters (part, is_mixed_case (part) ? MIXED_LETTER_BITS : LETTER_BITS);

  return looks_random (part) ? bits : MIN (bits, WORD_BITS);
}

static gboolean
is_year (const Part *part)
{
  return part->length == 4 && (memcmp (part->text, "19", 2) == 0 || memcmp (part->text, "20", 2) == 0);
}

static double
part_bits (const Part *part)
{
  switch (part->kind)
    {
    case PART_LETTERS:
      return letters_bits (part);
    case PART_DIGITS:
      return is_year (part) ? YEAR_BITS : count_characters (part, DIGIT_BITS);
    case PART_SIGNS:
      return count_characters (part, SIGN_BITS);
    case PART_GAP:
      break;
    }
  return 0;
}

typedef struct {
  double bits;
  gboolean repeats;
  gboolean common;
} Estimate;

static Estimate
estimate (const guint8 *text, gsize length)
{
  Estimate sum = { 0 };
  gsize at = 0;
  Part part;

  while (next_part (text, length, &at, &part))
    {
      if (part.kind != PART_GAP && came_before (&part, text))
        {
          sum.bits += AGAIN_BITS;
          sum.repeats = TRUE;
        }
      else if (is_common (&part))
        {
          sum.bits += COMMON_BITS;
          sum.common = TRUE;
        }
      else
        sum.bits += part_bits (&part);
    }
  return sum;
}

static const char *
choose_hint (const Estimate *sum, int score)
{
  if (score > YM_PASSPHRASE_ENOUGH)
    return _ ("This is very hard to guess.");
  if (score == YM_PASSPHRASE_ENOUGH)
    return _ ("This is hard enough to guess.");
  if (sum->repeats)
    return _ ("Saying a word twice adds nothing. Use different words.");
  if (sum->common)
    return _ ("Leave out words that anyone would try first. Use words picked by chance.");
  return _ ("Use at least five words picked by chance.");
}

int
ym_passphrase_score (const YmSecret *passphrase, const char **hint)
{
  static const double least_bits[] = { 12, 36, ENOUGH_BITS, 7 * WORD_BITS - 0.1 };
  Estimate sum = estimate (ym_secret_data (passphrase), ym_secret_length (passphrase));
  int score = 0;

  while (score < (int) G_N_ELEMENTS (least_bits) && sum.bits >= least_bits[score])
    score++;
  if (hint != NULL)
    *hint = choose_hint (&sum, score);
  return score;
}
