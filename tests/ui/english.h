/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/**
 * english_left:
 *
 * The texts shown in labels below @root that stand in the program's Welsh catalogue as English with other Welsh, so that
 * somebody forgot to translate them (R15). What the force's data say, in whatever language, is not among them.
 *
 * Returns: (transfer full) (element-type utf8): copies
 */
GPtrArray *english_left (GtkWidget *root);
