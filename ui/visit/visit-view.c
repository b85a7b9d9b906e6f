/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A signed-off visit, to be read: nothing in it is ever edited (R12). What was corrected since stands first, because
 * whoever reads the original must know. */

#include "ui/visit/visit-view.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/visit.h"
#include "ui/desk/place.h"
#include "ui/dialog.h"
#include "ui/issue/dialogs.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/answers.h"
#include "ui/visit/names.h"
#include "ui/visit/row-card.h"
#include "ui/visit/report-dialog.h"
#include "ui/visit/standing-line.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/date-text.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/page.h"

#define REPORT_WIDTH_PX 520
#define REPORT_HEIGHT_PX 640

struct _YmVisitView
{
  GtkWidget parent_instance;

  YmSession *session;
  YmId id;
  YmRecord *visit; /* (nullable): until it is read */
  char *home;      /* (nullable) */
  GtkWidget *column;
  GtkWidget *report;
  GtkWidget *add;
};

G_DEFINE_FINAL_TYPE (YmVisitView, ym_visit_view, GTK_TYPE_WIDGET)

/* All that the page says, read in one go. */
typedef struct {
  YmVisit *visit;
  char *home;
  char *officer;
  char *device;
  YmSyncStanding standing;
  GPtrArray *authors; /* of char*: who wrote each addendum; "" where unknown */
} Facts;

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_clear_pointer (&facts->visit, ym_visit_free);
  g_clear_pointer (&facts->authors, g_ptr_array_unref);
  g_free (facts->home);
  g_free (facts->officer);
  g_free (facts->device);
  g_free (facts);
}

static gpointer
read_facts (YmDesk *desk, gpointer id, GError **error)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->visit = ym_visit_load (desk, id, error);
  if (facts->visit == NULL
      || !ym_sync_standing_read (desk->db, YM_FORM_VISIT, &facts->visit->visit->scope, id, &facts->standing, error))
    {
      facts_free (facts);
      return NULL;
    }
  facts->home = ym_names_of (desk, YM_FORM_HOME, &facts->visit->visit->scope);
  facts->officer = ym_names_of_reference (desk, facts->visit->visit, YM_VISIT_OFFICER);
  facts->device = ym_names_of (desk, YM_FORM_DEVICE, &facts->visit->device);
  facts->authors = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < facts->visit->addenda->len; i++)
    g_ptr_array_add (facts->authors, ym_names_of_reference (desk, g_ptr_array_index (facts->visit->addenda, i),
                                                            YM_ADDENDUM_OFFICER));
  return facts;
}

static void
append (YmVisitView *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (self->column), widget);
}

static void
add_signature (YmVisitView *self, const Facts *facts)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *state = ym_standing_line_new (&facts->standing);
  g_autofree char *signed_at = ym_instant_say (facts->visit->signed_at_us);
  g_autofree char *by = g_strdup_printf (_ ("%s, on the device “%s”"), facts->officer != NULL ? facts->officer : "?",
                                         facts->device != NULL ? facts->device : "?");

  gtk_widget_add_css_class (card, "form-card");
  gtk_widget_add_css_class (state, "answer");
  gtk_box_append (GTK_BOX (card), ym_answer_new (_ ("Signed off by"), by));
  gtk_box_append (GTK_BOX (card), ym_answer_new (_ ("Signed off at, by the device's clock"), signed_at));
  if (facts->visit->received_at_us != 0)
    {
      g_autofree char *received_at = ym_instant_say (facts->visit->received_at_us);

      gtk_box_append (GTK_BOX (card), ym_answer_new (_ ("Received at, by the server's clock"), received_at));
    }
  gtk_box_append (GTK_BOX (card), state);
  append (self, card);
}

static void
add_addenda (YmVisitView *self, const Facts *facts)
{
  for (guint i = 0; i < facts->visit->addenda->len; i++)
    {
      const YmRecord *addendum = g_ptr_array_index (facts->visit->addenda, i);
      const char *author = g_ptr_array_index (facts->authors, i);
      GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
      g_autofree char *at = ym_instant_say (ym_record_get_integer (addendum, YM_ADDENDUM_AT, 0));
      g_autofree char *who = g_strdup_printf ("%s, %s", author != NULL ? author : "?", at);
      g_autofree char *reason = g_strdup_printf (_ ("Reason: %s"), ym_record_get_text (addendum, YM_ADDENDUM_REASON));

      gtk_box_append (GTK_BOX (card), ym_paragraph_new (_ ("Addendum"), "heading"));
      gtk_box_append (GTK_BOX (card), ym_paragraph_new (who, NULL));
      gtk_box_append (GTK_BOX (card), ym_paragraph_new (reason, NULL));
      gtk_box_append (GTK_BOX (card), ym_paragraph_new (ym_record_get_text (addendum, YM_ADDENDUM_TEXT), NULL));
      gtk_widget_add_css_class (card, "note-line");
      append (self, card);
    }
}

static void
child_clicked_cb (GtkWidget *button, const YmRecord *row)
{
  ym_place_open (button, YM_PLACE_RECORD, &row->scope, &row->id);
}

static void
free_record (gpointer record, GClosure *closure)
{
  ym_record_free (record);
}

/* What is recorded about a child is not read in passing: its own page asks why (R13). */
static GtkWidget *
new_child (const YmRecord *row)
{
  g_autofree char *text = g_strdup_printf (_ ("%s: open…"), ym_label (row->form->label));
  GtkWidget *button = ym_wrap_button_new (text);

  g_signal_connect_data (button, "clicked", G_CALLBACK (child_clicked_cb), ym_record_copy (row), free_record, 0);
  return button;
}

