/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads tables as spreadsheets write them. RFC 4180, and beside it: byte order marks, semicolons where the
 * decimal sign is a comma, Excel's "sep=;" line, rows whose empty last fields Excel left out, lines of
 * separators only. What a spreadsheet never writes is not guessed at but reported, all of it at once, by line
 * and column. */

#include "app/forms/csv-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  YmCsv *csv;
  const char *at;
  const char *end;
  guint line;
  char separator;
} Reader;

/* What was wrong with a field as it was read. */
typedef enum {
  FIELD_GOOD,
  FIELD_STRAY_QUOTE,
  FIELD_UNCLOSED_QUOTE,
  FIELD_TOO_LONG,
} FieldFault;

static const char *
column_name_or_null (const YmCsv *csv, guint column)
{
  const char *name = column < csv->columns->len ? ym_csv_column_name (csv, column) : "";

  return *name != '\0' ? name : NULL;
}

/* Moves past one CRLF, LF or CR, and counts the line. */
static gboolean
take_line_break (Reader *reader)
{
  if (reader->at == reader->end || (*reader->at != '\r' && *reader->at != '\n'))
    return FALSE;
  if (*reader->at == '\r' && reader->at + 1 < reader->end && reader->at[1] == '\n')
    reader->at++;
  reader->at++;
  reader->line++;
  return TRUE;
}

static gboolean
is_at_end_of_field (const Reader *reader)
{
  return reader->at == reader->end || *reader->at == reader->separator || *reader->at == '\r'
         || *reader->at == '\n';
}

/* Reads to the closing quotation mark; doubled ones stand for one. */
static FieldFault
read_quoted (Reader *reader)
{
  GString *text = reader->csv->text;

  reader->at++;
  while (reader->at < reader->end)
    {
      if (take_line_break (reader))
        {
          g_string_append_c (text, '\n');
          continue;
        }
      if (*reader->at == '"')
        {
          reader->at++;
          if (reader->at == reader->end || *reader->at != '"')
            return FIELD_GOOD;
        }
      g_string_append_c (text, *reader->at++);
    }
  return FIELD_UNCLOSED_QUOTE;
}

/* White space of any script round a value is a slip of the hand, never meant. */
static void
trim_from (GString *text, gsize start)
{
  const char *begin = text->str + start;
  const char *end = text->str + text->len;

  while (begin < end && g_unichar_isspace (g_utf8_get_char (begin)))
    begin = g_utf8_next_char (begin);
  while (end > begin)
    {
      const char *last = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (last)))
        break;
      end = last;
    }
  g_string_truncate (text, end - text->str);
  g_string_erase (text, start, begin - (text->str + start));
}

/* Appends one value with its NUL to the text. */
static FieldFault
read_field (Reader *reader)
{
  GString *text = reader->csv->text;
  gsize start = text->len;
  gboolean is_quoted = reader->at < reader->end && *reader->at == '"';
  FieldFault fault = is_quoted ? read_quoted (reader) : FIELD_GOOD;

  while (!is_at_end_of_field (reader))
    {
      if (fault == FIELD_GOOD && (is_quoted || *reader->at == '"'))
        fault = FIELD_STRAY_QUOTE;
      g_string_append_c (text, *reader->at++);
    }
  trim_from (text, start);
  if (fault == FIELD_GOOD && text->len - start > YM_CSV_MAX_FIELD_BYTES)
    fault = FIELD_TOO_LONG;
  g_string_append_c (text, '\0');
  return fault;
}

static void
report_fault (YmCsv *csv, guint line, guint column, FieldFault fault)
{
  static const char *const messages[] = {
    [FIELD_STRAY_QUOTE]
    = N_ ("A quotation mark stands within the value. Put the whole value in quotation marks and double "
          "those within."),
    [FIELD_UNCLOSED_QUOTE]
    = N_ ("The value begins with a quotation mark that is never closed, so the rest of the file "
          "can't be read. Close it or remove it."),
    [FIELD_TOO_LONG] = N_ ("The value is too long. Shorten it to 64 kilobytes."),
  };

  if (fault != FIELD_GOOD)
    ym_csv_note (csv, line, column_name_or_null (csv, column), TRUE, _ (messages[fault]));
}

/* Reads one line of the table, which may be several lines of the file. An empty one leaves no trace but
 * n_cells = 0. Fields beyond @n_wanted are read but not kept; *@n_found is the position after the last that
 * is not empty. */
