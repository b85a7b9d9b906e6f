/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The joint inspections of a home, a card each. A card keeps its place in the list, not its inspection: which one it shows
 * is the one at that place. */

#include "ui/inspections/inspections-page.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/inspections.h"
#include "ui/inspections/inspection-card.h"
#include "ui/inspections/inspection-dialogs.h"
#include "ui/visit/answers.h"
#include "ui/visit/names.h"
#include "ui/widgets/page.h"

#define MOST 24 /* two years of them */

struct _YmInspectionsPage
{
  YmSheet parent_instance;

  YmId home;
  GPtrArray *inspections; /* (nullable): of YmInspection, as shown */
  GPtrArray *cards;       /* of YmInspectionCard, owned by the column */
  GtkWidget *column;
  GtkWidget *empty;
};

G_DEFINE_FINAL_TYPE (YmInspectionsPage, ym_inspections_page, YM_TYPE_SHEET)

typedef struct {
  GPtrArray *inspections;
  char *home_name;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->inspections, g_ptr_array_unref);
  g_free (answer->home_name);
  g_free (answer);
}

static gpointer
read_inspections (YmDesk *desk, gpointer home, GError **error)
{
  GPtrArray *inspections = ym_inspections_list (desk, home, error);
  Answer *answer;

  if (inspections == NULL)
    return NULL;
  if (inspections->len > MOST)
    g_ptr_array_set_size (inspections, MOST);
  answer = g_new (Answer, 1);
  *answer = (Answer){ inspections, ym_names_of (desk, YM_FORM_HOME, home) };
  return answer;
}

static gpointer
question (YmSheet *sheet)
{
  return ym_id_copy (&YM_INSPECTIONS_PAGE (sheet)->home);
}

static const YmInspection *
inspection_of (YmInspectionsPage *self, YmInspectionCard *card)
{
  guint index;

  g_assert (g_ptr_array_find (self->cards, card, &index));
  return g_ptr_array_index (self->inspections, index);
}

/* --- the next step: what is recorded now is begun on the lane, for the ids that only it can give --- */

typedef struct {
  YmId home;
  YmMonth month;
} Which;

typedef struct {
  YmRecord *handling;
  YmInspectionState state;
} Begun;

static void
begun_free (gpointer data)
{
  ym_record_free (((Begun *) data)->handling);
  g_free (data);
}

static gpointer
begin_step (YmDesk *desk, gpointer data, GError **error)
{
  const Which *which = data;
  g_autoptr (YmInspection) inspection = ym_inspection_load (desk, &which->home, which->month, error);
  Begun *begun;

  if (inspection == NULL)
    return NULL;
  begun = g_new (Begun, 1);
  *begun = (Begun){ ym_inspection_handling_begin (desk, inspection), inspection->state };
  return begun;
}

static void
step_begun (YmSheet *sheet, gpointer data)
{
  Begun *begun = data;

  if (ym_sheet_window (sheet) != NULL)
    ym_inspection_step_dialog_present (ym_sheet_window (sheet), ym_sheet_get_session (sheet), begun->handling, begun->state);
  begun_free (begun);
}

static void
step_cb (YmInspectionCard *card, YmInspectionsPage *self)
{
  const Which which = { self->home, inspection_of (self, card)->month };

  ym_sheet_write (YM_SHEET (self), begin_step, g_memdup2 (&which, sizeof which), g_free, begun_free, step_begun);
}

static void
add_cb (YmInspectionCard *card, YmInspectionsPage *self)
{
  ym_inspection_action_dialog_present (ym_sheet_window (YM_SHEET (self)), ym_sheet_get_session (YM_SHEET (self)),
                                       inspection_of (self, card)->handling, NULL);
}

static void
change_cb (YmInspectionCard *card, guint index, YmInspectionsPage *self)
{
  const YmInspection *inspection = inspection_of (self, card);

  ym_inspection_action_dialog_present (ym_sheet_window (YM_SHEET (self)), ym_sheet_get_session (YM_SHEET (self)),
                                       inspection->handling, g_ptr_array_index (inspection->actions, index));
}

static void
add_card (YmInspectionsPage *self)
{
  GtkWidget *card = ym_inspection_card_new ();

  g_ptr_array_add (self->cards, card);
  gtk_box_append (GTK_BOX (self->column), card);
  g_signal_connect_object (card, "step", G_CALLBACK (step_cb), self, 0);
  g_signal_connect_object (card, "add", G_CALLBACK (add_cb), self, 0);
  g_signal_connect_object (card, "change", G_CALLBACK (change_cb), self, 0);
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmInspectionsPage *self = YM_INSPECTIONS_PAGE (sheet);
  Answer *answer = data;

  ym_sheet_title (sheet, _ ("Joint inspections"), answer->home_name);
  g_clear_pointer (&self->inspections, g_ptr_array_unref);
  self->inspections = g_steal_pointer (&answer->inspections);
  gtk_widget_set_visible (self->empty, self->inspections->len == 0);
  while (self->cards->len < self->inspections->len)
    add_card (self);
  for (guint i = 0; i < self->cards->len; i++)
    {
      gtk_widget_set_visible (g_ptr_array_index (self->cards, i), i < self->inspections->len);
      if (i < self->inspections->len)
        ym_inspection_card_show (g_ptr_array_index (self->cards, i), g_ptr_array_index (self->inspections, i));
    }
  answer_free (answer);
}

static void
ym_inspections_page_finalize (GObject *object)
{
  g_clear_pointer (&YM_INSPECTIONS_PAGE (object)->inspections, g_ptr_array_unref);
  g_ptr_array_unref (YM_INSPECTIONS_PAGE (object)->cards);
  G_OBJECT_CLASS (ym_inspections_page_parent_class)->finalize (object);
}

static void
ym_inspections_page_class_init (YmInspectionsPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_inspections_page_finalize;
  sheet_class->work = read_inspections;
  sheet_class->answer_free = answer_free;
  sheet_class->question = question;
  sheet_class->question_free = g_free;
  sheet_class->show = show;
}

static void
ym_inspections_page_init (YmInspectionsPage *self)
{
  GtkWidget *scrolled;

  self->cards = g_ptr_array_new ();
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 30);
  self->empty = ym_paragraph_new (_ ("No month had so many calls that a joint inspection was raised."), "quiet");
  gtk_box_append (GTK_BOX (self->column), self->empty);
  scrolled = ym_page_clamp (self->column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_sheet_append (YM_SHEET (self), scrolled);
}

GtkWidget *
ym_inspections_page_new (YmSession *session, const YmId *home)
{
  YmInspectionsPage *self = g_object_new (YM_TYPE_INSPECTIONS_PAGE, NULL);

  self->home = *home;
  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
