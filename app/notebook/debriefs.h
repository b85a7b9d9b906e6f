/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/arrests.h"

G_BEGIN_DECLS

/**
 * ym_debrief_begin:
 * @arrest: (nullable): the arrest that is talked through
 *
 * Returns: (transfer full): a new `debrief`, held now and led by the desk's officer, for ym_debrief_save()
 */
YmRecord *ym_debrief_begin (YmDesk *desk, const YmId *home, const YmArrest *arrest);

/**
 * ym_debrief_save:
 * @before: (nullable): as it was seen; %NULL for a new one
 *
 * Saves what was talked through. On the writing lane. Errors: YM_ERROR_AUTHORITY for who does not supervise the home,
 * YM_ERROR_INVALID for a text that stands for a child.
 */
gboolean ym_debrief_save (YmDesk *desk, const YmRecord *before, const YmRecord *after,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_debrief_list:
 * @home: (nullable): of one home, or of every home on this device for %NULL
 *
 * Returns: (transfer full) (element-type YmRecord) (nullable): the latest first
 */
GPtrArray *ym_debrief_list (YmDesk *desk, const YmId *home, GError **error);

G_END_DECLS
