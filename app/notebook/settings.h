/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * ym_setting_read:
 * @name: such as "trigger_threshold"
 * @otherwise: what holds where the force has not set it
 * @value: (out): the number
 *
 * A number that the force sets for everybody (`force_setting`).
 */
gboolean ym_setting_read (YmDesk *desk, const char *name, gint64 otherwise, gint64 *value,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_setting_trigger_threshold: The call of a month that raises a joint inspection (R6): 1 to 99. */
gboolean ym_setting_trigger_threshold (YmDesk *desk, guint *threshold, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
