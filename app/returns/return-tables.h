/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/figures.h"
#include "app/returns/return.h"
#include "app/returns/table.h"
#include "app/returns/words.h"

G_BEGIN_DECLS

/** YmReturnTable: The tables of a return, in the order they are given out. */
typedef enum {
  YM_RETURN_TABLE_SUMMARY,
  YM_RETURN_TABLE_REASONS, /* with a chart */
  YM_RETURN_TABLE_HOMES,
  YM_RETURN_TABLE_CALLS,
  YM_RETURN_TABLE_ISSUES,
  YM_RETURN_N_TABLES,
} YmReturnTable;

/** ym_return_table_name: (transfer none): Such as "calls", for names of files and arguments of commands. */
const char *ym_return_table_name (YmReturnTable which);

/** ym_return_table: (transfer full): One of them, in the words' language. */
YmTable *ym_return_table (const YmReturn *given, YmReturnTable which, const YmWords *words);

/** ym_return_changes_table: (transfer full): What a re-issue changed, from ym_return_compare(). */
YmTable *ym_return_changes_table (GPtrArray *changes, const YmWords *words);

/** ym_return_title: (transfer full): Such as "Monthly return, March 2026, issue 2"; @number is 0 while it is not issued. */
char *ym_return_title (const YmReturn *given, guint number, const YmWords *words);

/**
 * ym_return_tables:
 * @changes: (nullable): for a re-issue
 *
 * Returns: (transfer full) (element-type YmTable): every table, those of the changes last
 */
GPtrArray *ym_return_tables (const YmReturn *given, GPtrArray *changes, const YmWords *words);

/** ym_comparison_table: (transfer full): R10's measures of some months, of the year before and of the baseline. */
YmTable *ym_comparison_table (const YmComparison *comparison, const YmWords *words);

G_END_DECLS
