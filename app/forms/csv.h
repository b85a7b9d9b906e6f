/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/error.h"

G_BEGIN_DECLS

#define YM_CSV_MAX_BYTES (16 * 1024 * 1024)
#define YM_CSV_MAX_ROWS 500000
#define YM_CSV_MAX_COLUMNS 200
#define YM_CSV_MAX_FIELD_BYTES (64 * 1024)
#define YM_CSV_MAX_PROBLEMS 1000

/**
 * YmCsv:
 *
 * A table read from a CSV file, and everything found wrong with it.
 */
typedef struct _YmCsv YmCsv;

/**
 * YmCsvProblem:
 * @line: the line of the file, from 1, on which the row starts; 0 when it concerns the whole file
 * @column: (nullable): the column's name as the file spells it
 * @message: a whole sentence
 * @is_error: FALSE for a remark that need not stop an import
 */
typedef struct {
  guint line;
  char *column;
  char *message;
  gboolean is_error;
} YmCsvProblem;

/**
 * ym_csv_parse:
 * @bytes: the whole file
 * @error: return location
 *
 * Reads CSV as spreadsheets write it (RFC 4180 and what Excel makes of it): UTF-8 with or without a byte
 * order mark, or Windows-1252, which is remarked; CRLF, LF or CR; quotes with doubled quotes and line breaks within; comma, semicolon or tab,
 * whichever the header line has most of, or what a first line "sep=;" says. Empty lines, also those of
 * separators only, are skipped; the first line that is left is the header. A row may have fewer fields than
 * the header, because Excel drops empty ones at the end. White space round a value is dropped, and a line
 * break within one becomes a line feed.
 *
 * What is wrong with single rows is collected, see ym_csv_problems(): a caller looks at them before it uses
 * any row.
 *
 * Returns: (transfer full) (nullable): the table, or NULL with YM_ERROR_MALFORMED when the bytes can't be
 * read as a table at all: damaged UTF-8 (the message names the line), a workbook, too large, no header
 */
YmCsv *ym_csv_parse (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void ym_csv_free (YmCsv *csv);

/**
 * ym_csv_expect:
 * @csv: a table
 * @required: (array zero-terminated=1): columns that must be there
 * @optional: (array zero-terminated=1) (nullable): columns that may be there
 *
 * Adds an error for each required column that is missing, and a remark for each column of the file that is
 * neither. Names are compared without regard to case and surrounding white space; their order is free.
 */
void ym_csv_expect (YmCsv *csv, const char *const *required, const char *const *optional);

guint ym_csv_n_columns (const YmCsv *csv);

/** ym_csv_column_name: The name as the file spells it, without surrounding white space. */
const char *ym_csv_column_name (const YmCsv *csv, guint column);

guint ym_csv_n_rows (const YmCsv *csv);

/** ym_csv_row_line: The line of the file, from 1, on which @row starts. */
guint ym_csv_row_line (const YmCsv *csv, guint row);

/**
 * ym_csv_get:
 * @csv: a table
 * @row: 0 to ym_csv_n_rows() - 1
 * @column: a column's name, in any case
 *
 * Returns: (transfer none) (nullable): the value, "" when it is empty, NULL when the file has no such column
 */
const char *ym_csv_get (const YmCsv *csv, guint row, const char *column);

/** ym_csv_find_column: The position of a column by its name, in any case; -1 when the file has no such column. */
int ym_csv_find_column (const YmCsv *csv, const char *column);

/** ym_csv_get_at: As ym_csv_get(), by the column's position; never NULL. */
const char *ym_csv_get_at (const YmCsv *csv, guint row, guint column);

/**
 * ym_csv_add_problem:
 * @csv: a table
 * @row: the row it concerns
 * @column: (nullable): the column it concerns
 * @message: a whole sentence that says what to change
 *
 * For what only the caller can know, such as a date that is none: kept in one list with what the reader
 * found.
 */
void ym_csv_add_problem (YmCsv *csv, guint row, const char *column, const char *message);

/** ym_csv_add_remark: As ym_csv_add_problem(), for what need not stop an import. */
void ym_csv_add_remark (YmCsv *csv, guint row, const char *column, const char *message);

/**
 * ym_csv_problems: (transfer none) (element-type YmCsvProblem): Everything found so far, by line. After
 * YM_CSV_MAX_PROBLEMS only the number goes on growing, see ym_csv_n_errors().
 */
const GPtrArray *ym_csv_problems (YmCsv *csv);

/** ym_csv_n_errors: How many errors there are, those no longer listed included; remarks don't count. */
guint ym_csv_n_errors (const YmCsv *csv);

/** ym_csv_report: (transfer full): The problems as text, one a line: "Line 12, received_at: ...". "" when
 * none. */
char *ym_csv_report (YmCsv *csv);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmCsv, ym_csv_free)

/**
 * YmCsvWriter:
 *
 * Makes a CSV file that a spreadsheet opens without asking: UTF-8 with byte order mark, CRLF.
 */
typedef struct _YmCsvWriter YmCsvWriter;

/** ym_csv_writer_new: @separator is ',' or ';' (what Excel expects where the decimal sign is a comma). */
YmCsvWriter *ym_csv_writer_new (char separator);

/**
 * ym_csv_writer_add:
 * @writer: a writer
 * @text: (nullable): the field, UTF-8; NULL is an empty one
 *
 * Appends a field to the current row. A field that a spreadsheet would run as a formula, because it starts
 * with = + - @, their full-width forms, a tab or a line break, gets an apostrophe in front, unless it is a
 * plain number.
 */
void ym_csv_writer_add (YmCsvWriter *writer, const char *text);
void ym_csv_writer_add_integer (YmCsvWriter *writer, gint64 number);
void ym_csv_writer_end_row (YmCsvWriter *writer);

/** ym_csv_writer_finish: (transfer full): The file's bytes; frees @writer. */
GBytes *ym_csv_writer_finish (YmCsvWriter *writer);

void ym_csv_writer_free (YmCsvWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmCsvWriter, ym_csv_writer_free)

G_END_DECLS
