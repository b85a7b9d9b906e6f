/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One call: the control room's facts above, the officers' review below. What the control room has answered already stands
 * in the questions; only what an officer changes becomes the officers' word. */

#include "ui/calls/call-page.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/calls.h"
#include "app/notebook/draft.h"
#include "app/rules/judgement.h"
#include "ui/calls/call-dialog.h"
#include "ui/calls/call-words.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/answers.h"
#include "ui/visit/focus-scroll.h"
#include "ui/visit/names.h"
#include "ui/visit/record-editor.h"
#include "ui/widgets/page.h"

struct _YmCallPage
{
  YmSheet parent_instance;

  YmId home;
  YmId id;
  GtkLabel *when;
  GtkWidget *chip;
  GtkWidget *facts; /* where the control room's facts go */
  GtkWidget *column;
  YmRecordEditor *editor; /* (nullable): until the call is read */
};

G_DEFINE_FINAL_TYPE (YmCallPage, ym_call_page, YM_TYPE_SHEET)

static const guint typed_fields[] = { YM_CALL_REVIEW_RECEIVED_AT, YM_CALL_REVIEW_INCIDENT_REF, YM_CALL_REASON };
static const guint judgement_fields[] = { YM_CALL_APPROPRIATE, YM_CALL_REVIEW_APPROPRIATE_WHY };
static const guint child_fields[]
    = { YM_CALL_CONCERNS_RESIDENT, YM_CALL_CHILD_PART, YM_CALL_REVIEW_ETHNICITY, YM_CALL_REVIEW_GENDER };
static const guint before_fields[]
    = { YM_CALL_REVIEW_WHO_DECIDED, YM_CALL_MANAGER_DECIDED, YM_CALL_DONE_BEFORE, YM_CALL_LOCATION_KNOWN };
static const guint outcome_fields[] = { YM_CALL_ATTENDED, YM_CALL_OUTCOME, YM_CALL_REVIEW_ALTERNATIVES };
static const guint withdrawn_fields[] = { YM_CALL_REVIEW_WITHDRAWN };

/* The first and the last are for a call that an officer typed. */
static const YmRecordGroup groups[] = {
  { N_ ("The call"), typed_fields, G_N_ELEMENTS (typed_fields) },
  { N_ ("Judgement"), judgement_fields, G_N_ELEMENTS (judgement_fields) },
  { N_ ("Before the call"), before_fields, G_N_ELEMENTS (before_fields) },
  { N_ ("The child"), child_fields, G_N_ELEMENTS (child_fields) },
  { N_ ("What came of it"), outcome_fields, G_N_ELEMENTS (outcome_fields) },
  { N_ ("Entered by mistake?"), withdrawn_fields, G_N_ELEMENTS (withdrawn_fields) },
};

/* What is known of a call as one record: the officers' word, else the control room's. */
static YmRecord *
known (const YmCall *call)
{
  YmRecord *review = ym_call_review_begin (call);

  for (guint i = 0; call->call != NULL && i < review->form->n_fields; i++)
    {
      const YmField *field = &review->form->fields[i];

      if (review->values[i].kind == YM_VALUE_NULL && field->id >= YM_CALL_REASON && field->id <= YM_CALL_OUTCOME)
        ym_record_set (review, field->id, ym_record_get (call->call, field->id));
    }
  return review;
}

/* On what stands now: a colleague may have answered something else meanwhile. */
static gboolean
save_review (YmDesk *desk, const YmRecord *before, const YmRecord *after, GError **error)
{
  g_autoptr (YmCall) call = ym_call_load (desk, &after->scope, &after->id, error);
  g_autoptr (YmRecord) review = call != NULL ? ym_call_review_begin (call) : NULL;

  if (review == NULL)
    return FALSE;
  ym_record_merge (review, before, after);
  return ym_call_review_save (desk, review, error);
}

static const YmRecordEditorTask typed_task = { groups, G_N_ELEMENTS (groups), ym_call_review_lacks, save_review };
static const YmRecordEditorTask review_task = { groups + 1, G_N_ELEMENTS (groups) - 2, ym_call_review_lacks, save_review };

typedef struct {
  YmId home;
  YmId id;
} Question;

typedef struct {
  YmCall *call;
  YmDraft *draft; /* (nullable): what was changed and not saved */
  char *home_name;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->call, ym_call_free);
  g_clear_pointer (&answer->draft, ym_draft_free);
  g_free (answer->home_name);
  g_free (answer);
}

