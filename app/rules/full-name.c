/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Words that look like a full name: two or more with a capital, one after the other, with nothing but spaces between them,
 * such as "Rhys Morgan" or "Dafydd ap Siôn". At the beginning of a sentence the first word has its capital from there, and
 * counts only if it is a given name. Streets, bodies, months and whoever has a title or a rank are no children.
 */

#include "app/rules/full-name.h"

#include <string.h>

/* One word of the text. */
typedef struct {
  const char *begin;
  const char *end;
  char *folded;
  gboolean is_capital; /* one capital, then small letters */
  gboolean begins_sentence;
  gboolean follows; /* only spaces between it and the word before */
} Word;

/* All without accents and in small letters, in alphabetical order. */
static const char *const given_names[] = {
  "aaliyah", "aaron", "abdul", "abigail", "adam", "ahmed", "aisha", "alannah", "aled", "alex", "alexander", "alfie",
  "ali", "alice", "alun", "alys", "amara", "amber", "amelia", "amy", "andrew", "angharad", "anna", "anwen", "archie",
  "arthur", "arwen", "ava", "beca", "bella", "ben", "benjamin", "bethan", "bethany", "bleddyn", "brandon", "bronwen",
  "bryn", "cadi", "caitlin", "callum", "cameron", "carys", "ceri", "charlie", "charlotte", "chelsea", "chloe",
  "connor", "courtney", "dafydd", "daisy", "daniel", "david", "dewi", "dylan", "efa", "elan", "elen", "eleri",
  "elin", "elis", "elizabeth", "ella", "ellie", "emily", "emma", "emyr", "erin", "ethan", "eva", "evan", "evie",
  "fatima", "ffion", "finley", "florence", "freddie", "freya", "gareth", "gethin", "grace", "gruff", "gruffydd",
  "gwen", "gwenllian", "gwion", "hannah", "harley", "harrison", "harry", "harvey", "haydn", "heledd", "henry",
  "hollie", "holly", "huw", "hywel", "ibrahim", "ieuan", "ifan", "imogen", "ioan", "isaac", "isabella", "isla",
  "ivy", "iwan", "jack", "jacob", "jade", "jake", "james", "jamie", "jasmine", "jayden", "jessica", "joe", "jordan",
  "joseph", "joshua", "kai", "kayden", "kayleigh", "keira", "kian", "kieran", "kyle", "lacey", "layla", "leah",
  "leo", "leon", "lewis", "lexi", "liam", "lily", "lloyd", "llyr", "logan", "lola", "louis", "lowri", "luca",
  "lucas", "lucy", "luke", "maddison", "mair", "maisie", "mali", "mared", "mari", "martha", "mason", "matilda",
  "matthew", "max", "maya", "megan", "mia", "michael", "millie", "mohamed", "mohammed", "molly", "morgan",
  "muhammad", "nathan", "nia", "niamh", "noah", "non", "oliver", "olivia", "oscar", "osian", "owain", "owen",
  "paige", "phoebe", "poppy", "rebecca", "reece", "rhian", "rhiannon", "rhodri", "rhys", "riley", "robert", "robyn",
  "rory", "rosie", "ruby", "ryan", "sam", "samuel", "sara", "sarah", "scarlett", "sean", "seren", "shannon", "sian",
  "sienna", "sion", "sioned", "sophia", "sophie", "steffan", "summer", "taylor", "teddy", "theo", "thomas", "tilly",
  "tirion", "toby", "tomos", "tyler", "william", "zac", "zara", "zoe",
};

/* What a child's name has none of. */
static const char *const no_names[] = {
  "act", "ambulance", "april", "arolygiaeth", "august", "avenue", "awst", "camhs", "canolfan", "care", "cartref",
  "castell", "centre", "chief", "children", "christmas", "church", "city", "close", "club", "clwb", "college",
  "council", "county", "court", "crescent", "cymraeg", "cymru", "cyngor", "december", "dydd", "dyfed", "east",
  "easter", "ebrill", "england", "english", "february", "ffordd", "form", "forms", "friday", "gorffennaf", "green",
  "gwasanaeth", "gwener", "gwent", "hall", "heddlu", "heol", "high", "home", "hospital", "house", "hydref", "iau",
  "inspectorate", "ionawr", "january", "july", "june", "justice", "lane", "llun", "local", "lodge", "mai", "march",
  "mawrth", "may", "medi", "mehefin", "mercher", "monday", "north", "nos", "november", "october", "officer",
  "ofsted", "park", "philomena", "place", "plan", "police", "powys", "primary", "protocol", "rhagfyr", "road",
  "sadwrn", "saturday", "school", "september", "service", "services", "social", "south", "square", "station",
  "street", "stryd", "sul", "sunday", "swyddog", "tachwedd", "team", "terrace", "the", "thursday", "town", "tuesday",
  "ty", "uned", "unit", "university", "wales", "wednesday", "welsh", "west", "youth", "ysbyty", "ysgol",
};

