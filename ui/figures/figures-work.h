/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/monthly-figures.h"
#include "app/returns/figures-report.h"

G_BEGIN_DECLS

/**
 * YmFiguresAsk:
 * @group: of which homes
 * @home: for %YM_GROUP_HOME
 * @name: (nullable): the area or provider
 * @first: the first month
 * @last: the last
 * @language: of the table's words, a constant
 */
typedef struct {
  YmGroup group;
  YmId home;
  char *name;
  YmMonth first;
  YmMonth last;
  const char *language;
} YmFiguresAsk;

YmFiguresAsk *ym_figures_ask_copy (const YmFiguresAsk *ask);
void ym_figures_ask_free (gpointer ask);

/**
 * YmFiguresAnswer:
 * @report: the figures
 * @tables: (element-type YmTable): the same as tables
 * @homes: (element-type YmRecord): every home on this device, to choose from
 * @home_name: (nullable): of the one home, where it is one
 * @monthly: of the last month, where it is one home
 */
typedef struct {
  YmFiguresReport *report;
  GPtrArray *tables;
  GPtrArray *homes;
  char *home_name;
  YmMonthlyFigures monthly;
} YmFiguresAnswer;

void ym_figures_answer_free (gpointer answer);

/** ym_figures_read_page: A #YmWork on a #YmFiguresAsk. Returns: (transfer full): a #YmFiguresAnswer */
gpointer ym_figures_read_page (YmDesk *desk, gpointer ask, GError **error);

/** YmFiguresFile: What to write where; @about says whose figures they are. */
typedef struct {
  YmFiguresAsk *ask;
  char *about;
  YmReturnFormat format;
  char *path;
} YmFiguresFile;

void ym_figures_file_free (gpointer file);

/** ym_figures_write_file: A #YmWork on a #YmFiguresFile. Returns: (transfer full): a sentence that says what was written */
gpointer ym_figures_write_file (YmDesk *desk, gpointer file, GError **error);

/** ym_figures_begin_monthly: @ask: its home and last month. Returns: (transfer full): the #YmRecord to be typed. On the
 * writing lane. */
gpointer ym_figures_begin_monthly (YmDesk *desk, gpointer ask, GError **error);

G_END_DECLS
