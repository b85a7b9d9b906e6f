/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The officer's way through the open notebook: from the list to a home, from there to a visit, an issue, a correction,
 * and back. It owns no widget: pages belong to the working page, which is dropped when the store is locked.
 *
 * Every page carries its #YmPlace, so that the way can be gone again after a lock or in another language.
 */

#include "ui/desk/workplace.h"

#include <glib/gi18n-lib.h>

#include "app/journal/tables.h"
#include "app/notebook/homes.h"
#include "app/notebook/plans.h"
#include "app/notebook/visit.h"
#include "app/rules/judgement.h"
#include "ui/calls/call-dialog.h"
#include "ui/desk/doors.h"
#include "ui/home/home-page.h"
#include "ui/issue/dialogs.h"
#include "ui/issue/issue-page.h"
#include "ui/search/search-page.h"
#include "ui/sync/sync-button.h"
#include "ui/sync/sync-page.h"
#include "ui/sync/sync-words.h"
#include "ui/team/arrest-dialogs.h"
#include "ui/visit/visit-editor.h"
#include "ui/visit/visit-view.h"
#include "ui/widgets/row.h"

#define PLACE "ym-place"
#define GO_ON_WITHIN_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define DAY_CHECK_S 60

struct _YmWorkplace
{
  GObject parent_instance;

  YmSession *session;
  YmWindow *window;
  YmWorkingPage *page; /* the window's; NULL once left */
  YmReminder *reminder; /* (nullable) */
  GListStore *homes;
  YmDay today;
  guint day_source;
  guint n_refused; /* drafts that the server sent back */
  GtkWidget *doors; /* below the list of homes */
  gint64 role;      /* the officer's, as far as @doors knows */
  gboolean reading;
  gboolean stale; /* something changed while the list was read */
};

G_DEFINE_FINAL_TYPE (YmWorkplace, ym_workplace, G_TYPE_OBJECT)

static YmPages *
pages_of (YmWorkplace *self)
{
  return ym_working_page_get_pages (self->page);
}

static void
say (YmWorkplace *self, const char *text)
{
  if (self->page != NULL)
    ym_window_toast (self->window, text);
}

/* --- My homes --- */

static YmHomeItem *
new_item (const YmHomeSummary *summary)
{
  const YmHomeView view = {
    .id = summary->home->id,
    .name = ym_record_get_text (summary->home, YM_HOME_NAME),
    .place = ym_record_get_text (summary->home, YM_HOME_ADDRESS),
    .state = summary->visits,
    .open_issues = summary->open_issues,
    .calls = summary->calls_this_month,
    .calls_threshold = summary->call_threshold,
    .waiting = summary->waiting,
    .has_draft = summary->has_draft,
    .deputy = summary->role == YM_ASSIGNMENT_DEPUTY,
    .month = summary->month,
    .next = ym_home_next_visit (summary, NULL),
  };

  return ym_home_item_new (&view);
}

/* Only what is different is exchanged, so that neither the focus nor the place in the list is lost. */
static void
show_homes (YmWorkplace *self, GPtrArray *summaries)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->homes));

  for (guint i = 0; i < summaries->len; i++)
    {
      g_autoptr (YmHomeItem) fresh = new_item (g_ptr_array_index (summaries, i));
      g_autoptr (YmHomeItem) shown = i < n_shown ? g_list_model_get_item (G_LIST_MODEL (self->homes), i) : NULL;

      if (shown == NULL)
        g_list_store_append (self->homes, fresh);
      else if (!ym_home_item_equal (shown, fresh))
        g_list_store_splice (self->homes, i, 1, (gpointer *) &fresh, 1);
    }
  if (n_shown > summaries->len)
    g_list_store_splice (self->homes, summaries->len, n_shown - summaries->len, NULL, 0);
}

/* The day from which a home's visit is to be spoken of: when it was planned for, or when the time gets short (R1). */
static YmDay
remind_from (const YmHomeSummary *summary)
{
  YmDay planned = summary->plan != NULL ? ym_plan_day (summary->plan) : YM_DAY_NONE;
  YmDay soon = summary->visits.window.last - YM_DUE_SOON_DAYS + 1;

  switch (summary->visits.standing)
    {
    case YM_STANDING_OVERDUE:
    case YM_STANDING_DUE_SOON:
      return summary->today;
    case YM_STANDING_DUE:
      return planned != YM_DAY_NONE ? MIN (planned, soon) : soon;
    default:
      return planned;
    }
}