static YmCsvRow
read_row (Reader *reader, guint n_wanted, guint *n_found)
{
  YmCsv *csv = reader->csv;
  YmCsvRow row = { reader->line, csv->cells->len, 0 };
  gsize row_start = csv->text->len;

  *n_found = 0;
  for (guint column = 0;; column++)
    {
      guint32 offset = csv->text->len;

      report_fault (csv, row.line, column, read_field (reader));
      if (csv->text->str[offset] != '\0')
        *n_found = column + 1;
      if (column < n_wanted)
        g_array_append_val (csv->cells, offset);
      else
        g_string_truncate (csv->text, offset);
      if (reader->at == reader->end || *reader->at != reader->separator)
        break;
      reader->at++;
    }
  take_line_break (reader);

  row.n_cells = MIN (*n_found, n_wanted);
  g_array_set_size (csv->cells, row.first_cell + row.n_cells);
  if (row.n_cells == 0)
    g_string_truncate (csv->text, row_start);
  return row;
}

/* Excel's "sep=;" as the first line, which some programs put in quotes. */
static void
take_separator_line (Reader *reader)
{
  const char *at = reader->at;
  gsize n_left = reader->end - at;
  gboolean is_quoted = n_left > 0 && *at == '"';
  Reader after = *reader;

  at += is_quoted ? 1 : 0;
  n_left -= is_quoted ? 1 : 0;
  if (n_left < 5 || g_ascii_strncasecmp (at, "sep=", 4) != 0 || strchr (",;\t|", at[4]) == NULL)
    return;
  after.at = at + 5;
  if (is_quoted && after.at < after.end && *after.at == '"')
    after.at++;
  if (after.at != after.end && !take_line_break (&after))
    return;
  after.separator = at[4];
  *reader = after;
}

/* The one of comma, semicolon and tab that the first line with anything in it has most of, outside quotation
 * marks. */
static char
find_separator (const Reader *reader)
{
  static const char candidates[] = { ',', ';', '\t' };
  guint counts[G_N_ELEMENTS (candidates)] = { 0 };
  gboolean in_quotes = FALSE, has_begun = FALSE;
  guint best = 0;

  for (const char *at = reader->at; at < reader->end; at++)
    {
      if (*at == '"')
        in_quotes = !in_quotes;
      if ((*at == '\r' || *at == '\n') && !in_quotes)
        {
          if (has_begun)
            break;
          continue;
        }
      has_begun = has_begun || !g_ascii_isspace (*at);
      for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
        counts[i] += !in_quotes && *at == candidates[i] ? 1 : 0;
    }
  for (guint i = 1; i < G_N_ELEMENTS (candidates); i++)
    if (counts[i] > counts[best])
      best = i;
  return candidates[best];
}

static gboolean
read_header (Reader *reader, GError **error)
{
  YmCsv *csv = reader->csv;
  YmCsvRow row = { 0 };
  guint n_found = 0;

  while (reader->at < reader->end && n_found == 0)
    row = read_row (reader, YM_CSV_MAX_COLUMNS, &n_found);
  if (n_found == 0)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED,
                   _ ("The file is empty. Its first line must name the columns."));
      return FALSE;
    }
  if (n_found > YM_CSV_MAX_COLUMNS)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED,
                   _ ("The file has more than %d columns. Keep only those that are needed."),
                   YM_CSV_MAX_COLUMNS);
      return FALSE;
    }
  csv->header_line = row.line;
  for (guint i = 0; i < row.n_cells; i++)
    {
      const char *name = csv->text->str + g_array_index (csv->cells, guint32, row.first_cell + i);
      g_autofree char *folded = g_utf8_casefold (name, -1);

      g_ptr_array_add (csv->columns, g_strdup (name));
      if (*name == '\0')
        continue;
      if (g_hash_table_contains (csv->positions, folded))
        ym_csv_note (csv, row.line, name, TRUE, _ ("Two columns have this name. Rename or remove one."));
      else
        g_hash_table_insert (csv->positions, g_steal_pointer (&folded), GUINT_TO_POINTER (i));
    }
  g_array_set_size (csv->cells, 0);
  g_string_truncate (csv->text, 0);
  return TRUE;
}

