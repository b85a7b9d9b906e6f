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

#include "app/journal/tables.h"
#include "app/notebook/visit.h"
#include "app/rules/judgement.h"
#include "ui/calls/visit-calls.h"
#include "ui/issue/issue-cards.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/draft-keeper.h"
#include "ui/visit/focus-scroll.h"
#include "ui/visit/section-nav.h"
#include "ui/visit/section-page.h"
#include "ui/visit/sign-off.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/date-text.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/page.h"
#include "ui/widgets/row.h"
#include "ui/widgets/split.h"

struct _YmVisitEditor
{
  GtkWidget parent_instance;

  YmSession *session;
  YmDraftKeeper *keeper;
  GPtrArray *problems; /* of YmVisitProblem */
  GPtrArray *pages;    /* of YmSectionPage, in the form's order; owned by the stack */
  GPtrArray *to_nav;   /* of GtkButton: back to the sections where they are not beside */
  guint current;
  YmBanner *banner;
  YmSplit *split;
  YmSectionNav *nav;
  GtkStack *stack;
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

static YmSectionPage *
page_at (YmVisitEditor *self, guint index)
{
  return g_ptr_array_index (self->pages, index);
}

static int
section_rank (YmVisitEditor *self, guint section)
{
  for (guint i = 0; i < self->pages->len; i++)
    if (ym_section_page_get_section (page_at (self, i))->number == section)
      return (int) i;
  return (int) self->pages->len;
}

static int
compare_problems (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const YmVisitProblem *first = *(YmVisitProblem *const *) a;
  const YmVisitProblem *second = *(YmVisitProblem *const *) b;

  return section_rank (user_data, first->section) - section_rank (user_data, second->section);
}

static void
find_problems (YmVisitEditor *self)
{
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = ym_visit_problems (draft_of (self));
  for (guint i = 0; i < self->pages->len; i++)
    ym_section_page_add_unreadable (page_at (self, i), self->problems);
  g_ptr_array_sort_with_data (self->problems, compare_problems, self);
}

static void
show_progress (YmVisitEditor *self)
{
  gboolean missing;

  find_problems (self);
  missing = self->checking && self->problems->len > 0;
  ym_section_nav_show (self->nav, draft_of (self), self->problems, self->checking);
  if (self->checking)
    for (guint i = 0; i < self->pages->len; i++)
      ym_section_page_mark (page_at (self, i), self->problems);
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
page_changed_cb (YmVisitEditor *self)
{
  ym_draft_keeper_touch (self->keeper);
  show_progress (self);
}

static void
page_entered_cb (YmVisitEditor *self, const char *place)
{
  YmDraft *draft = draft_of (self);

  if (g_strcmp0 (draft->place, place) == 0)
    return;
  g_free (draft->place);
  draft->place = g_strdup (place);
  ym_draft_keeper_touch (self->keeper);
}

static void
show_section (YmVisitEditor *self, guint index)
{
  GtkWidget *page = GTK_WIDGET (page_at (self, index));

  self->current = index;
  gtk_stack_set_visible_child (self->stack, gtk_widget_get_ancestor (page, GTK_TYPE_SCROLLED_WINDOW));
  ym_section_nav_select (self->nav, index);
  ym_split_set_show_content (self->split, TRUE);
}

static void
open_section (YmVisitEditor *self, guint index)
{
  GtkScrolledWindow *scrolled;

  if (index >= self->pages->len)
    return;
  show_section (self, index);
  gtk_widget_grab_focus (GTK_WIDGET (page_at (self, index)));
  scrolled = GTK_SCROLLED_WINDOW (gtk_stack_get_visible_child (self->stack));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (scrolled), 0);
}

static void
go_to_problem (YmVisitEditor *self, guint index)
{
  const YmVisitProblem *problem;
  g_autofree char *place = NULL;
  guint rank;

  if (index >= self->problems->len)
    return;
  problem = g_ptr_array_index (self->problems, index);
  place = ym_section_page_place_of (problem);
  rank = (guint) section_rank (self, problem->section);
  if (rank >= self->pages->len)
    return;
  show_section (self, rank);
  ym_section_page_go_to (page_at (self, rank), place);
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
  for (guint i = 0; place != NULL && i < self->pages->len; i++)
    if (ym_section_page_go_to (page_at (self, i), place))
      {
        show_section (self, i);
        ym_section_page_go_to (page_at (self, i), place);
        return;
      }
  open_section (self, 0);
}

static void
title_page (YmVisitEditor *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), YM_TYPE_PAGE);
  gint64 at_us = ym_record_get_integer (draft_of (self)->record, YM_VISIT_STARTED_AT, draft_of (self)->begun_at_us);
  g_autofree char *day = ym_date_say (ym_london_day (at_us));
  g_autofree char *subtitle = g_strdup_printf (_ ("Visit, %s"), day);

  if (page != NULL)
    ym_page_set_title (YM_PAGE (page), self->home_name != NULL ? self->home_name : _ ("Visit"), subtitle);
}

