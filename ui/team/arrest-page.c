/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One review (R9):
 *
 *   (to review)  Due by the end of Tuesday 3 March
 *   the arrest | first: alternatives | the ten points | conclusion     answered in place, or read once it is completed
 *   views that were sought                                             [ Record a View… ]
 *   [ Complete the Review ]
 */

#include "ui/team/arrest-page.h"

#include <glib/gi18n-lib.h>

#include "app/journal/tables.h"
#include "app/notebook/draft.h"
#include "ui/home/entry-list.h"
#include "ui/team/arrest-dialogs.h"
#include "ui/team/team-words.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/answers.h"
#include "ui/visit/focus-scroll.h"
#include "ui/visit/names.h"
#include "ui/visit/record-editor.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/confirm.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/page.h"

struct _YmArrestPage
{
  YmSheet parent_instance;

  YmId id;
  YmArrest *arrest; /* (nullable): until it is read */
  GtkLabel *when;
  GtkWidget *chip;
  GtkLabel *standing;
  GtkWidget *column;
  GtkWidget *place; /* of the questions, or of their answers */
  YmRecordEditor *editor;
  GtkWidget *bar; /* (nullable): the editor's */
  YmEntryList *views;
  GtkWidget *add;
  GtkWidget *complete;
};

G_DEFINE_FINAL_TYPE (YmArrestPage, ym_arrest_page, YM_TYPE_SHEET)

static const guint arrest_fields[]
    = { YM_ARREST_REVIEW_ARRESTED_AT, YM_ARREST_REVIEW_INCIDENT_REF,  YM_ARREST_REVIEW_OFFENCE,
        YM_ARREST_REVIEW_PERSON_REF,  YM_ARREST_REVIEW_INITIALS,      YM_ARREST_REVIEW_YEAR_OF_BIRTH,
        YM_ARREST_REVIEW_ETHNICITY,   YM_ARREST_REVIEW_GENDER };
static const guint first_fields[] = { YM_ARREST_REVIEW_ALTERNATIVES };
static const guint point_fields[]
    = { YM_ARREST_REVIEW_POLICY,       YM_ARREST_REVIEW_WHY_POLICE,    YM_ARREST_REVIEW_EARLIER_ACTION,
        YM_ARREST_REVIEW_APOLOGY,      YM_ARREST_REVIEW_VICTIM_VIEWS,  YM_ARREST_REVIEW_SOCIAL_WORKER,
        YM_ARREST_REVIEW_CARE_PLAN,    YM_ARREST_REVIEW_RECENT,        YM_ARREST_REVIEW_CHILD_SAYS,
        YM_ARREST_REVIEW_FEATURES };
static const guint last_fields[] = { YM_ARREST_REVIEW_OUTCOME, YM_ARREST_REVIEW_CONCLUSION };

static const YmRecordGroup groups[] = {
  { N_ ("First: alternatives to arrest"), first_fields, G_N_ELEMENTS (first_fields) },
  { N_ ("The ten points"), point_fields, G_N_ELEMENTS (point_fields) },
  { N_ ("What follows"), last_fields, G_N_ELEMENTS (last_fields) },
  { N_ ("The arrest"), arrest_fields, G_N_ELEMENTS (arrest_fields) },
};

/* On what stands now: a colleague may have answered another point meanwhile. */
static gboolean
save_review (YmDesk *desk, const YmRecord *before, const YmRecord *after, GError **error)
{
  g_autoptr (YmRecord) now = ym_tables_find (desk->db, after->form, &after->id, error);
  g_autoptr (YmRecord) merged = now == NULL ? NULL : ym_record_copy (now);

  if (merged == NULL)
    return FALSE;
  ym_record_merge (merged, before, after);
  return ym_arrest_save (desk, now, merged, error);
}

static const YmRecordEditorTask task = { groups, G_N_ELEMENTS (groups), NULL, save_review };

typedef struct {
  YmArrest *arrest;
  YmDraft *draft;
  char *home_name;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->arrest, ym_arrest_free);
  g_clear_pointer (&answer->draft, ym_draft_free);
  g_free (answer->home_name);
  g_free (answer);
}

static gpointer
read_arrest (YmDesk *desk, gpointer id, GError **error)
{
  YmArrest *arrest = ym_arrest_load (desk, id, error);
  Answer *answer;

  if (arrest == NULL)
    return NULL;
  answer = g_new0 (Answer, 1);
  answer->arrest = arrest;
  answer->draft = ym_draft_load (desk, id, NULL);
  answer->home_name = ym_names_of (desk, YM_FORM_HOME, &arrest->home);
  return answer;
}

