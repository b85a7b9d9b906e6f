/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sync/client/status.h"

G_BEGIN_DECLS

/** ym_standing_line_new: (transfer floating): How far a record has come on its way to the server, by icon and words. */
GtkWidget *ym_standing_line_new (const YmSyncStanding *standing);

/** ym_standing_text: (transfer full): The words alone. */
char *ym_standing_text (const YmSyncStanding *standing);

G_END_DECLS