typedef struct {
  char *home_name;
  YmVisit *previous;
} Facts;

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_free (facts->home_name);
  ym_visit_free (facts->previous);
  g_free (facts);
}

/* Without them the visit can be written all the same: what can't be read is left out. */
static gpointer
read_facts (YmDesk *desk, gpointer home, GError **error)
{
  Facts *facts = g_new0 (Facts, 1);
  g_autoptr (YmRecord) record = ym_tables_find (desk->db, ym_form (YM_FORM_HOME), home, NULL);

  facts->home_name = record != NULL ? g_strdup (ym_record_get_text (record, YM_HOME_NAME)) : NULL;
  facts->previous = ym_visit_previous (desk, home, NULL);
  return facts;
}

static void
facts_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmVisitEditor) self = user_data;
  Facts *facts = ym_notebook_run_finish (result, NULL);

  if (facts != NULL && self->session != NULL)
    {
      self->home_name = g_strdup (facts->home_name);
      title_page (self);
      for (guint i = 0; i < self->pages->len; i++)
        ym_section_page_set_previous (page_at (self, i), facts->previous);
    }
  g_clear_pointer (&facts, facts_free);
}

static void
set_busy (YmVisitEditor *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->split), !busy);
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

static void
to_nav_clicked_cb (YmVisitEditor *self)
{
  ym_split_set_show_content (self->split, FALSE);
}

static void
folded_cb (YmVisitEditor *self)
{
  for (guint i = 0; i < self->to_nav->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->to_nav, i), ym_split_get_folded (self->split));
}

static void
turn_clicked_cb (GtkButton *button, YmVisitEditor *self)
{
  open_section (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "ym-section")));
}

static gboolean
turn_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  YmVisitEditor *self = YM_VISIT_EDITOR (widget);
  int next = (int) self->current + g_variant_get_int32 (arguments);

  if (next >= 0)
    open_section (self, (guint) next);
  return TRUE;
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
  g_ptr_array_set_size (self->pages, 0);
  g_ptr_array_set_size (self->to_nav, 0);
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

  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->to_nav);
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

/* In the capture phase: a text view has the keys for itself otherwise. */
static void
add_shortcuts (YmVisitEditor *self)
{
  static const struct {
    const char *keys;
    int step;
  } turns[] = { { "<Control>Page_Down", 1 }, { "<Control>Page_Up", -1 } };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (turns[i].keys),
                                                gtk_callback_action_new (turn_shortcut_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (turns[i].step));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
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
  self->pages = g_ptr_array_new ();
  self->to_nav = g_ptr_array_new ();
  self->banner = YM_BANNER (ym_banner_new ());
  self->split = YM_SPLIT (ym_split_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->split), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->banner), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->split), GTK_WIDGET (self));
  gtk_widget_set_parent (build_bottom (self), GTK_WIDGET (self));
  g_signal_connect_object (self->split, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  add_shortcuts (self);
}

static GtkWidget *
build_nav (YmVisitEditor *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *throw_away = ym_wrap_button_new (_ ("Throw away this draft…"));

  self->nav = YM_SECTION_NAV (ym_section_nav_new (draft_of (self)->record->form));
  gtk_widget_add_css_class (throw_away, "flat");
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->nav));
  gtk_box_append (GTK_BOX (column), throw_away);
  g_signal_connect_object (self->nav, "section-chosen", G_CALLBACK (open_section), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->nav, "problem-chosen", G_CALLBACK (go_to_problem), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (throw_away, "clicked", G_CALLBACK (discard_clicked_cb), self, G_CONNECT_SWAPPED);
  return ym_page_clamp (column);
}

