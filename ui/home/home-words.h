/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/client/status.h"
#include "ui/desk/place.h"
#include "ui/home/entry-list.h"
#include "ui/home/home-facts.h"

G_BEGIN_DECLS

/** ym_home_standing_text: (transfer full): What the state's word leaves open: "3 days left, until Sunday 15 March 2026". */
char *ym_home_standing_text (const YmHomeSummary *summary);

/** ym_home_next_visit_text: (transfer full) (nullable): "Next visit, planned: Tuesday 17 March 2026, 10:00." */
char *ym_home_next_visit_text (const YmHomeSummary *summary);

/** ym_home_phone: (transfer full) (nullable): What officers noted, or else what the register says. */
char *ym_home_phone (const YmHomeSummary *summary);

/** ym_home_phone_uri: (transfer full): "tel:+441234567890" of a number as people write it. */
char *ym_home_phone_uri (const char *number);

/** ym_home_draft_entries: (transfer full): What is unfinished; each opens. */
YmEntries *ym_home_draft_entries (const YmHomeFacts *facts);

/** ym_home_glance_entries: (transfer full): Training, manager, telephone; the telephone opens. */
YmEntries *ym_home_glance_entries (const YmHomeFacts *facts);

/** ym_home_door_place: What the @index-th of ym_home_door_entries() opens. */
YmPlaceKind ym_home_door_place (guint index);

/** ym_home_door_entries: (transfer full): Calls, reconciling, inspections, figures: each says how it stands, and opens. */
YmEntries *ym_home_door_entries (const YmHomeFacts *facts);

/** ym_home_issue_entries: (transfer full): One for each issue; each opens. */
YmEntries *ym_home_issue_entries (const YmHomeFacts *facts);

/** ym_home_timeline_entries: (transfer full): One for each entry of the timeline. */
YmEntries *ym_home_timeline_entries (const YmHomeFacts *facts);

/** ym_home_protocol_entries: (transfer full): Each protocol, and when an officer last saw it. */
YmEntries *ym_home_protocol_entries (const YmHomeFacts *facts);

/** ym_home_known_entries: (transfer full): What officers noted. */
YmEntries *ym_home_known_entries (const YmHomeFacts *facts);

/** ym_home_register_entries: (transfer full): What the register says. */
YmEntries *ym_home_register_entries (const YmHomeFacts *facts);

G_END_DECLS
