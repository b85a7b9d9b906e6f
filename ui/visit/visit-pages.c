/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sections of a visit beside their questions, in any order. On a narrow screen the sections are a page of their own. */

#include "ui/visit/visit-pages.h"

#include <glib/gi18n-lib.h>

#include "ui/calls/visit-calls.h"
#include "ui/issue/issue-cards.h"
#include "ui/visit/focus-scroll.h"
#include "ui/visit/section-nav.h"
#include "ui/visit/section-page.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/page.h"
#include "ui/widgets/row.h"
#include "ui/widgets/split.h"

struct _YmVisitPages
{
  GtkWidget parent_instance;

  YmSession *session;
  YmDraft *draft;
  GPtrArray *pages;  /* of YmSectionPage, in the form's order; owned by the stack */
  GPtrArray *to_nav; /* of GtkButton: back to the sections where they are not beside */
  guint current;
  GStrv known; /* names that may stand in notes, but for those of people met */
  GStrv shown; /* all of them, as the pages know them */
  YmSplit *split;
  YmSectionNav *nav;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (YmVisitPages, ym_visit_pages, GTK_TYPE_WIDGET)

enum {
  SIGNAL_CHANGED,
  SIGNAL_ENTERED,
  SIGNAL_PROBLEM_CHOSEN,
  SIGNAL_THROW_AWAY,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static YmSectionPage *
page_at (YmVisitPages *self, guint index)
{
  return g_ptr_array_index (self->pages, index);
}

static void
show_section (YmVisitPages *self, guint index)
{
  GtkWidget *page = GTK_WIDGET (page_at (self, index));

  self->current = index;
  gtk_stack_set_visible_child (self->stack, gtk_widget_get_ancestor (page, GTK_TYPE_SCROLLED_WINDOW));
  ym_section_nav_select (self->nav, index);
  ym_split_set_show_content (self->split, TRUE);
}

static void
open_section (YmVisitPages *self, guint index)
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
to_nav_clicked_cb (YmVisitPages *self)
{
  ym_split_set_show_content (self->split, FALSE);
}

static void
folded_cb (YmVisitPages *self)
{
  for (guint i = 0; i < self->to_nav->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->to_nav, i), ym_split_get_folded (self->split));
}

static void
turn_clicked_cb (GtkButton *button, YmVisitPages *self)
{
  open_section (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "ym-section")));
}

static gboolean
turn_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  YmVisitPages *self = YM_VISIT_PAGES (widget);
  int next = (int) self->current + g_variant_get_int32 (arguments);

  if (next >= 0)
    open_section (self, (guint) next);
  return TRUE;
}

/* In the capture phase: a text view has the keys for itself otherwise. */
static void
add_shortcuts (YmVisitPages *self)
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

static void
problem_chosen_cb (YmVisitPages *self, guint index)
{
  g_signal_emit (self, signals[SIGNAL_PROBLEM_CHOSEN], 0, index);
}

static void
throw_away_clicked_cb (YmVisitPages *self)
{
  g_signal_emit (self, signals[SIGNAL_THROW_AWAY], 0);
}

static void
show_known (YmVisitPages *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  if (self->known != NULL)
    g_strv_builder_addv (builder, (const char **) self->known);
  for (guint i = 0; i < self->draft->rows->len; i++)
    {
      const YmRecord *row = g_ptr_array_index (self->draft->rows, i);

      if (row->form->id == YM_FORM_PERSON_MET && ym_record_has (row, YM_PERSON_MET_NAME))
        g_strv_builder_add (builder, ym_record_get_text (row, YM_PERSON_MET_NAME));
    }
  names = g_strv_builder_end (builder);
  if (self->shown != NULL && g_strv_equal ((const char *const *) names, (const char *const *) self->shown))
    return;
  for (guint i = 0; i < self->pages->len; i++)
    ym_section_page_set_known (page_at (self, i), (const char *const *) names);
  g_strfreev (self->shown);
  self->shown = g_steal_pointer (&names);
}

