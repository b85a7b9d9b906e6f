/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One record as a window of questions, made from its form: opening an issue, a step, an action, a contact, an
 * addendum. Before it opens it looks for what was begun in such a window and never saved. */

#include "ui/issue/record-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/forms/validate.h"
#include "app/notebook/save.h"
#include "app/rules/judgement.h"
#include "ui/visit/draft-keeper.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm.h"
#include "ui/widgets/page.h"
#include "ui/widgets/row.h"

#define WIDTH_PX 520
#define HEIGHT_PX 640

/* A task that outlives its caller's frame. */
typedef struct {
  YmRecordTask task;
  YmId home, about, visit;
  char *title;
  char *accept;
  YmRecord *before;
  YmRecord *proposed;
} Order;

struct _YmRecordDialog
{
  AdwWindow parent_instance;

  YmSession *session;
  Order *order;
  YmDraftKeeper *keeper;
  YmBanner *banner;
  GtkWidget *place; /* where the form goes */
  YmRecordForm *form;
  GtkWidget *cancel;
  GtkWidget *accept;
  gboolean typed;
  gboolean checking; /* saving was tried: problems are said as one types */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (YmRecordDialog, ym_record_dialog, ADW_TYPE_WINDOW)

enum {
  SIGNAL_SAVED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static Order *
order_new (const YmRecordTask *task)
{
  Order *order = g_new0 (Order, 1);

  order->task = *task;
  order->home = *task->home;
  order->about = task->about != NULL ? *task->about : ym_id_zero;
  order->visit = task->visit != NULL ? *task->visit : ym_id_zero;
  order->title = g_strdup (task->title);
  order->accept = g_strdup (task->accept);
  order->before = task->before != NULL ? ym_record_copy (task->before) : NULL;
  order->proposed = task->proposed != NULL ? ym_record_copy (task->proposed) : NULL;
  return order;
}

static Order *
order_copy (const Order *order)
{
  YmRecordTask task = order->task;

  task.home = &order->home;
  task.about = &order->about;
  task.visit = &order->visit;
  task.title = order->title;
  task.accept = order->accept;
  task.before = order->before;
  task.proposed = order->proposed;
  return order_new (&task);
}

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->title);
  g_free (order->accept);
  g_clear_pointer (&order->before, ym_record_free);
  g_clear_pointer (&order->proposed, ym_record_free);
  g_free (order);
}

static gboolean
is_about (const Order *order, const YmRecord *record)
{
  YmId about;

  if (record->form->id != order->task.form)
    return FALSE;
  if (order->before != NULL)
    return ym_id_equal (&record->id, &order->before->id);
  if (order->task.is_own != NULL && !order->task.is_own (record))
    return FALSE;
  return order->task.about_field == 0
         || (ym_record_get_id (record, order->task.about_field, &about) && ym_id_equal (&about, &order->about));
}

static YmDraft *
new_draft (YmDesk *desk, const Order *order)
{
  YmId id = ym_id_random (desk->random);
  YmRecord *record = order->before != NULL ? ym_record_copy (order->before)
                                           : ym_record_new (ym_form (order->task.form), &order->home, &id);

  for (guint i = 0; order->before == NULL && order->proposed != NULL && i < record->form->n_fields; i++)
    if ((record->form->fields[i].flags & YM_FIELD_AUTOMATIC) == 0)
      ym_record_set (record, record->form->fields[i].id, &order->proposed->values[i]);
  if (order->before == NULL && order->task.about_field != 0)
    ym_record_set_id (record, order->task.about_field, &order->about);
  if (order->before == NULL && order->task.visit_field != 0 && !ym_id_is_zero (&order->visit))
    ym_record_set_id (record, order->task.visit_field, &order->visit);
  if (order->task.now_field != 0 && !ym_record_has (record, order->task.now_field))
    ym_record_set_integer (record, order->task.now_field, ym_clock_wall_us (desk->clock));
  return ym_draft_new (record, ym_clock_wall_us (desk->clock));
}

