/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/desk/place.h"
#include "ui/session.h"

G_BEGIN_DECLS

/** ym_door_open: (transfer floating) (nullable): The body of the page at @place; %NULL for those that the workplace makes. */
GtkWidget *ym_door_open (YmSession *session, const YmPlace *place);

/**
 * ym_doors_bar_new:
 *
 * The ways from the list of homes to what is not about one home. Empty until ym_doors_bar_show().
 */
GtkWidget *ym_doors_bar_new (void);

/** ym_doors_bar_show: @role: the officer's, such as YM_ROLE_FORCE_LEAD; only what it has a use for is offered. */
void ym_doors_bar_show (GtkWidget *bar, gint64 role);

G_END_DECLS
