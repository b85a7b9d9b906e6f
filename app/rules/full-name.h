/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ym_full_name_find:
 * @text: what somebody typed
 * @known: (nullable) (array zero-terminated=1): names that may stand there: the home's, its manager's, those of people met
 *
 * R3: a child is recorded by reference, initials and year of birth, never by name. A guess, to be asked about and never to be
 * insisted on: staff have names too.
 *
 * Returns: (transfer full) (nullable): the first words of @text that look like somebody's full name
 */
char *ym_full_name_find (const char *text, const char *const *known);

G_END_DECLS
