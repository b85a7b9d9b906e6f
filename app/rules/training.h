/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ym_training_target: How many of @staff should be trained in restorative approaches (R8): a quarter, rounded
 * up, and never fewer than two, also in a home with fewer staff than that. Fewer than 0 staff count as 0.
 */
int ym_training_target (int staff);

/** ym_training_short_by: How many of the target are missing; 0 when it is met. */
int ym_training_short_by (int staff, int trained);

G_END_DECLS
