/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/base/id.h"

G_BEGIN_DECLS

/** YmPlaceKind: What the officer was looking at. */
typedef enum {
  YM_PLACE_HOMES,       /* nothing but the list */
  YM_PLACE_HOME,        /* one home */
  YM_PLACE_DRAFT,       /* a visit being written */
  YM_PLACE_VISIT,       /* a signed-off visit */
  YM_PLACE_ISSUE,       /* an issue */
  YM_PLACE_SYNC,        /* what is where */
  YM_PLACE_CALLS,       /* the calls of a home */
  YM_PLACE_CALL,        /* one of them */
  YM_PLACE_RECONCILE,   /* the home's log beside the police's; the record is the visit, if any */
  YM_PLACE_INSPECTIONS, /* the joint inspections of a home */
  YM_PLACE_FIGURES,     /* whether it works: of a home, or of all */
  YM_PLACE_RETURN,      /* the monthly return */
  YM_PLACE_TEAM,        /* what a supervisor looks at first */
  YM_PLACE_ARRESTS,     /* the arrests of a home, and its debriefs */
  YM_PLACE_ARREST,      /* the review of one */
  YM_PLACE_LEARNING,    /* what the force has learnt */
  YM_PLACE_SEARCH,      /* everything on this device */
  YM_PLACE_RECORD,      /* a record that has no page of its own kind */
  YM_PLACE_HISTORY,     /* what became of one that has */
  YM_PLACE_LOG,         /* what the officer did */
  YM_PLACE_PARTNERS,    /* the services beside the police */
  YM_PLACE_ISSUES,      /* the issues of all homes that are not settled */
} YmPlaceKind;

/**
 * YmPlace:
 * @home: whose page lies below; zero for none
 * @record: the draft, visit, issue or call
 *
 * Where the officer was: ids alone, so that it may be kept while the store is locked.
 */
typedef struct {
  YmPlaceKind kind;
  YmId home;
  YmId record;
} YmPlace;

/** YM_PLACE_ACTION: The action that leads to a place; its parameter is ym_place_to_variant(). */
#define YM_PLACE_ACTION "desk.open"

/** ym_place_to_variant: (transfer floating): The place as an action's parameter; ym_place_from_variant() reads it. */
GVariant *ym_place_to_variant (const YmPlace *place);
gboolean ym_place_from_variant (GVariant *variant, YmPlace *place);

/**
 * ym_place_open:
 * @from: a widget on the page that leads there
 * @record: (nullable)
 *
 * Asks the workplace round @from to show a place. Where there is none, as for a page by itself in a test, nothing happens.
 */
void ym_place_open (GtkWidget *from, YmPlaceKind kind, const YmId *home, const YmId *record);

/** ym_place_of_record: Where a record of @form is read: on its own page, on that of its kind, or as YM_PLACE_RECORD. */
YmPlace ym_place_of_record (guint form, const YmId *home, const YmId *record);

/** ym_place_open_record: As ym_place_open(), to the place of a record. */
void ym_place_open_record (GtkWidget *from, guint form, const YmId *home, const YmId *record);

G_END_DECLS
