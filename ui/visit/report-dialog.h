/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/session.h"

G_BEGIN_DECLS

#define YM_TYPE_REPORT_DIALOG (ym_report_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YmReportDialog, ym_report_dialog, YM, REPORT_DIALOG, GtkBox)

/**
 * ym_report_dialog_new:
 * @visit: a signed-off visit
 *
 * Asks for whom, in which language, to whom and why a visit is given out (R13), and then where the file goes: the body of a
 * ym_dialog_new().
 */
GtkWidget *ym_report_dialog_new (YmSession *session, const YmId *visit);

/** ym_report_dialog_save: Gives the visit out to @path, as what is answered says; what the file dialog leads to. */
void ym_report_dialog_save (YmReportDialog *self, const char *path);

G_END_DECLS
