/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/journal/force.h"
#include "ui/desk/opening.h"

/*
 * The force's side of an enrolment, in memory: a server that takes posts, and the administrator at a desk. (Its header
 * knows nothing of tests/sync/server-fixture.h, whose tablets are others than those of tests/ui.)
 */
typedef struct _TestOffice TestOffice;

TestOffice *test_office_new (void);
void test_office_free (TestOffice *office);

TestForce *test_office_force (TestOffice *office);

/* The way to its server, which is at https://ymweld.example. */
const YmOpeningRoad *test_office_road (TestOffice *office);
void test_office_set_reachable (TestOffice *office, gboolean reachable);

/* (transfer full): The one-time code, as on paper; and the administrator's word that it may be used. */
char *test_office_code (TestOffice *office);
void test_office_open_code (TestOffice *office);

/* The administrator signs: this key is officer 2001's. */
void test_office_certify (TestOffice *office, const guint8 key[32]);
