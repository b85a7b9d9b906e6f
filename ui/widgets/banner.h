/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define YM_TYPE_BANNER (ym_banner_get_type ())
G_DECLARE_FINAL_TYPE (YmBanner, ym_banner, YM, BANNER, GtkWidget)

/** YmBannerKind: How grave it is; said by colour and icon. */
typedef enum {
  YM_BANNER_INFORMATION,
  YM_BANNER_WARNING,
  YM_BANNER_ERROR,
} YmBannerKind;

/**
 * YmBanner:
 *
 * A line across the page that stays until what it says is over. Emits "activated" (no arguments) when its
 * button is pressed.
 */
GtkWidget *ym_banner_new (void);

/**
 * ym_banner_show:
 * @text: a sentence, plain text
 * @button: (nullable): what can be done about it; %NULL for no button
 */
void ym_banner_show (YmBanner *self, YmBannerKind kind, const char *text, const char *button);
void ym_banner_hide (YmBanner *self);
gboolean ym_banner_is_shown (YmBanner *self);

G_END_DECLS
