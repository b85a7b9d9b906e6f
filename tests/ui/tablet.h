/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/visit.h"
#include "tests/journal/force.h"
#include "ui/session.h"

/*
 * An enrolled tablet of officer 2001 with a real encrypted store in a temporary folder, and the session that pages work
 * with. It is 2026-01-20, 10:00 in London.
 */
typedef struct {
  TestForce force;
  YmJournal *server;
  char *directory;
  YmSecret *passphrase;
  YmStoreOptions options;
  YmSession *session;
  guint64 placed; /* the server's last position that the tablet has */
} TestTablet;

void test_tablet_set_up (TestTablet *tablet, gconstpointer data);
void test_tablet_tear_down (TestTablet *tablet, gconstpointer data);

/* An administrator imports the records (transfer full), and the tablet pulls them. */
void test_tablet_import (TestTablet *tablet, GPtrArray *records);

/* A call of home 1 as the control room's export says it (transfer full). @received: ISO 8601 with offset. */
YmRecord *test_tablet_new_call (TestTablet *tablet, const char *incident_ref, const char *received, int reason);

/* The three calls of January that raise a joint inspection, and one in December. */
void test_tablet_import_calls (TestTablet *tablet);

/* Ends the session; test_tablet_tear_down() may follow. */
void test_tablet_close (TestTablet *tablet);

/* Ends the session and opens the store again. */
void test_tablet_reopen (TestTablet *tablet);

/* What a tablet would find that lost power now: the store's files as they are, opened elsewhere. */
void test_tablet_cut_power (TestTablet *tablet);

/* Work on a lane, waited for; it must succeed. */
gpointer test_tablet_do (TestTablet *tablet, YmLane lane, YmWork work, gpointer data);

/* A draft of a visit to home 1, begun now. */
YmDraft *test_tablet_begin_visit (TestTablet *tablet);

/* Answers all that sign-off asks for; sections 1 to 5 were not discussed. */
void test_fill_visit (YmDraft *draft);

/* A visit to home 1, filled, signed off; its id. */
YmId test_tablet_sign_visit (TestTablet *tablet);

/* An open issue of home 1 with an action that is past due; its id. */
YmId test_tablet_open_issue (TestTablet *tablet);

/* The first descendant that is called @label for a screen reader and is no mere text; fails the test if none is. */
GtkWidget *test_control (GtkWidget *root, const char *label);

/* What pages asked of the notebook has been answered, and they show it. */
void test_tablet_settle (TestTablet *tablet);

/* The record dialog that is open, once all is settled; NULL if there is none. */
GtkWindow *test_tablet_find_dialog (TestTablet *tablet);

/* Runs the main loop until @condition is met. */
#define test_wait_for(condition)                                                                                       \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    while (!(condition))                                                                                               \
      g_main_context_iteration (NULL, TRUE);                                                                           \
  }                                                                                                                    \
  G_STMT_END
