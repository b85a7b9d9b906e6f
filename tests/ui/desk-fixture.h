/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/ui/tablet.h"
#include "ui/desk/controller.h"

/* The whole app but for its main loop: window and controller on the closed store of a TestTablet. */
typedef struct {
  TestTablet tablet;
  YmAutoLock *auto_lock;
  const YmOpeningRoad *road;
  YmController *controller;
  YmWindow *window;
} TestDesk;

/* The store of an enrolled tablet, closed. */
void test_desk_set_up (TestDesk *desk, gconstpointer data);

/* A folder without a store; clock and randomness of @force. */
void test_desk_set_up_empty (TestDesk *desk, const YmOpeningRoad *road, TestForce *force);
void test_desk_tear_down (TestDesk *desk, gconstpointer data);

/* The program begins, and ends as it should. */
void test_desk_start (TestDesk *desk);
void test_desk_stop (TestDesk *desk);

/* Everything that is under way on other threads has come back and is shown. */
void test_desk_settle (TestDesk *desk);

void test_desk_type_passphrase (TestDesk *desk, const char *words);

/* Types the right one. */
void test_desk_unlock (TestDesk *desk);

/* Chooses the first home of the list. */
void test_desk_open_home (TestDesk *desk);

/* (transfer none): The body of the page on top. */
GtkWidget *test_desk_top_body (TestDesk *desk);

/* (transfer none): As harness_find(), for a widget of @type. */
GtkWidget *test_desk_find_type (TestDesk *desk, const char *label, GType type);

/* Presses "Ask Again Now" and waits for the answer. */
void test_desk_check_enrolment (TestDesk *desk);

/* The device's key, of the store that is open for an enrolment. */
void test_desk_public_key (TestDesk *desk, guint8 key[32]);
