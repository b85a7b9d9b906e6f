/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_TEAM_PAGE (ym_team_page_get_type ())
G_DECLARE_FINAL_TYPE (YmTeamPage, ym_team_page, YM, TEAM_PAGE, YmSheet)

/** ym_team_page_new: (transfer floating): What a supervisor looks at first: what should not wait, then homes by officer. */
GtkWidget *ym_team_page_new (YmSession *session);

G_END_DECLS
