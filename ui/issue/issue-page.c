/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One issue (R11): where it stands, what it is about and the plan, who does what, what happened. What is changed in
 * place is a draft until it is saved by the button: only the changed answers, so that a colleague's to another question
 * is never overwritten. */

#include "ui/issue/issue-page.h"

#include <glib/gi18n-lib.h>

#include "app/forms/validate.h"
#include "app/notebook/draft.h"
#include "app/notebook/issues.h"
#include "app/notebook/save.h"
#include "app/rules/judgement.h"
#include "ui/issue/action-cards.h"
#include "ui/issue/dialogs.h"
#include "ui/issue/issue-chip.h"
#include "ui/issue/issue-steps.h"
#include "ui/issue/issue-words.h"
#include "ui/visit/answers.h"
#include "ui/visit/draft-keeper.h"
#include "ui/visit/focus-scroll.h"
#include "ui/visit/names.h"
#include "ui/visit/record-form.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/page.h"

struct _YmIssuePage
{
  GtkWidget parent_instance;

  YmSession *session;
  YmId id;
  YmIssue *issue;        /* (nullable): until it is read */
  char *home;            /* (nullable) */
  YmRecord *edited;      /* what the forms write into */
  YmDraftKeeper *keeper; /* the changed answers alone */
  YmBanner *banner;
  GtkWidget *column;
  GtkLabel *title;
  YmIssueChip *chip;
  GtkLabel *facts;
  GtkLabel *due;
  GtkWidget *forms; /* the two cards */
  YmRecordForm *about;
  YmRecordForm *plan;
  YmActionCards *actions;
  GtkWidget *steps;
  GtkWidget *bar;
  GtkWidget *save;
  gboolean checking;
  gboolean saving;
};

G_DEFINE_FINAL_TYPE (YmIssuePage, ym_issue_page, GTK_TYPE_WIDGET)

static const guint about_fields[]
    = { YM_ISSUE_TITLE, YM_ISSUE_CATEGORY, YM_ISSUE_SEVERITY, YM_ISSUE_OWNER, YM_ISSUE_DESCRIPTION };
static const guint plan_fields[] = { YM_ISSUE_SCANNING, YM_ISSUE_ANALYSIS, YM_ISSUE_RESPONSE, YM_ISSUE_ASSESSMENT };

/* All that the page says, read in one go. */
typedef struct {
  YmIssue *issue;
  YmDraft *draft; /* (nullable): what was changed and not saved */
  char *home;
  char *opened_by;
  GPtrArray *authors;
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
  return facts;
}

static gboolean
is_changed (YmIssuePage *self)
{
  return self->edited != NULL && !ym_record_equal (self->edited, self->issue->issue);
}