static GtkWidget *
build_heading (YmVisitEditor *self, const YmSection *section)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *to_nav = ym_icon_button_new ("sections-symbolic", _ ("All sections"));
  GtkWidget *title = gtk_label_new (ym_label (section->label));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "title-2");
  gtk_widget_add_css_class (to_nav, "square-touch");
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), to_nav);
  gtk_widget_set_visible (to_nav, FALSE);
  g_ptr_array_add (self->to_nav, to_nav);
  g_signal_connect_object (to_nav, "clicked", G_CALLBACK (to_nav_clicked_cb), self, G_CONNECT_SWAPPED);
  return line;
}

static void
add_turn (YmVisitEditor *self, GtkWidget *box, guint index, gboolean forth)
{
  const YmForm *form = draft_of (self)->record->form;
  const char *label = ym_label (form->sections[index].label);
  g_autofree char *name = g_strdup_printf (forth ? _ ("Next: %s") : _ ("Back: %s"), label);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *text = gtk_label_new (name);

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), text);
  ym_say (button, name);
  gtk_widget_add_css_class (button, "touch");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_halign (button, forth ? GTK_ALIGN_END : GTK_ALIGN_START);
  g_object_set_data (G_OBJECT (button), "ym-section", GUINT_TO_POINTER (index));
  gtk_box_append (GTK_BOX (box), button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (turn_clicked_cb), self, 0);
}

static void
add_page (YmVisitEditor *self, guint index)
{
  const YmDraft *draft = draft_of (self);
  const YmForm *form = draft->record->form;
  const YmSection *section = &form->sections[index];
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *turns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *page = ym_section_page_new (draft_of (self), section, ym_session_get_clock (self->session));
  GtkWidget *scrolled;

  if (ym_form_field (form, YM_VISIT_ISSUES_REVIEWED)->section == section->number)
    ym_section_page_add (YM_SECTION_PAGE (page),
                         ym_issue_cards_new (self->session, &draft->record->scope, &draft->record->id));
  if (ym_form_field (form, YM_VISIT_CALLS_POLICE)->section == section->number)
    ym_section_page_add (YM_SECTION_PAGE (page), ym_visit_calls_new (&draft->record->scope, &draft->record->id));
  if (index > 0)
    add_turn (self, turns, index - 1, FALSE);
  if (index + 1 < form->n_sections)
    add_turn (self, turns, index + 1, TRUE);
  gtk_box_append (GTK_BOX (column), build_heading (self, section));
  gtk_box_append (GTK_BOX (column), page);
  gtk_box_append (GTK_BOX (column), turns);
  scrolled = ym_page_clamp (column);
  ym_scroll_keep_focus (GTK_SCROLLED_WINDOW (scrolled));
  gtk_stack_add_child (self->stack, scrolled);
  g_ptr_array_add (self->pages, page);
  g_signal_connect_object (page, "changed", G_CALLBACK (page_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "entered", G_CALLBACK (page_entered_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_visit_editor_new (YmSession *session, YmDraft *draft)
{
  YmVisitEditor *self;

  g_return_val_if_fail (YM_IS_SESSION (session), NULL);
  g_return_val_if_fail (draft != NULL && draft->record->form->id == YM_FORM_VISIT, NULL);
  self = g_object_new (YM_TYPE_VISIT_EDITOR, NULL);
  self->session = g_object_ref (session);
  self->keeper = ym_draft_keeper_new (session, draft);
  g_signal_connect_object (self->keeper, "changed", G_CALLBACK (kept_cb), self, G_CONNECT_SWAPPED);
  ym_split_set_sidebar (self->split, build_nav (self));
  for (guint i = 0; i < draft->record->form->n_sections; i++)
    add_page (self, i);
  ym_split_set_content (self->split, GTK_WIDGET (self->stack));
  show_section (self, 0);
  show_progress (self);
  show_saved (self);
  ym_session_read (session, read_facts, ym_id_copy (&draft->record->scope), g_free, facts_free, NULL, facts_read_cb,
                   g_object_ref (self));
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
