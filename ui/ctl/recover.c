/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recovery of a damaged store: what was saved, what is missing, and where the damaged one is kept. */

#include "ui/ctl/recover.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/base/prompt.h"
#include "sync/client/recover.h"

/* Who the author is, by name where it is known. */
static char *
name_author (YmDesk *desk, const YmId *device, GError **error)
{
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (
      desk->db, error, "SELECT o.name FROM device d JOIN officer o ON o.id = d.officer WHERE d.id = ?", "d", device);

  if (row != NULL && ym_sql_step (row, error) == YM_SQL_ROW)
    return g_strdup (ym_sql_column_text (row, 0));
  return NULL;
}

/* What is printed about gaps needs the new store, for the names. */
typedef struct {
  YmOut *out;
  const YmRecovery *recovery;
} Printing;

static gpointer
print_gaps (YmDesk *desk, gpointer data, GError **error)
{
  const Printing *printing = data;
  GArray *gaps = printing->recovery->journal.gaps;
  YmOut *out = printing->out;

  ym_out_begin_list (out, "missing", gaps->len > 0 ? _ ("Missing, by author and number:") : NULL, YM_OUT_TABLE);
  for (guint i = 0; i < gaps->len; i++)
    {
      const YmJournalGap *gap = &g_array_index (gaps, YmJournalGap, i);
      g_autofree char *name = name_author (desk, &gap->author, NULL);

      ym_out_begin_item (out);
      ym_out_text (out, "author", _ ("Author"), name);
      ym_out_id (out, "device", _ ("Device"), &gap->author);
      ym_out_id (out, "chain", _ ("Chain"), &gap->chain);
      ym_out_integer (out, "first", _ ("From"), (gint64) gap->first);
      ym_out_integer (out, "last", _ ("To"), (gint64) gap->last);
      ym_out_boolean (out, "own", NULL, ym_id_equal (&gap->author, &desk->author.device));
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
  return data;
}

static void
print_counts (YmOut *out, const YmRecovery *recovery)
{
  const YmJournalSalvage *journal = &recovery->journal;
  guint64 gone = journal->entries > journal->found ? journal->entries - journal->found : 0;

  ym_out_integer (out, "pages", _ ("Readable pages"), (gint64) recovery->counts.pages);
  ym_out_integer (out, "damaged_pages", _ ("Damaged pages"), (gint64) recovery->counts.damaged);
  ym_out_integer (out, "envelopes", _ ("Signed envelopes saved"), (gint64) journal->taken);
  ym_out_integer (out, "own", _ ("Of these your own"), (gint64) journal->own_taken);
  ym_out_integer (out, "waiting_to_sync", _ ("Of these still to be sent"), (gint64) journal->own_pending);
  ym_out_integer (out, "unverified", _ ("Not verified until the next sync"), (gint64) journal->waiting);
  ym_out_integer (out, "missing_envelopes", _ ("Envelopes missing"), (gint64) gone);
  ym_out_integer (out, "drafts", _ ("Drafts saved"), recovery->drafts);
  ym_out_integer (out, "receipts", _ ("Receipts saved"), recovery->receipts);
  ym_out_boolean (out, "head_read", NULL, journal->head_read);
  ym_out_boolean (out, "enrolled", NULL, recovery->enrolled);
  ym_out_text (out, "damaged_store", _ ("The damaged store is kept in"), recovery->aside);
}

static void
say_what_next (YmOut *out, const YmRecovery *recovery)
{
  if (!recovery->journal.head_read)
    ym_out_say (out, _ ("The store's record of its last entry could not be read, so what was written last may be missing "
                        "without being named here."));
  if (recovery->enrolled)
    ym_out_say (out, _ ("Sync now: what the server has of the missing records comes back, and what still waits is sent."));
  else
    ym_out_say (out, _ ("The store does not know its server any more. Enrol this device again, with “ymweldctl enrol”; "
                        "what was saved is waiting for that."));
}

gboolean
ym_ctl_recover (YmCtlCall *call, GError **error)
{
  YmCtlSession *session = call->session;
  g_autoptr (YmSecret) passphrase = ym_prompt_passphrase (session->passphrase_file, _ ("Passphrase"), error);
  g_auto (YmRecovery) recovery = { .aside = NULL };
  Printing printing = { call->out, &recovery };

  if (passphrase == NULL)
    return FALSE;
  if (session->notebook != NULL)
    ym_ctl_session_close (session);
  if (!ym_recover (session->directory, passphrase, &session->options, &recovery, error))
    return FALSE;
  print_counts (call->out, &recovery);
  session->notebook = ym_notebook_open (session->directory, passphrase, &session->options, error);
  if (session->notebook == NULL
      || ym_notebook_run (session->notebook, YM_LANE_READ, print_gaps, &printing, error) == NULL)
    return FALSE;
  say_what_next (call->out, &recovery);
  return TRUE;
}
