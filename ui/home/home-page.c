/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One home:
 *
 *   [overdue]  3 days left                how it stands (R1), and the visit that puts it right
 *   [ Start a visit ]
 *   unfinished                            drafts; what the server sent back
 *   at a glance                           next visit, training (R8), whom to ring
 *   calls and figures                     the pages that go into them
 *   issues | what happened | protocols seen | good to know | the register
 *
 * Each card is told what to show and sees for itself whether that is new.
 */

#include "ui/home/home-page.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/draft.h"
#include "app/notebook/issues.h"
#include "app/notebook/timeline.h"
#include "ui/home/entry-list.h"
#include "ui/home/home-facts.h"
#include "ui/home/home-words.h"
#include "ui/home/plan-dialogs.h"
#include "ui/issue/dialogs.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/page.h"
#include "ui/widgets/state-chip.h"

#define FIRST_ENTRIES 20
#define MORE_ENTRIES 40

struct _YmHomePage
{
  GtkWidget parent_instance;

  YmSession *session;
  YmHomeFactsQuestion question;
  YmHomeFacts *facts; /* (nullable): until they are read */
  gboolean reading;
  gboolean stale; /* something changed while they were read */

  YmBanner *banner;
  GtkWidget *column;
  YmStateChip *chip;
  GtkLabel *standing;
  GtkLabel *next;
  GtkWidget *plan;
  GtkWidget *visit;
  YmEntryList *drafts;
  YmEntryList *glance;
  YmEntryList *doors;
  YmEntryList *issues;
  YmEntryList *timeline;
  GtkWidget *earlier;
  YmEntryList *protocols;
  YmEntryList *known;
  YmEntryList *registered;
};

G_DEFINE_FINAL_TYPE (YmHomePage, ym_home_page, GTK_TYPE_WIDGET)

enum {
  SIGNAL_VISIT_REQUESTED,
  SIGNAL_DRAFT_ACTIVATED,
  SIGNAL_RECORD_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Earlier entries were asked for, to stand behind those of @facts; which is compared and never looked into. */
typedef struct {
  YmHomePage *page;
  const YmHomeFacts *facts;
} Asked;

static GtkWindow *
window_of (YmHomePage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
title_page (YmHomePage *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), YM_TYPE_PAGE);
  const YmHomeSummary *summary = self->facts->summary;

  if (page != NULL)
    ym_page_set_title (YM_PAGE (page), ym_record_get_text (summary->home, YM_HOME_NAME),
                       summary->role == YM_ASSIGNMENT_DEPUTY ? _ ("You are the deputy here")
                                                             : ym_record_get_text (summary->home, YM_HOME_ADDRESS));
}

static void
show_standing (YmHomePage *self)
{
  const YmHomeSummary *summary = self->facts->summary;
  g_autofree char *standing = ym_home_standing_text (summary);
  g_autofree char *next = ym_home_next_visit_text (summary);

  ym_state_chip_set (self->chip, summary->visits.standing);
  gtk_label_set_text (self->standing, standing);
  gtk_label_set_text (self->next, next != NULL ? next : "");
  gtk_widget_set_visible (GTK_WIDGET (self->next), next != NULL);
  ym_wrap_button_set_text (self->plan, summary->plan != NULL ? _ ("Move the Visit…") : _ ("Plan a Visit…"));
  ym_wrap_button_set_text (self->visit, summary->has_draft ? _ ("Go On with the Visit") : _ ("Start a Visit"));
  gtk_widget_set_sensitive (self->visit, TRUE);
}

static void
show_facts (YmHomePage *self)
{
  const struct {
    YmEntryList *list;
    YmEntries *(*make) (const YmHomeFacts *facts);
  } cards[] = {
    { self->drafts, ym_home_draft_entries },     { self->glance, ym_home_glance_entries },
    { self->doors, ym_home_door_entries },
    { self->issues, ym_home_issue_entries },     { self->timeline, ym_home_timeline_entries },
    { self->protocols, ym_home_protocol_entries },
    { self->known, ym_home_known_entries },      { self->registered, ym_home_register_entries },
  };

  title_page (self);
  show_standing (self);
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_autoptr (YmEntries) entries = cards[i].make (self->facts);

      ym_entry_list_show (cards[i].list, entries);
    }
  gtk_widget_set_visible (self->earlier, self->facts->more);
  gtk_widget_set_visible (self->column, TRUE);
}

static void look (YmHomePage *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmHomePage) self = user_data;
  g_autoptr (GError) error = NULL;
  YmHomeFacts *facts = ym_notebook_run_finish (result, &error);

  self->reading = FALSE;
  if (self->session == NULL)
    {
      ym_home_facts_free (facts);
      return;
    }
  if (facts == NULL)
    ym_banner_show (self->banner, YM_BANNER_ERROR, error->message, NULL);
  else
    {
      ym_banner_hide (self->banner);
      g_clear_pointer (&self->facts, ym_home_facts_free);
      self->facts = facts;
      show_facts (self);
    }
  if (self->stale)
    look (self);
}

static void
free_facts (gpointer facts)
{
  ym_home_facts_free (facts);
}

