/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/returns/edition.h"
#include "app/returns/return-tables.h"

G_BEGIN_DECLS

/**
 * YmReturnAsk:
 * @month: whose return
 * @number: which issue; 0 for what the records say now
 * @language: "en" or "cy", a constant
 */
typedef struct {
  YmMonth month;
  guint number;
  const char *language;
} YmReturnAsk;

/**
 * YmReturnAnswer:
 * @ask: what was asked
 * @force: the force
 * @title: in the return's language
 * @tables: (element-type YmTable): what it says, in that language
 * @issued: (element-type YmRecord): its issues, the first first
 * @n_changes: since the issue before; -1 where there is none
 */
typedef struct {
  YmReturnAsk ask;
  YmId force;
  char *title;
  GPtrArray *tables;
  GPtrArray *issued;
  int n_changes;
} YmReturnAnswer;

void ym_return_answer_free (gpointer answer);

/** ym_return_read_page: A #YmWork on a #YmReturnAsk. Returns: (transfer full): a #YmReturnAnswer */
gpointer ym_return_read_page (YmDesk *desk, gpointer ask, GError **error);

/** YmReturnFile: What to write where. */
typedef struct {
  YmReturnAsk ask;
  YmReturnFormat format;
  char *path;
} YmReturnFile;

void ym_return_file_free (gpointer file);

/** ym_return_write_file: A #YmWork on a #YmReturnFile. Returns: (transfer full): a sentence that says what was written */
gpointer ym_return_write_file (YmDesk *desk, gpointer file, GError **error);

G_END_DECLS
