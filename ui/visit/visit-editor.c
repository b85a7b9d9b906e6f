/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A visit while it is written.
 *
 *   refused, or not saved: why
 *   sections   | Staffing                 2 of 7
 *   3 of 8 ... | [ questions ]
 *              | [ Back ]             [ Next ]
 *   Saved at 10:31        [ 3 missing ] [ Sign off… ]
 *
 * On a narrow screen the sections are a page of their own. */

#include "ui/visit/visit-editor.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/visit.h"
#include "app/rules/judgement.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/draft-keeper.h"
#include "ui/visit/section-page.h"
#include "ui/visit/sign-off.h"
#include "ui/visit/visit-facts.h"
#include "ui/visit/visit-pages.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/date-text.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/page.h"

struct _YmVisitEditor
{
  GtkWidget parent_instance;

  YmSession *session;
  YmDraftKeeper *keeper;
  GPtrArray *problems; /* of YmVisitProblem */
  YmBanner *banner;
  YmVisitPages *pages;
  GtkLabel *status;
  GtkButton *missing;
  GtkWidget *sign_off;
  char *home_name; /* (nullable): until it is read */
  gboolean checking; /* sign-off was tried: what is missing is said while one types */
  gboolean placed;   /* the focus was put where the officer was */
  gboolean closing;
};

G_DEFINE_FINAL_TYPE (YmVisitEditor, ym_visit_editor, GTK_TYPE_WIDGET)

enum {
  SIGNAL_SIGNED_OFF,
  SIGNAL_DISCARDED,
  SIGNAL_CLOSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static YmDraft *
draft_of (YmVisitEditor *self)
{
  return ym_draft_keeper_get_draft (self->keeper);
}

static int
compare_problems (gconstpointer a, gconstpointer b, gpointer pages)
{
  const YmVisitProblem *first = *(YmVisitProblem *const *) a;
  const YmVisitProblem *second = *(YmVisitProblem *const *) b;

  return (int) ym_visit_pages_rank (pages, first->section) - (int) ym_visit_pages_rank (pages, second->section);
}

static void
find_problems (YmVisitEditor *self)
{
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = ym_visit_problems (draft_of (self));
  ym_visit_pages_add_unreadable (self->pages, self->problems);
  g_ptr_array_sort_with_data (self->problems, compare_problems, self->pages);
}

static void
show_progress (YmVisitEditor *self)
{
  gboolean missing;

  find_problems (self);
  missing = self->checking && self->problems->len > 0;
  ym_visit_pages_show_problems (self->pages, self->problems, self->checking);
  if (missing)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u missing", "%u missing", self->problems->len),
                                               self->problems->len);

      gtk_button_set_label (self->missing, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->missing), missing);
}

static void
show_saved (YmVisitEditor *self)
{
  const YmDraft *draft = draft_of (self);
  const char *failure = ym_draft_keeper_get_failure (self->keeper);
  g_autofree char *text = NULL;

  if (failure != NULL)
    text = g_strdup (_ ("Not saved"));
  else if (!ym_draft_keeper_is_saved (self->keeper))
    text = g_strdup (_ ("Saving…"));
  else if (draft->saved_at_us != 0)
    {
      g_autofree char *time = ym_time_say (draft->saved_at_us);

      text = g_strdup_printf (_ ("Saved at %s"), time);
    }
  gtk_label_set_text (self->status, text != NULL ? text : "");
  if (failure != NULL)
    ym_banner_show (self->banner, YM_BANNER_ERROR, failure, NULL);
  else if (draft->reason != 0)
    ym_banner_show (self->banner, YM_BANNER_WARNING, ym_reason_get_message (draft->reason), NULL);
  else
    ym_banner_hide (self->banner);
}

static void
kept_cb (YmVisitEditor *self)
{
  show_saved (self);
  if (!self->closing)
    return;
  if (ym_draft_keeper_is_saved (self->keeper))
    g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
  self->closing = ym_draft_keeper_get_failure (self->keeper) == NULL && !ym_draft_keeper_is_saved (self->keeper);
}

