/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/figures.h"

G_BEGIN_DECLS

/**
 * ym_figures_sentences:
 *
 * Returns: (transfer full) (element-type utf8): what the comparison says, a sentence or two for each measure that is known:
 *   "Calls to the police: 12. 40 % fewer than in the same months a year before."
 */
GPtrArray *ym_figures_sentences (const YmComparison *comparison);

G_END_DECLS
