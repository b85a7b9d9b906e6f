/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"
#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * YmMonthlyFigures:
 * @typed: (nullable): what an officer typed
 * @imported: (nullable): what an administrator imported
 *
 * What a home counted in one month (R10). What was typed stands over what was imported, number by number.
 */
typedef struct {
  YmRecord *typed;
  YmRecord *imported;
} YmMonthlyFigures;

void ym_monthly_figures_clear (YmMonthlyFigures *figures);

/** ym_monthly_figures_get: Such as YM_MONTHLY_FIGURES_MISSING; FALSE where nobody said. */
gboolean ym_monthly_figures_get (const YmMonthlyFigures *figures, guint field, gint64 *number);

/** ym_monthly_figures_other: (nullable) (transfer none): The line of other information for the return (R7). */
const char *ym_monthly_figures_other (const YmMonthlyFigures *figures);

/** ym_monthly_figures_load: Clear @figures with ym_monthly_figures_clear(); both null where nothing is known. */
gboolean ym_monthly_figures_load (YmDesk *desk, const YmId *home, YmMonth month, YmMonthlyFigures *figures,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_monthly_figures_begin:
 *
 * Returns: (transfer full): what is typed now, to be changed and given to ym_monthly_figures_save(). On the writing lane.
 */
YmRecord *ym_monthly_figures_begin (YmDesk *desk, const YmId *home, YmMonth month, const YmMonthlyFigures *figures);

/** ym_monthly_figures_save: On the writing lane. Errors: YM_ERROR_INVALID where the line of other information names a
 * child that is known here. */
gboolean ym_monthly_figures_save (YmDesk *desk, const YmRecord *before, const YmRecord *after,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_check_names_no_child:
 * @home: (nullable): only the children recorded with it; of every home on this device for %NULL
 * @text: (nullable): what is to be read by others
 *
 * Whether @text has no force person reference and no initials of a child that is recorded here (R3, R7). On a device that
 * is not sent children's records it can find nothing: the check is for where the words are written. Errors:
 * YM_ERROR_INVALID with the word.
 */
gboolean ym_check_names_no_child (YmDesk *desk, const YmId *home, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmMonthlyFigures, ym_monthly_figures_clear)

G_END_DECLS