static void
tell_reminder (YmWorkplace *self, GPtrArray *summaries)
{
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (YmDay));

  for (guint i = 0; self->reminder != NULL && i < summaries->len; i++)
    {
      const YmHomeSummary *summary = g_ptr_array_index (summaries, i);
      YmDay from = remind_from (summary);

      if (summary->role != 0 && from != YM_DAY_NONE)
        g_array_append_val (due, from);
    }
  if (self->reminder != NULL)
    ym_reminder_set_due (self->reminder, (const YmDay *) due->data, due->len);
}

typedef struct {
  GPtrArray *homes; /* of YmHomeSummary */
  guint n_refused;
  gint64 role;
} Overview;

static void
overview_free (gpointer data)
{
  Overview *overview = data;

  g_ptr_array_unref (overview->homes);
  g_free (overview);
}

static gpointer
read_overview (YmDesk *desk, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) homes = ym_homes_list (desk, error);
  g_autoptr (GPtrArray) drafts = homes != NULL ? ym_draft_list (desk, NULL, error) : NULL;
  g_autoptr (YmRecord) officer = NULL;
  Overview *overview;

  if (drafts == NULL)
    return NULL;
  officer = ym_tables_find (desk->db, ym_form (YM_FORM_OFFICER), &desk->officer, NULL);
  overview = g_new0 (Overview, 1);
  overview->homes = g_steal_pointer (&homes);
  overview->role = officer != NULL ? ym_record_get_integer (officer, YM_OFFICER_ROLE, 0) : 0;
  for (guint i = 0; i < drafts->len; i++)
    overview->n_refused += ((YmDraft *) g_ptr_array_index (drafts, i))->reason != YM_REASON_NONE;
  return overview;
}

static void
show_trouble (YmWorkplace *self)
{
  g_autofree char *trouble = ym_sync_trouble_text (ym_session_get_sync (self->session), self->n_refused);

  ym_homes_page_set_sync (ym_working_page_get_homes (self->page), trouble, self->n_refused > 0);
}

static void look_at_homes (YmWorkplace *self);
static void open_place (YmWorkplace *self, const YmPlace *place);
static void open_home (YmWorkplace *self, const YmId *id);
static YmPage *new_home_page (YmWorkplace *self, const YmId *id);

/* A supervisor's day begins with the team, unless there is something to go back to. */
static void
greet (YmWorkplace *self)
{
  YmPlace place;

  ym_workplace_get_place (self, &place);
  if (self->role == YM_ROLE_SUPERVISOR && place.kind == YM_PLACE_HOMES)
    open_place (self, &(const YmPlace){ .kind = YM_PLACE_TEAM });
}

static void
show_doors (YmWorkplace *self, gint64 role)
{
  if (role == self->role)
    return;
  self->role = role;
  ym_doors_bar_show (self->doors, role);
  greet (self);
}

static void
homes_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmWorkplace) self = user_data;
  g_autoptr (GError) error = NULL;
  Overview *overview = ym_notebook_run_finish (result, &error);

  self->reading = FALSE;
  if (self->page == NULL)
    {
      g_clear_pointer (&overview, overview_free);
      return;
    }
  if (overview != NULL)
    {
      show_homes (self, overview->homes);
      tell_reminder (self, overview->homes);
      ym_homes_page_set_today (ym_working_page_get_homes (self->page), self->today);
      show_doors (self, overview->role);
      self->n_refused = overview->n_refused;
      show_trouble (self);
      overview_free (overview);
    }
  else
    say (self, error->message);
  if (self->stale)
    look_at_homes (self);
}

static void
look_at_homes (YmWorkplace *self)
{
  self->stale = self->reading;
  if (self->reading || self->page == NULL || ym_session_get_notebook (self->session) == NULL)
    return;
  self->reading = TRUE;
  self->today = ym_london_from_instant (ym_clock_wall_us (ym_session_get_clock (self->session))).day;
  ym_session_read (self->session, read_overview, NULL, NULL, overview_free, NULL, homes_read_cb, g_object_ref (self));
}

