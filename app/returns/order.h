/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/returns/edition.h"

G_BEGIN_DECLS

/**
 * YmReturnOrder:
 * @period: a month (2026-03), or its first and last day (2026-03-10..2026-04-09)
 * @registration_no: (nullable): of one home; %NULL for the whole force
 * @language: (nullable): "en" or "cy"; %NULL for English
 * @format: (nullable): "xlsx", "csv" or "pdf"; %NULL for all three
 * @folder: (nullable): where the files go; %NULL for the current one
 * @replace: whether files of the same names are replaced
 * @number: (nullable): an issue to write again, or "last"; %NULL for a preview of what the records say now
 * @issue: issue it, to @recipient, for @justification
 *
 * A return as it is asked for on a command line: the same for ymweldctl and for the administrator's tool.
 */
typedef struct {
  const char *period;
  const char *registration_no;
  const char *language;
  const char *format;
  const char *folder;
  gboolean replace;
  const char *number;
  gboolean issue;
  const char *recipient;
  const char *justification;
} YmReturnOrder;

/**
 * ym_return_order_carry_out:
 * @edition: (out): what was written
 * @paths: (out): the files
 *
 * Everything that can be wrong with the order is looked at before anything is issued. An issue whose files could not be
 * written is issued all the same, and the error says how to write them. On the writing lane.
 */
gboolean ym_return_order_carry_out (YmDesk *desk, const YmReturnOrder *order, YmReturnEdition **edition, GStrv *paths,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
