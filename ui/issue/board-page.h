/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_BOARD_PAGE (ym_board_page_get_type ())
G_DECLARE_FINAL_TYPE (YmBoardPage, ym_board_page, YM, BOARD_PAGE, YmSheet)

/** ym_board_page_new: (transfer floating): What is not settled with any home (R11), by state or by due date. */
GtkWidget *ym_board_page_new (YmSession *session);

G_END_DECLS