static gboolean
add_rows (YmVisitView *self, const Facts *facts, guint section)
{
  const YmForm *last = NULL;

  for (guint i = 0; i < facts->visit->rows->len; i++)
    {
      const YmRecord *row = g_ptr_array_index (facts->visit->rows, i);
      GtkWidget *card;

      if (row->form->rows_section != section)
        continue;
      if (row->form != last)
        append (self, ym_paragraph_new (_ (ym_row_words (row->form)->title), "heading"));
      last = row->form;
      card = row->form->record_class == YM_CLASS_CHILD ? new_child (row) : ym_answers_new (row, 0);
      if (card != NULL)
        append (self, card);
    }
  return last != NULL;
}

static void
add_section (YmVisitView *self, const Facts *facts, const YmSection *section)
{
  const YmRecord *visit = facts->visit->visit;
  GtkWidget *card = ym_answers_new (visit, section->number);

  append (self, ym_paragraph_new (ym_label (section->label), "title-4"));
  if (ym_record_is_not_discussed (visit, section->number))
    append (self, ym_paragraph_new (_ ("Not discussed"), "quiet"));
  if (card != NULL)
    append (self, card);
  if (!add_rows (self, facts, section->number) && card == NULL && !ym_record_is_not_discussed (visit, section->number))
    append (self, ym_paragraph_new (_ ("Nothing was recorded."), "quiet"));
}

static void
clear (YmVisitView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->column)) != NULL)
    gtk_box_remove (GTK_BOX (self->column), child);
}

static void
title_page (YmVisitView *self)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), YM_TYPE_PAGE);
  g_autofree char *day = NULL;
  g_autofree char *subtitle = NULL;

  if (page == NULL || self->visit == NULL)
    return;
  day = ym_date_say (ym_london_day (ym_record_get_integer (self->visit, YM_VISIT_STARTED_AT, 0)));
  subtitle = g_strdup_printf (_ ("Visit, %s"), day);
  ym_page_set_title (YM_PAGE (page), self->home != NULL ? self->home : _ ("Visit"), subtitle);
}

static void
show_facts (YmVisitView *self, const Facts *facts)
{
  const YmForm *form = facts->visit->visit->form;

  g_clear_pointer (&self->visit, ym_record_free);
  g_free (self->home);
  self->visit = ym_record_copy (facts->visit->visit);
  self->home = g_strdup (facts->home);
  title_page (self);
  clear (self);
  add_addenda (self, facts);
  add_signature (self, facts);
  for (guint i = 0; i < form->n_sections; i++)
    add_section (self, facts, &form->sections[i]);
  gtk_widget_set_sensitive (self->report, TRUE);
  gtk_widget_set_sensitive (self->add, TRUE);
}

static void
facts_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmVisitView) self = user_data;
  g_autoptr (GError) error = NULL;
  Facts *facts = ym_notebook_run_finish (result, &error);

  if (self->session != NULL && facts != NULL)
    show_facts (self, facts);
  else if (self->session != NULL)
    {
      clear (self);
      append (self, ym_paragraph_new (error->message, NULL));
    }
  g_clear_pointer (&facts, facts_free);
}

static void
refresh (YmVisitView *self)
{
  if (ym_session_get_notebook (self->session) != NULL)
    ym_session_read (self->session, read_facts, ym_id_copy (&self->id), g_free, facts_free, NULL, facts_read_cb,
                     g_object_ref (self));
}

static void
add_clicked_cb (YmVisitView *self)
{
  ym_addendum_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session, self->visit);
}

static void
report_clicked_cb (YmVisitView *self)
{
  GtkWidget *dialog = ym_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Give Out a Report"),
                                     ym_report_dialog_new (self->session, &self->id), REPORT_WIDTH_PX, REPORT_HEIGHT_PX);

  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ym_visit_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ym_visit_view_parent_class)->root (widget);
  title_page (YM_VISIT_VIEW (widget));
}

static void
ym_visit_view_dispose (GObject *object)
{
  YmVisitView *self = YM_VISIT_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  g_clear_pointer (&self->visit, ym_record_free);
  g_clear_pointer (&self->home, g_free);
  G_OBJECT_CLASS (ym_visit_view_parent_class)->dispose (object);
}

static void
ym_visit_view_class_init (YmVisitViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_visit_view_dispose;
  widget_class->root = ym_visit_view_root;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
ym_visit_view_init (YmVisitView *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *scrolled;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  scrolled = ym_page_clamp (self->column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->add = ym_wrap_button_new (_ ("Add an addendum…"));
  self->report = ym_wrap_button_new (_ ("Give out a report…"));
  gtk_widget_set_layout_manager (bar, ym_fold_layout_new (12, FALSE));
  gtk_widget_set_halign (self->report, GTK_ALIGN_FILL);
  gtk_widget_set_halign (self->add, GTK_ALIGN_FILL);
  gtk_widget_set_sensitive (self->report, FALSE);
  gtk_widget_set_sensitive (self->add, FALSE);
  gtk_widget_add_css_class (bar, "bottom-bar");
  gtk_box_append (GTK_BOX (bar), self->report);
  gtk_box_append (GTK_BOX (bar), self->add);
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
  gtk_widget_set_parent (bar, GTK_WIDGET (self));
  g_signal_connect_object (self->report, "clicked", G_CALLBACK (report_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_visit_view_new (YmSession *session, const YmId *visit)
{
  YmVisitView *self = g_object_new (YM_TYPE_VISIT_VIEW, NULL);

  self->session = g_object_ref (session);
  self->id = *visit;
  g_signal_connect_object (session, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}