static void
show_bar (YmIssuePage *self)
{
  gtk_widget_set_visible (self->bar, is_changed (self));
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

/* The draft holds what differs from the issue, and nothing else. */
static void
keep_changes (YmIssuePage *self)
{
  YmRecord *kept = ym_draft_keeper_get_draft (self->keeper)->record;
  const YmValue nothing = YM_VALUE_INIT;

  for (guint i = 0; i < kept->form->n_fields; i++)
    {
      gboolean same = ym_value_equal (&self->edited->values[i], &self->issue->issue->values[i]);

      ym_record_set (kept, kept->form->fields[i].id, same ? &nothing : &self->edited->values[i]);
    }
  if (is_changed (self))
    ym_draft_keeper_touch (self->keeper);
  else
    ym_draft_keeper_discard (self->keeper);
}

/* Says at each question what is wrong with it; the first of them, or NULL. */
static YmFieldRow *
check (YmIssuePage *self)
{
  g_autoptr (GPtrArray) problems = ym_record_problems (self->edited, YM_MOMENT_SAVE);
  YmRecordForm *forms[] = { self->about, self->plan };
  YmFieldRow *first = NULL;

  for (guint f = 0; f < G_N_ELEMENTS (forms); f++)
    {
      ym_record_form_unmark (forms[f]);
      for (guint i = 0; i < problems->len; i++)
        {
          const YmProblem *problem = g_ptr_array_index (problems, i);
          YmFieldRow *row = ym_record_form_get_row (forms[f], problem->field->id);

          if (row != NULL)
            ym_field_row_set_error (row, problem->message);
          if (first == NULL)
            first = row;
        }
    }
  return first;
}

static void
form_changed_cb (YmIssuePage *self)
{
  keep_changes (self);
  show_bar (self);
  if (self->checking)
    check (self);
}

static YmRecordForm *
add_form (YmIssuePage *self, const guint *fields, guint n_fields)
{
  YmRecordForm *form = YM_RECORD_FORM (ym_record_form_new (self->edited, 0, ym_session_get_clock (self->session)));

  ym_record_form_keep_only (form, fields, n_fields);
  gtk_box_append (GTK_BOX (self->forms), GTK_WIDGET (form));
  g_signal_connect_object (form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
  return form;
}

/* A kept change that was refused by the server says why. */
static void
build_forms (YmIssuePage *self, const YmDraft *draft)
{
  YmRecord *kept = ym_record_new (self->issue->issue->form, &self->issue->issue->scope, &self->id);

  for (guint i = 0; draft != NULL && i < kept->form->n_fields; i++)
    if (draft->record->values[i].kind != YM_VALUE_NULL)
      {
        ym_record_set (kept, kept->form->fields[i].id, &draft->record->values[i]);
        ym_record_set (self->edited, kept->form->fields[i].id, &draft->record->values[i]);
      }
  self->keeper = ym_draft_keeper_new (
      self->session, ym_draft_new (kept, ym_clock_wall_us (ym_session_get_clock (self->session))));
  gtk_box_append (GTK_BOX (self->forms), ym_paragraph_new (_ ("Details"), "title-4"));
  self->about = add_form (self, about_fields, G_N_ELEMENTS (about_fields));
  gtk_box_append (GTK_BOX (self->forms), ym_paragraph_new (_ ("The plan"), "title-4"));
  self->plan = add_form (self, plan_fields, G_N_ELEMENTS (plan_fields));
  if (is_changed (self))
    ym_banner_show (self->banner, draft->reason != 0 ? YM_BANNER_WARNING : YM_BANNER_INFORMATION,
                    draft->reason != 0 ? ym_reason_get_message (draft->reason)
                                       : _ ("You changed this earlier and did not save it. Here it is."),
                    NULL);
}

/* What is not being changed follows the notebook; what is, stays. */
static void
follow (YmIssuePage *self, const YmRecord *before, const YmRecord *now)
{
  for (guint i = 0; i < now->form->n_fields; i++)
    if (ym_value_equal (&self->edited->values[i], &before->values[i]))
      ym_record_set (self->edited, now->form->fields[i].id, &now->values[i]);
  ym_record_form_refresh (self->about);
  ym_record_form_refresh (self->plan);
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
  YmIssue *before = self->issue;

  self->issue = g_steal_pointer (&facts->issue);
  g_free (self->home);
  self->home = g_strdup (facts->home);
  title_page (self);
  show_head (self);
  if (before == NULL)
    {
      self->edited = ym_record_copy (self->issue->issue);
      build_forms (self, facts->draft);
    }
  else
    follow (self, before->issue, self->issue->issue);
  ym_action_cards_show (self->actions, self->issue);
  show_steps (self, facts);
  show_bar (self);
  gtk_widget_set_visible (self->column, TRUE);
  g_clear_pointer (&before, ym_issue_free);
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

typedef struct {
  YmRecord *before;
  YmRecord *after;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  ym_record_free (change->before);
  ym_record_free (change->after);
  g_free (change);
}

static gpointer
save_change (YmDesk *desk, gpointer data, GError **error)
{
  Change *change = data;

  return ym_desk_save (desk, "issue.edit", change->before, change->after, error) ? change : NULL;
}

static void
changed_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmIssuePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = ym_notebook_run_finish (result, &error) != NULL;

  if (self->session == NULL)
    return;
  self->saving = FALSE;
  gtk_widget_set_sensitive (self->forms, TRUE);
  gtk_widget_set_sensitive (self->bar, TRUE);
  if (good)
    ym_draft_keeper_discard (self->keeper);
  ym_draft_keeper_resume (self->keeper);
  if (good)
    ym_banner_hide (self->banner);
  else
    ym_banner_show (self->banner, YM_BANNER_ERROR, error->message, NULL);
}

static void
save_clicked_cb (YmIssuePage *self)
{
  Change *change;
  YmFieldRow *first;

  self->checking = TRUE;
  first = check (self);
  if (first != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (first));
      return;
    }
  self->saving = TRUE;
  gtk_widget_set_sensitive (self->forms, FALSE);
  gtk_widget_set_sensitive (self->bar, FALSE);
  ym_draft_keeper_stop (self->keeper);
  change = g_new (Change, 1);
  *change = (Change){ ym_record_copy (self->issue->issue), ym_record_copy (self->edited) };
  ym_session_write (self->session, save_change, change, change_free, NULL, changed_saved_cb, g_object_ref (self));
}

static void
undo_clicked_cb (YmIssuePage *self)
{
  for (guint i = 0; i < self->edited->form->n_fields; i++)
    ym_record_set (self->edited, self->edited->form->fields[i].id, &self->issue->issue->values[i]);
  ym_record_form_refresh (self->about);
  ym_record_form_refresh (self->plan);
  self->checking = FALSE;
  ym_record_form_unmark (self->about);
  ym_record_form_unmark (self->plan);
  ym_banner_hide (self->banner);
  gtk_widget_grab_focus (GTK_WIDGET (self->about));
  show_bar (self);
  keep_changes (self);
}

static void
step_clicked_cb (YmIssuePage *self)
{
  ym_issue_step_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session, self->issue, NULL);
}

