/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table that was read from a CSV file, by row and column name, and the list of what is wrong with it, to
 * which the reader and the importer both add. */

#include "app/forms/csv-private.h"

#include <glib/gi18n-lib.h>

static void
problem_free (gpointer data)
{
  YmCsvProblem *problem = data;

  g_free (problem->column);
  g_free (problem->message);
  g_free (problem);
}

YmCsv *
ym_csv_new (void)
{
  YmCsv *csv = g_new0 (YmCsv, 1);

  csv->text = g_string_new (NULL);
  csv->cells = g_array_new (FALSE, FALSE, sizeof (guint32));
  csv->rows = g_array_new (FALSE, FALSE, sizeof (YmCsvRow));
  csv->columns = g_ptr_array_new_with_free_func (g_free);
  csv->positions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  csv->problems = g_ptr_array_new_with_free_func (problem_free);
  return csv;
}

void
ym_csv_note (YmCsv *csv, guint line, const char *column, gboolean is_error, const char *message)
{
  YmCsvProblem problem = { line, NULL, NULL, is_error };

  csv->n_problems++;
  csv->n_errors += is_error ? 1 : 0;
  if (csv->problems->len >= YM_CSV_MAX_PROBLEMS)
    return;
  problem.column = g_strdup (column);
  problem.message = g_strdup (message);
  g_ptr_array_add (csv->problems, g_memdup2 (&problem, sizeof problem));
}

void
ym_csv_free (YmCsv *csv)
{
  g_string_free (csv->text, TRUE);
  g_array_unref (csv->cells);
  g_array_unref (csv->rows);
  g_ptr_array_unref (csv->columns);
  g_hash_table_unref (csv->positions);
  g_ptr_array_unref (csv->problems);
  g_free (csv);
}

static gboolean
names_column (const char *const *names, const char *folded)
{
  for (; names != NULL && *names != NULL; names++)
    {
      g_autofree char *name = g_utf8_casefold (*names, -1);

      if (g_str_equal (name, folded))
        return TRUE;
    }
  return FALSE;
}

void
ym_csv_expect (YmCsv *csv, const char *const *required, const char *const *optional)
{
  for (const char *const *name = required; *name != NULL; name++)
    {
      g_autofree char *folded = g_utf8_casefold (*name, -1);

      if (!g_hash_table_contains (csv->positions, folded))
        ym_csv_note (csv, csv->header_line, *name, TRUE,
                     _ ("This column is missing from the header. Add it."));
    }
  for (guint i = 0; i < csv->columns->len; i++)
    {
      const char *name = ym_csv_column_name (csv, i);
      g_autofree char *folded = g_utf8_casefold (name, -1);

      if (*name != '\0' && !names_column (required, folded) && !names_column (optional, folded))
        ym_csv_note (csv, csv->header_line, name, FALSE, _ ("This column is not known, and is not read."));
    }
}

guint
ym_csv_n_columns (const YmCsv *csv)
{
  return csv->columns->len;
}

const char *
ym_csv_column_name (const YmCsv *csv, guint column)
{
  g_return_val_if_fail (column < csv->columns->len, "");

  return g_ptr_array_index (csv->columns, column);
}

guint
ym_csv_n_rows (const YmCsv *csv)
{
  return csv->rows->len;
}

guint
ym_csv_row_line (const YmCsv *csv, guint row)
{
  g_return_val_if_fail (row < csv->rows->len, 0);

  return g_array_index (csv->rows, YmCsvRow, row).line;
}

int
ym_csv_find_column (const YmCsv *csv, const char *column)
{
  g_autofree char *folded = g_utf8_casefold (column, -1);
  gpointer position;

  return g_hash_table_lookup_extended (csv->positions, folded, NULL, &position) ? GPOINTER_TO_INT (position) : -1;
}

const char *
ym_csv_get (const YmCsv *csv, guint row, const char *column)
{
  int position = ym_csv_find_column (csv, column);

  return position < 0 ? NULL : ym_csv_get_at (csv, row, (guint) position);
}

const char *
ym_csv_get_at (const YmCsv *csv, guint row, guint column)
{
  const YmCsvRow *found;

  g_return_val_if_fail (row < csv->rows->len && column < csv->columns->len, "");

  found = &g_array_index (csv->rows, YmCsvRow, row);
  if (column >= found->n_cells)
    return "";
  return csv->text->str + g_array_index (csv->cells, guint32, found->first_cell + column);
}

void
ym_csv_add_problem (YmCsv *csv, guint row, const char *column, const char *message)
{
  ym_csv_note (csv, ym_csv_row_line (csv, row), column, TRUE, message);
}

void
ym_csv_add_remark (YmCsv *csv, guint row, const char *column, const char *message)
{
  ym_csv_note (csv, ym_csv_row_line (csv, row), column, FALSE, message);
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const YmCsvProblem *one = *(YmCsvProblem *const *) a, *other = *(YmCsvProblem *const *) b;

  return one->line < other->line ? -1 : one->line > other->line;
}

const GPtrArray *
ym_csv_problems (YmCsv *csv)
{
  g_ptr_array_sort (csv->problems, compare_problems);
  return csv->problems;
}

guint
ym_csv_n_errors (const YmCsv *csv)
{
  return csv->n_errors;
}

char *
ym_csv_report (YmCsv *csv)
{
  const GPtrArray *problems = ym_csv_problems (csv);
  GString *report = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const YmCsvProblem *problem = g_ptr_array_index (problems, i);

      if (problem->column != NULL)
        g_string_append_printf (report, _ ("Line %u, %s: %s\n"), problem->line, problem->column,
                                problem->message);
      else
        g_string_append_printf (report, _ ("Line %u: %s\n"), problem->line, problem->message);
    }
  if (csv->n_problems > problems->len)
    g_string_append_printf (report,
                            ngettext ("And %u more.\n", "And %u more.\n", csv->n_problems - problems->len),
                            csv->n_problems - problems->len);
  return g_string_free (report, FALSE);
}