static void
look (YmHomePage *self)
{
  if (self->session == NULL || ym_session_get_notebook (self->session) == NULL)
    return;
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  ym_session_read (self->session, ym_home_facts_read, g_memdup2 (&self->question, sizeof self->question), g_free,
                   free_facts, NULL, read_cb, g_object_ref (self));
}

static void
visit_clicked_cb (YmHomePage *self)
{
  g_signal_emit (self, signals[SIGNAL_VISIT_REQUESTED], 0);
}

static void
plan_clicked_cb (YmHomePage *self)
{
  if (self->facts != NULL)
    ym_plan_dialog_present (window_of (self), self->session, self->facts->summary);
}

static void
not_held_clicked_cb (YmHomePage *self)
{
  if (self->facts != NULL)
    ym_not_held_dialog_present (window_of (self), self->session, self->facts->summary);
}

static void
contact_clicked_cb (YmHomePage *self)
{
  ym_contact_dialog_present (window_of (self), self->session, &self->question.home);
}

static void
issue_clicked_cb (YmHomePage *self)
{
  ym_issue_open_dialog_present (window_of (self), self->session, &self->question.home, NULL);
}

static void
known_clicked_cb (YmHomePage *self)
{
  if (self->facts != NULL)
    ym_home_facts_dialog_present (window_of (self), self->session, &self->question.home, self->facts->summary->facts);
}

static void
earlier_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  YmHomePage *self = asked->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (YmHomeFacts) earlier = ym_notebook_run_finish (result, &error);

  /* Facts that were read meanwhile end somewhere else: the button is still there. */
  if (self->session != NULL && earlier == NULL)
    ym_banner_show (self->banner, YM_BANNER_ERROR, error->message, NULL);
  else if (self->session != NULL && self->facts == asked->facts)
    {
      ym_home_facts_append (self->facts, earlier);
      self->question.most = self->facts->timeline->len;
      show_facts (self);
    }
  g_object_unref (asked->page);
  g_free (asked);
}

static void
earlier_clicked_cb (YmHomePage *self)
{
  Asked *asked;

  if (self->facts == NULL || self->facts->timeline->len == 0)
    return;
  asked = g_new (Asked, 1);
  *asked = (Asked){ g_object_ref (self), self->facts };
  ym_session_read (self->session, ym_home_facts_read_earlier, ym_home_earlier_new (self->facts, MORE_ENTRIES),
                   ym_home_earlier_free, free_facts, NULL, earlier_read_cb, asked);
}

static void
draft_activated_cb (YmHomePage *self, guint index)
{
  const YmDraft *draft = g_ptr_array_index (self->facts->drafts, index);

  if (draft->record->form->id == YM_FORM_HOME_FACTS)
    known_clicked_cb (self);
  else if (draft->record->form->id == YM_FORM_PLANNED_VISIT)
    ym_plan_draft_present (window_of (self), self->session, self->facts->summary, draft->record);
  else
    g_signal_emit (self, signals[SIGNAL_DRAFT_ACTIVATED], 0, draft);
}

static void
issue_activated_cb (YmHomePage *self, guint index)
{
  const YmIssue *issue = g_ptr_array_index (self->facts->issues, index);

  g_signal_emit (self, signals[SIGNAL_RECORD_ACTIVATED], 0, issue->issue);
}

static void
timeline_activated_cb (YmHomePage *self, guint index)
{
  const YmTimelineEntry *entry = g_ptr_array_index (self->facts->timeline, index);

  g_signal_emit (self, signals[SIGNAL_RECORD_ACTIVATED], 0, entry->record);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmHomePage) self = user_data;
  g_autofree char *number = NULL, *text = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, NULL) || self->session == NULL)
    return;
  number = ym_home_phone (self->facts->summary);
  text = g_strdup_printf (_ ("No app on this device makes calls. The number is %s."), number);
  ym_banner_show (self->banner, YM_BANNER_INFORMATION, text, NULL);
}

/* The only line at a glance that can be pressed. */
static void
glance_activated_cb (YmHomePage *self)
{
  g_autofree char *number = ym_home_phone (self->facts->summary);
  g_autofree char *uri = ym_home_phone_uri (number);

  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, called_cb, g_object_ref (self));
}

static void
door_activated_cb (YmHomePage *self, guint index)
{
  ym_place_open (GTK_WIDGET (self), ym_home_door_place (index), &self->question.home, NULL);
}

static gboolean
ym_home_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (YM_HOME_PAGE (widget)->visit);
}

static void
ym_home_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ym_home_page_parent_class)->map (widget);
  look (YM_HOME_PAGE (widget));
}

static void
ym_home_page_dispose (GObject *object)
{
  YmHomePage *self = YM_HOME_PAGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ym_home_page_parent_class)->dispose (object);
}

static void
ym_home_page_finalize (GObject *object)
{
  g_clear_pointer (&YM_HOME_PAGE (object)->facts, ym_home_facts_free);
  G_OBJECT_CLASS (ym_home_page_parent_class)->finalize (object);
}