/* Before the name of a grown-up. */
static const char *const titles[] = { "arolygydd", "constable", "cwnstabl", "dc",  "di",     "dr",       "ds",       "inspector",
                                      "insp",      "miss",      "mr",       "mrs", "ms",     "nyrs",     "officer",  "pc",
                                      "pcso",      "ps",        "rhingyll", "sarjant", "sergeant", "sgt", "swyddog", NULL };

/* Between the parts of a name. */
static const char *const particles[] = { "ab", "al", "ap", "bin", "de", "el", "ferch", "van", NULL };

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_among (const char *word, const char *const *sorted, gsize n)
{
  return bsearch (&word, sorted, n, sizeof *sorted, compare) != NULL;
}

static char *
fold (const char *text, gssize length)
{
  g_autofree char *decomposed = g_utf8_normalize (text, length, G_NORMALIZE_ALL);
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *at = decomposed; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_ismark (g_utf8_get_char (at)))
      g_string_append_unichar (bare, g_unichar_tolower (g_utf8_get_char (at)));
  return g_string_free (g_steal_pointer (&bare), FALSE);
}

static gboolean
is_inside_word (gunichar letter)
{
  return letter == '\'' || letter == 0x2019 || letter == '-';
}

static gboolean
has_capital (const char *begin, const char *end)
{
  const char *second = g_utf8_next_char (begin);

  return g_unichar_isupper (g_utf8_get_char (begin)) && second < end && !g_unichar_isupper (g_utf8_get_char (second));
}

static void
word_clear (gpointer word)
{
  g_free (((Word *) word)->folded);
}

static const char *
end_of_word (const char *begin)
{
  const char *at = begin;

  while (g_unichar_isalpha (g_utf8_get_char (at))
         || (is_inside_word (g_utf8_get_char (at)) && g_unichar_isalpha (g_utf8_get_char (g_utf8_next_char (at)))))
    at = g_utf8_next_char (at);
  return at;
}

static GArray *
words_of (const char *text)
{
  GArray *words = g_array_new (FALSE, TRUE, sizeof (Word));
  gboolean begins_sentence = TRUE, follows = FALSE;
  const char *at = text;

  g_array_set_clear_func (words, word_clear);
  while (*at != '\0')
    {
      gunichar letter = g_utf8_get_char (at);

      if (g_unichar_isalpha (letter))
        {
          const char *end = end_of_word (at);
          const Word word = { at, end, fold (at, end - at), has_capital (at, end), begins_sentence, follows };

          g_array_append_val (words, word);
          begins_sentence = FALSE;
          follows = TRUE;
          at = end;
          continue;
        }
      if (letter != ' ' && letter != '\t')
        follows = FALSE;
      if (letter < 128 && strchr (".!?:;\n\"*-(", (int) letter) != NULL)
        begins_sentence = TRUE;
      at = g_utf8_next_char (at);
    }
  return words;
}

/* The word behind the last of the name that begins at @first. */
static guint
end_of_name (const Word *words, guint n_words, guint first)
{
  guint end = first + 1;

  for (;;)
    {
      guint next = end;

      if (next < n_words && words[next].follows && g_strv_contains (particles, words[next].folded))
        next++;
      if (next >= n_words || !words[next].follows || !words[next].is_capital)
        return end;
      end = next + 1;
    }
}

static gboolean
is_name (const Word *words, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if (is_among (words[i].folded, no_names, G_N_ELEMENTS (no_names)) || g_strv_contains (titles, words[i].folded))
      return FALSE;
  return first == 0 || !words[first].follows || !g_strv_contains (titles, words[first - 1].folded);
}

static gboolean
is_known (const char *name, const char *const *known)
{
  g_autofree char *folded = fold (name, -1);

  for (guint i = 0; known != NULL && known[i] != NULL; i++)
    {
      g_autofree char *other = fold (known[i], -1);

      if (strstr (other, folded) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* The capital of a sentence is none of a name, unless it is a given name that the sentence begins with. */
static guint
begin_of_name (const Word *words, guint first)
{
  const Word *word = &words[first];

  return word->begins_sentence && !is_among (word->folded, given_names, G_N_ELEMENTS (given_names)) ? first + 1 : first;
}

char *
ym_full_name_find (const char *text, const char *const *known)
{
  g_autoptr (GArray) array = NULL;
  const Word *words;

  g_return_val_if_fail (text != NULL && g_utf8_validate (text, -1, NULL), NULL);
  array = words_of (text);
  words = (const Word *) array->data;
  for (guint i = 0; i < array->len;)
    {
      guint end = words[i].is_capital ? end_of_name (words, array->len, i) : i + 1;
      guint first = words[i].is_capital ? begin_of_name (words, i) : end;

      if (first + 1 < end && words[first].is_capital && is_name (words, first, end))
        {
          g_autofree char *name = g_strndup (words[first].begin, (gsize) (words[end - 1].end - words[first].begin));

          if (!is_known (name, known))
            return g_steal_pointer (&name);
        }
      i = end;
    }
  return NULL;
}
