/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One issue (R11): where it stands, who does what, what happened, what it is about and the plan. The last two are changed
 * in place. */

#include "ui/issue/issue-page.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/issues.h"
#include "app/notebook/learning.h"
#include "app/notebook/save.h"
#include "app/rules/judgement.h"
#include "ui/issue/action-cards.h"
#include "ui/issue/dialogs.h"
#include "ui/issue/issue-chip.h"
#include "ui/issue/issue-steps.h"
#include "ui/issue/issue-words.h"
#include "ui/team/arrest-dialogs.h"
#include "ui/visit/answers.h"
#include "ui/visit/focus-scroll.h"
#include "ui/visit/names.h"
#include "ui/visit/record-editor.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/page.h"

struct _YmIssuePage
{
  GtkWidget parent_instance;

  YmSession *session;
  YmId id;
  YmIssue *issue; /* (nullable): until it is read */
  char *home;     /* (nullable) */
  YmBanner *banner;
  GtkWidget *column;
  GtkLabel *title;
  YmIssueChip *chip;
  GtkLabel *facts;
  GtkLabel *due;
  GtkWidget *share;
  GtkWidget *who_shares;
  YmId force;
  YmRecordEditor *editor; /* (nullable): until it is read */
  YmActionCards *actions;
  GtkWidget *steps;
};

G_DEFINE_FINAL_TYPE (YmIssuePage, ym_issue_page, GTK_TYPE_WIDGET)

static const guint about_fields[]
    = { YM_ISSUE_TITLE, YM_ISSUE_CATEGORY, YM_ISSUE_SEVERITY, YM_ISSUE_OWNER, YM_ISSUE_DESCRIPTION };
static const guint plan_fields[] = { YM_ISSUE_SCANNING, YM_ISSUE_ANALYSIS, YM_ISSUE_RESPONSE, YM_ISSUE_ASSESSMENT };

static const YmRecordGroup groups[] = {
  { N_ ("Details"), about_fields, G_N_ELEMENTS (about_fields) },
  { N_ ("The plan"), plan_fields, G_N_ELEMENTS (plan_fields) },
};

static gboolean
save_changes (YmDesk *desk, const YmRecord *before, const YmRecord *after, GError **error)
{
  return ym_desk_save (desk, "issue.edit", before, after, error);
}

static const YmRecordEditorTask task = { .groups = groups, .n_groups = G_N_ELEMENTS (groups), .save = save_changes };

/* All that the page says, read in one go. */
typedef struct {
  YmIssue *issue;
  YmDraft *draft; /* (nullable): what was changed and not saved */
  char *home;
  char *opened_by;
  GPtrArray *authors;
  YmId force;
  gboolean may_share;
} Facts;

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_clear_pointer (&facts->issue, ym_issue_free);
  g_clear_pointer (&facts->draft, ym_draft_free);
  g_clear_pointer (&facts->authors, g_ptr_array_unref);
  g_free (facts->home);
  g_free (facts->opened_by);
  g_free (facts);
}

static gpointer
read_facts (YmDesk *desk, gpointer id, GError **error)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->issue = ym_issue_load (desk, id, error);
  if (facts->issue == NULL)
    {
      facts_free (facts);
      return NULL;
    }
  facts->draft = ym_draft_load (desk, id, NULL);
  facts->home = ym_names_of (desk, YM_FORM_HOME, &facts->issue->issue->scope);
  facts->opened_by = ym_names_of_reference (desk, facts->issue->issue, YM_ISSUE_OFFICER);
  facts->authors = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < facts->issue->updates->len; i++)
    g_ptr_array_add (facts->authors, ym_names_of_reference (desk, g_ptr_array_index (facts->issue->updates, i),
                                                            YM_ISSUE_UPDATE_OFFICER));
  if (!ym_learning_reader (desk, &facts->force, &facts->may_share, NULL))
    facts->may_share = FALSE;
  return facts;
}