static void
report_surplus (YmCsv *csv, const YmCsvRow *row, guint n_found)
{
  g_autofree char *message = NULL;

  if (n_found > csv->columns->len)
    {
      message = g_strdup_printf (
          _ ("The row has %u fields where the header names %u columns. Put a value that contains a "
             "separator in quotation marks."),
          n_found, csv->columns->len);
      ym_csv_note (csv, row->line, NULL, TRUE, message);
      return;
    }
  for (guint i = 0; i < row->n_cells; i++)
    if (column_name_or_null (csv, i) == NULL
        && csv->text->str[g_array_index (csv->cells, guint32, row->first_cell + i)] != '\0')
      {
        ym_csv_note (csv, row->line, NULL, TRUE,
                     _ ("There is a value in a column without a name. Name the column."));
        return;
      }
}

static gboolean
read_rows (Reader *reader, GError **error)
{
  YmCsv *csv = reader->csv;

  while (reader->at < reader->end)
    {
      guint n_found;
      YmCsvRow row = read_row (reader, csv->columns->len, &n_found);

      if (n_found == 0)
        continue;
      if (csv->rows->len == YM_CSV_MAX_ROWS)
        {
          g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED,
                       _ ("The file has more than %d rows. Split it into several files."), YM_CSV_MAX_ROWS);
          return FALSE;
        }
      report_surplus (csv, &row, n_found);
      g_array_append_val (csv->rows, row);
    }
  return TRUE;
}

static guint
line_of (const char *data, const char *at)
{
  Reader reader = { .at = data, .end = at, .line = 1 };

  while (reader.at < reader.end)
    if (!take_line_break (&reader))
      reader.at++;
  return reader.line;
}

/* What isn't CSV at all is known by its first bytes, and named, so that the person knows which button to
 * press. */
static gboolean
check_bytes (const char *data, gsize size, GError **error)
{
  static const struct {
    const char *start;
    gsize n_bytes;
    const char *message;
  } others[] = {
    { "\xFF\xFE", 2, N_ ("The file is in UTF-16. Save it as “CSV UTF-8”.") },
    { "\xFE\xFF", 2, N_ ("The file is in UTF-16. Save it as “CSV UTF-8”.") },
    { "PK\x03\x04", 4,
      N_ ("The file is a workbook, not CSV. Open it in a spreadsheet and save it as “CSV UTF-8”.") },
    { "\xD0\xCF\x11\xE0", 4,
      N_ ("The file is a workbook, not CSV. Open it in a spreadsheet and save it as “CSV UTF-8”.") },
  };
  if (size > YM_CSV_MAX_BYTES)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED,
                   _ ("The file is larger than %d megabytes. Split it into several files."),
                   YM_CSV_MAX_BYTES / (1024 * 1024));
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (size >= others[i].n_bytes && memcmp (data, others[i].start, others[i].n_bytes) == 0)
      {
        g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED, _ (others[i].message));
        return FALSE;
      }
  if (memchr (data, '\0', size) == NULL)
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED,
               _ ("Line %u holds a zero byte, which no text has. Save the file as “CSV UTF-8”."),
               line_of (data, memchr (data, '\0', size)));
  return FALSE;
}

YmCsv *
ym_csv_parse (GBytes *bytes, GError **error)
{
  g_autoptr (YmCsv) csv = ym_csv_new ();
  g_autofree char *converted = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size), *wrong;
  Reader reader = { .csv = csv, .line = 1 };

  if (data == NULL)
    data = "";
  if (!check_bytes (data, size, error))
    return NULL;
  if (!g_utf8_validate (data, (gssize) size, &wrong))
    {
      converted = ym_csv_from_windows_1252 (data, size, &size);
      if (converted == NULL)
        {
          g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED,
                       _ ("Line %u is not in UTF-8. Save the file as “CSV UTF-8”; plain “CSV” spoils letters such "
                          "as ŵ and ŷ."),
                       line_of (data, wrong));
          return NULL;
        }
      ym_csv_note (csv, line_of (data, wrong), NULL, FALSE,
                   _ ("The file is not in UTF-8 and was read as Windows-1252, which has no ŵ and ŷ. Look at the "
                      "names, and save it as “CSV UTF-8” if letters are missing."));
      data = converted;
    }
  reader.at = data;
  reader.end = data + size;
  if (size >= 3 && memcmp (data, "\xEF\xBB\xBF", 3) == 0)
    reader.at += 3;
  take_separator_line (&reader);
  if (reader.separator == '\0')
    reader.separator = find_separator (&reader);
  if (!read_header (&reader, error) || !read_rows (&reader, error))
    return NULL;
  return g_steal_pointer (&csv);
}
