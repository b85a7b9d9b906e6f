/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How syncing is told: honestly, and in the officer's words. */

#include "ui/sync/sync-words.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "ui/visit/answer-text.h"

static const struct {
  const char *icon;
  const char *word;
} states[] = {
  [YM_SYNC_STATE_HERE] = { "waiting-symbolic", N_ ("On this device") },
  [YM_SYNC_STATE_SENT] = { "sent-symbolic", N_ ("Sent") },
  [YM_SYNC_STATE_RECEIPTED] = { "receipted-symbolic", N_ ("Receipted") },
  [YM_SYNC_STATE_REFUSED] = { "refused-symbolic", N_ ("Refused") },
};

const char *
ym_sync_state_word (YmSyncState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), "");
  return _ (states[state].word);
}

const char *
ym_sync_state_icon (YmSyncState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), "");
  return states[state].icon;
}

static guint
count_waiting (const YmSyncOverview *overview)
{
  return overview->here + overview->sent;
}

char *
ym_sync_status_text (const YmSyncOverview *overview, gboolean syncing)
{
  guint waiting = count_waiting (overview);

  if (syncing && waiting > 0)
    return g_strdup_printf (ngettext ("Syncing: %u on its way", "Syncing: %u on their way", waiting), waiting);
  if (syncing)
    return g_strdup (_ ("Syncing"));
  if (waiting > 0)
    return g_strdup_printf (ngettext ("%u waiting to sync", "%u waiting to sync", waiting), waiting);
  if (overview->succeeded_at_us == 0)
    return g_strdup (_ ("Not synced yet"));
  return g_strdup (_ ("Everything is synced"));
}

const char *
ym_sync_status_icon (const YmSyncOverview *overview, gboolean syncing)
{
  if (syncing)
    return "sync-symbolic";
  return count_waiting (overview) > 0 || overview->succeeded_at_us == 0 ? "waiting-symbolic" : "receipted-symbolic";
}

char *
ym_sync_last_text (const YmSyncOverview *overview)
{
  g_autofree char *at = NULL;

  if (overview->succeeded_at_us == 0)
    return g_strdup (_ ("This device has not reached the server yet. What you write is safe here, and goes there by itself."));
  at = ym_instant_say (overview->succeeded_at_us);
  return g_strdup_printf (_ ("Last synced: %s"), at);
}

char *
ym_sync_trouble_text (const YmSyncOverview *overview, guint n_refused)
{
  if (n_refused > 0)
    return g_strdup_printf (ngettext ("%u draft came back from the server with a question for you.",
                                      "%u drafts came back from the server with a question for you.", n_refused),
                            n_refused);
  if (overview->error != NULL && overview->error_code != YM_ERROR_NETWORK)
    return g_strdup (overview->error);
  return NULL;
}

static const struct {
  const char *intent;
  const char *word;
} intents[] = {
  { "visit.sign-off", N_ ("Visit signed off") },
  { "visit.addendum", N_ ("Addendum written") },
  { "issue.open", N_ ("Issue opened") },
  { "issue.step", N_ ("Step of an issue") },
  { "action.save", N_ ("Action saved") },
  { "contact.save", N_ ("Contact recorded") },
  { "issue.edit", N_ ("Issue changed") },
  { "issue.action", N_ ("Action saved") },
  { "home.facts", N_ ("Facts about the home noted") },
};

const char *
ym_sync_intent_word (const char *intent)
{
  for (guint i = 0; i < G_N_ELEMENTS (intents); i++)
    if (g_str_equal (intents[i].intent, intent))
      return _ (intents[i].word);
  return _ ("Record saved");
}
