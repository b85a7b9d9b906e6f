/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/notebook/demo.h"

/* What must never be given out: the reference, initials and words that are recorded of a child. */
#define SECRET_REFERENCE "NP77231"
#define SECRET_INITIALS "QZX"
#define SECRET_WORDS "gwallt coch hir"

/* A month with a child at risk, a classified call that speaks of that child, figures, issues and a joint inspection. */
void secret_set_up (Demo *demo);
