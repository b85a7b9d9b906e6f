/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A mapping file has the shape of a GKeyFile. It is read line by line and not by GKeyFile itself, which does not say in
 * which line something is wrong, lets the later of two entries win unseen, and allows no bracket in a column's name.
 *
 *   [columns]    THEIRS = OURS       several of theirs with the same of ours are put together, a space between
 *   [format]     dates, times, zone, repeated_hour
 *   [OURS]       THEIR WORD = OUR CODE, for one of our columns
 */

#include "sync/admin/mapping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "sync/admin/written-time.h"

struct _YmMapping {
  GHashTable *theirs; /* our column → (element-type utf8) their columns */
  GPtrArray *unread;
  GHashTable *words; /* our column → folded word → our code */
  char *dates;
  char *times;
  gboolean is_utc;
  YmRepeatedHour repeated_hour;
};

/* What one pass over the file knows. */
typedef struct {
  YmMapping *mapping;
  const YmForm *form;
  const char *const *columns;
  guint line;
  char *section;
  GHashTable *seen; /* "section=folded key" */
} Reading;

YmMapping *
ym_mapping_new (void)
{
  YmMapping *mapping = g_new0 (YmMapping, 1);

  mapping->theirs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  mapping->unread = g_ptr_array_new_with_free_func (g_free);
  mapping->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  return mapping;
}

void
ym_mapping_free (YmMapping *mapping)
{
  if (mapping == NULL)
    return;
  g_hash_table_unref (mapping->theirs);
  g_ptr_array_unref (mapping->unread);
  g_hash_table_unref (mapping->words);
  g_free (mapping->dates);
  g_free (mapping->times);
  g_free (mapping);
}

static gboolean G_GNUC_PRINTF (3, 4)
fail (const Reading *reading, GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *problem = NULL;

  va_start (arguments, format);
  problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED, _ ("Line %u of the mapping file: %s"), reading->line, problem);
  return FALSE;
}

static gboolean
fail_with_columns (const Reading *reading, const char *name, GError **error)
{
  g_autofree char *list = g_strjoinv (", ", (char **) reading->columns);

  return fail (reading, error, _ ("“%s” is no column of ours. Ours are: %s."), name, list);
}

static gboolean
add_column (Reading *reading, const char *theirs, const char *ours, GError **error)
{
  GPtrArray *all = g_hash_table_lookup (reading->mapping->theirs, ours);

  if (*ours == '\0')
    {
      g_ptr_array_add (reading->mapping->unread, g_strdup (theirs));
      return TRUE;
    }
  if (!g_strv_contains (reading->columns, ours))
    return fail_with_columns (reading, ours, error);
  if (all == NULL)
    {
      all = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (reading->mapping->theirs, g_strdup (ours), all);
    }
  g_ptr_array_add (all, g_strdup (theirs));
  return TRUE;
}

static gboolean
set_format (const Reading *reading, char **slot, const char *value, gboolean has_clock, GError **error)
{
  if (!ym_written_time_check (value, has_clock))
    return fail (reading, error,
                 has_clock ? _ ("“%s” is no format of a time. Write it as in %%d/%%m/%%Y %%H:%%M.")
                           : _ ("“%s” is no format of a date. Write it as in %%d/%%m/%%Y."),
                 value);
  *slot = g_strdup (value);
  return TRUE;
}

static gboolean
set_dates (Reading *reading, const char *value, GError **error)
{
  return set_format (reading, &reading->mapping->dates, value, FALSE, error);
}

static gboolean
set_times (Reading *reading, const char *value, GError **error)
{
  return set_format (reading, &reading->mapping->times, value, TRUE, error);
}

/* The place of @value among @choices, or -1. */
static int
choose (const char *const *choices, const char *value)
{
  for (int i = 0; choices[i] != NULL; i++)
    if (g_ascii_strcasecmp (choices[i], value) == 0)
      return i;
  return -1;
}

static gboolean
set_zone (Reading *reading, const char *value, GError **error)
{
  static const char *const zones[] = { "Europe/London", "UTC", NULL };
  int zone = choose (zones, value);

  reading->mapping->is_utc = zone == 1;
  return zone >= 0 || fail (reading, error, _ ("“%s” is no time zone that is known here: say Europe/London or UTC."), value);
}

static gboolean
set_repeated_hour (Reading *reading, const char *value, GError **error)
{
  static const char *const choices[] = { "refused", "first", "second", NULL };
  int choice = choose (choices, value);

  reading->mapping->repeated_hour = choice < 0 ? YM_REPEATED_HOUR_REFUSED : (YmRepeatedHour) choice;
  return choice >= 0 || fail (reading, error, _ ("“%s” is none of these: refused, first, second."), value);
}

static gboolean
add_format (Reading *reading, const char *key, const char *value, GError **error)
{
  static const struct {
    const char *key;
    gboolean (*set) (Reading *reading, const char *value, GError **error);
  } keys[] = { { "dates", set_dates }, { "times", set_times }, { "zone", set_zone }, { "repeated_hour", set_repeated_hour } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_ascii_strcasecmp (keys[i].key, key) == 0)
      return keys[i].set (reading, value, error);
  return fail (reading, error, _ ("“%s” is no format that can be set: dates, times, zone, repeated_hour."), key);
}

