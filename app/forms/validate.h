/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/record.h"

G_BEGIN_DECLS

/** YmProblem: What is wrong with one field, in the user's language. */
typedef struct {
  const YmForm *form;
  const YmField *field;
  char *message;
} YmProblem;

void ym_problem_free (YmProblem *problem);

/**
 * ym_field_check:
 * @field: the field
 * @value: what was typed, decoded or imported
 *
 * Checks one value against its field: kind, range, length, choice. A null is always fine here.
 *
 * Returns: (transfer full) (nullable): what is wrong, or %NULL
 */
char *ym_field_check (const YmField *field, const YmValue *value);

/** YmMoment: How complete a record has to be. */
typedef enum {
  YM_MOMENT_DRAFT,    /* anything typed must be of its kind */
  YM_MOMENT_SAVE,     /* and what is required is there */
  YM_MOMENT_SIGN_OFF, /* and what sign-off asks for is there, section by section */
} YmMoment;

/**
 * ym_record_problems:
 * @record: the record
 * @moment: how complete it has to be
 *
 * Returns: (transfer full) (element-type YmProblem): empty when all is well
 */
GPtrArray *ym_record_problems (const YmRecord *record, YmMoment moment);

/** ym_record_check: As ym_record_problems(), but only the first, as an error (YM_ERROR_INVALID). */
gboolean ym_record_check (const YmRecord *record, YmMoment moment, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
