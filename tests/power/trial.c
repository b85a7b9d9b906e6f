/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One step of the day with something going wrong in it. Each trial is a fork of the process that stands before the
 * step, so that thousands of them need one day alone. */

#include "tests/power/trial.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/error.h"
#include "tests/power/medium.h"
#include "tests/power/memory.h"
#include "tests/power/recovery.h"

/* What a power cut leaves: nothing that was not synced, all, and twice something between. */
static const guint64 cut_seeds[] = { 0, 1, 2, 3 };

typedef struct {
  const TrialStep *step;
  const TrialFault *fault;
  Day *day;
  Tablet *tablet;
  gboolean acknowledged;
  guint followed; /* by the medium, of the log */
} Trial;

static gboolean
complain (GError **error, const char *what)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED, what);
  return FALSE;
}

/* Something that can be shown to an officer: whole, and in words. */
static gboolean
is_sentence (const GError *error)
{
  return error != NULL && error->domain == YM_ERROR && strlen (error->message) > 15 && strchr (error->message, ' ') != NULL
         && g_str_has_suffix (error->message, ".");
}

static void
break_it (const TrialFault *fault, Disk *disk)
{
  if (fault->disk == DISK_FAULT_NONE)
    memory_fail (fault->nth, fault->from_then_on);
  else
    disk_fail (disk, fault->disk, fault->nth, fault->from_then_on);
}

static gboolean
was_met (const TrialFault *fault, Disk *disk)
{
  return fault->disk == DISK_FAULT_NONE ? memory_has_failed () : disk_has_failed (disk);
}

static void
repair (Disk *disk)
{
  memory_fail (0, FALSE);
  disk_fail (disk, DISK_FAULT_NONE, 0, FALSE);
}

static void
follow_log (Trial *trial)
{
  GPtrArray *log = disk_get_log (trial->tablet->disk);

  for (; trial->followed < log->len; trial->followed++)
    medium_apply (trial->step->medium, g_ptr_array_index (log, trial->followed));
}

