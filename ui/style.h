/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/preferences.h"

G_BEGIN_DECLS

/**
 * ym_style_prepare:
 *
 * Makes our icons and style sheets known to the default display and keeps the sheets in step with dark and
 * high contrast. Call once, after adw_init().
 */
void ym_style_prepare (void);

/** ym_style_use: Text size and theme as @preferences say. */
void ym_style_use (YmPreferences *preferences);

G_END_DECLS
