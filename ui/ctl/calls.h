/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/reconciliation.h"
#include "ui/ctl/command.h"

G_BEGIN_DECLS

/** ym_ctl_find_call: (transfer full) (nullable): A call that stands, by its incident reference or the first digits of its
 * id. Errors: YM_ERROR_NOT_FOUND, YM_ERROR_INVALID for several. */
YmCall *ym_ctl_find_call (YmDesk *desk, const char *text, GError **error);

/** ym_ctl_find_entry: (transfer full) (nullable): A line of a home's log, typed or imported, by the first digits of its
 * id. */
YmRecord *ym_ctl_find_entry (YmDesk *desk, const char *text, GError **error);

/** ym_ctl_out_call: / ym_ctl_out_entry: One line about each. */
void ym_ctl_out_call (YmOut *out, const YmCall *call);
void ym_ctl_out_entry (YmOut *out, const YmLogEntry *entry);

G_END_DECLS
