/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "app/base/id.h"
#include "app/rules/visit-window.h"

G_BEGIN_DECLS

/**
 * YmHomeView:
 * @id: the home
 * @name: plain text
 * @place: (nullable): a second line: town or authority
 * @state: how it stands today (R1)
 * @open_issues: that are open or in progress
 * @calls: of this month
 * @calls_threshold: how many raise a joint inspection (R6)
 * @waiting: envelopes of this home that no server has acknowledged
 * @has_draft: whether a visit is begun and not signed off
 * @deputy: whether the officer stands in for the one who is named for it
 * @month: this month, day by day
 * @next: the day of the next visit, agreed or proposed; YM_DAY_NONE if none is to come
 *
 * One home as the list shows it.
 */
typedef struct {
  YmId id;
  const char *name;
  const char *place;
  YmVisitState state;
  guint open_issues;
  guint calls;
  guint calls_threshold;
  guint waiting;
  gboolean has_draft;
  gboolean deputy;
  YmVisitMonth month;
  YmDay next;
} YmHomeView;

/** YmHomeFilter: Which homes are asked for. */
typedef enum {
  YM_HOME_FILTER_ALL,
  YM_HOME_FILTER_TO_VISIT,   /* none yet in this window */
  YM_HOME_FILTER_ISSUES,     /* something is open */
  YM_HOME_FILTER_UNFINISHED, /* a draft lies here, or something waits to be sent */
} YmHomeFilter;

#define YM_TYPE_HOME_ITEM (ym_home_item_get_type ())
G_DECLARE_FINAL_TYPE (YmHomeItem, ym_home_item, YM, HOME_ITEM, GObject)

/** ym_home_item_new: Copies @view. */
YmHomeItem *ym_home_item_new (const YmHomeView *view);

/** ym_home_item_get: (transfer none): Valid as long as the item. */
const YmHomeView *ym_home_item_get (YmHomeItem *self);

/** ym_home_item_equal: Whether both show the same. */
gboolean ym_home_item_equal (YmHomeItem *a, YmHomeItem *b);

/** ym_home_item_compare: A GCompareDataFunc: what needs the officer first comes first; then by name. */
int ym_home_item_compare (gconstpointer a, gconstpointer b, gpointer user_data);

/** ym_home_item_matches: Whether every word of @text begins a word of name or place; letters are folded (ŵ as w). */
gboolean ym_home_item_matches (YmHomeItem *self, const char *text);

/** ym_home_item_passes: Whether it is among those that @filter asks for. */
gboolean ym_home_item_passes (YmHomeItem *self, YmHomeFilter filter);

/** ym_home_item_facts: (transfer full): "Last visit 12 days ago · 2 open issues", in the language of the moment. */
char *ym_home_item_facts (YmHomeItem *self);

G_END_DECLS
