/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/record.h"
#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * ym_names_of_reference:
 * @record: a record
 * @field: one of its references, to an officer, a home or a device
 *
 * On a lane. Returns: (transfer full) (nullable): the name of what is referred to; %NULL where it is not on this device
 */
char *ym_names_of_reference (YmDesk *desk, const YmRecord *record, guint field);

/** ym_names_of: (transfer full) (nullable): The name of a record of @form: YM_FORM_OFFICER, _HOME or _DEVICE. */
char *ym_names_of (YmDesk *desk, guint form, const YmId *id);

G_END_DECLS
