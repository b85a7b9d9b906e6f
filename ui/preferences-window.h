/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/preferences.h"

G_BEGIN_DECLS

/**
 * ym_preferences_window_new:
 * @more: (transfer floating) (nullable): what else stands below
 *
 * Language, text size, theme and lock time; each takes effect at once.
 */
GtkWidget *ym_preferences_window_new (GtkWindow *parent, YmPreferences *preferences, GtkWidget *more);

G_END_DECLS
