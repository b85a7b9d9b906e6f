/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/power/day.h"
#include "tests/power/medium.h"

G_BEGIN_DECLS

/**
 * TrialFault:
 * @disk: what goes wrong on the disk; %DISK_FAULT_NONE: SQLite's memory runs out instead
 * @nth: at the how-manieth operation of the step that can go wrong so, from 1 on
 * @from_then_on: also at all later ones
 */
typedef struct {
  DiskFault disk;
  guint nth;
  gboolean from_then_on;
} TrialFault;

/**
 * TrialStep:
 * @day: stands before the step; its tablet is bare, and its log is recorded
 * @index: number of the step
 * @after: the mark that the step leaves when nothing goes wrong; begin with that of the step before
 * @medium: has followed the log up to here
 *
 * A step of the day that things go wrong in.
 */
typedef struct {
  Day *day;
  guint index;
  DayMark *after;
  Medium *medium;
} TrialStep;

/** TrialResult: What came of it, as the exit status of the process that tried. */
typedef enum {
  TRIAL_GOOD,
  TRIAL_WANTING,
  TRIAL_NOT_MET, /* the step ended before the fault's turn */
} TrialResult;

/**
 * trial_run:
 *
 * Tries the step with the fault, in a process of its own that leaves no trace here, and prints what is wrong.
 */
TrialResult trial_run (const TrialStep *step, const TrialFault *fault);

/** trial_learn: Fills in @after's state, head and passphrase by a trial without a fault. */
void trial_learn (const TrialStep *step);

G_END_DECLS