static void
actions_failed_cb (YmIssuePage *self, const char *message)
{
  ym_banner_show (self->banner, YM_BANNER_ERROR, message, NULL);
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

  /* The rows write into what the keeper saves: they go before it. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->keeper);
  g_clear_object (&self->session);
  g_clear_pointer (&self->issue, ym_issue_free);
  g_clear_pointer (&self->edited, ym_record_free);
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
  g_signal_connect_object (step, "clicked", G_CALLBACK (step_clicked_cb), self, G_CONNECT_SWAPPED);
  return head;
}

static GtkWidget *
build_bar (YmIssuePage *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *undo = ym_wrap_button_new (_ ("Undo changes"));

  self->save = ym_wrap_button_new (_ ("Save changes"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_layout_manager (buttons, ym_fold_layout_new (12, FALSE));
  gtk_widget_set_hexpand (buttons, TRUE);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_add_css_class (bar, "bottom-bar");
  gtk_box_append (GTK_BOX (buttons), undo);
  gtk_box_append (GTK_BOX (buttons), self->save);
  gtk_box_append (GTK_BOX (bar), buttons);
  gtk_widget_set_visible (bar, FALSE);
  g_signal_connect_object (undo, "clicked", G_CALLBACK (undo_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_clicked_cb), self, G_CONNECT_SWAPPED);
  return bar;
}

static void
ym_issue_page_init (YmIssuePage *self)
{
  GtkWidget *scrolled;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->banner = YM_BANNER (ym_banner_new ());
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  self->forms = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->steps = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->bar = build_bar (self);
  gtk_box_append (GTK_BOX (self->column), build_head (self));
  scrolled = ym_page_clamp (self->column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_scroll_keep_focus (GTK_SCROLLED_WINDOW (scrolled));
  gtk_widget_set_parent (GTK_WIDGET (self->banner), GTK_WIDGET (self));
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
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
  gtk_box_append (GTK_BOX (self->column), self->forms);
  g_signal_connect_object (self->actions, "failed", G_CALLBACK (actions_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
