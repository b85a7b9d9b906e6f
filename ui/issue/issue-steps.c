/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened to an issue, as a list of cards. */

#include "ui/issue/issue-steps.h"

#include <glib/gi18n-lib.h>

#include "ui/issue/issue-chip.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/answers.h"

static GtkWidget *
new_step (int state, const char *who, gint64 at_us, const char *note, gboolean flagged)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *chip = ym_issue_chip_new ();
  g_autofree char *at = ym_instant_say (at_us);
  g_autofree char *text = g_strdup_printf ("%s, %s", who != NULL ? who : "?", at);

  ym_issue_chip_set (YM_ISSUE_CHIP (chip), state);
  gtk_box_append (GTK_BOX (card), chip);
  if (flagged)
    gtk_box_append (GTK_BOX (card),
                    ym_paragraph_new (_ ("This step could not follow the one before it, and changed nothing. Read both."),
                                      "past-due"));
  if (note != NULL)
    gtk_box_append (GTK_BOX (card), ym_paragraph_new (note, NULL));
  gtk_box_append (GTK_BOX (card), ym_paragraph_new (text, "quiet"));
  gtk_widget_add_css_class (card, "issue-card");
  return card;
}

GtkWidget *
ym_issue_steps_new (const YmIssue *issue, const char *opened_by, GPtrArray *authors)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  guint n = issue->updates->len;
  g_autofree int *states = g_new (int, n + 1);
  g_autofree gboolean *flagged = g_new0 (gboolean, n + 1);

  for (guint i = 0; i < n; i++)
    states[i] = (int) ym_record_get_integer (g_ptr_array_index (issue->updates, i), YM_ISSUE_UPDATE_STATE, 0);
  ym_issue_state_of_updates (states, n, flagged);
  gtk_box_append (GTK_BOX (list), new_step (YM_ISSUE_OPEN, opened_by,
                                            ym_record_get_integer (issue->issue, YM_ISSUE_OPENED_AT, 0), NULL, FALSE));
  for (guint i = 0; i < n; i++)
    {
      const YmRecord *update = g_ptr_array_index (issue->updates, i);

      gtk_box_append (GTK_BOX (list),
                      new_step (states[i], g_ptr_array_index (authors, i),
                                ym_record_get_integer (update, YM_ISSUE_UPDATE_AT, 0),
                                ym_record_get_text (update, YM_ISSUE_UPDATE_NOTE), flagged[i]));
    }
  return list;
}
