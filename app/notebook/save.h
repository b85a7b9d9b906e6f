/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * ym_desk_save:
 * @intent: such as "contact.save"
 * @before: (nullable): as it was seen
 * @after: as it shall be; checked first
 *
 * Checks and signs one record, in a transaction of its own. On the writing lane. Errors: YM_ERROR_INVALID.
 */
gboolean ym_desk_save (YmDesk *desk, const char *intent, const YmRecord *before, const YmRecord *after,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_desk_save_changes: As ym_desk_save(), several records at once or none; the first is what it is about. */
gboolean ym_desk_save_changes (YmDesk *desk, const char *intent, const YmChange *changes, guint n_changes,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_desk_new_record: (transfer full): A new record of a home, its automatic officer and time filled in. */
YmRecord *ym_desk_new_record (YmDesk *desk, const YmForm *form, const YmId *home);

G_END_DECLS
