/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ym_planted:
 * @fault: its name
 *
 * Whether a test switched on this one-line fault, with YM_PLANTED=name in the environment. Only in a build with
 * -Dtest_hooks=true; elsewhere the fault is not in the program at all. A test that does not fail with the
 * fault it is there for sleeps.
 */
#ifdef YM_TEST_HOOKS
gboolean ym_planted (const char *fault);
#else
#define ym_planted(fault) FALSE
#endif

G_END_DECLS
