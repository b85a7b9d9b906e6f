/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Searching everything that is on this device. */

#include "ui/ctl/command.h"

#include <glib/gi18n-lib.h>

#include "app/journal/search-index.h"
#include "app/notebook/search.h"

#define MOST_HITS 50

/* Here nobody types while the rest of the index is made, so it is waited for. */
static gboolean
complete_index (YmDesk *desk, GError **error)
{
  gboolean complete = FALSE;

  while (!complete)
    {
      gboolean more;

      if (!ym_search_index_is_complete (desk->db, &complete, error)
          || (!complete && !ym_search_index_tend (desk->db, &more, error)))
        return FALSE;
    }
  return TRUE;
}

/* The words as they stand in the record, which need not be as they were typed. */
static char *
found_words (const YmSearchText *text)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; text->marks != NULL && i < text->marks->len; i++)
    {
      const YmSearchMark *mark = &g_array_index (text->marks, YmSearchMark, i);

      g_string_append_printf (all, "%s%.*s", i == 0 ? "" : " ", (int) (mark->end - mark->start), text->text + mark->start);
    }
  return g_string_free (all, FALSE);
}

static void
out_hit (YmOut *out, const YmSearchHit *hit)
{
  const YmForm *form = ym_form (hit->form);
  g_autofree char *found = found_words (hit->snippet.text != NULL ? &hit->snippet : &hit->title);

  ym_out_begin_item (out);
  ym_out_id (out, "id", _ ("Id"), &hit->id);
  ym_out_code (out, "kind", _ ("What"), form->name, ym_label (form->label));
  ym_out_text (out, "open_kind", NULL, ym_form (hit->open_form)->name);
  ym_out_id (out, "open_id", NULL, &hit->open_id);
  ym_out_text (out, "home", _ ("Home"), hit->home_name);
  ym_out_instant (out, "at", _ ("When"), hit->at_us == YM_INSTANT_NONE ? 0 : hit->at_us);
  ym_out_text (out, "title", _ ("About"), hit->title.text);
  ym_out_text (out, "snippet", _ ("Found in"), hit->snippet.text);
  ym_out_text (out, "found", NULL, found);
  ym_out_boolean (out, "asks_why", NULL, hit->asks_why);
  ym_out_end_item (out);
}

static gboolean
search (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmSearchResult) result = NULL;
  g_autoptr (GString) words = g_string_new (call->arguments[0]);

  for (guint i = 1; i < call->n_arguments; i++)
    g_string_append_printf (words, " %s", call->arguments[i]);
  if (!complete_index (desk, error))
    return FALSE;
  result = ym_search (desk, words->str, MOST_HITS, error);
  if (result == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "hits", NULL, YM_OUT_TABLE);
  for (guint i = 0; i < result->hits->len; i++)
    out_hit (call->out, g_ptr_array_index (result->hits, i));
  ym_out_end_list (call->out);
  ym_out_boolean (call->out, "more", NULL, result->more);
  if (result->hits->len == 0)
    ym_out_say (call->out, _ ("Nothing on this device has these words."));
  if (result->more)
    ym_out_say (call->out, _ ("There is more; another word narrows it down."));
  return TRUE;
}

const YmCtlCommand ym_ctl_search_commands[] = {
  { .name = "search",
    .arguments = "WORDS...",
    .summary = N_ ("Find everything on this device that has these words, the last as far as it is typed"),
    .least = 1,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = search },
  { NULL },
};
