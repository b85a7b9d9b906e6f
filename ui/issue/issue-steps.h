/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/issues.h"

G_BEGIN_DECLS

/**
 * ym_issue_steps_new:
 * @opened_by: (nullable): the name of who opened the issue
 * @authors: (element-type utf8): the name of who made each step, %NULL where unknown
 *
 * Returns: (transfer floating): the issue's steps, oldest first; one that was not legal when it was judged says so (R11)
 */
GtkWidget *ym_issue_steps_new (const YmIssue *issue, const char *opened_by, GPtrArray *authors);

G_END_DECLS
