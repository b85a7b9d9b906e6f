/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Learning notes, the latest first, each to be read whole. */

#include "ui/team/learning-page.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/learning.h"
#include "ui/team/arrest-dialogs.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/date-text.h"
#include "ui/widgets/page.h"

#define MOST_NOTES 200

struct _YmLearningPage
{
  YmSheet parent_instance;

  YmId force;
  GtkWidget *share;
  GtkWidget *none;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (YmLearningPage, ym_learning_page, YM_TYPE_SHEET)

typedef struct {
  GPtrArray *notes;
  gboolean may_share;
  YmId force;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->notes, g_ptr_array_unref);
  g_free (answer);
}

static gpointer
read_notes (YmDesk *desk, gpointer data, GError **error)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->notes = ym_learning_list (desk, error);
  if (answer->notes != NULL && ym_learning_reader (desk, &answer->force, &answer->may_share, error))
    return answer;
  answer_free (answer);
  return NULL;
}

static GtkWidget *
new_card (const YmRecord *note)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  g_autofree char *topic = ym_answer_text (ym_form_field (note->form, YM_LEARNING_NOTE_TOPIC),
                                           ym_record_get (note, YM_LEARNING_NOTE_TOPIC));
  g_autofree char *day = ym_date_say (ym_london_day (ym_record_get_integer (note, YM_LEARNING_NOTE_AT, 0)));
  g_autofree char *about = g_strdup_printf ("%s · %s", topic, day);

  gtk_box_append (GTK_BOX (card), ym_paragraph_new (ym_record_get_text (note, YM_LEARNING_NOTE_TITLE), "field-title"));
  gtk_box_append (GTK_BOX (card), ym_paragraph_new (about, "quiet"));
  gtk_box_append (GTK_BOX (card), ym_paragraph_new (ym_record_get_text (note, YM_LEARNING_NOTE_TEXT), NULL));
  gtk_widget_add_css_class (card, "issue-card");
  return card;
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmLearningPage *self = YM_LEARNING_PAGE (sheet);
  Answer *answer = data;
  GtkWidget *card;

  ym_sheet_title (sheet, _ ("Learning"), NULL);
  self->force = answer->force;
  while ((card = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), card);
  for (guint i = 0; i < answer->notes->len && i < MOST_NOTES; i++)
    gtk_box_append (GTK_BOX (self->list), new_card (g_ptr_array_index (answer->notes, i)));
  gtk_widget_set_visible (self->none, answer->notes->len == 0);
  gtk_widget_set_visible (self->share, answer->may_share);
  answer_free (answer);
}

static void
share_clicked_cb (YmLearningPage *self)
{
  ym_learning_dialog_present (ym_sheet_window (YM_SHEET (self)), ym_sheet_get_session (YM_SHEET (self)), &self->force,
                              NULL);
}

static void
ym_learning_page_class_init (YmLearningPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  sheet_class->work = read_notes;
  sheet_class->answer_free = answer_free;
  sheet_class->show = show;
}

static void
ym_learning_page_init (YmLearningPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scrolled;

  self->share = ym_wrap_button_new (_ ("Share a Learning Note…"));
  self->none = ym_paragraph_new (_ ("No learning note was shared yet."), "quiet");
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (column),
                  ym_paragraph_new (_ ("What one case teaches, for everybody in the force. No note names a home, an officer or "
                                       "a child."),
                                    "quiet"));
  gtk_box_append (GTK_BOX (column), self->share);
  gtk_box_append (GTK_BOX (column), self->none);
  gtk_box_append (GTK_BOX (column), self->list);
  scrolled = ym_page_clamp (column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_sheet_append (YM_SHEET (self), scrolled);
  g_signal_connect_object (self->share, "clicked", G_CALLBACK (share_clicked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_learning_page_new (YmSession *session)
{
  YmLearningPage *self = g_object_new (YM_TYPE_LEARNING_PAGE, NULL);

  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