/* The field whose own name the column has; NULL for a reference, which is read by another form's key. */
static const YmField *
field_of_column (const YmForm *form, const char *column)
{
  const YmField *field = ym_form_field_by_name (form, column);

  return field != NULL && field->kind != YM_FIELD_REFERENCE ? field : NULL;
}

static gboolean
add_word (Reading *reading, const char *theirs, const char *ours, GError **error)
{
  const YmField *field = field_of_column (reading->form, reading->section);
  GHashTable *words = g_hash_table_lookup (reading->mapping->words, reading->section);

  if (field != NULL && field->choices != NULL && *ours != '\0' && ym_choices_by_code (field->choices, ours) == NULL)
    {
      g_autoptr (GString) codes = g_string_new (NULL);

      for (guint i = 0; i < field->choices->n_items; i++)
        g_string_append_printf (codes, "%s%s", i == 0 ? "" : ", ", field->choices->items[i].code);
      return fail (reading, error, _ ("“%s” is no code of ours for %s. Ours are: %s."), ours, reading->section, codes->str);
    }
  if (words == NULL)
    {
      words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (reading->mapping->words, g_strdup (reading->section), words);
    }
  g_hash_table_insert (words, g_utf8_casefold (theirs, -1), g_strdup (ours));
  return TRUE;
}

static gboolean
open_section (Reading *reading, const char *line, GError **error)
{
  gsize length = strlen (line);
  g_autofree char *name = NULL;

  if (line[length - 1] != ']')
    return fail (reading, error, _ ("The section's name is not closed with a bracket."));
  name = g_strstrip (g_strndup (line + 1, length - 2));
  if (!g_str_equal (name, "columns") && !g_str_equal (name, "format") && !g_strv_contains (reading->columns, name))
    return fail_with_columns (reading, name, error);
  g_free (reading->section);
  reading->section = g_steal_pointer (&name);
  return TRUE;
}

/* Each of their names and words means one thing. */
static gboolean
check_new (Reading *reading, const char *key, GError **error)
{
  g_autofree char *folded = g_utf8_casefold (key, -1);

  if (g_hash_table_add (reading->seen, g_strconcat (reading->section, "=", folded, NULL)))
    return TRUE;
  return fail (reading, error, _ ("“%s” was said in this section already. Keep one of the two."), key);
}

/* The last = parts the two: none of our names and codes has one, theirs may. A format has none either. */
static gboolean
read_entry (Reading *reading, const char *line, GError **error)
{
  const char *equals = strrchr (line, '=');
  g_autofree char *key = equals == NULL ? NULL : g_strstrip (g_strndup (line, (gsize) (equals - line)));
  g_autofree char *value = equals == NULL ? NULL : g_strstrip (g_strdup (equals + 1));

  if (key == NULL || *key == '\0')
    return fail (reading, error, _ ("“%s” is no entry. Write theirs = ours."), line);
  if (reading->section == NULL)
    return fail (reading, error, _ ("“%s” stands in no section. Begin with [columns]."), line);
  if (!check_new (reading, key, error))
    return FALSE;
  if (g_str_equal (reading->section, "columns"))
    return add_column (reading, key, value, error);
  if (g_str_equal (reading->section, "format"))
    return add_format (reading, key, value, error);
  return add_word (reading, key, value, error);
}

static gboolean
read_lines (Reading *reading, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      reading->line = i + 1;
      if (*line == '\0' || *line == '#')
        continue;
      if (!(*line == '[' ? open_section (reading, line, error) : read_entry (reading, line, error)))
        return FALSE;
    }
  return TRUE;
}

YmMapping *
ym_mapping_parse (const YmForm *form, const char *const *columns, GBytes *bytes, GError **error)
{
  g_autoptr (YmMapping) mapping = ym_mapping_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { mapping, form, columns, 0, NULL, seen };
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = NULL;
  gboolean read;

  if (length >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  text = g_strndup (data != NULL ? data : "", length);
  if (!g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED, _ ("The mapping file is not in UTF-8. Save it as UTF-8."));
      return NULL;
    }
  read = read_lines (&reading, text, error);
  g_free (reading.section);
  return read ? g_steal_pointer (&mapping) : NULL;
}

const GPtrArray *
ym_mapping_theirs (const YmMapping *mapping, const char *column)
{
  return g_hash_table_lookup (mapping->theirs, column);
}

const GPtrArray *
ym_mapping_unread (const YmMapping *mapping)
{
  return mapping->unread;
}

const char *
ym_mapping_word (const YmMapping *mapping, const char *column, const char *word)
{
  GHashTable *words = g_hash_table_lookup (mapping->words, column);
  g_autofree char *folded = words == NULL ? NULL : g_utf8_casefold (word, -1);

  return words == NULL ? NULL : g_hash_table_lookup (words, folded);
}

const char *
ym_mapping_dates (const YmMapping *mapping)
{
  return mapping->dates;
}

const char *
ym_mapping_times (const YmMapping *mapping)
{
  return mapping->times;
}

gboolean
ym_mapping_is_utc (const YmMapping *mapping)
{
  return mapping->is_utc;
}

YmRepeatedHour
ym_mapping_repeated_hour (const YmMapping *mapping)
{
  return mapping->repeated_hour;
}