static void
ym_home_page_class_init (YmHomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_home_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_home_page_finalize;
  widget_class->grab_focus = ym_home_page_grab_focus;
  widget_class->map = ym_home_page_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  signals[SIGNAL_VISIT_REQUESTED]
      = g_signal_new ("visit-requested", YM_TYPE_HOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DRAFT_ACTIVATED] = g_signal_new ("draft-activated", YM_TYPE_HOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_RECORD_ACTIVATED] = g_signal_new ("record-activated", YM_TYPE_HOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static GtkWidget *
new_button (YmHomePage *self, const char *label, const char *css_class, GCallback clicked)
{
  GtkWidget *button = ym_wrap_button_new (label);

  gtk_widget_set_halign (button, GTK_ALIGN_FILL);
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkLabel *
new_sentence (void)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  return label;
}

/* Beside each other where there is room. */
static GtkWidget *
new_pair (GtkWidget *first, GtkWidget *second)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (pair, ym_fold_layout_new (9, TRUE));
  gtk_box_append (GTK_BOX (pair), first);
  gtk_box_append (GTK_BOX (pair), second);
  return pair;
}

static GtkWidget *
build_standing (YmHomePage *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (line, ym_fold_layout_new (9, FALSE));
  self->chip = YM_STATE_CHIP (ym_state_chip_new ());
  self->standing = new_sentence ();
  self->next = new_sentence ();
  self->visit = new_button (self, _ ("Start a Visit"), "suggested-action", G_CALLBACK (visit_clicked_cb));
  self->plan = new_button (self, _ ("Plan a Visit…"), NULL, G_CALLBACK (plan_clicked_cb));
  gtk_widget_set_sensitive (self->visit, FALSE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->chip));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->standing));
  gtk_box_append (GTK_BOX (card), line);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->next));
  gtk_box_append (GTK_BOX (card), self->visit);
  gtk_box_append (GTK_BOX (card), new_pair (self->plan, new_button (self, _ ("Could Not Take Place…"), NULL,
                                                                 G_CALLBACK (not_held_clicked_cb))));
  gtk_box_append (GTK_BOX (card),
                  new_pair (new_button (self, _ ("Record a Contact…"), NULL, G_CALLBACK (contact_clicked_cb)),
                            new_button (self, _ ("Open an Issue…"), NULL, G_CALLBACK (issue_clicked_cb))));
  return card;
}

static YmEntryList *
add_list (YmHomePage *self, const char *title, const char *empty, GCallback activated)
{
  GtkWidget *list = ym_entry_list_new (title, empty);

  gtk_box_append (GTK_BOX (self->column), list);
  if (activated != NULL)
    g_signal_connect_object (list, "activated", activated, self, G_CONNECT_SWAPPED);
  return YM_ENTRY_LIST (list);
}

static void
ym_home_page_init (YmHomePage *self)
{
  GtkWidget *scrolled;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->banner = YM_BANNER (ym_banner_new ());
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_box_append (GTK_BOX (self->column), build_standing (self));
  self->drafts = add_list (self, _ ("Unfinished"), NULL, G_CALLBACK (draft_activated_cb));
  self->glance = add_list (self, _ ("At a glance"), NULL, G_CALLBACK (glance_activated_cb));
  self->doors = add_list (self, _ ("Calls and figures"), NULL, G_CALLBACK (door_activated_cb));
  self->issues = add_list (self, _ ("Issues"), _ ("No issue has been opened with this home."),
                           G_CALLBACK (issue_activated_cb));
  self->timeline = add_list (self, _ ("What has happened"),
                             _ ("Nothing yet. Your first visit will be the first entry."),
                             G_CALLBACK (timeline_activated_cb));
  self->earlier = new_button (self, _ ("Show Earlier"), NULL, G_CALLBACK (earlier_clicked_cb));
  ym_entry_list_add_foot (self->timeline, self->earlier);
  self->protocols = add_list (self, _ ("Protocols"), NULL, NULL);
  self->known = add_list (self, _ ("Good to know"), _ ("Nothing noted yet: the best time to come, who answers the door."),
                          NULL);
  ym_entry_list_add_end (self->known, new_button (self, _ ("Edit…"), NULL, G_CALLBACK (known_clicked_cb)));
  self->registered = add_list (self, _ ("From the register"), NULL, NULL);
  gtk_widget_set_visible (self->column, FALSE);
  scrolled = ym_page_clamp (self->column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->banner), GTK_WIDGET (self));
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
}

GtkWidget *
ym_home_page_new (YmSession *session, const YmId *home)
{
  YmHomePage *self;

  g_return_val_if_fail (YM_IS_SESSION (session), NULL);
  self = g_object_new (YM_TYPE_HOME_PAGE, NULL);
  self->session = g_object_ref (session);
  self->question = (YmHomeFactsQuestion){ *home, FIRST_ENTRIES };
  g_signal_connect_object (session, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
  return GTK_WIDGET (self);
}

const YmId *
ym_home_page_get_home (YmHomePage *self)
{
  g_return_val_if_fail (YM_IS_HOME_PAGE (self), NULL);
  return &self->question.home;
}
