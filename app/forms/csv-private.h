/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/csv.h"

/* What csv-parse.c fills and csv.c answers from.
 *
 * Values are copied once, one after the other and each with its NUL, into one text; a row is a run of offsets
 * into it. So a hostile file takes a few times its own size and no more. */

typedef struct {
  guint line;
  guint first_cell;
  guint n_cells; /* up to the last that is not empty */
} YmCsvRow;

struct _YmCsv {
  GString *text;
  GArray *cells; /* of guint32, offsets into text */
  GArray *rows;  /* of YmCsvRow */
  GPtrArray *columns;
  GHashTable *positions; /* folded name to position */
  guint header_line;
  GPtrArray *problems;
  guint n_problems;
  guint n_errors;
};

YmCsv *ym_csv_new (void);

void ym_csv_note (YmCsv *csv, guint line, const char *column, gboolean is_error, const char *message);

/* The text of a file in Windows-1252 as UTF-8; NULL where it is something else: a byte that Windows-1252 leaves undefined,
 * or a letter in UTF-8, so that a damaged UTF-8 file is never taken for one. */
char *ym_csv_from_windows_1252 (const char *data, gsize size, gsize *converted_size);
