/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody will do about an issue, and by when (R11). */

#include "ui/issue/action-cards.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/save.h"
#include "ui/issue/dialogs.h"
#include "ui/issue/issue-words.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/date-text.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/row.h"

struct _YmActionCards
{
  GtkWidget parent_instance;

  YmSession *session;
  YmRecord *issue;    /* (nullable): until it is shown */
  GPtrArray *actions; /* of YmRecord */
  GtkWidget *list;
  GtkWidget *none;
  GtkWidget *add;
};

G_DEFINE_FINAL_TYPE (YmActionCards, ym_action_cards, GTK_TYPE_WIDGET)

enum {
  SIGNAL_FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static YmDay
today (YmActionCards *self)
{
  return ym_london_day (ym_clock_wall_us (ym_session_get_clock (self->session)));
}

static const YmRecord *
action_of (YmActionCards *self, GtkButton *button)
{
  return g_ptr_array_index (self->actions, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "ym-action")));
}

static GtkWindow *
window_of (YmActionCards *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
add_clicked_cb (YmActionCards *self)
{
  if (self->issue != NULL)
    ym_action_dialog_present (window_of (self), self->session, self->issue, NULL);
}

static void
change_clicked_cb (GtkButton *button, YmActionCards *self)
{
  ym_action_dialog_present (window_of (self), self->session, self->issue, action_of (self, button));
}

/* As it was seen, and with the day it was done. */
typedef struct {
  YmRecord *before;
  YmRecord *after;
} Done;

static void
done_free (gpointer data)
{
  Done *done = data;

  ym_record_free (done->before);
  ym_record_free (done->after);
  g_free (done);
}

static gpointer
save_done (YmDesk *desk, gpointer data, GError **error)
{
  Done *done = data;

  return ym_desk_save (desk, "issue.action", done->before, done->after, error) ? done : NULL;
}

static void
done_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmActionCards) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ym_notebook_run_finish (result, &error) == NULL && self->session != NULL)
    {
      gtk_widget_set_sensitive (self->list, TRUE);
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
    }
}

static void
done_clicked_cb (GtkButton *button, YmActionCards *self)
{
  Done *done = g_new (Done, 1);

  done->before = ym_record_copy (action_of (self, button));
  done->after = ym_record_copy (done->before);
  ym_record_set_integer (done->after, YM_ACTION_DONE_ON, today (self));
  gtk_widget_grab_focus (self->add);
  gtk_widget_set_sensitive (self->list, FALSE);
  ym_session_write (self->session, save_done, done, done_free, NULL, done_saved_cb, g_object_ref (self));
}

static GtkWidget *
new_button (YmActionCards *self, guint index, const char *label, GCallback clicked_cb)
{
  GtkWidget *button = ym_wrap_button_new (label);
  const char *what = ym_record_get_text (g_ptr_array_index (self->actions, index), YM_ACTION_WHAT);
  g_autofree char *name = g_strdup_printf ("%s %s", label, what);

  ym_say (button, name);
  g_object_set_data (G_OBJECT (button), "ym-action", GUINT_TO_POINTER (index));
  g_signal_connect_object (button, "clicked", clicked_cb, self, 0);
  return button;
}

static char *
say_owner (const YmRecord *action)
{
  g_autofree char *owner
      = ym_answer_text (ym_form_field (action->form, YM_ACTION_OWNER), ym_record_get (action, YM_ACTION_OWNER));
  const char *name = ym_record_get_text (action, YM_ACTION_OWNER_NAME);

  return name != NULL ? g_strdup_printf ("%s, %s", owner, name) : g_strdup (owner);
}

static char *
say_when (YmActionCards *self, const YmRecord *action, gboolean *late)
{
  YmDay due = (YmDay) ym_record_get_integer (action, YM_ACTION_DUE_ON, YM_DAY_NONE);
  gboolean done = ym_record_has (action, YM_ACTION_DONE_ON);
  YmDay day = done ? (YmDay) ym_record_get_integer (action, YM_ACTION_DONE_ON, YM_DAY_NONE) : due;
  g_autofree char *words = ym_date_say (day);
  g_autofree char *lateness = NULL;

  *late = !done && due != YM_DAY_NONE && today (self) > due;
  if (done)
    return g_strdup_printf (_ ("Done %s"), words);
  if (!*late)
    return g_strdup_printf (_ ("Due %s"), words);
  lateness = ym_days_past_due_text (today (self) - due);
  /* TRANSLATORS: a date, then by how many days it is past */
  return g_strdup_printf (_ ("Due %s: %s"), words, lateness);
}

static GtkWidget *
new_card (YmActionCards *self, guint index)
{
  const YmRecord *action = g_ptr_array_index (self->actions, index);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gboolean late;
  g_autofree char *owner = say_owner (action);
  g_autofree char *when = say_when (self, action, &late);

  gtk_widget_set_layout_manager (buttons, ym_fold_layout_new (9, FALSE));
  gtk_box_append (GTK_BOX (card), ym_paragraph_new (ym_record_get_text (action, YM_ACTION_WHAT), "field-title"));
  gtk_box_append (GTK_BOX (card), ym_paragraph_new (owner, "quiet"));
  gtk_box_append (GTK_BOX (card), ym_paragraph_new (when, late ? "past-due" : "quiet"));
  if (!ym_record_has (action, YM_ACTION_DONE_ON))
    gtk_box_append (GTK_BOX (buttons), new_button (self, index, _ ("Done today"), G_CALLBACK (done_clicked_cb)));
  gtk_box_append (GTK_BOX (buttons), new_button (self, index, _ ("Change…"), G_CALLBACK (change_clicked_cb)));
  gtk_box_append (GTK_BOX (card), buttons);
  gtk_widget_add_css_class (card, "issue-card");
  return card;
}

static void
ym_action_cards_dispose (GObject *object)
{
  YmActionCards *self = YM_ACTION_CARDS (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  g_clear_pointer (&self->issue, ym_record_free);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  G_OBJECT_CLASS (ym_action_cards_parent_class)->dispose (object);
}

static void
ym_action_cards_class_init (YmActionCardsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_action_cards_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", YM_TYPE_ACTION_CARDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ym_action_cards_init (YmActionCards *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 9);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  self->none = ym_paragraph_new (_ ("Nobody has an action yet."), "quiet");
  self->add = ym_wrap_button_new (_ ("Add an action…"));
  gtk_widget_set_parent (ym_paragraph_new (_ ("Actions"), "title-4"), GTK_WIDGET (self));
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_widget_set_parent (self->none, GTK_WIDGET (self));
  gtk_widget_set_parent (self->add, GTK_WIDGET (self));
  ym_say (self, _ ("Actions"));
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_action_cards_new (YmSession *session)
{
  YmActionCards *self = g_object_new (YM_TYPE_ACTION_CARDS, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
ym_action_cards_show (YmActionCards *self, const YmIssue *issue)
{
  GtkWidget *card;

  g_return_if_fail (YM_IS_ACTION_CARDS (self));
  while ((card = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), card);
  g_clear_pointer (&self->issue, ym_record_free);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  self->issue = ym_record_copy (issue->issue);
  self->actions = g_ptr_array_ref (issue->actions);
  for (guint i = 0; i < self->actions->len; i++)
    gtk_box_append (GTK_BOX (self->list), new_card (self, i));
  gtk_widget_set_visible (self->none, self->actions->len == 0);
  gtk_widget_set_sensitive (self->list, TRUE);
}