static void
title_page (YmIssuePage *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), YM_TYPE_PAGE);

  if (page != NULL)
    ym_page_set_title (YM_PAGE (page), _ ("Issue"), self->home);
}

static void
show_head (YmIssuePage *self)
{
  g_autofree char *facts = ym_issue_facts (self->issue->issue);
  g_autofree char *due = ym_issue_due_text (self->issue);

  gtk_label_set_text (self->title, ym_record_get_text (self->issue->issue, YM_ISSUE_TITLE));
  ym_issue_chip_set (self->chip, self->issue->state);
  gtk_label_set_text (self->facts, facts);
  gtk_label_set_text (self->due, due != NULL ? due : "");
  gtk_widget_set_visible (GTK_WIDGET (self->due), due != NULL);
  if (self->issue->days_past_due > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->due), "past-due");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->due), "past-due");
}

/* R11: good practice is shared, not solved. */
static void
show_share (YmIssuePage *self, const Facts *facts)
{
  gboolean good = ym_record_get_integer (self->issue->issue, YM_ISSUE_CATEGORY, 0) == YM_ISSUE_GOOD_PRACTICE;

  self->force = facts->force;
  gtk_widget_set_visible (self->share, good && facts->may_share);
  gtk_widget_set_visible (self->who_shares, good && !facts->may_share);
}

static void
share_clicked_cb (YmIssuePage *self)
{
  g_autoptr (YmRecord) note = ym_record_new (ym_form (YM_FORM_LEARNING_NOTE), &self->force, &ym_id_zero);

  ym_record_set_integer (note, YM_LEARNING_NOTE_TOPIC, YM_LEARNING_GOOD_PRACTICE);
  ym_record_set (note, YM_LEARNING_NOTE_TITLE, ym_record_get (self->issue->issue, YM_ISSUE_TITLE));
  ym_record_set (note, YM_LEARNING_NOTE_TEXT, ym_record_get (self->issue->issue, YM_ISSUE_DESCRIPTION));
  ym_learning_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session, &self->force, note);
}

static void
editor_saved_cb (YmIssuePage *self)
{
  ym_banner_hide (self->banner);
}

static void
failed_cb (YmIssuePage *self, const char *message)
{
  ym_banner_show (self->banner, YM_BANNER_ERROR, message, NULL);
}

/* A kept change that was refused by the server says why. */
static void
build_editor (YmIssuePage *self, const YmDraft *draft)
{
  self->editor = YM_RECORD_EDITOR (ym_record_editor_new (self->session, self->issue->issue, draft, &task));
  gtk_box_append (GTK_BOX (self->column), GTK_WIDGET (self->editor));
  gtk_widget_insert_before (ym_record_editor_get_bar (self->editor), GTK_WIDGET (self), NULL);
  g_signal_connect_object (self->editor, "saved", G_CALLBACK (editor_saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  if (ym_record_editor_is_changed (self->editor))
    ym_banner_show (self->banner, draft->reason != 0 ? YM_BANNER_WARNING : YM_BANNER_INFORMATION,
                    draft->reason != 0 ? ym_reason_get_message (draft->reason)
                                       : _ ("You changed this earlier and did not save it. Here it is."),
                    NULL);
}

static void
show_steps (YmIssuePage *self, const Facts *facts)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->steps)) != NULL)
    gtk_box_remove (GTK_BOX (self->steps), child);
  gtk_box_append (GTK_BOX (self->steps), ym_paragraph_new (_ ("What happened"), "title-4"));
  gtk_box_append (GTK_BOX (self->steps), ym_issue_steps_new (self->issue, facts->opened_by, facts->authors));
}

