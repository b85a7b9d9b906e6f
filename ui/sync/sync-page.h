/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/session.h"

G_BEGIN_DECLS

#define YM_TYPE_SYNC_PAGE (ym_sync_page_get_type ())
G_DECLARE_FINAL_TYPE (YmSyncPage, ym_sync_page, YM, SYNC_PAGE, GtkWidget)

/**
 * ym_sync_page_new:
 *
 * The body of a page that says what is where: put it into a #YmPage, whose title it sets. Whether the server was
 * reached, what waits, what came back and why, and which devices write in this officer's name. Looks again whenever
 * something changed. Emits "draft-activated" (a #YmDraft as pointer, valid during the signal) when one that came back
 * is pressed.
 */
GtkWidget *ym_sync_page_new (YmSession *session);

G_END_DECLS
