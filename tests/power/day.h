/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/journal/force.h"
#include "tests/power/tablet.h"

G_BEGIN_DECLS

/**
 * DayMark:
 * @name: of the step
 * @begun: how long the disk's log was when the step began
 * @acknowledged: how long when the officer saw that it was done
 * @state: what the store holds since, if it has tables
 * @head_counter: how often the head had been sealed
 * @passphrase: what opens it since
 * @facts: (element-type DayFact): what was acknowledged so far and still stands
 * @asked: a request to the force's recovery key waits for its answer
 *
 * One step of the day, each of which makes one durable change or none.
 */
typedef struct {
  const char *name;
  guint begun;
  guint acknowledged;
  YmHash state;
  guint64 head_counter;
  const char *passphrase;
  GPtrArray *facts;
  gboolean asked;
} DayMark;

/**
 * DayFact:
 * @record: as the officer saw it acknowledged
 * @saved_at_us: of a draft: when; 0 for a signed record
 * @rows: of a draft: how many rows it had
 */
typedef struct {
  YmRecord *record;
  gint64 saved_at_us;
  guint rows;
} DayFact;

/**
 * Day:
 * @marks: (element-type DayMark): the steps that were done
 *
 * A scripted officer's day: enrolment, drafts, sign-off, issues, what comes from and goes to the server, a change of
 * passphrase and of keys, a forgotten passphrase, an update of the program, locking and unlocking. It runs on a bare Tablet
 * against a server that never fails, and one day is like the other to the byte.
 */
typedef struct {
  TestForce force;
  YmJournal *server;
  guint64 next_position;
  Tablet tablet;
  const char *passphrase;
  gboolean asked;
  YmSecret *recovery_secret;
  guint8 recovery_key[YM_STORE_PUBLIC_KEY_BYTES];
  GPtrArray *facts;
  GPtrArray *every_fact;
  GPtrArray *marks;
  GHashTable *known; /* recovery's */
  YmId visit, second_visit, issue, refused_visit;
  YmRecord *contact;
} Day;

Day *day_new (Disk *disk);
void day_free (Day *day);

/** day_n_steps: How many steps there are. */
guint day_n_steps (void);

/**
 * day_step:
 *
 * Does step number @index and marks it. FALSE with @error if it was not acknowledged; then the tablet may be closed
 * and the same step tried again.
 */
gboolean day_step (Day *day, guint index, GError **error);

/** day_mark_state: Fills in the state and the head of the mark that step @index left just now; of a locked store, what is found
 * in a copy of it. */
gboolean day_mark_state (Day *day, guint index, GError **error);

/** day_run: All steps; asserts that each is acknowledged and that all facts hold after it. */
void day_run (Day *day);

/** day_mark: (transfer none) (nullable): the last step acknowledged when the log was @length long. */
const DayMark *day_mark (Day *day, guint length);

/** day_next_mark: (transfer none) (nullable): the step that was under way then. */
const DayMark *day_next_mark (Day *day, guint length);

/** day_facts_hold: Whether all of @facts are in the open store as they were acknowledged; else @error says which is not. */
gboolean day_facts_hold (Tablet *tablet, GPtrArray *facts, GError **error);

/** day_go_on: A further save, and that it can be read back: work goes on. Without a store for an officer, a draft. */
gboolean day_go_on (Tablet *tablet, const YmId *home, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Day, day_free)

G_END_DECLS
