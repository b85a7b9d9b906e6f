/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * ym_learning_check:
 * @db: any store; the server's knows more names than a device's
 * @text: (nullable): what everybody would read
 *
 * Whether @text names nobody that the store knows: no home by name or registration number, no officer by name or collar
 * number, no child by reference or by initials with the year of birth. Words are compared whole, whatever their case,
 * accents and punctuation. Errors: YM_ERROR_INVALID with a sentence that says what was found.
 */
gboolean ym_learning_check (sqlite3 *db, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_learning_check_record: ym_learning_check() of all texts of a `learning_note`. */
gboolean ym_learning_check_record (sqlite3 *db, const YmRecord *note, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_learning_begin:
 * @debrief: (nullable): the debrief whose learning it shares
 *
 * Returns: (transfer full): a new `learning_note`, for ym_learning_save()
 */
YmRecord *ym_learning_begin (YmDesk *desk, const YmRecord *debrief);

/**
 * ym_learning_save:
 *
 * Shares the note with the whole force, for good. On the writing lane, by a supervisor or a force lead. Errors:
 * YM_ERROR_AUTHORITY, and as ym_learning_check().
 */
gboolean ym_learning_save (YmDesk *desk, const YmRecord *note, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_learning_reader:
 * @force: (out): the force's id, which is the scope of its notes
 * @may_share: (out): whether this officer may add to them: a supervisor or the force lead
 *
 * On either lane.
 */
gboolean ym_learning_reader (YmDesk *desk, YmId *force, gboolean *may_share, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_learning_list: (transfer full) (element-type YmRecord) (nullable): Every note of the force, the latest first. */
GPtrArray *ym_learning_list (YmDesk *desk, GError **error);

G_END_DECLS
