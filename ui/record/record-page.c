/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One record of any kind, from its form and its signed change sets alone: a contact, a child at risk, whatever has no page
 * that knows more of it. */

#include "ui/record/record-page.h"

#include <glib/gi18n-lib.h>

#include "app/journal/tables.h"
#include "app/notebook/consultation.h"
#include "app/notebook/history.h"
#include "sync/client/status.h"
#include "ui/desk/place.h"
#include "ui/record/history-card.h"
#include "ui/record/why-box.h"
#include "ui/visit/answers.h"
#include "ui/visit/names.h"
#include "ui/visit/standing-line.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/page.h"

struct _YmRecordPage
{
  YmSheet parent_instance;

  YmId scope;
  YmId id;
  gboolean whole;  /* not the history alone */
  YmId visit;      /* that it belongs to; zero for none */
  GtkWidget *column;
  GtkWidget *why; /* (nullable): while it is asked */
};

G_DEFINE_FINAL_TYPE (YmRecordPage, ym_record_page, YM_TYPE_SHEET)

typedef struct {
  YmId scope;
  YmId id;
} Which;

typedef struct {
  const YmForm *form;
  YmRecord *record;   /* NULL while @asks_why, and if it was erased or refused */
  YmHistory *history; /* NULL while @asks_why */
  YmSyncStanding standing;
  char *home;
  gboolean asks_why;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  ym_record_free (answer->record);
  ym_history_free (answer->history);
  g_free (answer->home);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static gpointer
read_record (YmDesk *desk, gpointer data, GError **error)
{
  const Which *which = data;
  g_autoptr (Answer) answer = g_new0 (Answer, 1);

  answer->form = ym_history_form (desk, &which->scope, &which->id, error);
  if (answer->form == NULL || !ym_consultation_asked (desk, answer->form, &which->id, &answer->asks_why, error))
    return NULL;
  answer->home = ym_names_of (desk, YM_FORM_HOME, &which->scope);
  if (answer->asks_why)
    return g_steal_pointer (&answer);
  answer->record = ym_tables_read (desk->db, answer->form, &which->scope, &which->id, NULL);
  answer->history = ym_history_read (desk, &which->scope, &which->id, error);
  if (answer->history == NULL
      || !ym_sync_standing_read (desk->db, answer->form->id, &which->scope, &which->id, &answer->standing, error))
    return NULL;
  return g_steal_pointer (&answer);
}

static gpointer
question (YmSheet *sheet)
{
  YmRecordPage *self = YM_RECORD_PAGE (sheet);
  const Which which = { self->scope, self->id };

  return g_memdup2 (&which, sizeof which);
}

/* --- why (R13) --- */

typedef struct {
  Which which;
  guint why;
  char *other;
} Reason;

static void
reason_free (gpointer data)
{
  g_free (((Reason *) data)->other);
  g_free (data);
}

static gpointer
save_reason (YmDesk *desk, gpointer data, GError **error)
{
  const Reason *reason = data;

  return ym_consultation_save (desk, &reason->which.scope, &reason->which.id, reason->why, reason->other, error) ? desk : NULL;
}

/* "changed" makes the page look again. */
static void
answered_cb (YmRecordPage *self, guint why, const char *other)
{
  Reason *reason = g_new (Reason, 1);

  *reason = (Reason){ { self->scope, self->id }, why, g_strdup (other) };
  ym_sheet_write (YM_SHEET (self), save_reason, reason, reason_free, NULL, NULL);
}

static void
clear (YmRecordPage *self)
{
  GtkWidget *child;

  self->why = NULL;
  while ((child = gtk_widget_get_first_child (self->column)) != NULL)
    gtk_box_remove (GTK_BOX (self->column), child);
}

static void
ask_why (YmRecordPage *self)
{
  if (self->why != NULL) /* what is being typed stays */
    return;
  clear (self);
  self->why = ym_why_box_new ();
  gtk_box_append (GTK_BOX (self->column), self->why);
  g_signal_connect_object (self->why, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
}

/* --- what it says --- */

static void
visit_clicked_cb (YmRecordPage *self)
{
  ym_place_open (GTK_WIDGET (self), YM_PLACE_VISIT, &self->scope, &self->visit);
}

static void
add_visit (YmRecordPage *self, const YmRecord *record)
{
  for (guint i = 0; i < record->form->n_fields; i++)
    if (record->form->fields[i].refers_to == YM_FORM_VISIT && ym_value_get_id (&record->values[i], &self->visit))
      {
        GtkWidget *button = ym_wrap_button_new (_ ("Open the Visit"));

        gtk_box_append (GTK_BOX (self->column), button);
        g_signal_connect_object (button, "clicked", G_CALLBACK (visit_clicked_cb), self, G_CONNECT_SWAPPED);
        return;
      }
}

static void
add_whole (YmRecordPage *self, const Answer *answer)
{
  GtkWidget *answers = answer->record != NULL ? ym_answers_new (answer->record, 0) : NULL;

  if (answers != NULL)
    gtk_box_append (GTK_BOX (self->column), answers);
  if (answer->record == NULL)
    gtk_box_append (GTK_BOX (self->column), ym_paragraph_new (_ ("This no longer stands; what became of it is below."), NULL));
  gtk_box_append (GTK_BOX (self->column), ym_standing_line_new (&answer->standing));
  if (answer->record != NULL)
    add_visit (self, answer->record);
  gtk_box_append (GTK_BOX (self->column), ym_paragraph_new (_ ("History"), "title-4"));
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmRecordPage *self = YM_RECORD_PAGE (sheet);
  g_autoptr (Answer) answer = data;
  const char *label = ym_label (answer->form->label);
  g_autofree char *title = self->whole ? g_strdup (label) : g_strdup_printf (_ ("History: %s"), label);

  ym_sheet_title (sheet, title, answer->home);
  if (answer->asks_why)
    {
      ask_why (self);
      return;
    }
  clear (self);
  if (self->whole)
    add_whole (self, answer);
  for (guint i = answer->history->steps->len; i > 0; i--)
    gtk_box_append (GTK_BOX (self->column),
                    ym_history_card_new (g_ptr_array_index (answer->history->steps, i - 1),
                                         !self->whole || answer->history->steps->len > 1));
}

static void
ym_record_page_class_init (YmRecordPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  sheet_class->work = read_record;
  sheet_class->answer_free = answer_free;
  sheet_class->question = question;
  sheet_class->question_free = g_free;
  sheet_class->show = show;
}

static void
ym_record_page_init (YmRecordPage *self)
{
  GtkWidget *scrolled;

  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  scrolled = ym_page_clamp (self->column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_sheet_append (YM_SHEET (self), scrolled);
}

static GtkWidget *
new_page (YmSession *session, const YmId *scope, const YmId *record, gboolean whole)
{
  YmRecordPage *self = g_object_new (YM_TYPE_RECORD_PAGE, NULL);

  self->scope = *scope;
  self->id = *record;
  self->whole = whole;
  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}

GtkWidget *
ym_record_page_new (YmSession *session, const YmId *scope, const YmId *record)
{
  return new_page (session, scope, record, TRUE);
}

GtkWidget *
ym_history_page_new (YmSession *session, const YmId *scope, const YmId *record)
{
  return new_page (session, scope, record, FALSE);
}