/* A home that was due soon yesterday may be overdue today. */
static gboolean
day_cb (gpointer user_data)
{
  YmWorkplace *self = user_data;

  if (ym_london_from_instant (ym_clock_wall_us (ym_session_get_clock (self->session))).day != self->today)
    look_at_homes (self);
  return G_SOURCE_CONTINUE;
}

/* --- pages --- */

/* A button for each place, by icon; what it leads to is in the place. */
static GtkWidget *
new_door (const char *icon, const char *label, const YmPlace *place)
{
  GtkWidget *button = ym_icon_button_new (icon, label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), YM_PLACE_ACTION);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), ym_place_to_variant (place));
  return button;
}

/* The pages of one record lead to what became of it. */
static void
add_history (YmPage *page, const YmPlace *place)
{
  static const YmPlaceKind kinds[] = { YM_PLACE_HOME, YM_PLACE_VISIT, YM_PLACE_ISSUE, YM_PLACE_CALL, YM_PLACE_ARREST };
  const YmPlace history = { YM_PLACE_HISTORY, place->home, place->kind == YM_PLACE_HOME ? place->home : place->record };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] == place->kind)
      ym_page_add_end (page, new_door ("document-open-recent-symbolic", _ ("History"), &history));
}

static YmPage *
new_page (GtkWidget *body, YmPlaceKind kind, const YmId *home, const YmId *record)
{
  YmPage *page = ym_page_new ("", body);
  YmPlace *place = g_new0 (YmPlace, 1);

  place->kind = kind;
  place->home = home != NULL ? *home : ym_id_zero;
  place->record = record != NULL ? *record : ym_id_zero;
  g_object_set_data_full (G_OBJECT (page), PLACE, place, g_free);
  add_history (page, place);
  return page;
}

static void
leave_page_of (YmWorkplace *self, GtkWidget *body)
{
  GtkWidget *page = gtk_widget_get_ancestor (body, YM_TYPE_PAGE);

  if (self->page != NULL && page != NULL && ym_pages_get_top (pages_of (self)) == YM_PAGE (page))
    ym_pages_pop (pages_of (self));
}

static void
signed_off_cb (YmWorkplace *self, const YmId *visit, GtkWidget *editor)
{
  leave_page_of (self, editor);
  say (self, _ ("Signed off. The visit goes to the server by itself."));
}

static void
discarded_cb (YmWorkplace *self, GtkWidget *editor)
{
  leave_page_of (self, editor);
  say (self, _ ("The draft was thrown away."));
}

static void
open_editor (YmWorkplace *self, YmDraft *draft)
{
  const YmId home = draft->record->scope, id = draft->record->id;
  GtkWidget *editor = ym_visit_editor_new (self->session, draft);

  g_signal_connect_object (editor, "signed-off", G_CALLBACK (signed_off_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (editor, "discarded", G_CALLBACK (discarded_cb), self, G_CONNECT_SWAPPED);
  ym_pages_push (pages_of (self), new_page (editor, YM_PLACE_DRAFT, &home, &id));
}

/* Where another page was opened meanwhile, the officer doesn't want this one any more. */
static gboolean
is_at_home (YmWorkplace *self, const YmId *home)
{
  YmPlace place;

  ym_workplace_get_place (self, &place);
  return place.kind == YM_PLACE_HOME && ym_id_equal (&place.home, home);
}

static void
draft_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmWorkplace) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (YmDraft) draft = ym_notebook_run_finish (result, &error);

  if (self->page == NULL)
    return;
  if (draft == NULL)
    say (self, error->message);
  else if (is_at_home (self, &draft->record->scope))
    open_editor (self, g_steal_pointer (&draft));
}

static gpointer
begin_visit (YmDesk *desk, gpointer home, GError **error)
{
  return ym_visit_begin (desk, home, error);
}

static gpointer
load_draft (YmDesk *desk, gpointer id, GError **error)
{
  return ym_draft_load (desk, id, error);
}

static void
free_draft (gpointer draft)
{
  ym_draft_free (draft);
}

/* On the writing lane, behind the last save of the same draft. */
static void
ask_for_draft (YmWorkplace *self, YmWork work, const YmId *id)
{
  ym_notebook_run_async (ym_session_get_notebook (self->session), YM_LANE_WRITE, work, ym_id_copy (id), g_free,
                         free_draft, NULL, draft_ready_cb, g_object_ref (self));
}

static void
visit_requested_cb (YmWorkplace *self, YmHomePage *home)
{
  ask_for_draft (self, begin_visit, ym_home_page_get_home (home));
}