static void
pages_changed_cb (YmVisitEditor *self)
{
  ym_draft_keeper_touch (self->keeper);
  show_progress (self);
}

static void
pages_entered_cb (YmVisitEditor *self, const char *place)
{
  YmDraft *draft = draft_of (self);

  if (g_strcmp0 (draft->place, place) == 0)
    return;
  g_free (draft->place);
  draft->place = g_strdup (place);
  ym_draft_keeper_touch (self->keeper);
}

static void
go_to_problem (YmVisitEditor *self, guint index)
{
  g_autofree char *place = NULL;

  if (index >= self->problems->len)
    return;
  place = ym_section_page_place_of (g_ptr_array_index (self->problems, index));
  ym_visit_pages_go_to (self->pages, place);
}

/* The first missing answer behind the one where the focus is; round to the first of all. */
static void
next_missing_cb (YmVisitEditor *self)
{
  const char *here = draft_of (self)->place;
  guint next = 0;

  for (guint i = 0; i < self->problems->len; i++)
    {
      g_autofree char *place = ym_section_page_place_of (g_ptr_array_index (self->problems, i));

      if (g_strcmp0 (place, here) == 0)
        next = (i + 1) % self->problems->len;
    }
  go_to_problem (self, next);
}

/* Where the officer was, or the first question. */
static void
go_to_place (YmVisitEditor *self)
{
  g_autofree char *place = g_strdup (draft_of (self)->place);

  self->placed = TRUE;
  if (place == NULL || !ym_visit_pages_go_to (self->pages, place))
    ym_visit_pages_open (self->pages, 0);
}

static gint64
started_at (YmVisitEditor *self)
{
  return ym_record_get_integer (draft_of (self)->record, YM_VISIT_STARTED_AT, draft_of (self)->begun_at_us);
}

static void
title_page (YmVisitEditor *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), YM_TYPE_PAGE);
  g_autofree char *day = ym_date_say (ym_london_day (started_at (self)));
  g_autofree char *subtitle = g_strdup_printf (_ ("Visit, %s"), day);

  if (page != NULL)
    ym_page_set_title (YM_PAGE (page), self->home_name != NULL ? self->home_name : _ ("Visit"), subtitle);
}

static void
facts_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmVisitEditor) self = user_data;
  YmVisitFacts *facts = ym_notebook_run_finish (result, NULL);

  if (facts != NULL && self->session != NULL)
    {
      self->home_name = g_strdup (facts->home_name);
      title_page (self);
      ym_visit_pages_set_previous (self->pages, facts->previous);
      if (facts->known != NULL)
        ym_visit_pages_set_known (self->pages, (const char *const *) facts->known);
      if (facts->proposed != YM_DAY_NONE)
        {
          const YmValue day = ym_value_integer (facts->proposed);

          ym_visit_pages_propose (self->pages, YM_VISIT_NEXT_VISIT, &day);
        }
    }
  ym_visit_facts_free (facts);
}

static void
set_busy (YmVisitEditor *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->pages), !busy);
  gtk_widget_set_sensitive (self->sign_off, !busy);
}

static gpointer
sign_off (YmDesk *desk, gpointer draft, GError **error)
{
  return ym_visit_sign_off (desk, draft, error) ? desk : NULL;
}

static gpointer
discard (YmDesk *desk, gpointer id, GError **error)
{
  return ym_draft_discard (desk, id, error) ? desk : NULL;
}

/* The draft stays, and so does every word. */
static void
say_failure (YmVisitEditor *self, const char *message)
{
  ym_draft_keeper_resume (self->keeper);
  set_busy (self, FALSE);
  ym_banner_show (self->banner, YM_BANNER_ERROR, message, NULL);
}

static void
signed_off_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmVisitEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  YmId id;

  if (ym_notebook_run_finish (result, &error) == NULL)
    {
      if (self->session != NULL)
        say_failure (self, error->message);
      return;
    }
  if (self->session == NULL)
    return;
  id = draft_of (self)->record->id;
  g_signal_emit (self, signals[SIGNAL_SIGNED_OFF], 0, &id);
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmVisitEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = ym_notebook_run_finish (result, &error) != NULL;

  if (self->session == NULL)
    return;
  if (good)
    g_signal_emit (self, signals[SIGNAL_DISCARDED], 0);
  else
    say_failure (self, error->message);
}

