/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/visit.h"

G_BEGIN_DECLS

/**
 * YmSectionProgress:
 * @asked: questions that apply, by the answers so far
 * @answered: those with an answer; a kind of rows counts as one question
 * @missing: what stands between the section and sign-off
 * @not_discussed: the officer said so, which is an answer to the whole
 *
 * How far one section of a visit is.
 */
typedef struct {
  guint asked;
  guint answered;
  guint missing;
  gboolean not_discussed;
} YmSectionProgress;

/**
 * ym_section_progress:
 * @problems: (element-type YmVisitProblem): what ym_visit_problems() says of the draft
 */
YmSectionProgress ym_section_progress (const YmDraft *draft, const YmSection *section, GPtrArray *problems);

G_END_DECLS
