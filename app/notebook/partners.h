/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/record.h"
#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * ym_partners_list:
 *
 * Returns: (transfer full) (element-type YmRecord) (nullable): the services that are listed, by kind and then by name. On
 *   either lane.
 */
GPtrArray *ym_partners_list (YmDesk *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_partners_serve: Whether a partner serves @area; who names none serves the whole force. @area: (nullable): any. */
gboolean ym_partners_serve (const YmRecord *partner, const char *area);

G_END_DECLS
