/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/arrests.h"
#include "app/notebook/homes.h"
#include "app/notebook/inspections.h"
#include "app/notebook/issues.h"

G_BEGIN_DECLS

/** ym_desk_role: The role of the desk's officer (YM_ROLE_SUPERVISOR, ...); 0 while it is not known. */
gboolean ym_desk_role (YmDesk *desk, guint *role, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** YM_TEAM_WINDOWS: how many windows of R1 that have ended are looked at: three months. */
#define YM_TEAM_WINDOWS 6

/**
 * YmTeamHome:
 * @summary: how it stands today
 * @visits: windows kept and ended, of the last YM_TEAM_WINDOWS
 */
typedef struct {
  YmHomeSummary *summary;
  YmVisitCompliance visits;
} YmTeamHome;

/**
 * YmTeamOfficer:
 * @officer: (nullable): the named officer; %NULL for homes that have none today
 * @homes: (element-type YmTeamHome): the most urgent first
 * @visits: over all of them
 * @heard_at_us: when the server last took something from a device of the officer's, as far as this device knows; 0 if never
 */
typedef struct {
  YmRecord *officer;
  GPtrArray *homes;
  YmVisitCompliance visits;
  gint64 heard_at_us;
} YmTeamOfficer;

/**
 * YmTeamWindow:
 * @window: one half of a month that has ended
 * @visits: over all homes
 */
typedef struct {
  YmVisitWindow window;
  YmVisitCompliance visits;
} YmTeamWindow;

/**
 * YmTeam:
 * @officers: (element-type YmTeamOfficer): by name; homes without an officer first
 * @windows: the last YM_TEAM_WINDOWS that have ended, the latest first
 * @issues: (element-type YmIssue): past due by YM_ISSUE_PAST_DUE_DAYS or more (R11), the longest first
 * @inspections: (element-type YmInspection): in which somebody has to do something next (R6)
 * @concerns: (element-type YmRecord): `child_concern` past their review date (R3)
 * @arrests: (element-type YmArrest): reviews that are late or open (R9)
 *
 * What a supervisor sees of the homes on this device. It is as old as the last sync: whoever shows it says when that was.
 */
typedef struct {
  GPtrArray *officers;
  YmTeamWindow windows[YM_TEAM_WINDOWS];
  GPtrArray *issues;
  GPtrArray *inspections;
  GPtrArray *concerns;
  GPtrArray *arrests;
} YmTeam;

void ym_team_free (YmTeam *team);

/** ym_team_read: (transfer full) (nullable): On either lane. */
YmTeam *ym_team_read (YmDesk *desk, GError **error);

/** ym_team_find_home: (transfer none) (nullable): A home's summary, for the name of what is listed. */
const YmHomeSummary *ym_team_find_home (const YmTeam *team, const YmId *home);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmTeam, ym_team_free)

G_END_DECLS
