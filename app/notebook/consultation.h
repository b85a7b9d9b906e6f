/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/record.h"
#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/** YM_CONSULTATION_LASTS_US: So long an officer reads on for the reason given once. */
#define YM_CONSULTATION_LASTS_US (G_GINT64_CONSTANT (30 * 60) * G_USEC_PER_SEC)

/**
 * ym_consultation_asked:
 * @form: the kind of the record
 * @asked: (out): whether the officer must say why before reading it (R13): it is about a child, and no reason was given
 *   within YM_CONSULTATION_LASTS_US
 *
 * On either lane.
 */
gboolean ym_consultation_asked (YmDesk *desk, const YmForm *form, const YmId *record, gboolean *asked,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_consultation_save:
 * @why: a choice of ym_choices_consultation_why
 * @other: (nullable): the reason in words, for YM_WHY_OTHER
 *
 * Logs that the officer reads a record about a child. On the writing lane. Errors: YM_ERROR_INVALID, YM_ERROR_AUTHORITY.
 */
gboolean ym_consultation_save (YmDesk *desk, const YmId *home, const YmId *record, guint why, const char *other,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
