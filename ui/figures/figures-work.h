/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/figures.h"
#include "app/notebook/monthly-figures.h"
#include "app/returns/table.h"

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
 * @comparison: R10's measures
 * @table: the same as a table
 * @months: (element-type YmMonthCalls): of the months asked for
 * @now: when and why calls came in those months
 * @year_before: and in the same months of the year before
 * @homes: (element-type YmRecord): every home on this device, to choose from
 * @n_homes: how many were looked at
 * @home_name: (nullable): of the one home, where it is one
 * @monthly: of the last month, where it is one home
 */
typedef struct {
  YmComparison comparison;
  YmTable *table;
  GArray *months;
  YmHotspots now;
  YmHotspots year_before;
  GPtrArray *homes;
  guint n_homes;
  char *home_name;
  YmMonthlyFigures monthly;
} YmFiguresAnswer;

void ym_figures_answer_free (gpointer answer);

/** ym_figures_read_page: A #YmWork on a #YmFiguresAsk. Returns: (transfer full): a #YmFiguresAnswer */
gpointer ym_figures_read_page (YmDesk *desk, gpointer ask, GError **error);

/** ym_figures_begin_monthly: @ask: its home and last month. Returns: (transfer full): the #YmRecord to be typed. On the
 * writing lane. */
gpointer ym_figures_begin_monthly (YmDesk *desk, gpointer ask, GError **error);

G_END_DECLS
