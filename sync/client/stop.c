/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What to do when the server took nothing from some group on: send again what it lacks, or say who has to help. */

#include "sync/client/stop.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"

static const struct {
  guint code;
  YmError error;
  const char *message;
} helps[] = {
  { YM_STOP_MALFORMED, YM_ERROR_MALFORMED,
    N_ ("The server can't read a record of this device. Everything is kept here; tell your administrator.") },
  { YM_STOP_SIGNATURE, YM_ERROR_SIGNATURE,
    N_ ("The server does not accept this device's signature. Everything is kept here; tell your administrator.") },
  { YM_STOP_GAP, YM_ERROR_DAMAGED,
    N_ ("The server lacks earlier records of this device that are not here either. Everything is kept here; tell your "
        "administrator.") },
  { YM_STOP_NEWER, YM_ERROR_NEWER,
    N_ ("This app is newer than the server. Everything is kept here until the server is updated.") },
  { YM_STOP_FORK, YM_ERROR_DAMAGED,
    N_ ("The server has other records under the numbers of this device's: there may be a copy of it. Everything is kept "
        "here; tell your administrator.") },
  { YM_STOP_SUSPENDED, YM_ERROR_AUTHORITY,
    N_ ("Two copies of this device are writing, so the server takes nothing from either. Everything is kept here; tell "
        "your administrator.") },
  { YM_STOP_WITHHELD, YM_ERROR_DAMAGED,
    N_ ("A record of this device has lost its contents. What is left is kept here; tell your administrator.") },
};

static void
block (guint code, GError **blocked)
{
  if (*blocked != NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (helps); i++)
    if (helps[i].code == code)
      {
        g_set_error_literal (blocked, YM_ERROR, helps[i].error, _ (helps[i].message));
        return;
      }
  g_set_error_literal (blocked, YM_ERROR, YM_ERROR_NEWER,
                       _ ("The server does not take the records of this device for a reason that this version does not "
                          "know. Everything is kept here; update the app."));
}

/* Whose chain the stopped group is of. */
static gboolean
read_author (const YmStop *stop, GPtrArray *groups, YmEnvelope *header)
{
  GPtrArray *group = stop->group < groups->len ? g_ptr_array_index (groups, stop->group) : NULL;
  const YmParcel *first = group == NULL ? NULL : g_ptr_array_index (group, 0);

  return first != NULL && ym_envelope_decode (first->envelope, header, NULL);
}

void
ym_stop_answer (const YmStop *stop, GPtrArray *groups, YmOutboxAgain *again, GError **blocked)
{
  /* A server that has nothing of the chain expects it from its beginning. */
  guint64 expected = stop->has_expected ? stop->expected.sequence : 0;
  YmEnvelope header;
  gboolean can_mend = stop->code == YM_STOP_GAP && read_author (stop, groups, &header)
                      && (!stop->has_expected || ym_id_equal (&stop->expected.chain, &header.chain))
                      && expected + 1 < header.sequence;
  gboolean tried
      = can_mend && again->active && ym_id_equal (&again->chain, &header.chain) && expected <= again->after;

  if (can_mend && !tried)
    *again = (YmOutboxAgain){ TRUE, header.author, header.chain, expected };
  else
    {
      *again = (YmOutboxAgain){ .active = FALSE };
      block (stop->code, blocked);
    }
}
