/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/id.h"

G_BEGIN_DECLS

/** YmPlaceKind: What the officer was looking at. */
typedef enum {
  YM_PLACE_HOMES,  /* nothing but the list */
  YM_PLACE_HOME,   /* one home */
  YM_PLACE_DRAFT,  /* a visit being written */
  YM_PLACE_VISIT,  /* a signed-off visit */
  YM_PLACE_ISSUE,  /* an issue */
  YM_PLACE_SYNC,   /* what is where */
} YmPlaceKind;

/**
 * YmPlace:
 * @home: whose page lies below; zero for none
 * @record: the draft, visit or issue
 *
 * Where the officer was: ids alone, so that it may be kept while the store is locked.
 */
typedef struct {
  YmPlaceKind kind;
  YmId home;
  YmId record;
} YmPlace;

G_END_DECLS