static void
push_visit (YmWorkplace *self, const YmId *home, const YmId *visit)
{
  ym_pages_push (pages_of (self), new_page (ym_visit_view_new (self->session, visit), YM_PLACE_VISIT, home, visit));
}

static void
push_issue (YmWorkplace *self, const YmId *home, const YmId *issue)
{
  ym_pages_push (pages_of (self), new_page (ym_issue_page_new (self->session, issue), YM_PLACE_ISSUE, home, issue));
}

static void
push_visit_of (YmWorkplace *self, const YmPlace *place)
{
  push_visit (self, &place->home, &place->record);
}

static void
push_issue_of (YmWorkplace *self, const YmPlace *place)
{
  push_issue (self, &place->home, &place->record);
}

/* On top of the search or the team that led there. */
static void
push_home_of (YmWorkplace *self, const YmPlace *place)
{
  ym_working_page_push (self->page, new_home_page (self, &place->home));
}

/* Searching lies on top of whatever the officer was at, and they come back to it. */
static void
open_search (YmWorkplace *self, const YmPlace *place)
{
  YmPlace top;

  ym_workplace_get_place (self, &top);
  if (top.kind == YM_PLACE_SEARCH && ym_working_page_shows_pages (self->page))
    gtk_widget_grab_focus (ym_page_get_body (ym_pages_get_top (pages_of (self))));
  else
    ym_working_page_push (self->page, new_page (ym_search_page_new (self->session), YM_PLACE_SEARCH, NULL, NULL));
}

/* The places that only the workplace can make, where another page leads there. */
static const struct {
  YmPlaceKind kind;
  void (*open) (YmWorkplace *self, const YmPlace *place);
} own_places[] = {
  { YM_PLACE_HOME, push_home_of },
  { YM_PLACE_VISIT, push_visit_of },
  { YM_PLACE_ISSUE, push_issue_of },
  { YM_PLACE_SEARCH, open_search },
};

/* What is about no home begins anew, as choosing a home does; what is about one lies on top of it. */
static void
open_place (YmWorkplace *self, const YmPlace *place)
{
  GtkWidget *body = self->page != NULL ? ym_door_open (self->session, place) : NULL;

  for (guint i = 0; self->page != NULL && i < G_N_ELEMENTS (own_places); i++)
    if (own_places[i].kind == place->kind)
      own_places[i].open (self, place);
  if (body == NULL)
    return;
  if (ym_id_is_zero (&place->home))
    ym_working_page_open (self->page, new_page (body, place->kind, NULL, &place->record));
  else
    ym_pages_push (pages_of (self), new_page (body, place->kind, &place->home, &place->record));
}

static void
open_place_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  YmPlace place;

  if (ym_place_from_variant (parameter, &place))
    open_place (user_data, &place);
}

/* What is part of another record is read there. */
static const struct {
  guint form;
  guint field;
  guint whole;
} parts[] = {
  { YM_FORM_ADDENDUM, YM_ADDENDUM_VISIT, YM_FORM_VISIT },
  { YM_FORM_ISSUE_UPDATE, YM_ISSUE_UPDATE_ISSUE, YM_FORM_ISSUE },
  { YM_FORM_ACTION, YM_ACTION_ISSUE, YM_FORM_ISSUE },
  { YM_FORM_ARREST_VIEW, YM_ARREST_VIEW_REVIEW, YM_FORM_ARREST_REVIEW },
};

static void
open_record (YmWorkplace *self, const YmRecord *record)
{
  guint form = record->form->id;
  YmId id = record->id;
  YmPlace place;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].form == record->form->id && ym_record_get_id (record, parts[i].field, &id))
      form = parts[i].whole;
  place = ym_place_of_record (form, &record->scope, &id);
  open_place (self, &place);
}

static void
record_activated_cb (YmWorkplace *self, const YmRecord *record)
{
  open_record (self, record);
}

static gboolean
is_new_issue (const YmDraft *draft)
{
  return draft->record->form->id == YM_FORM_ISSUE && !ym_record_has (draft->record, YM_ISSUE_OPENED_AT);
}

