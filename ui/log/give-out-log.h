/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/acts.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define YM_TYPE_GIVE_OUT_LOG (ym_give_out_log_get_type ())
G_DECLARE_FINAL_TYPE (YmGiveOutLog, ym_give_out_log, YM, GIVE_OUT_LOG, GtkBox)

/**
 * ym_give_out_log_present:
 * @parent: (nullable): the window it stands over
 * @query: what of the log; copied
 *
 * Asks for whom and why the log is given out, then where it is saved.
 */
void ym_give_out_log_present (GtkWindow *parent, YmSession *session, const YmActsQuery *query);

/** ym_give_out_log_save: As if @path had been chosen. */
void ym_give_out_log_save (YmGiveOutLog *self, const char *path);

G_END_DECLS
