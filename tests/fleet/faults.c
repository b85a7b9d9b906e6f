/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Faults on purpose, each with a seed that finds it. A fleet that finds none of them would be broken. */

#include "tests/fleet/faults.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* A simulation that does not end is found wanting too. */
#define PATIENCE_S 120

static const Fault faults[] = {
  { "accuse", 151, 6, "who may not see a stream any more gives evidence against the server" },
  { "ack-early", 11, 6, "the server answers though its commit failed" },
  { "answer-signature", 3, 6, "a device does not look at the server's signature" },
  { "answer-to", 3, 6, "a device takes an answer to another request" },
  { "authority", 3, 6, "everybody may write everything" },
  { "backfill-none", 3, 6, "a home that is new to a device comes without its past" },
  { "class", 21, 6, "a child's record may say that it is an ordinary one" },
  { "counter", 4, 6, "the server answers a request that is played back" },
  { "cursor-far", 1, 6, "a device notes that it has one more than it has" },
  { "dedupe", 1, 6, "what is here already is not known again" },
  { "digest", 2, 6, "the digest of a store forgets that an envelope got its place" },
  { "disguise", 21, 6, "what was refused for its class goes to all who see the class that it claims" },
  { "fixed", 83, 6, "what was signed off can be written again" },
  { "go-back", 15, 6, "a device believes that the ledger has become shorter" },
  { "half-group", 18, 6, "each envelope of a save is a commit of its own" },
  { "head-early", 5, 6, "the head is sealed before the commit" },
  { "impostor", 31, 6, "the server does not look at who signed a request" },
  { "late", 3, 6, "late is not said of what is late" },
  { "name", 58, 6, "an officer may write in another's name" },
  { "no-fsync", 1, 6, "a commit does not wait for the disk" },
  { "no-head", 11, 6, "a commit leaves the head as it was" },
  { "order-lost", 2, 6, "a server does not look whether the order has what it handed over" },
  { "past", 29, 6, "an envelope may name any other as the one before it" },
  { "place-revocation", 67, 6, "a revocation that came early sets aside what was before it" },
  { "pull-past", 57, 6, "what does not fit into an answer is passed over" },
  { "receipt-good", 3, 6, "a receipt says accepted of what was refused" },
  { "receipt-signature", 3, 6, "a device does not look at who signed a receipt" },
  { "refold", 30, 6, "a record is not folded anew when an envelope gets its place" },
  { "refused-counts", 11, 6, "what was refused is folded" },
  { "revoked", 16, 6, "a revocation changes nothing" },
  { "see-all", 1, 6, "what is about a child goes to everybody" },
  { "signature", 3, 6, "no signature is looked at" },
  { "unreceipted", 19, 6, "a device takes an answer without the receipts for what it sent" },
  { "values", 6, 6, "a field that must be there may be missing" },
  { "whole", 18, 6, "a part passes for a whole group" },
};

const Fault *
faults_get (guint *n_faults)
{
  *n_faults = G_N_ELEMENTS (faults);
  return faults;
}

/* What the child has come to, readable also when it breaks. */
typedef struct {
  guint64 seed;
  char what[200];
} Progress;

static gboolean
is_found_by (const Fault *fault, guint64 seed, Progress *progress)
{
  const FleetPlan plan = { .seed = seed, .most_devices = fault->devices };
  g_auto (FleetResult) result = { NULL };

  progress->seed = seed;
  g_strlcpy (progress->what, "the program breaks", sizeof progress->what);
  (void) alarm (PATIENCE_S);
  fleet_run (&plan, &result);
  (void) alarm (0);
  if (result.failure != NULL)
    g_strlcpy (progress->what, g_strstrip (result.failure), sizeof progress->what);
  return result.failure != NULL;
}

static void
seek (const Fault *fault, guint64 from, guint n_seeds, Progress *progress)
{
  g_setenv ("YM_PLANTED", fault->name, TRUE);
  for (guint i = 0; i < n_seeds; i++)
    if (is_found_by (fault, from + i, progress))
      _exit (1);
  _exit (0);
}

guint64
faults_seek (const Fault *fault, guint64 from, guint n_seeds, char **found)
{
  Progress *progress
      = mmap (NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  guint64 seed = 0;
  pid_t child;
  int status;

  g_assert_true (progress != MAP_FAILED);
  fleet_prepare (fault->devices);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    seek (fault, from, n_seeds, progress);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    {
      seed = progress->seed;
      *found = g_strdup (progress->what);
    }
  g_assert_cmpint (munmap (progress, sizeof *progress), ==, 0);
  return seed;
}