static void
draft_free (gpointer draft)
{
  ym_draft_free (draft);
}

static void
sign_off_accepted_cb (YmVisitEditor *self)
{
  set_busy (self, TRUE);
  ym_draft_keeper_stop (self->keeper);
  ym_session_write (self->session, sign_off, ym_draft_copy (draft_of (self)), draft_free, NULL, signed_off_cb,
                    g_object_ref (self));
}

static void
discard_accepted_cb (YmVisitEditor *self)
{
  set_busy (self, TRUE);
  ym_draft_keeper_stop (self->keeper);
  ym_session_write (self->session, discard, ym_id_copy (&draft_of (self)->record->id), g_free, NULL, discarded_cb,
                    g_object_ref (self));
}

static void
discard_clicked_cb (YmVisitEditor *self)
{
  YmConfirm *confirm = ym_confirm_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                       _ ("Throw away this draft?"),
                                       _ ("Everything you wrote about this visit is lost. Issues that you opened stay."),
                                       _ ("Throw Away"), TRUE);

  g_signal_connect_object (confirm, "accepted", G_CALLBACK (discard_accepted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (confirm));
}

static gboolean
ym_visit_editor_focus (GtkWidget *widget, GtkDirectionType direction)
{
  YmVisitEditor *self = YM_VISIT_EDITOR (widget);

  if (!self->placed)
    {
      go_to_place (self);
      return TRUE;
    }
  return GTK_WIDGET_CLASS (ym_visit_editor_parent_class)->focus (widget, direction);
}

static gboolean
ym_visit_editor_grab_focus (GtkWidget *widget)
{
  go_to_place (YM_VISIT_EDITOR (widget));
  return TRUE;
}

static void
ym_visit_editor_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ym_visit_editor_parent_class)->root (widget);
  title_page (YM_VISIT_EDITOR (widget));
}

static void
ym_visit_editor_map (GtkWidget *widget)
{
  YmVisitEditor *self = YM_VISIT_EDITOR (widget);

  GTK_WIDGET_CLASS (ym_visit_editor_parent_class)->map (widget);
  if (!self->placed)
    go_to_place (self);
}