static gpointer
read_call (YmDesk *desk, gpointer data, GError **error)
{
  const Question *question = data;
  YmCall *call = ym_call_load (desk, &question->home, &question->id, error);
  Answer *answer;

  if (call == NULL)
    return NULL;
  answer = g_new0 (Answer, 1);
  answer->call = call;
  answer->draft = ym_draft_load (desk, &question->id, NULL);
  answer->home_name = ym_names_of (desk, YM_FORM_HOME, &question->home);
  return answer;
}

static gpointer
question (YmSheet *sheet)
{
  YmCallPage *self = YM_CALL_PAGE (sheet);
  const Question asked = { self->home, self->id };

  return g_memdup2 (&asked, sizeof asked);
}

static void
show_facts (YmCallPage *self, const YmCall *call)
{
  GtkWidget *child, *card;

  while ((child = gtk_widget_get_first_child (self->facts)) != NULL)
    gtk_box_remove (GTK_BOX (self->facts), child);
  if (call->call == NULL)
    {
      gtk_box_append (GTK_BOX (self->facts), ym_paragraph_new (_ ("Typed by an officer; the control room has not sent it."),
                                                               "note-line"));
      return;
    }
  card = ym_answers_new (call->call, 0);
  gtk_box_append (GTK_BOX (self->facts), ym_paragraph_new (_ ("From the control room"), "heading"));
  if (card != NULL)
    gtk_box_append (GTK_BOX (self->facts), card);
}

static void
saved_cb (YmCallPage *self)
{
  ym_banner_hide (ym_sheet_get_banner (YM_SHEET (self)));
}

static void
failed_cb (YmCallPage *self, const char *message)
{
  ym_banner_show (ym_sheet_get_banner (YM_SHEET (self)), YM_BANNER_ERROR, message, NULL);
}

static void
build_editor (YmCallPage *self, const YmCall *call, const YmRecord *record, const YmDraft *draft)
{
  self->editor = YM_RECORD_EDITOR (ym_record_editor_new (ym_sheet_get_session (YM_SHEET (self)), record, draft,
                                                         call->call == NULL ? &typed_task : &review_task));
  gtk_box_append (GTK_BOX (self->column), GTK_WIDGET (self->editor));
  ym_sheet_append (YM_SHEET (self), ym_record_editor_get_bar (self->editor));
  g_signal_connect_object (self->editor, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  if (!ym_record_editor_is_changed (self->editor))
    return;
  ym_banner_show (ym_sheet_get_banner (YM_SHEET (self)), draft->reason != 0 ? YM_BANNER_WARNING : YM_BANNER_INFORMATION,
                  draft->reason != 0 ? ym_reason_get_message (draft->reason)
                                     : _ ("You changed this earlier and did not save it. Here it is."),
                  NULL);
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmCallPage *self = YM_CALL_PAGE (sheet);
  Answer *answer = data;
  const YmCall *call = answer->call;
  g_autofree char *when = ym_instant_say (call->received_at_us);
  g_autoptr (YmRecord) record = known (call);

  ym_sheet_title (sheet, _ ("Call"), answer->home_name);
  gtk_label_set_text (self->when, when);
  ym_chip_set (self->chip, ym_appropriate_look (ym_call_answer (call, YM_CALL_APPROPRIATE)), NULL);
  show_facts (self, call);
  if (self->editor == NULL)
    build_editor (self, call, record, answer->draft);
  else
    ym_record_editor_follow (self->editor, record);
  answer_free (answer);
}

static void
ym_call_page_class_init (YmCallPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  sheet_class->work = read_call;
  sheet_class->answer_free = answer_free;
  sheet_class->question = question;
  sheet_class->question_free = g_free;
  sheet_class->show = show;
}

static void
ym_call_page_init (YmCallPage *self)
{
  GtkWidget *scrolled;

  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->when = GTK_LABEL (ym_paragraph_new ("", "title-3"));
  self->chip = ym_chip_new ();
  self->facts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->column), GTK_WIDGET (self->when));
  gtk_box_append (GTK_BOX (self->column), self->chip);
  gtk_box_append (GTK_BOX (self->column), self->facts);
  scrolled = ym_page_clamp (self->column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_scroll_keep_focus (GTK_SCROLLED_WINDOW (scrolled));
  ym_sheet_append (YM_SHEET (self), scrolled);
}

GtkWidget *
ym_call_page_new (YmSession *session, const YmId *home, const YmId *call)
{
  YmCallPage *self = g_object_new (YM_TYPE_CALL_PAGE, NULL);

  self->home = *home;
  self->id = *call;
  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