static gpointer
find_draft (YmDesk *desk, gpointer data, GError **error)
{
  const Order *order = data;
  g_autoptr (GPtrArray) drafts = ym_draft_list (desk, &order->home, error);

  if (drafts == NULL)
    return NULL;
  for (guint i = 0; i < drafts->len; i++)
    {
      const YmDraft *draft = g_ptr_array_index (drafts, i);

      if (is_about (order, draft->record))
        return ym_draft_copy (draft);
    }
  return new_draft (desk, order);
}

typedef struct {
  Order *order;
  YmDraft *draft;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  order_free (saving->order);
  ym_draft_free (saving->draft);
  g_free (saving);
}

/* What the program fills in, then what people answered. */
static gboolean
save_record (YmDesk *desk, const Order *order, const YmDraft *draft, GError **error)
{
  g_autoptr (YmRecord) after = NULL;

  if (order->before != NULL)
    return ym_desk_save (desk, order->task.intent, order->before, draft->record, error);
  after = ym_desk_new_record (desk, draft->record->form, &order->home);
  after->id = draft->record->id;
  for (guint i = 0; i < after->form->n_fields; i++)
    if (draft->record->values[i].kind != YM_VALUE_NULL)
      ym_record_set (after, after->form->fields[i].id, &draft->record->values[i]);
  return ym_desk_save (desk, order->task.intent, NULL, after, error);
}

static gpointer
save_and_settle (YmDesk *desk, gpointer data, GError **error)
{
  Saving *saving = data;
  const Order *order = saving->order;
  gboolean good;

  desk->settles = &saving->draft->record->id;
  good = order->task.save != NULL ? order->task.save (desk, saving->draft, order->before, error)
                                  : save_record (desk, order, saving->draft, error);
  desk->settles = NULL;
  return good ? saving : NULL;
}

static YmDraft *
draft_of (YmRecordDialog *self)
{
  return ym_draft_keeper_get_draft (self->keeper);
}

static void
set_busy (YmRecordDialog *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), !busy);
  gtk_widget_set_sensitive (self->accept, !busy);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmRecordDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ym_notebook_run_finish (result, &error) != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_SAVED], 0);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  /* The lock has closed the window meanwhile: the draft that was saved is there the next time. */
  if (self->keeper == NULL)
    return;
  ym_draft_keeper_resume (self->keeper);
  set_busy (self, FALSE);
  ym_banner_show (self->banner, YM_BANNER_ERROR, error->message, NULL);
}

/* What no table says must be answered is asked for at its question; it, where none was wrong before. */
static YmFieldRow *
check_rules (YmRecordDialog *self, YmFieldRow *first)
{
  const YmRecordTask *task = &self->order->task;
  const YmRecord *record = draft_of (self)->record;
  guint lacks = task->lacks != NULL ? task->lacks (record) : 0;

  for (guint i = 0; lacks == 0 && i < task->n_needed; i++)
    if (!ym_record_has (record, task->needed[i]))
      lacks = task->needed[i];
  if (lacks == 0)
    return first;
  ym_record_form_mark (self->form, lacks, _ ("This is not answered yet."));
  return first != NULL ? first : ym_record_form_get_row (self->form, lacks);
}

/* Says at each question what is wrong with it; the first of them, or NULL. */
static YmFieldRow *
check (YmRecordDialog *self)
{
  g_autoptr (GPtrArray) problems = ym_record_problems (draft_of (self)->record, YM_MOMENT_SAVE);
  g_autoptr (GPtrArray) unreadable = ym_record_form_unreadable (self->form);
  YmFieldRow *first = unreadable->len == 0 ? NULL
                                           : ym_record_form_get_row (
                                               self->form, ((const YmField *) g_ptr_array_index (unreadable, 0))->id);

  ym_record_form_unmark (self->form);
  for (guint i = 0; i < problems->len; i++)
    {
      const YmProblem *problem = g_ptr_array_index (problems, i);
      YmFieldRow *row = ym_record_form_get_row (self->form, problem->field->id);

      /* What the program fills in is filled in at the save. */
      if (row == NULL)
        continue;
      ym_field_row_set_error (row, problem->message);
      if (first == NULL)
        first = row;
    }
  return check_rules (self, first);
}

