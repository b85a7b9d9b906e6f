/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"
#include "app/rules/civil.h"
#include "tests/journal/force.h"

/*
 * A force with its spreadsheets imported, as the administrator's tool does it, and a desk of officer 2001 on the same
 * journal: for tests of what is made of calls, logs and figures.
 */

typedef struct {
  TestForce force;
  YmJournal *journal;
  YmDesk desk;
} Demo;

void demo_set_up (Demo *demo, gconstpointer data);
void demo_tear_down (Demo *demo, gconstpointer data);

/* Imports a file of data/demo-force, or text, with every row good; the text of what was remarked. */
void demo_import (Demo *demo, const char *form, const char *file);
void demo_import_text (Demo *demo, const char *form, const char *text);
void demo_import_all (Demo *demo);

YmId demo_home (Demo *demo, const char *registration_no);

/* An instant from ISO 8601 with offset. */
gint64 demo_at (const char *text);
YmDay demo_day (const char *text);
YmMonth demo_month (const char *text);
