/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ym_translations_directory:
 * @installed: where an installed program has its catalogues
 *
 * Returns: (transfer full): where the catalogues of this program lie: in the build tree for a program that runs from
 * there, else @installed
 */
char *ym_translations_directory (const char *installed);

G_END_DECLS