/* As if the power went now: what was acknowledged is there, what was not is there whole or not at all. */
static gboolean
cut_now (Trial *trial, GError **error)
{
  const Cut cut = { .at = disk_get_log (trial->tablet->disk)->len };

  follow_log (trial);
  for (guint i = 0; i < G_N_ELEMENTS (cut_seeds); i++)
    {
      g_autoptr (Disk) image = medium_cut (trial->step->medium, cut_seeds[i]);

      if (!recovery_check (trial->day, image, &cut, RECOVERY_GO_ON, error))
        {
          g_prefix_error (error, "after a cut that left %u: ", (guint) cut_seeds[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/* Unlocks anew what is unlocked, or was to be. The new passphrase may be in force though nobody said so. */
static gboolean
reopen (Trial *trial, GError **error)
{
  tablet_close (trial->tablet);
  if (trial->step->index == 0 && !ym_store_exists (TABLET_DIRECTORY, &trial->tablet->options))
    return tablet_create (trial->tablet, trial->day->passphrase, error);
  if (tablet_open (trial->tablet, trial->day->passphrase, NULL))
    return TRUE;
  trial->day->passphrase = trial->step->after->passphrase;
  return tablet_open (trial->tablet, trial->day->passphrase, error);
}

/* What the open store shows is what would be found if the power went. */
static gboolean
is_durable (Trial *trial, GError **error)
{
  g_autoptr (Disk) image = NULL;
  Tablet found;
  YmHash live, durable;
  gboolean good;

  if (!tablet_state (trial->tablet, &live, error))
    return FALSE;
  follow_log (trial);
  image = medium_cut (trial->step->medium, 0);
  tablet_init (&found, image, 9, trial->tablet->wall_us);
  found.is_bare = TRUE;
  good = (tablet_open (&found, trial->day->passphrase, NULL)
          || tablet_open (&found, trial->step->after->passphrase, error))
         && tablet_state (&found, &durable, error);
  tablet_switch_off (&found);
  return good && (ym_hash_equal (&live, &durable) || complain (error, "shown as saved, and gone after a power cut"));
}

/* The step once more, and a further save, now that nothing is wrong. */
static gboolean
go_on (Trial *trial, GError **error)
{
  guint marks = trial->day->marks->len;

  if (!trial->acknowledged)
    {
      if (!day_step (trial->day, trial->step->index, error))
        return FALSE;
      g_ptr_array_set_size (trial->day->marks, (int) marks);
    }
  if (!tablet_is_open (trial->tablet) && !reopen (trial, error))
    return FALSE;
  return day_facts_hold (trial->tablet, trial->day->facts, error)
         && day_go_on (trial->tablet, &trial->day->force.home_1, error) && is_durable (trial, error);
}

/* A store that says it must be unlocked anew may; no other refusal is right when all is well again. */
static gboolean
go_on_or_refuse (Trial *trial, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  if (go_on (trial, &refusal) || is_sentence (refusal))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* What a full disk holds can be read all the same: as it was, or with the whole step. */
static gboolean
reads_on (Trial *trial, GError **error)
{
  GPtrArray *marks = trial->day->marks;
  YmHash state;

  if (trial->fault->disk != DISK_FAULT_FULL || !tablet_is_open (trial->tablet) || trial->step->index == 0)
    return TRUE;
  if (!tablet_state (trial->tablet, &state, error) || !tablet_recount (trial->tablet, error))
    return FALSE;
  for (guint i = 0; i < 2; i++)
    if (ym_hash_equal (&state, &((DayMark *) g_ptr_array_index (marks, marks->len - 1 - i))->state))
      return TRUE;
  return complain (error, "on a full disk something else is read");
}

static gboolean
holds (Trial *trial, GError **error)
{
  if (!reads_on (trial, error))
    return FALSE;
  repair (trial->tablet->disk);
  if (!cut_now (trial, error))
    return FALSE;
  if (tablet_is_open (trial->tablet) && !go_on_or_refuse (trial, error))
    return FALSE;
  return reopen (trial, error) && tablet_recount (trial->tablet, error) && go_on (trial, error);
}

/* Puts the mark that recovery compares with in its place. */
static void
mark_step (Trial *trial, guint begun)
{
  GPtrArray *marks = trial->day->marks;
  DayMark *mark = g_memdup2 (trial->step->after, sizeof *mark);

  mark->begun = begun;
  mark->acknowledged = trial->acknowledged ? disk_get_log (trial->tablet->disk)->len : G_MAXUINT;
  mark->facts = g_ptr_array_copy (trial->day->facts, NULL, NULL);
  g_ptr_array_set_size (marks, (int) trial->step->index);
  g_ptr_array_add (marks, mark);
}

static TrialResult
try (const TrialStep *step, const TrialFault *fault)
{
  Trial trial = { .step = step, .fault = fault, .day = step->day, .tablet = &step->day->tablet };
  Disk *disk = trial.tablet->disk;
  g_autoptr (GError) error = NULL;
  guint begun = disk_get_log (disk)->len;

  trial.followed = begun;
  break_it (fault, disk);
  trial.acknowledged = day_step (step->day, step->index, &error);
  if (!was_met (fault, disk))
    return TRIAL_NOT_MET;
  mark_step (&trial, begun);
  if (!trial.acknowledged && !is_sentence (error))
    {
      g_prefix_error (&error, "no sentence: ");
      repair (disk);
    }
  else
    {
      g_clear_error (&error);
      if (holds (&trial, &error))
        return TRIAL_GOOD;
    }
  g_printerr ("# in step %u, \"%s\", fault %d at %u %s: %s\n", step->index, step->after->name, (int) fault->disk, fault->nth,
              fault->from_then_on ? "and from then on" : "once", error == NULL ? "no error" : error->message);
  return TRIAL_WANTING;
}

TrialResult
trial_run (const TrialStep *step, const TrialFault *fault)
{
  pid_t child = fork ();
  int status;

  g_assert (child >= 0);
  if (child == 0)
    _exit (try (step, fault));
  g_assert (waitpid (child, &status, 0) == child);
  if (WIFEXITED (status) && WEXITSTATUS (status) <= TRIAL_NOT_MET)
    return (TrialResult) WEXITSTATUS (status);
  g_printerr ("# in step %u, \"%s\", fault %d at %u %s: the program died\n", step->index, step->after->name, (int) fault->disk, fault->nth,
              fault->from_then_on ? "and from then on" : "once");
  return TRIAL_WANTING;
}

/* What the step leaves; the strings in it are constants, and so the same here and there. */
static gboolean
learn (const TrialStep *step, DayMark *mark)
{
  g_autoptr (GError) error = NULL;
  const DayMark *done;

  test_succeeds (day_step (step->day, step->index, &error), error);
  done = g_ptr_array_index (step->day->marks, step->index);
  test_succeeds (day_mark_state (step->day, step->index, &error), error);
  *mark = *done; /* but for the facts, which are the child's */
  return TRUE;
}

void
trial_learn (const TrialStep *step)
{
  int ends[2];
  pid_t child;

  g_assert (pipe (ends) == 0);
  child = fork ();
  g_assert (child >= 0);
  if (child == 0)
    _exit (learn (step, step->after) && write (ends[1], step->after, sizeof *step->after) > 0 ? 0 : 1);
  close (ends[1]); /* so that a child that dies is not waited for */
  g_assert (read (ends[0], step->after, sizeof *step->after) == sizeof *step->after);
  g_assert (waitpid (child, NULL, 0) == child);
  close (ends[0]);
}
