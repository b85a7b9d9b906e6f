/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/draft.h"
#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * ym_ctl_find_home:
 * @registration_no: as the register has it, in any case
 *
 * Errors: YM_ERROR_NOT_FOUND.
 */
gboolean ym_ctl_find_home (YmDesk *desk, const char *registration_no, YmId *home,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_ctl_find_record:
 * @form: what is looked for
 * @text: its id, or the first digits of it, at least four
 *
 * Errors: YM_ERROR_NOT_FOUND if there is none, YM_ERROR_INVALID if there are several.
 */
gboolean ym_ctl_find_record (YmDesk *desk, const YmForm *form, const char *text, YmId *id,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_ctl_find_draft: (transfer full) (nullable): As ym_ctl_find_record(), for drafts. */
YmDraft *ym_ctl_find_draft (YmDesk *desk, const char *text, GError **error);

/**
 * ym_ctl_set_answers:
 * @record: whose answers
 * @day: the London day that a time without a date is of
 * @words: (array length=n_words): FIELD=VALUE each; nothing after the = takes an answer back
 *
 * All or none. What the program fills in by itself can't be set. Errors: YM_ERROR_INVALID with the field.
 */
gboolean ym_ctl_set_answers (YmRecord *record, YmDay day, const char *const *words, guint n_words,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_ctl_check_digits: Whether @text can be the beginning of an id. Errors: YM_ERROR_INVALID. */
gboolean ym_ctl_check_digits (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_ctl_check_found: Whether exactly one of @n_found was found by @text. Errors: YM_ERROR_NOT_FOUND, YM_ERROR_INVALID. */
gboolean ym_ctl_check_found (guint n_found, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_ctl_read_day: / ym_ctl_read_month: YYYY-MM-DD, YYYY-MM. Errors: YM_ERROR_INVALID. */
gboolean ym_ctl_read_day (const char *text, YmDay *day, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_ctl_read_month (const char *text, YmMonth *month, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_ctl_today: Today in London. */
YmDay ym_ctl_today (YmDesk *desk);

/** ym_ctl_officer_name: (transfer full) (nullable): An officer's name, if it is known here. */
char *ym_ctl_officer_name (YmDesk *desk, const YmId *officer);

/** ym_ctl_home_name: (transfer full) (nullable): A home's name, if it is known here. */
char *ym_ctl_home_name (YmDesk *desk, const YmId *home);

G_END_DECLS
