/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_LEARNING_PAGE (ym_learning_page_get_type ())
G_DECLARE_FINAL_TYPE (YmLearningPage, ym_learning_page, YM, LEARNING_PAGE, YmSheet)

/** ym_learning_page_new: (transfer floating): What the force has learnt, for every officer; supervisors add to it. */
GtkWidget *ym_learning_page_new (YmSession *session);

G_END_DECLS
