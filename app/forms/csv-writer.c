/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes tables that a spreadsheet opens as they are meant: Excel takes a file for UTF-8 only with the byte
 * order mark, and runs a field that begins like a formula, whatever quotation marks are round it (OWASP, "CSV
 * Injection"). */

#include "app/forms/csv.h"

#include <string.h>

struct _YmCsvWriter {
  GString *text;
  char separator;
  gboolean row_has_begun;
};

/* A sign, digits, and at most one decimal sign with digits after it. */
static gboolean
is_plain_number (const char *text)
{
  gsize n_digits;

  if (*text == '+' || *text == '-')
    text++;
  n_digits = strspn (text, "0123456789");
  text += n_digits;
  if (n_digits > 0 && (*text == '.' || *text == ','))
    {
      n_digits = strspn (++text, "0123456789");
      text += n_digits;
    }
  return n_digits > 0 && *text == '\0';
}

static gboolean
would_run (const char *text)
{
  static const char *const starts[] = { "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (text, starts[i]))
      return !is_plain_number (text);
  return FALSE;
}

YmCsvWriter *
ym_csv_writer_new (char separator)
{
  YmCsvWriter *writer;

  g_return_val_if_fail (separator == ',' || separator == ';', NULL);

  writer = g_new0 (YmCsvWriter, 1);
  writer->text = g_string_new ("\xEF\xBB\xBF");
  writer->separator = separator;
  return writer;
}

void
ym_csv_writer_add (YmCsvWriter *writer, const char *text)
{
  const char *guard;
  gsize n_bytes;

  if (text == NULL)
    text = "";
  guard = would_run (text) ? "'" : "";
  n_bytes = strlen (text);

  if (writer->row_has_begun)
    g_string_append_c (writer->text, writer->separator);
  writer->row_has_begun = TRUE;
  if (strpbrk (text, ",;\t|\"\r\n") == NULL && (n_bytes == 0 || (*text != ' ' && text[n_bytes - 1] != ' ')))
    {
      g_string_append (writer->text, guard);
      g_string_append (writer->text, text);
      return;
    }
  g_string_append_c (writer->text, '"');
  g_string_append (writer->text, guard);
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (writer->text, '"');
      g_string_append_c (writer->text, *text);
    }
  g_string_append_c (writer->text, '"');
}

void
ym_csv_writer_add_integer (YmCsvWriter *writer, gint64 number)
{
  char digits[32];

  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, number);
  ym_csv_writer_add (writer, digits);
}

void
ym_csv_writer_end_row (YmCsvWriter *writer)
{
  g_string_append (writer->text, "\r\n");
  writer->row_has_begun = FALSE;
}

GBytes *
ym_csv_writer_finish (YmCsvWriter *writer)
{
  GBytes *bytes = g_string_free_to_bytes (g_steal_pointer (&writer->text));

  ym_csv_writer_free (writer);
  return bytes;
}

void
ym_csv_writer_free (YmCsvWriter *writer)
{
  if (writer->text != NULL)
    g_string_free (writer->text, TRUE);
  g_free (writer);
}