static gpointer
question (YmSheet *sheet)
{
  return ym_id_copy (&YM_ARREST_PAGE (sheet)->id);
}

static gboolean
is_completed (const YmArrest *arrest)
{
  return arrest->state == YM_ARREST_REVIEW_DONE || arrest->state == YM_ARREST_REVIEW_DONE_LATE;
}

static void
failed_cb (YmArrestPage *self, const char *message)
{
  ym_banner_show (ym_sheet_get_banner (YM_SHEET (self)), YM_BANNER_ERROR, message, NULL);
}

static void
saved_cb (YmArrestPage *self)
{
  ym_banner_hide (ym_sheet_get_banner (YM_SHEET (self)));
}

static void
build_editor (YmArrestPage *self, const YmDraft *draft)
{
  self->editor = YM_RECORD_EDITOR (
      ym_record_editor_new (ym_sheet_get_session (YM_SHEET (self)), self->arrest->review, draft, &task));
  self->bar = ym_record_editor_get_bar (self->editor);
  gtk_box_append (GTK_BOX (self->place), GTK_WIDGET (self->editor));
  ym_sheet_append (YM_SHEET (self), self->bar);
  g_signal_connect_object (self->editor, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  if (ym_record_editor_is_changed (self->editor))
    ym_banner_show (ym_sheet_get_banner (YM_SHEET (self)), YM_BANNER_INFORMATION,
                    _ ("You changed this earlier and did not save it. Here it is."), NULL);
}

/* What is completed is read. */
static void
show_answers (YmArrestPage *self)
{
  GtkWidget *child;

  self->editor = NULL;
  if (self->bar != NULL)
    gtk_widget_set_visible (self->bar, FALSE);
  while ((child = gtk_widget_get_first_child (self->place)) != NULL)
    gtk_box_remove (GTK_BOX (self->place), child);
  child = ym_answers_new (self->arrest->review, 0);
  if (child != NULL)
    gtk_box_append (GTK_BOX (self->place), child);
}

static void
show_views (YmArrestPage *self)
{
  g_autoptr (YmEntries) entries = ym_entries_new ();

  for (guint i = 0; i < self->arrest->views->len; i++)
    {
      const YmRecord *view = g_ptr_array_index (self->arrest->views, i);
      const YmForm *form = view->form;
      g_autofree char *asked
          = ym_answer_text (ym_form_field (form, YM_ARREST_VIEW_FROM), ym_record_get (view, YM_ARREST_VIEW_FROM));
      g_autofree char *side
          = ym_answer_text (ym_form_field (form, YM_ARREST_VIEW_SIDE), ym_record_get (view, YM_ARREST_VIEW_SIDE));
      const char *name = ym_record_get_text (view, YM_ARREST_VIEW_NAME);
      const char *said = ym_record_get_text (view, YM_ARREST_VIEW_SAID);
      const YmEntry entry = {
        .key = ym_entries_own (entries, ym_id_to_string (&view->id)),
        .title = ym_entries_own (entries, name == NULL ? g_strdup (asked) : g_strdup_printf ("%s: %s", asked, name)),
        .detail = ym_entries_own (entries, g_steal_pointer (&side)),
        .text = said,
        .state = said == NULL ? _ ("No answer yet") : NULL,
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  ym_entry_list_show (self->views, entries);
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmArrestPage *self = YM_ARREST_PAGE (sheet);
  Answer *answer = data;
  gboolean completed = is_completed (answer->arrest);
  g_autofree char *when = ym_instant_say (answer->arrest->arrested_at_us);
  g_autofree char *standing = ym_arrest_standing (answer->arrest);

  ym_sheet_title (sheet, _ ("Arrest review"), answer->home_name);
  g_clear_pointer (&self->arrest, ym_arrest_free);
  self->arrest = g_steal_pointer (&answer->arrest);
  gtk_label_set_text (self->when, when);
  ym_chip_set (self->chip, ym_arrest_look (self->arrest->state), NULL);
  gtk_label_set_text (self->standing, standing);
  if (completed)
    show_answers (self);
  else if (self->editor == NULL)
    build_editor (self, answer->draft);
  else
    ym_record_editor_follow (self->editor, self->arrest->review);
  show_views (self);
  gtk_widget_set_visible (self->complete, !completed);
  answer_free (answer);
}

static gpointer
do_complete (YmDesk *desk, gpointer id, GError **error)
{
  return ym_arrest_complete (desk, id, error) ? desk : NULL;
}

static void
completed (YmSheet *sheet, gpointer result)
{
  ym_banner_show (ym_sheet_get_banner (sheet), YM_BANNER_INFORMATION, _ ("The review is completed."), NULL);
}

static void
accepted_cb (YmArrestPage *self)
{
  ym_sheet_write (YM_SHEET (self), do_complete, ym_id_copy (&self->id), g_free, NULL, completed);
}

static void
complete_clicked_cb (YmArrestPage *self)
{
  YmConfirm *confirm;

  if (self->editor != NULL && ym_record_editor_is_changed (self->editor))
    {
      ym_banner_show (ym_sheet_get_banner (YM_SHEET (self)), YM_BANNER_WARNING, _ ("Save what you changed first."), NULL);
      return;
    }
  confirm = ym_confirm_new (ym_sheet_window (YM_SHEET (self)), _ ("Complete the review?"),
                            _ ("Nothing in it can be changed afterwards; views can still be added."), _ ("Complete"), FALSE);
  g_signal_connect_object (confirm, "accepted", G_CALLBACK (accepted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (confirm));
}

static void
add_clicked_cb (YmArrestPage *self)
{
  if (self->arrest != NULL)
    ym_arrest_view_dialog_present (ym_sheet_window (YM_SHEET (self)), ym_sheet_get_session (YM_SHEET (self)),
                                   self->arrest->review, NULL);
}

static void
view_activated_cb (YmArrestPage *self, guint index)
{
  ym_arrest_view_dialog_present (ym_sheet_window (YM_SHEET (self)), ym_sheet_get_session (YM_SHEET (self)),
                                 self->arrest->review, g_ptr_array_index (self->arrest->views, index));
}

static void
ym_arrest_page_finalize (GObject *object)
{
  g_clear_pointer (&YM_ARREST_PAGE (object)->arrest, ym_arrest_free);
  G_OBJECT_CLASS (ym_arrest_page_parent_class)->finalize (object);
}

static void
ym_arrest_page_class_init (YmArrestPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_arrest_page_finalize;
  sheet_class->work = read_arrest;
  sheet_class->answer_free = answer_free;
  sheet_class->question = question;
  sheet_class->question_free = g_free;
  sheet_class->show = show;
}

static void
ym_arrest_page_init (YmArrestPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *scrolled;

  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->when = GTK_LABEL (ym_paragraph_new ("", "title-3"));
  self->chip = ym_chip_new ();
  self->standing = GTK_LABEL (ym_paragraph_new ("", NULL));
  self->place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->views = YM_ENTRY_LIST (ym_entry_list_new (_ ("Views sought"), _ ("Nobody was asked yet: social worker, counsellor, "
                                                                         "mental health, youth justice, the children.")));
  self->add = ym_wrap_button_new (_ ("Record a View…"));
  self->complete = ym_wrap_button_new (_ ("Complete the Review…"));
  gtk_widget_add_css_class (self->complete, "suggested-action");
  ym_entry_list_add_end (self->views, self->add);
  /* Until when there is time stays in sight, however far down the points one is. */
  gtk_widget_set_layout_manager (head, ym_fold_layout_new (9, FALSE));
  gtk_widget_add_css_class (head, "top-line");
  gtk_box_append (GTK_BOX (head), self->chip);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->standing));
  ym_sheet_append (YM_SHEET (self), head);
  gtk_box_append (GTK_BOX (self->column), GTK_WIDGET (self->when));
  gtk_box_append (GTK_BOX (self->column), self->place);
  gtk_box_append (GTK_BOX (self->column), GTK_WIDGET (self->views));
  gtk_box_append (GTK_BOX (self->column), self->complete);
  scrolled = ym_page_clamp (self->column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_scroll_keep_focus (GTK_SCROLLED_WINDOW (scrolled));
  ym_sheet_append (YM_SHEET (self), scrolled);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->complete, "clicked", G_CALLBACK (complete_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "activated", G_CALLBACK (view_activated_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_arrest_page_new (YmSession *session, const YmId *review)
{
  YmArrestPage *self = g_object_new (YM_TYPE_ARREST_PAGE, NULL);

  self->id = *review;
  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
