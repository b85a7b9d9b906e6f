/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"

/*
 * A small force for tests: a root key, an administrator, the officers 2000 (supervisor of West), 2001 and 2002
 * (named officers) and 2003 (deputy), the homes W1 (West, 2001 and 2003) and W2 (East, 2002). Every key
 * and every "random" byte follows from a seed.
 */

/* A call that must succeed, or the test says with what error it did not. */
#define test_succeeds(call, error)                                                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    gboolean succeeded_ = (call);                                                                                      \
    g_assert_no_error (error);                                                                                         \
    g_assert_true (succeeded_);                                                                                        \
  }                                                                                                                    \
  G_STMT_END

typedef struct {
  guint64 seed;
  gint64 wall_us;
} TestWorld;

typedef struct {
  guint8 public_key[32];
  guint8 secret_key[64];
  YmAuthor author;
  YmId officer; /* zero for root and administrator */
} TestDevice;

enum { TEST_ROOT, TEST_ADMINISTRATOR, TEST_2000, TEST_2001, TEST_2002, TEST_2003, TEST_N_DEVICES };

typedef struct {
  TestWorld world;
  YmRandom random;
  YmClock clock;
  TestDevice devices[TEST_N_DEVICES];
  YmId force;
  YmId home_1, home_2;
  YmId epoch;
} TestForce;

void test_force_init (TestForce *force);

/* A journal in memory that trusts the force and is the given device's; close with test_journal_close(). */
YmJournal *test_journal_open (TestForce *force, int device);
void test_journal_close (YmJournal *journal);

/* Writes identity and reference data, as root and administrator, and places them from 1 on. */
void test_force_found (TestForce *force, YmJournal *journal);

/* One committed save by a device. */
void test_write (YmJournal *journal, const TestDevice *device, const char *intent, const YmRecord *before,
                 const YmRecord *after);

/* A new record of a home with the officer's own name where the form asks for it. */
YmRecord *test_record (TestForce *force, int device, guint type, const YmId *home);

/* A whole visit, ready to be signed off. */
YmRecord *test_visit (TestForce *force, int device, const YmId *home);

/* Places what is pending in @from from @number on, and takes everything placed after @after into @to. */
guint64 test_place_pending (TestForce *force, YmJournal *from, guint64 number);
void test_copy (TestForce *force, YmJournal *from, YmJournal *to, guint64 after);

/* Every row of every form, as text, ordered by key: what must be the same on every replica. */
char *test_export (YmJournal *journal);

gint64 test_count (YmJournal *journal, const char *sql);