/* What was typed in a dialog is found again by the next such dialog. */
static void
draft_activated_cb (YmWorkplace *self, const YmDraft *draft)
{
  const YmRecord *record = draft->record;

  if (record->form->id == YM_FORM_VISIT)
    ask_for_draft (self, load_draft, &record->id);
  else if (record->form->id == YM_FORM_CONTACT)
    ym_contact_dialog_present (GTK_WINDOW (self->window), self->session, &record->scope);
  else if (record->form->id == YM_FORM_CALL_REVIEW && ym_call_review_is_typed (record))
    ym_call_dialog_present (GTK_WINDOW (self->window), self->session, &record->scope);
  else if (record->form->id == YM_FORM_ARREST_REVIEW && ym_arrest_review_is_new (record))
    ym_arrest_dialog_present (GTK_WINDOW (self->window), self->session, &record->scope);
  else if (is_new_issue (draft))
    ym_issue_open_dialog_present (GTK_WINDOW (self->window), self->session, &record->scope, NULL);
  else
    open_record (self, record);
}

static YmPage *
new_home_page (YmWorkplace *self, const YmId *id)
{
  GtkWidget *home = ym_home_page_new (self->session, id);

  g_signal_connect_object (home, "visit-requested", G_CALLBACK (visit_requested_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (home, "draft-activated", G_CALLBACK (draft_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (home, "record-activated", G_CALLBACK (record_activated_cb), self, G_CONNECT_SWAPPED);
  return new_page (home, YM_PLACE_HOME, id, NULL);
}

static void
open_home (YmWorkplace *self, const YmId *id)
{
  ym_working_page_open (self->page, new_home_page (self, id));
}

static void
home_activated_cb (YmWorkplace *self, YmHomeItem *item)
{
  open_home (self, &ym_home_item_get (item)->id);
}

/* A draft from the list of saves: its home first, so that there is a way back to it. */
static void
sync_draft_cb (YmWorkplace *self, const YmDraft *draft)
{
  g_autoptr (YmDraft) kept = ym_draft_copy (draft);

  open_home (self, &kept->record->scope);
  draft_activated_cb (self, kept);
}

static void
open_sync (YmWorkplace *self)
{
  GtkWidget *sync = ym_sync_page_new (self->session);

  g_signal_connect_object (sync, "draft-activated", G_CALLBACK (sync_draft_cb), self, G_CONNECT_SWAPPED);
  ym_working_page_open (self->page, new_page (sync, YM_PLACE_SYNC, NULL, NULL));
}

static void
page_left_cb (YmWorkplace *self)
{
  /* A draft that was begun or thrown away is told by no "changed": it is nobody else's. */
  look_at_homes (self);
}

static void
sync_changed_cb (YmWorkplace *self)
{
  if (self->page != NULL)
    show_trouble (self);
}

/* --- the object --- */

static void
ym_workplace_dispose (GObject *object)
{
  YmWorkplace *self = YM_WORKPLACE (object);

  g_clear_handle_id (&self->day_source, g_source_remove);
  g_clear_object (&self->homes);
  g_clear_object (&self->reminder);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ym_workplace_parent_class)->dispose (object);
}

static void
ym_workplace_class_init (YmWorkplaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ym_workplace_dispose;
}

static void
ym_workplace_init (YmWorkplace *self)
{
  self->homes = g_list_store_new (YM_TYPE_HOME_ITEM);
}

YmWorkplace *
ym_workplace_new (YmSession *session, YmWindow *window)
{
  YmWorkplace *self;
  YmHomesPage *homes;
  GtkWidget *sync;
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) open = g_simple_action_new ("open", G_VARIANT_TYPE ("(uss)"));

  g_return_val_if_fail (ym_window_get_working (window) != NULL, NULL);
  self = g_object_new (YM_TYPE_WORKPLACE, NULL);
  self->session = g_object_ref (session);
  self->window = window;
  self->page = ym_window_get_working (window);
  homes = ym_working_page_get_homes (self->page);
  ym_homes_page_set_model (homes, G_LIST_MODEL (self->homes));
  sync = ym_sync_button_new (session);
  ym_page_add_end (ym_homes_page_get_page (homes), sync);
  ym_page_add_end (ym_homes_page_get_page (homes),
                   new_door ("system-search-symbolic", _ ("Search everything"), &(const YmPlace){ .kind = YM_PLACE_SEARCH }));
  self->doors = ym_doors_bar_new ();
  ym_homes_page_set_foot (homes, self->doors);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (open));
  gtk_widget_insert_action_group (GTK_WIDGET (self->page), "desk", G_ACTION_GROUP (actions));
  g_signal_connect_object (open, "activate", G_CALLBACK (open_place_cb), self, 0);
  g_signal_connect_object (sync, "clicked", G_CALLBACK (open_sync), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (homes, "home-activated", G_CALLBACK (home_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (homes, "sync-activated", G_CALLBACK (open_sync), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pages_of (self), "left", G_CALLBACK (page_left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (look_at_homes), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "sync-changed", G_CALLBACK (sync_changed_cb), self, G_CONNECT_SWAPPED);
  self->day_source = g_timeout_add_seconds (DAY_CHECK_S, day_cb, self);
  look_at_homes (self);
  return self;
}

void
ym_workplace_set_reminder (YmWorkplace *self, YmReminder *reminder)
{
  g_return_if_fail (YM_IS_WORKPLACE (self));
  g_set_object (&self->reminder, reminder);
}

void
ym_workplace_get_place (YmWorkplace *self, YmPlace *place)
{
  YmPage *top;
  const YmPlace *known;

  g_return_if_fail (YM_IS_WORKPLACE (self));
  *place = (YmPlace){ .kind = YM_PLACE_HOMES };
  top = self->page != NULL ? ym_pages_get_top (pages_of (self)) : NULL;
  known = top != NULL ? g_object_get_data (G_OBJECT (top), PLACE) : NULL;
  if (known != NULL)
    *place = *known;
}

void
ym_workplace_go_to (YmWorkplace *self, const YmPlace *place)
{
  g_return_if_fail (YM_IS_WORKPLACE (self));
  if (!ym_id_is_zero (&place->home))
    open_home (self, &place->home);
  switch (place->kind)
    {
    case YM_PLACE_DRAFT:
      ask_for_draft (self, load_draft, &place->record);
      break;
    case YM_PLACE_VISIT:
      push_visit (self, &place->home, &place->record);
      break;
    case YM_PLACE_ISSUE:
      push_issue (self, &place->home, &place->record);
      break;
    case YM_PLACE_SYNC:
      open_sync (self);
      break;
    case YM_PLACE_HOMES:
    case YM_PLACE_HOME:
      break;
    default:
      open_place (self, place);
    }
}

static gpointer
find_fresh_draft (YmDesk *desk, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) drafts = ym_draft_list (desk, NULL, error);

  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      const YmDraft *draft = g_ptr_array_index (drafts, i);

      if (draft->record->form->id == YM_FORM_VISIT && draft->reason == 0
          && ym_clock_wall_us (desk->clock) - draft->saved_at_us < GO_ON_WITHIN_US)
        return ym_draft_copy (draft);
    }
  return NULL;
}

static void
fresh_draft_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmWorkplace) self = user_data;
  g_autoptr (YmDraft) draft = ym_notebook_run_finish (result, NULL);
  YmPlace place;

  if (self->page == NULL || draft == NULL)
    return;
  ym_workplace_get_place (self, &place);
  if (place.kind != YM_PLACE_HOMES)
    return;
  open_home (self, &draft->record->scope);
  open_editor (self, g_steal_pointer (&draft));
}

void
ym_workplace_go_on (YmWorkplace *self)
{
  g_return_if_fail (YM_IS_WORKPLACE (self));
  ym_session_read (self->session, find_fresh_draft, NULL, NULL, free_draft, NULL, fresh_draft_cb, g_object_ref (self));
}

void
ym_workplace_leave (YmWorkplace *self)
{
  GtkWidget *body;

  g_return_if_fail (YM_IS_WORKPLACE (self));
  if (self->page == NULL)
    return;
  g_signal_handlers_disconnect_by_data (pages_of (self), self);
  /* A page that is let go saves too, but it may be held for a moment by what it waits for. */
  body = ym_page_get_body (ym_pages_get_top (pages_of (self)));
  if (YM_IS_VISIT_EDITOR (body))
    ym_visit_editor_close (YM_VISIT_EDITOR (body));
  ym_homes_page_set_model (ym_working_page_get_homes (self->page), NULL);
  ym_pages_reset (pages_of (self), ym_page_new ("", gtk_label_new (NULL)));
  g_list_store_remove_all (self->homes);
  g_clear_handle_id (&self->day_source, g_source_remove);
  self->page = NULL;
}
