/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The open issues of a home, to be gone through one by one. */

#include "ui/issue/issue-cards.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/issues.h"
#include "ui/issue/dialogs.h"
#include "ui/issue/issue-chip.h"
#include "ui/issue/issue-words.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/row.h"

struct _YmIssueCards
{
  GtkWidget parent_instance;

  YmSession *session;
  YmId home;
  YmId visit; /* zero for none */
  GPtrArray *issues;
  GtkLabel *title;
  GtkWidget *list;
  GtkLabel *none;
  GtkWidget *open;
};

G_DEFINE_FINAL_TYPE (YmIssueCards, ym_issue_cards, GTK_TYPE_WIDGET)

static const YmId *
visit_of (YmIssueCards *self)
{
  return ym_id_is_zero (&self->visit) ? NULL : &self->visit;
}

static GtkWindow *
window_of (YmIssueCards *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static GtkLabel *
new_label (const char *text, const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

static void
step_clicked_cb (GtkButton *button, YmIssueCards *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "ym-issue"));

  ym_issue_step_dialog_present (window_of (self), self->session, g_ptr_array_index (self->issues, index),
                                visit_of (self));
}

static void
open_clicked_cb (YmIssueCards *self)
{
  ym_issue_open_dialog_present (window_of (self), self->session, &self->home, visit_of (self));
}

static GtkWidget *
new_card (YmIssueCards *self, const YmIssue *issue, guint index)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *chip = ym_issue_chip_new ();
  GtkWidget *step = ym_wrap_button_new (_ ("Next step…"));
  const char *title = ym_record_get_text (issue->issue, YM_ISSUE_TITLE);
  g_autofree char *facts = ym_issue_facts (issue->issue);
  g_autofree char *due = ym_issue_due_text (issue);
  g_autofree char *name = g_strdup_printf (_ ("Next step: %s"), title);

  ym_issue_chip_set (YM_ISSUE_CHIP (chip), issue->state);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (new_label (title, "field-title")));
  gtk_box_append (GTK_BOX (card), chip);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (new_label (facts, "quiet")));
  if (due != NULL)
    gtk_box_append (GTK_BOX (card), GTK_WIDGET (new_label (due, issue->days_past_due > 0 ? "past-due" : "quiet")));
  ym_say (step, name);
  g_object_set_data (G_OBJECT (step), "ym-issue", GUINT_TO_POINTER (index));
  g_signal_connect_object (step, "clicked", G_CALLBACK (step_clicked_cb), self, 0);
  gtk_box_append (GTK_BOX (card), step);
  gtk_widget_add_css_class (card, "issue-card");
  return card;
}

static gboolean
was_touched (YmIssueCards *self, const YmIssue *issue)
{
  YmId visit;

  for (guint i = 0; i < issue->updates->len; i++)
    if (ym_record_get_id (g_ptr_array_index (issue->updates, i), YM_ISSUE_UPDATE_VISIT, &visit)
        && ym_id_equal (&visit, &self->visit))
      return TRUE;
  return FALSE;
}

/* The button pressed goes with its card: the focus goes to the same place of the new list. */
static guint
focused_card (YmIssueCards *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  guint i = 0;

  if (focus == NULL)
    return G_MAXUINT;
  for (GtkWidget *card = gtk_widget_get_first_child (self->list); card != NULL;
       card = gtk_widget_get_next_sibling (card), i++)
    if (gtk_widget_is_ancestor (focus, card))
      return i;
  return G_MAXUINT;
}

static void
show_issues (YmIssueCards *self)
{
  guint focused = focused_card (self), shown = 0;
  GtkWidget *card;

  while ((card = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), card);
  for (guint i = 0; i < self->issues->len; i++)
    {
      const YmIssue *issue = g_ptr_array_index (self->issues, i);

      if (ym_issue_is_settled (issue->state) && !was_touched (self, issue))
        continue;
      card = new_card (self, issue, i);
      gtk_box_append (GTK_BOX (self->list), card);
      if (shown++ == focused)
        gtk_widget_child_focus (card, GTK_DIR_TAB_FORWARD);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->none), shown == 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmIssueCards) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *issues = ym_notebook_run_finish (result, &error);

  if (self->session == NULL)
    {
      g_clear_pointer (&issues, g_ptr_array_unref);
      return;
    }
  if (issues == NULL)
    {
      gtk_label_set_text (self->none, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->none), TRUE);
      return;
    }
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  self->issues = issues;
  gtk_label_set_text (self->none, _ ("No issue is open."));
  show_issues (self);
}

static gpointer
load (YmDesk *desk, gpointer home, GError **error)
{
  return ym_issue_list (desk, home, error);
}

static void
refresh (YmIssueCards *self)
{
  if (ym_session_get_notebook (self->session) != NULL)
    ym_session_read (self->session, load, ym_id_copy (&self->home), g_free, (GDestroyNotify) g_ptr_array_unref, NULL,
                     loaded_cb, g_object_ref (self));
}

static gboolean
ym_issue_cards_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (YM_ISSUE_CARDS (widget)->open);
}

static void
ym_issue_cards_dispose (GObject *object)
{
  YmIssueCards *self = YM_ISSUE_CARDS (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  G_OBJECT_CLASS (ym_issue_cards_parent_class)->dispose (object);
}

static void
ym_issue_cards_class_init (YmIssueCardsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_issue_cards_dispose;
  widget_class->grab_focus = ym_issue_cards_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ym_issue_cards_init (YmIssueCards *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 9);
  self->title = new_label (_ ("Open issues"), "heading");
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  self->none = new_label (_ ("No issue is open."), "quiet");
  self->open = ym_wrap_button_new (_ ("Open an issue…"));
  gtk_widget_set_visible (GTK_WIDGET (self->none), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->title), GTK_WIDGET (self));
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->none), GTK_WIDGET (self));
  gtk_widget_set_parent (self->open, GTK_WIDGET (self));
  ym_say (self, _ ("Open issues"));
  g_signal_connect_object (self->open, "clicked", G_CALLBACK (open_clicked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_issue_cards_new (YmSession *session, const YmId *home, const YmId *visit)
{
  YmIssueCards *self = g_object_new (YM_TYPE_ISSUE_CARDS, NULL);

  self->session = g_object_ref (session);
  self->home = *home;
  self->visit = visit != NULL ? *visit : ym_id_zero;
  g_signal_connect_object (session, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