static void
save (YmRecordDialog *self)
{
  Saving *saving;
  YmFieldRow *first;

  if (self->busy)
    return;
  self->checking = TRUE;
  first = check (self);
  if (first != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (first));
      return;
    }
  set_busy (self, TRUE);
  ym_draft_keeper_stop (self->keeper);
  saving = g_new (Saving, 1);
  *saving = (Saving){ order_copy (self->order), ym_draft_copy (draft_of (self)) };
  ym_session_write (self->session, save_and_settle, saving, saving_free, NULL, saved_cb, g_object_ref (self));
}

static gboolean
save_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  save (YM_RECORD_DIALOG (widget));
  return TRUE;
}

static void
throw_away (YmRecordDialog *self)
{
  ym_draft_keeper_stop (self->keeper);
  ym_draft_keeper_discard (self->keeper);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Only when the officer leaves. The lock closes the window without a question: nothing may stay in sight, and the draft
 * is kept. */
static void
leave (YmRecordDialog *self)
{
  YmConfirm *confirm;

  if (self->busy)
    return;
  if (!self->typed)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  confirm = ym_confirm_new (GTK_WINDOW (self), _ ("Throw away what you typed?"), NULL, _ ("Throw Away"), TRUE);
  g_signal_connect_object (confirm, "accepted", G_CALLBACK (throw_away), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (confirm));
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  leave (YM_RECORD_DIALOG (widget));
  return TRUE;
}

static void
form_changed_cb (YmRecordDialog *self)
{
  self->typed = TRUE;
  ym_draft_keeper_touch (self->keeper);
  if (self->checking)
    check (self);
}

static void
ym_record_dialog_dispose (GObject *object)
{
  YmRecordDialog *self = YM_RECORD_DIALOG (object);

  /* The rows write into the keeper's draft: they go first. */
  G_OBJECT_CLASS (ym_record_dialog_parent_class)->dispose (object);
  g_clear_object (&self->keeper);
  g_clear_object (&self->session);
  g_clear_pointer (&self->order, order_free);
}

static void
ym_record_dialog_class_init (YmRecordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_record_dialog_dispose;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  signals[SIGNAL_SAVED]
      = g_signal_new ("saved", YM_TYPE_RECORD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* In the capture phase: a text view takes Ctrl+Enter for a new line. */
static void
add_shortcuts (YmRecordDialog *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  const char *const keys[] = { "<Control>Return", "<Control>KP_Enter" };

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i]),
                          gtk_callback_action_new (save_shortcut_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static GtkWidget *
new_button (YmRecordDialog *self, const char *css_class)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_add_css_class (button, "touch");
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  return button;
}

static void
ym_record_dialog_init (YmRecordDialog *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *scrolled;

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  self->banner = YM_BANNER (ym_banner_new ());
  self->place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  scrolled = ym_page_clamp (self->place);
  gtk_widget_set_vexpand (scrolled, TRUE);
  self->cancel = new_button (self, NULL);
  self->accept = new_button (self, "suggested-action");
  gtk_button_set_label (GTK_BUTTON (self->cancel), _ ("Cancel"));
  gtk_widget_set_hexpand (self->cancel, TRUE);
  gtk_widget_set_halign (self->cancel, GTK_ALIGN_END);
  gtk_widget_add_css_class (buttons, "bottom-bar");
  gtk_box_append (GTK_BOX (buttons), self->cancel);
  gtk_box_append (GTK_BOX (buttons), self->accept);
  gtk_box_append (GTK_BOX (column), header);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (column), scrolled);
  gtk_box_append (GTK_BOX (column), buttons);
  adw_window_set_content (ADW_WINDOW (self), column);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (leave), self);
  g_signal_connect_swapped (self->accept, "clicked", G_CALLBACK (save), self);
  add_shortcuts (self);
}

static gboolean
is_required (const YmRecordTask *task, const YmField *field)
{
  for (guint i = 0; i < task->n_needed; i++)
    if (task->needed[i] == field->id)
      return TRUE;
  return (field->flags & YM_FIELD_REQUIRED) != 0;
}

