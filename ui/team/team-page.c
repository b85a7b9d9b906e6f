/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The supervisor's page:
 *
 *   As of your last sync, today at 10:02
 *   arrests to review | issues past due | joint inspections | concerns past their review       what should not wait
 *   homes, by officer | officers | visits in time, by half of the month                        how it stands
 */

#include "ui/team/team-page.h"

#include <glib/gi18n-lib.h>

#include "ui/desk/place.h"
#include "ui/team/team-words.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/answers.h"
#include "ui/widgets/page.h"

#define N_CARDS 7

struct _YmTeamPage
{
  YmSheet parent_instance;

  YmTeam *team; /* (nullable): until it is read */
  GtkLabel *as_of;
  GtkWidget *nothing;
  GtkWidget *cards[N_CARDS];
};

G_DEFINE_FINAL_TYPE (YmTeamPage, ym_team_page, YM_TYPE_SHEET)

static gpointer
read_team (YmDesk *desk, gpointer data, GError **error)
{
  return ym_team_read (desk, error);
}

static void
free_team (gpointer team)
{
  ym_team_free (team);
}

static YmEntries *
arrest_entries (const YmTeam *team)
{
  return ym_arrest_entries (team->arrests, team);
}

static void
open_arrest (YmTeamPage *self, guint index)
{
  const YmArrest *arrest = g_ptr_array_index (self->team->arrests, index);

  if (arrest->review != NULL)
    ym_place_open (GTK_WIDGET (self), YM_PLACE_ARREST, &arrest->home, &arrest->review->id);
  else
    ym_place_open (GTK_WIDGET (self), YM_PLACE_ARRESTS, &arrest->home, NULL);
}

static void
open_issue (YmTeamPage *self, guint index)
{
  const YmIssue *issue = g_ptr_array_index (self->team->issues, index);

  ym_place_open (GTK_WIDGET (self), YM_PLACE_ISSUE, &issue->issue->scope, &issue->issue->id);
}

static void
open_inspection (YmTeamPage *self, guint index)
{
  const YmInspection *inspection = g_ptr_array_index (self->team->inspections, index);

  ym_place_open (GTK_WIDGET (self), YM_PLACE_INSPECTIONS, &inspection->home, NULL);
}

static void
open_concern (YmTeamPage *self, guint index)
{
  const YmRecord *concern = g_ptr_array_index (self->team->concerns, index);

  ym_place_open (GTK_WIDGET (self), YM_PLACE_HOME, &concern->scope, NULL);
}

static void
open_home (YmTeamPage *self, guint index)
{
  for (guint i = 0; i < self->team->officers->len; i++)
    {
      const YmTeamOfficer *officer = g_ptr_array_index (self->team->officers, i);

      if (index < officer->homes->len)
        {
          const YmTeamHome *home = g_ptr_array_index (officer->homes, index);

          ym_place_open (GTK_WIDGET (self), YM_PLACE_HOME, &home->summary->home->id, NULL);
          return;
        }
      index -= officer->homes->len;
    }
}

/* In the order they are shown. Those without a sentence for "none" are hidden then. */
static const struct {
  const char *title;
  const char *empty;
  YmEntries *(*make) (const YmTeam *team);
  void (*open) (YmTeamPage *self, guint index);
  gboolean waits;
} cards[N_CARDS] = {
  { N_ ("Arrests to review"), NULL, arrest_entries, open_arrest, TRUE },
  { N_ ("Issues past due by a week or more"), NULL, ym_team_issue_entries, open_issue, TRUE },
  { N_ ("Joint inspections under way"), NULL, ym_team_inspection_entries, open_inspection, TRUE },
  { N_ ("Concerns past their review"), NULL, ym_team_concern_entries, open_concern, TRUE },
  { N_ ("Homes by officer"), N_ ("No homes are on this device yet. They come with the next sync."), ym_team_home_entries,
    open_home, FALSE },
  { N_ ("Officers"), NULL, ym_team_officer_entries, NULL, FALSE },
  { N_ ("Visits in time, by half of the month"), NULL, ym_team_window_entries, NULL, FALSE },
};

static void
show_as_of (YmTeamPage *self)
{
  gint64 at_us = ym_session_get_sync (ym_sheet_get_session (YM_SHEET (self)))->succeeded_at_us;
  g_autofree char *when = at_us == 0 ? NULL : ym_instant_say (at_us);
  g_autofree char *text = when == NULL ? g_strdup (_ ("This device has not synced yet: colleagues' work is not shown."))
                                       : g_strdup_printf (_ ("As of your last sync: %s"), when);

  gtk_label_set_text (self->as_of, text);
}

static void
show (YmSheet *sheet, gpointer team)
{
  YmTeamPage *self = YM_TEAM_PAGE (sheet);
  guint waiting = 0;

  ym_sheet_title (sheet, _ ("Team"), NULL);
  g_clear_pointer (&self->team, ym_team_free);
  self->team = team;
  show_as_of (self);
  for (guint i = 0; i < N_CARDS; i++)
    {
      g_autoptr (YmEntries) entries = cards[i].make (self->team);

      ym_entry_list_show (YM_ENTRY_LIST (self->cards[i]), entries);
      waiting += cards[i].waits ? entries->items->len : 0;
    }
  gtk_widget_set_visible (self->nothing, waiting == 0);
}

static void
activated_cb (GtkWidget *card, guint index, YmTeamPage *self)
{
  for (guint i = 0; i < N_CARDS; i++)
    if (self->cards[i] == card && cards[i].open != NULL)
      cards[i].open (self, index);
}

static void
ym_team_page_finalize (GObject *object)
{
  g_clear_pointer (&YM_TEAM_PAGE (object)->team, ym_team_free);
  G_OBJECT_CLASS (ym_team_page_parent_class)->finalize (object);
}

static void
ym_team_page_class_init (YmTeamPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_team_page_finalize;
  sheet_class->work = read_team;
  sheet_class->answer_free = free_team;
  sheet_class->show = show;
}

static void
ym_team_page_init (YmTeamPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *scrolled;

  self->as_of = GTK_LABEL (ym_paragraph_new ("", "quiet"));
  self->nothing = ym_paragraph_new (_ ("Nothing waits for you: no review, no issue past due, no inspection, no concern."),
                                    "heading");
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->as_of));
  gtk_box_append (GTK_BOX (column), self->nothing);
  for (guint i = 0; i < N_CARDS; i++)
    {
      self->cards[i] = ym_entry_list_new (_ (cards[i].title), cards[i].empty == NULL ? NULL : _ (cards[i].empty));
      gtk_box_append (GTK_BOX (column), self->cards[i]);
      g_signal_connect_object (self->cards[i], "activated", G_CALLBACK (activated_cb), self, 0);
    }
  scrolled = ym_page_clamp (column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_sheet_append (YM_SHEET (self), scrolled);
}

GtkWidget *
ym_team_page_new (YmSession *session)
{
  YmTeamPage *self = g_object_new (YM_TYPE_TEAM_PAGE, NULL);

  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