static void
ym_visit_editor_dispose (GObject *object)
{
  YmVisitEditor *self = YM_VISIT_EDITOR (object);
  GtkWidget *child;

  /* The rows write into the keeper's draft: they go before it. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->keeper);
  g_clear_object (&self->session);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  G_OBJECT_CLASS (ym_visit_editor_parent_class)->dispose (object);
}

static void
ym_visit_editor_finalize (GObject *object)
{
  YmVisitEditor *self = YM_VISIT_EDITOR (object);

  g_free (self->home_name);
  G_OBJECT_CLASS (ym_visit_editor_parent_class)->finalize (object);
}

static void
ym_visit_editor_class_init (YmVisitEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_visit_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_visit_editor_finalize;
  widget_class->focus = ym_visit_editor_focus;
  widget_class->grab_focus = ym_visit_editor_grab_focus;
  widget_class->root = ym_visit_editor_root;
  widget_class->map = ym_visit_editor_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "visiteditor");
  signals[SIGNAL_SIGNED_OFF] = g_signal_new ("signed-off", YM_TYPE_VISIT_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_DISCARDED]
      = g_signal_new ("discarded", YM_TYPE_VISIT_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED]
      = g_signal_new ("closed", YM_TYPE_VISIT_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
build_bottom (YmVisitEditor *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_set_layout_manager (bar, ym_fold_layout_new (6, TRUE));
  gtk_widget_set_layout_manager (buttons, ym_fold_layout_new (6, FALSE));
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  self->status = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_label_set_xalign (self->status, 0);
  gtk_label_set_wrap (self->status, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->status), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "quiet");
  self->missing = GTK_BUTTON (gtk_button_new_with_label (""));
  gtk_widget_add_css_class (GTK_WIDGET (self->missing), "touch");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->missing), _ ("Go to the next missing answer"));
  gtk_widget_set_visible (GTK_WIDGET (self->missing), FALSE);
  self->sign_off = gtk_button_new_with_label (_ ("Sign off…"));
  gtk_widget_add_css_class (self->sign_off, "touch");
  gtk_widget_add_css_class (self->sign_off, "suggested-action");
  gtk_widget_add_css_class (bar, "bottom-bar");
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->missing));
  gtk_box_append (GTK_BOX (buttons), self->sign_off);
  gtk_box_append (GTK_BOX (bar), buttons);
  g_signal_connect_object (self->missing, "clicked", G_CALLBACK (next_missing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sign_off, "clicked", G_CALLBACK (ym_visit_editor_sign_off), self, G_CONNECT_SWAPPED);
  return bar;
}

static void
ym_visit_editor_init (YmVisitEditor *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->banner = YM_BANNER (ym_banner_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->banner), GTK_WIDGET (self));
  gtk_widget_set_parent (build_bottom (self), GTK_WIDGET (self));
}

GtkWidget *
ym_visit_editor_new (YmSession *session, YmDraft *draft)
{
  YmVisitEditor *self;
  YmVisitFactsQuestion question;

  g_return_val_if_fail (YM_IS_SESSION (session), NULL);
  g_return_val_if_fail (draft != NULL && draft->record->form->id == YM_FORM_VISIT, NULL);
  self = g_object_new (YM_TYPE_VISIT_EDITOR, NULL);
  self->session = g_object_ref (session);
  self->keeper = ym_draft_keeper_new (session, draft);
  g_signal_connect_object (self->keeper, "changed", G_CALLBACK (kept_cb), self, G_CONNECT_SWAPPED);
  self->pages = YM_VISIT_PAGES (ym_visit_pages_new (session, draft));
  gtk_widget_insert_after (GTK_WIDGET (self->pages), GTK_WIDGET (self), GTK_WIDGET (self->banner));
  g_signal_connect_object (self->pages, "changed", G_CALLBACK (pages_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "entered", G_CALLBACK (pages_entered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "problem-chosen", G_CALLBACK (go_to_problem), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "throw-away", G_CALLBACK (discard_clicked_cb), self, G_CONNECT_SWAPPED);
  show_progress (self);
  show_saved (self);
  question = (YmVisitFactsQuestion){ draft->record->scope, ym_london_day (started_at (self)) };
  ym_session_read (session, ym_visit_facts_read, g_memdup2 (&question, sizeof question), g_free, ym_visit_facts_free, NULL,
                   facts_read_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

const YmDraft *
ym_visit_editor_get_draft (YmVisitEditor *self)
{
  g_return_val_if_fail (YM_IS_VISIT_EDITOR (self), NULL);
  return draft_of (self);
}

gboolean
ym_visit_editor_is_saved (YmVisitEditor *self)
{
  g_return_val_if_fail (YM_IS_VISIT_EDITOR (self), FALSE);
  return ym_draft_keeper_is_saved (self->keeper);
}

void
ym_visit_editor_close (YmVisitEditor *self)
{
  g_return_if_fail (YM_IS_VISIT_EDITOR (self));
  if (ym_draft_keeper_is_saved (self->keeper))
    {
      g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
      return;
    }
  self->closing = TRUE;
  ym_draft_keeper_save_now (self->keeper);
}

void
ym_visit_editor_sign_off (YmVisitEditor *self)
{
  YmConfirm *confirm;

  g_return_if_fail (YM_IS_VISIT_EDITOR (self));
  self->checking = TRUE;
  show_progress (self);
  if (self->problems->len > 0)
    {
      go_to_problem (self, 0);
      return;
    }
  confirm = ym_sign_off_confirm_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), draft_of (self));
  g_signal_connect_object (confirm, "accepted", G_CALLBACK (sign_off_accepted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (confirm));
}
