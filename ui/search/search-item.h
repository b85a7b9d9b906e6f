/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/notebook/search.h"

G_BEGIN_DECLS

#define YM_TYPE_SEARCH_ITEM (ym_search_item_get_type ())
G_DECLARE_FINAL_TYPE (YmSearchItem, ym_search_item, YM, SEARCH_ITEM, GObject)

/** ym_search_item_get_heading: (nullable): The heading of a kind of records; %NULL for one that was found. */
const char *ym_search_item_get_heading (YmSearchItem *self);

/** ym_search_item_get_hit: (nullable): What was found; %NULL for a heading. */
const YmSearchHit *ym_search_item_get_hit (YmSearchItem *self);

/**
 * ym_search_items:
 * @hits: (element-type YmSearchHit): kept by the items
 *
 * Returns: (transfer full) (element-type YmSearchItem): what was found by kind, each kind below its heading; within a kind
 *   the order is that of @hits
 */
GPtrArray *ym_search_items (GPtrArray *hits);

G_END_DECLS
