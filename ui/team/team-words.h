/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/team.h"
#include "ui/home/entry-list.h"
#include "ui/widgets/chip.h"

G_BEGIN_DECLS

/** ym_arrest_look: (transfer none): How a review stands; a late one as what is overdue. */
const YmChipLook *ym_arrest_look (YmArrestReview state);

/** ym_arrest_standing: (transfer full): "Due by the end of Tuesday 3 March", "Late: was due by the end of ...". */
char *ym_arrest_standing (const YmArrest *arrest);

/**
 * ym_arrest_entries:
 * @team: (nullable): where the names of homes are found; %NULL where all are of one home
 *
 * Returns: (transfer full): one for each arrest, in their order; each opens
 */
YmEntries *ym_arrest_entries (GPtrArray *arrests, const YmTeam *team);

/* (transfer full) each: the cards of the supervisor's page, in the order of what they are made from. */
YmEntries *ym_team_home_entries (const YmTeam *team);
YmEntries *ym_team_issue_entries (const YmTeam *team);
YmEntries *ym_team_inspection_entries (const YmTeam *team);
YmEntries *ym_team_concern_entries (const YmTeam *team);
YmEntries *ym_team_window_entries (const YmTeam *team);
YmEntries *ym_team_officer_entries (const YmTeam *team);

/** ym_debrief_entries: @debriefs: (element-type YmRecord). (transfer full): Each opens. */
YmEntries *ym_debrief_entries (GPtrArray *debriefs);

G_END_DECLS
