/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"
#include "app/rules/authority.h"

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

/**
 * ym_desk_settle:
 *
 * In the transaction that saves a record: the draft that the desk says it settles, if any, goes with it, so that no crash
 * leaves a record that is signed and yet unfinished.
 */
gboolean ym_desk_settle (YmDesk *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_desk_save_changes: As ym_desk_save(), several records at once or none; the first is what it is about. */
gboolean ym_desk_save_changes (YmDesk *desk, const char *intent, const YmChange *changes, guint n_changes,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_desk_new_record: (transfer full): A new record of a home, its automatic officer and time filled in. */
YmRecord *ym_desk_new_record (YmDesk *desk, const YmForm *form, const YmId *home);

/**
 * ym_desk_check_may:
 * @scope: the home, or the force
 *
 * Whether the desk's officer may write such a record, by the table that the server enforces: so that a page says it before
 * a sync does. On the writing lane. Errors: YM_ERROR_AUTHORITY, with a sentence for the officer.
 */
gboolean ym_desk_check_may (YmDesk *desk, const YmForm *form, YmActionKind kind, const YmId *scope,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
