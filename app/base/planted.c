/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Faults on purpose, to see that the tests are awake. Empty outside a test build. */

#include "app/base/planted.h"

#ifdef YM_TEST_HOOKS
gboolean
ym_planted (const char *fault)
{
  return g_strcmp0 (g_getenv ("YM_PLANTED"), fault) == 0;
}
#endif