static void
page_changed_cb (YmVisitPages *self)
{
  show_known (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
page_entered_cb (YmVisitPages *self, const char *place)
{
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0, place);
}

static void
ym_visit_pages_dispose (GObject *object)
{
  YmVisitPages *self = YM_VISIT_PAGES (object);

  g_ptr_array_set_size (self->pages, 0);
  g_ptr_array_set_size (self->to_nav, 0);
  g_clear_pointer ((GtkWidget **) &self->split, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ym_visit_pages_parent_class)->dispose (object);
}

static void
ym_visit_pages_finalize (GObject *object)
{
  g_ptr_array_unref (YM_VISIT_PAGES (object)->pages);
  g_ptr_array_unref (YM_VISIT_PAGES (object)->to_nav);
  g_strfreev (YM_VISIT_PAGES (object)->known);
  g_strfreev (YM_VISIT_PAGES (object)->shown);
  G_OBJECT_CLASS (ym_visit_pages_parent_class)->finalize (object);
}

static void
ym_visit_pages_class_init (YmVisitPagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ym_visit_pages_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_visit_pages_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", YM_TYPE_VISIT_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENTERED] = g_signal_new ("entered", YM_TYPE_VISIT_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_PROBLEM_CHOSEN] = g_signal_new ("problem-chosen", YM_TYPE_VISIT_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                 NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_THROW_AWAY]
      = g_signal_new ("throw-away", YM_TYPE_VISIT_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ym_visit_pages_init (YmVisitPages *self)
{
  self->pages = g_ptr_array_new ();
  self->to_nav = g_ptr_array_new ();
  self->split = YM_SPLIT (ym_split_new ());
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->split), GTK_WIDGET (self));
  g_signal_connect_object (self->split, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  add_shortcuts (self);
}

static GtkWidget *
build_nav (YmVisitPages *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *throw_away = ym_wrap_button_new (_ ("Throw away this draft…"));

  self->nav = YM_SECTION_NAV (ym_section_nav_new (self->draft->record->form));
  gtk_widget_add_css_class (throw_away, "flat");
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->nav));
  gtk_box_append (GTK_BOX (column), throw_away);
  g_signal_connect_object (self->nav, "section-chosen", G_CALLBACK (open_section), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->nav, "problem-chosen", G_CALLBACK (problem_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (throw_away, "clicked", G_CALLBACK (throw_away_clicked_cb), self, G_CONNECT_SWAPPED);
  return ym_page_clamp (column);
}

static GtkWidget *
build_heading (YmVisitPages *self, const YmSection *section)
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
add_turn (YmVisitPages *self, GtkWidget *box, guint index, gboolean forth)
{
  const YmForm *form = self->draft->record->form;
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
add_page (YmVisitPages *self, guint index)
{
  const YmDraft *draft = self->draft;
  const YmForm *form = draft->record->form;
  const YmSection *section = &form->sections[index];
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *turns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *page = ym_section_page_new (self->draft, section, ym_session_get_clock (self->session));
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
ym_visit_pages_new (YmSession *session, YmDraft *draft)
{
  YmVisitPages *self = g_object_new (YM_TYPE_VISIT_PAGES, NULL);

  self->session = g_object_ref (session);
  self->draft = draft;
  ym_split_set_sidebar (self->split, build_nav (self));
  for (guint i = 0; i < draft->record->form->n_sections; i++)
    add_page (self, i);
  ym_split_set_content (self->split, GTK_WIDGET (self->stack));
  show_section (self, 0);
  show_known (self);
  return GTK_WIDGET (self);
}

void
ym_visit_pages_open (YmVisitPages *self, guint index)
{
  g_return_if_fail (YM_IS_VISIT_PAGES (self));
  open_section (self, index);
}

gboolean
ym_visit_pages_go_to (YmVisitPages *self, const char *place)
{
  g_return_val_if_fail (YM_IS_VISIT_PAGES (self), FALSE);
  for (guint i = 0; i < self->pages->len; i++)
    if (ym_section_page_go_to (page_at (self, i), place))
      {
        show_section (self, i);
        ym_section_page_go_to (page_at (self, i), place);
        return TRUE;
      }
  return FALSE;
}

guint
ym_visit_pages_rank (YmVisitPages *self, guint section)
{
  g_return_val_if_fail (YM_IS_VISIT_PAGES (self), 0);
  for (guint i = 0; i < self->pages->len; i++)
    if (ym_section_page_get_section (page_at (self, i))->number == section)
      return i;
  return self->pages->len;
}

void
ym_visit_pages_add_unreadable (YmVisitPages *self, GPtrArray *problems)
{
  g_return_if_fail (YM_IS_VISIT_PAGES (self));
  for (guint i = 0; i < self->pages->len; i++)
    ym_section_page_add_unreadable (page_at (self, i), problems);
}

void
ym_visit_pages_show_problems (YmVisitPages *self, GPtrArray *problems, gboolean say_missing)
{
  g_return_if_fail (YM_IS_VISIT_PAGES (self));
  ym_section_nav_show (self->nav, self->draft, problems, say_missing);
  for (guint i = 0; say_missing && i < self->pages->len; i++)
    ym_section_page_mark (page_at (self, i), problems);
}

void
ym_visit_pages_set_previous (YmVisitPages *self, const YmVisit *previous)
{
  g_return_if_fail (YM_IS_VISIT_PAGES (self));
  for (guint i = 0; i < self->pages->len; i++)
    ym_section_page_set_previous (page_at (self, i), previous);
}

void
ym_visit_pages_set_known (YmVisitPages *self, const char *const *names)
{
  g_return_if_fail (YM_IS_VISIT_PAGES (self));
  g_strfreev (self->known);
  self->known = g_strdupv ((GStrv) names);
  show_known (self);
}

void
ym_visit_pages_propose (YmVisitPages *self, guint field, const YmValue *value)
{
  g_return_if_fail (YM_IS_VISIT_PAGES (self));
  for (guint i = 0; i < self->pages->len; i++)
    ym_section_page_propose (page_at (self, i), field, value);
}