static void
mark_required (YmRecordDialog *self, const YmForm *form)
{
  for (guint i = 0; i < form->n_fields; i++)
    {
      YmFieldRow *row = ym_record_form_get_row (self->form, form->fields[i].id);
      g_autofree char *title = NULL;

      if (row == NULL || !is_required (&self->order->task, &form->fields[i]))
        continue;
      title = g_strdup_printf (_ ("%s (required)"), ym_label (form->fields[i].label));
      ym_field_row_set_title (row, title);
    }
}

static void
show_origin (YmRecordDialog *self, const YmDraft *draft)
{
  if (draft->reason != 0)
    ym_banner_show (self->banner, YM_BANNER_WARNING, ym_reason_get_message (draft->reason), NULL);
  else if (draft->saved_at_us != 0)
    ym_banner_show (self->banner, YM_BANNER_INFORMATION, _ ("You began this earlier and did not save it. Here it is."),
                    NULL);
  self->typed = draft->saved_at_us != 0;
}

/* @draft: (transfer full) */
static YmRecordDialog *
open_dialog (GtkWindow *parent, YmSession *session, const Order *order, YmDraft *draft)
{
  YmRecordDialog *self = g_object_new (YM_TYPE_RECORD_DIALOG, "transient-for", parent, "title", order->title, NULL);
  int width = gtk_widget_get_width (GTK_WIDGET (parent));
  int height = gtk_widget_get_height (GTK_WIDGET (parent));

  self->session = g_object_ref (session);
  self->order = order_copy (order);
  self->keeper = ym_draft_keeper_new (session, draft);
  self->form = YM_RECORD_FORM (ym_record_form_new (draft->record, 0, ym_session_get_clock (session)));
  if (order->task.fields != NULL)
    ym_record_form_keep_only (self->form, order->task.fields, order->task.n_fields);
  if (order->task.offer_field != 0)
    ym_record_form_offer (self->form, order->task.offer_field, order->task.offered, order->task.same,
                          order->task.same_label);
  mark_required (self, draft->record->form);
  gtk_box_append (GTK_BOX (self->place), GTK_WIDGET (self->form));
  g_signal_connect_object (self->form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_button_set_label (GTK_BUTTON (self->accept), order->accept);
  show_origin (self, draft);
  gtk_window_set_default_size (GTK_WINDOW (self), width > 0 ? MIN (WIDTH_PX, width) : WIDTH_PX,
                               height > 0 ? MIN (HEIGHT_PX, height) : HEIGHT_PX);
  return self;
}

typedef struct {
  GWeakRef parent;
  YmSession *session;
  Order *order;
} Opening;

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&opening->parent);
  YmDraft *draft = ym_notebook_run_finish (result, &error);

  if (draft != NULL && parent != NULL && ym_session_get_notebook (opening->session) != NULL)
    {
      YmRecordDialog *self = open_dialog (parent, opening->session, opening->order, g_steal_pointer (&draft));

      gtk_window_present (GTK_WINDOW (self));
      gtk_widget_grab_focus (GTK_WIDGET (self->form));
    }
  else if (draft == NULL && parent != NULL)
    gtk_window_present (GTK_WINDOW (ym_confirm_new (parent, _ ("This can't be opened"), error->message, _ ("Close"), FALSE)));
  g_clear_pointer (&draft, ym_draft_free);
  g_weak_ref_clear (&opening->parent);
  g_object_unref (opening->session);
  order_free (opening->order);
  g_free (opening);
}

static void
draft_free (gpointer draft)
{
  ym_draft_free (draft);
}

void
ym_record_dialog_present (GtkWindow *parent, YmSession *session, const YmRecordTask *task)
{
  Opening *opening;

  g_return_if_fail (GTK_IS_WINDOW (parent) && YM_IS_SESSION (session) && task != NULL);
  opening = g_new0 (Opening, 1);
  g_weak_ref_init (&opening->parent, parent);
  opening->session = g_object_ref (session);
  opening->order = order_new (task);
  ym_session_read (session, find_draft, order_copy (opening->order), order_free, draft_free, NULL, found_cb, opening);
}

YmRecordForm *
ym_record_dialog_get_form (YmRecordDialog *self)
{
  g_return_val_if_fail (YM_IS_RECORD_DIALOG (self), NULL);
  return self->form;
}
