/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Arrests of children from a home: those to review first, also where only a call tells of one; and what was talked
 * through afterwards. */

#include "ui/team/arrests-page.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/debriefs.h"
#include "ui/desk/place.h"
#include "ui/team/arrest-dialogs.h"
#include "ui/team/team-words.h"
#include "ui/visit/names.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/page.h"

struct _YmArrestsPage
{
  YmSheet parent_instance;

  YmId home;
  GPtrArray *arrests;  /* (nullable): of YmArrest, until they are read */
  GPtrArray *debriefs; /* (nullable): of YmRecord */
  YmEntryList *list;
  YmEntryList *talks;
  GtkWidget *record; /* a debrief: the supervisor's */
};

G_DEFINE_FINAL_TYPE (YmArrestsPage, ym_arrests_page, YM_TYPE_SHEET)

typedef struct {
  char *home_name;
  GPtrArray *arrests;
  GPtrArray *debriefs;
  guint role;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->home_name);
  g_clear_pointer (&answer->arrests, g_ptr_array_unref);
  g_clear_pointer (&answer->debriefs, g_ptr_array_unref);
  g_free (answer);
}

static gpointer
read_arrests (YmDesk *desk, gpointer home, GError **error)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->home_name = ym_names_of (desk, YM_FORM_HOME, home);
  answer->arrests = ym_arrest_list (desk, home, error);
  answer->debriefs = answer->arrests == NULL ? NULL : ym_debrief_list (desk, home, error);
  if (answer->debriefs != NULL && ym_desk_role (desk, &answer->role, error))
    return answer;
  answer_free (answer);
  return NULL;
}

static gpointer
question (YmSheet *sheet)
{
  return ym_id_copy (&YM_ARRESTS_PAGE (sheet)->home);
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmArrestsPage *self = YM_ARRESTS_PAGE (sheet);
  Answer *answer = data;
  g_autoptr (YmEntries) arrests = ym_arrest_entries (answer->arrests, NULL);
  g_autoptr (YmEntries) debriefs = ym_debrief_entries (answer->debriefs);

  ym_sheet_title (sheet, _ ("Arrests and debriefs"), answer->home_name);
  ym_entry_list_show (self->list, arrests);
  ym_entry_list_show (self->talks, debriefs);
  gtk_widget_set_visible (self->record, answer->role == YM_ROLE_SUPERVISOR);
  g_clear_pointer (&self->arrests, g_ptr_array_unref);
  g_clear_pointer (&self->debriefs, g_ptr_array_unref);
  self->arrests = g_steal_pointer (&answer->arrests);
  self->debriefs = g_steal_pointer (&answer->debriefs);
  answer_free (answer);
}

/* The review of an arrest that a call tells of is begun at once: nothing is to be asked. */
typedef struct {
  YmId home;
  YmId call;
} Beginning;

static gpointer
begin_review (YmDesk *desk, gpointer data, GError **error)
{
  const Beginning *beginning = data;
  g_autoptr (YmCall) call = ym_call_load (desk, &beginning->home, &beginning->call, error);
  g_autoptr (YmRecord) review = call == NULL ? NULL : ym_arrest_begin (desk, &beginning->home, call);

  return review != NULL && ym_arrest_save (desk, NULL, review, error) ? ym_id_copy (&review->id) : NULL;
}

static void
begun (YmSheet *sheet, gpointer id)
{
  ym_place_open (GTK_WIDGET (sheet), YM_PLACE_ARREST, &YM_ARRESTS_PAGE (sheet)->home, id);
  g_free (id);
}

static void
arrest_activated_cb (YmArrestsPage *self, guint index)
{
  const YmArrest *arrest = g_ptr_array_index (self->arrests, index);

  if (arrest->review != NULL)
    ym_place_open (GTK_WIDGET (self), YM_PLACE_ARREST, &self->home, &arrest->review->id);
  else
    {
      const Beginning beginning = { self->home, arrest->call->id };

      ym_sheet_write (YM_SHEET (self), begin_review, g_memdup2 (&beginning, sizeof beginning), g_free, g_free, begun);
    }
}

static void
debrief_activated_cb (YmArrestsPage *self, guint index)
{
  ym_debrief_dialog_present (ym_sheet_window (YM_SHEET (self)), ym_sheet_get_session (YM_SHEET (self)), &self->home,
                             g_ptr_array_index (self->debriefs, index));
}

static void
begin_clicked_cb (YmArrestsPage *self)
{
  ym_arrest_dialog_present (ym_sheet_window (YM_SHEET (self)), ym_sheet_get_session (YM_SHEET (self)), &self->home);
}

static void
record_clicked_cb (YmArrestsPage *self)
{
  ym_debrief_dialog_present (ym_sheet_window (YM_SHEET (self)), ym_sheet_get_session (YM_SHEET (self)), &self->home, NULL);
}

static void
ym_arrests_page_finalize (GObject *object)
{
  YmArrestsPage *self = YM_ARRESTS_PAGE (object);

  g_clear_pointer (&self->arrests, g_ptr_array_unref);
  g_clear_pointer (&self->debriefs, g_ptr_array_unref);
  G_OBJECT_CLASS (ym_arrests_page_parent_class)->finalize (object);
}

static void
ym_arrests_page_class_init (YmArrestsPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_arrests_page_finalize;
  sheet_class->work = read_arrests;
  sheet_class->answer_free = answer_free;
  sheet_class->question = question;
  sheet_class->question_free = g_free;
  sheet_class->show = show;
}

static void
ym_arrests_page_init (YmArrestsPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *begin = ym_wrap_button_new (_ ("Begin a Review…"));
  GtkWidget *scrolled;

  self->list = YM_ENTRY_LIST (ym_entry_list_new (_ ("Arrests"), _ ("No arrest of a child from this home is recorded.")));
  self->talks = YM_ENTRY_LIST (ym_entry_list_new (_ ("Debriefs"), _ ("Nothing was talked through afterwards yet.")));
  self->record = ym_wrap_button_new (_ ("Record a Debrief…"));
  ym_entry_list_add_end (self->list, begin);
  ym_entry_list_add_end (self->talks, self->record);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->talks));
  scrolled = ym_page_clamp (column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_sheet_append (YM_SHEET (self), scrolled);
  g_signal_connect_object (begin, "clicked", G_CALLBACK (begin_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->record, "clicked", G_CALLBACK (record_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "activated", G_CALLBACK (arrest_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->talks, "activated", G_CALLBACK (debrief_activated_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_arrests_page_new (YmSession *session, const YmId *home)
{
  YmArrestsPage *self = g_object_new (YM_TYPE_ARRESTS_PAGE, NULL);

  self->home = *home;
  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
