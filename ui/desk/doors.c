/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages that need nothing of the workplace but to be shown, in one table: adding one is a line here. */

#include "ui/desk/doors.h"

#include <glib/gi18n-lib.h>

#include "app/forms/choices.h"
#include "ui/calls/call-page.h"
#include "ui/calls/calls-page.h"
#include "ui/figures/figures-page.h"
#include "ui/inspections/inspections-page.h"
#include "ui/log/acts-page.h"
#include "ui/partners/partners-page.h"
#include "ui/reconcile/reconcile-page.h"
#include "ui/record/record-page.h"
#include "ui/issue/board-page.h"
#include "ui/returns/return-page.h"
#include "ui/team/arrest-page.h"
#include "ui/team/arrests-page.h"
#include "ui/team/learning-page.h"
#include "ui/team/team-page.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/fold-layout.h"

static GtkWidget *
open_calls (YmSession *session, const YmPlace *place)
{
  return ym_calls_page_new (session, &place->home);
}

static GtkWidget *
open_call (YmSession *session, const YmPlace *place)
{
  return ym_call_page_new (session, &place->home, &place->record);
}

static GtkWidget *
open_inspections (YmSession *session, const YmPlace *place)
{
  return ym_inspections_page_new (session, &place->home);
}

static GtkWidget *
open_reconcile (YmSession *session, const YmPlace *place)
{
  return ym_reconcile_page_new (session, &place->home, &place->record);
}

static GtkWidget *
open_figures (YmSession *session, const YmPlace *place)
{
  return ym_figures_page_new (session, ym_id_is_zero (&place->home) ? NULL : &place->home);
}

static GtkWidget *
open_return (YmSession *session, const YmPlace *place)
{
  return ym_return_page_new (session);
}

static GtkWidget *
open_team (YmSession *session, const YmPlace *place)
{
  return ym_team_page_new (session);
}

static GtkWidget *
open_arrests (YmSession *session, const YmPlace *place)
{
  return ym_arrests_page_new (session, &place->home);
}

static GtkWidget *
open_arrest (YmSession *session, const YmPlace *place)
{
  return ym_arrest_page_new (session, &place->record);
}

static GtkWidget *
open_learning (YmSession *session, const YmPlace *place)
{
  return ym_learning_page_new (session);
}

static GtkWidget *
open_record (YmSession *session, const YmPlace *place)
{
  return ym_record_page_new (session, &place->home, &place->record);
}

static GtkWidget *
open_history (YmSession *session, const YmPlace *place)
{
  return ym_history_page_new (session, &place->home, &place->record);
}

static GtkWidget *
open_log (YmSession *session, const YmPlace *place)
{
  return ym_acts_page_new (session);
}

static GtkWidget *
open_partners (YmSession *session, const YmPlace *place)
{
  return ym_partners_page_new (session);
}

static GtkWidget *
open_issues (YmSession *session, const YmPlace *place)
{
  return ym_board_page_new (session);
}

static const struct {
  YmPlaceKind kind;
  GtkWidget *(*open) (YmSession *session, const YmPlace *place);
} doors[] = {
  { YM_PLACE_CALLS, open_calls },
  { YM_PLACE_CALL, open_call },
  { YM_PLACE_RECONCILE, open_reconcile },
  { YM_PLACE_INSPECTIONS, open_inspections },
  { YM_PLACE_FIGURES, open_figures },
  { YM_PLACE_RETURN, open_return },
  { YM_PLACE_TEAM, open_team },
  { YM_PLACE_ARRESTS, open_arrests },
  { YM_PLACE_ARREST, open_arrest },
  { YM_PLACE_LEARNING, open_learning },
  { YM_PLACE_RECORD, open_record },
  { YM_PLACE_HISTORY, open_history },
  { YM_PLACE_LOG, open_log },
  { YM_PLACE_PARTNERS, open_partners },
  { YM_PLACE_ISSUES, open_issues },
};

GtkWidget *
ym_door_open (YmSession *session, const YmPlace *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (doors); i++)
    if (doors[i].kind == place->kind)
      return doors[i].open (session, place);
  return NULL;
}

/* What stands below the list of homes, and for whom: bits of officer roles. */
#define ROLE(role) (1u << (role))
#define EVERYBODY (~0u)

static const struct {
  YmPlaceKind kind;
  const char *label;
  guint roles;
} ways[] = {
  { YM_PLACE_TEAM, N_ ("Team"), ROLE (YM_ROLE_SUPERVISOR) },
  { YM_PLACE_ISSUES, N_ ("Issues"), EVERYBODY },
  { YM_PLACE_FIGURES, N_ ("Is it working?"), EVERYBODY },
  { YM_PLACE_RETURN, N_ ("Monthly return"), ROLE (YM_ROLE_FORCE_LEAD) },
  { YM_PLACE_LEARNING, N_ ("Learning"), EVERYBODY },
};

GtkWidget *
ym_doors_bar_new (void)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (bar, ym_fold_layout_new (6, TRUE));
  gtk_widget_add_css_class (bar, "bottom-bar");
  gtk_widget_set_visible (bar, FALSE);
  return bar;
}

static GtkWidget *
new_way (guint index)
{
  const YmPlace place = { .kind = ways[index].kind };
  GtkWidget *button = ym_wrap_button_new (_ (ways[index].label));

  gtk_widget_set_halign (button, GTK_ALIGN_FILL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), YM_PLACE_ACTION);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), ym_place_to_variant (&place));
  return button;
}

/* All in one line, two by two on a phone, below each other where the letters are large. */
void
ym_doors_bar_show (GtkWidget *bar, gint64 role)
{
  GtkWidget *pair = NULL, *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (bar)) != NULL)
    gtk_box_remove (GTK_BOX (bar), child);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      if (role < 0 || role > 31 || (ways[i].roles & ROLE (role)) == 0)
        continue;
      if (n++ % 2 == 0)
        {
          pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
          gtk_widget_set_layout_manager (pair, ym_fold_layout_new (6, TRUE));
          gtk_box_append (GTK_BOX (bar), pair);
        }
      gtk_box_append (GTK_BOX (pair), new_way (i));
    }
  gtk_widget_set_visible (bar, n > 0);
}