static void
show_facts (YmIssuePage *self, Facts *facts)
{
  g_clear_pointer (&self->issue, ym_issue_free);
  self->issue = g_steal_pointer (&facts->issue);
  g_free (self->home);
  self->home = g_strdup (facts->home);
  title_page (self);
  show_head (self);
  show_share (self, facts);
  if (self->editor == NULL)
    build_editor (self, facts->draft);
  else
    ym_record_editor_follow (self->editor, self->issue->issue);
  ym_action_cards_show (self->actions, self->issue);
  show_steps (self, facts);
  gtk_widget_set_visible (self->column, TRUE);
}

static void
facts_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmIssuePage) self = user_data;
  g_autoptr (GError) error = NULL;
  Facts *facts = ym_notebook_run_finish (result, &error);

  if (self->session != NULL && facts != NULL)
    show_facts (self, facts);
  else if (self->session != NULL)
    ym_banner_show (self->banner, YM_BANNER_ERROR, error->message, NULL);
  g_clear_pointer (&facts, facts_free);
}

static void
refresh (YmIssuePage *self)
{
  if (ym_session_get_notebook (self->session) != NULL)
    ym_session_read (self->session, read_facts, ym_id_copy (&self->id), g_free, facts_free, NULL, facts_read_cb,
                     g_object_ref (self));
}

static void
step_clicked_cb (YmIssuePage *self)
{
  ym_issue_step_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session, self->issue, NULL);
}

static void
ym_issue_page_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ym_issue_page_parent_class)->root (widget);
  title_page (YM_ISSUE_PAGE (widget));
}

static void
ym_issue_page_dispose (GObject *object)
{
  YmIssuePage *self = YM_ISSUE_PAGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  g_clear_pointer (&self->issue, ym_issue_free);
  g_clear_pointer (&self->home, g_free);
  G_OBJECT_CLASS (ym_issue_page_parent_class)->dispose (object);
}

static void
ym_issue_page_class_init (YmIssuePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_issue_page_dispose;
  widget_class->root = ym_issue_page_root;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *
build_head (YmIssuePage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *step = ym_wrap_button_new (_ ("Next step…"));

  self->title = GTK_LABEL (ym_paragraph_new ("", "title-2"));
  self->chip = YM_ISSUE_CHIP (ym_issue_chip_new ());
  self->facts = GTK_LABEL (ym_paragraph_new ("", NULL));
  self->due = GTK_LABEL (ym_paragraph_new ("", NULL));
  gtk_widget_add_css_class (step, "suggested-action");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->chip));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->facts));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->due));
  gtk_box_append (GTK_BOX (head), step);
  self->share = ym_wrap_button_new (_ ("Share with the force…"));
  self->who_shares = ym_paragraph_new (_ ("A supervisor or the force lead can share this good practice with the force."), "quiet");
  gtk_box_append (GTK_BOX (head), self->share);
  gtk_box_append (GTK_BOX (head), self->who_shares);
  g_signal_connect_object (self->share, "clicked", G_CALLBACK (share_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (step, "clicked", G_CALLBACK (step_clicked_cb), self, G_CONNECT_SWAPPED);
  return head;
}

static void
ym_issue_page_init (YmIssuePage *self)
{
  GtkWidget *scrolled;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->banner = YM_BANNER (ym_banner_new ());
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  self->steps = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->column), build_head (self));
  scrolled = ym_page_clamp (self->column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_scroll_keep_focus (GTK_SCROLLED_WINDOW (scrolled));
  gtk_widget_set_parent (GTK_WIDGET (self->banner), GTK_WIDGET (self));
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
  gtk_widget_set_visible (self->column, FALSE);
}

GtkWidget *
ym_issue_page_new (YmSession *session, const YmId *issue)
{
  YmIssuePage *self = g_object_new (YM_TYPE_ISSUE_PAGE, NULL);

  self->session = g_object_ref (session);
  self->id = *issue;
  self->actions = YM_ACTION_CARDS (ym_action_cards_new (session));
  gtk_box_append (GTK_BOX (self->column), GTK_WIDGET (self->actions));
  gtk_box_append (GTK_BOX (self->column), self->steps);
  g_signal_connect_object (self->actions, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
