/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/session.h"

G_BEGIN_DECLS

/** ym_sync_button_new: (transfer floating): A button for a header bar: icon, count and spoken words say what is where. */
GtkWidget *ym_sync_button_new (YmSession *session);

G_END_DECLS
