/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A record changed in place. Three of them are held: as it stands in the notebook, as it is being edited, and, in the
 * keeper's draft, the answers that differ. Only those are saved. */

#include "ui/visit/record-editor.h"

#include <glib/gi18n-lib.h>

#include "app/forms/validate.h"
#include "ui/visit/answers.h"
#include "ui/visit/draft-keeper.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/fold-layout.h"

struct _YmRecordEditor
{
  GtkWidget parent_instance;

  YmSession *session;
  const YmRecordEditorTask *task;
  YmRecord *stands;
  YmRecord *edited;
  YmDraftKeeper *keeper;
  GPtrArray *forms; /* of YmRecordForm, owned by the widget */
  GtkWidget *bar;
  gboolean checking; /* saving was tried: problems are said as one types */
};

G_DEFINE_FINAL_TYPE (YmRecordEditor, ym_record_editor, GTK_TYPE_WIDGET)

enum {
  SIGNAL_SAVED,
  SIGNAL_FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

void
ym_record_merge (YmRecord *record, const YmRecord *before, const YmRecord *after)
{
  for (guint i = 0; i < record->form->n_fields; i++)
    if (!ym_value_equal (&before->values[i], &after->values[i]))
      ym_record_set (record, record->form->fields[i].id, &after->values[i]);
}

gboolean
ym_record_editor_is_changed (YmRecordEditor *self)
{
  g_return_val_if_fail (YM_IS_RECORD_EDITOR (self), FALSE);
  return !ym_record_equal (self->edited, self->stands);
}

static void
keep (YmRecordEditor *self)
{
  YmRecord *kept = ym_draft_keeper_get_draft (self->keeper)->record;
  const YmValue nothing = YM_VALUE_INIT;

  for (guint i = 0; i < kept->form->n_fields; i++)
    {
      gboolean same = ym_value_equal (&self->edited->values[i], &self->stands->values[i]);

      if ((kept->form->fields[i].flags & YM_FIELD_AUTOMATIC) == 0)
        ym_record_set (kept, kept->form->fields[i].id, same ? &nothing : &self->edited->values[i]);
    }
  if (ym_record_editor_is_changed (self))
    ym_draft_keeper_touch (self->keeper);
  else
    ym_draft_keeper_discard (self->keeper);
}

static YmFieldRow *
find_row (YmRecordEditor *self, guint field)
{
  for (guint i = 0; i < self->forms->len; i++)
    {
      YmFieldRow *row = ym_record_form_get_row (g_ptr_array_index (self->forms, i), field);

      if (row != NULL)
        return row;
    }
  return NULL;
}

/* Says @message at the question; the row, where none was wrong before. */
static YmFieldRow *
mark (YmRecordEditor *self, guint field, const char *message, YmFieldRow *first)
{
  YmFieldRow *row = find_row (self, field);

  if (row != NULL)
    ym_field_row_set_error (row, message);
  return first != NULL ? first : row;
}

/* Says at each question what is wrong with it; the first of them, or NULL. */
static YmFieldRow *
check (YmRecordEditor *self)
{
  g_autoptr (GPtrArray) problems = ym_record_problems (self->edited, YM_MOMENT_SAVE);
  guint lacks = self->task->lacks != NULL ? self->task->lacks (self->edited) : 0;
  YmFieldRow *first = NULL;

  for (guint i = 0; i < self->forms->len; i++)
    {
      g_autoptr (GPtrArray) unreadable = ym_record_form_unreadable (g_ptr_array_index (self->forms, i));

      ym_record_form_unmark (g_ptr_array_index (self->forms, i));
      if (first == NULL && unreadable->len > 0)
        first = find_row (self, ((const YmField *) g_ptr_array_index (unreadable, 0))->id);
    }
  for (guint i = 0; i < problems->len; i++)
    {
      const YmProblem *problem = g_ptr_array_index (problems, i);

      first = mark (self, problem->field->id, problem->message, first);
    }
  return lacks != 0 ? mark (self, lacks, _ ("This is not answered yet."), first) : first;
}

static void
refresh (YmRecordEditor *self)
{
  for (guint i = 0; i < self->forms->len; i++)
    ym_record_form_refresh (g_ptr_array_index (self->forms, i));
}

static void
form_changed_cb (YmRecordEditor *self)
{
  keep (self);
  gtk_widget_set_visible (self->bar, ym_record_editor_is_changed (self));
  if (self->checking)
    check (self);
}

typedef struct {
  const YmRecordEditorTask *task;
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
  gboolean good;

  desk->settles = &change->after->id;
  good = change->task->save (desk, change->before, change->after, error);
  desk->settles = NULL;
  return good ? change : NULL;
}

static void
set_busy (YmRecordEditor *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self), !busy);
  gtk_widget_set_sensitive (self->bar, !busy);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmRecordEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = ym_notebook_run_finish (result, &error) != NULL;

  if (self->session == NULL)
    return;
  set_busy (self, FALSE);
  if (good)
    ym_draft_keeper_settle (self->keeper);
  ym_draft_keeper_resume (self->keeper);
  if (!good)
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
      return;
    }
  self->checking = FALSE;
  g_signal_emit (self, signals[SIGNAL_SAVED], 0);
}

static void
save_clicked_cb (YmRecordEditor *self)
{
  YmFieldRow *first;
  Change *change;

  self->checking = TRUE;
  first = check (self);
  if (first != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (first));
      return;
    }
  set_busy (self, TRUE);
  ym_draft_keeper_stop (self->keeper);
  change = g_new (Change, 1);
  *change = (Change){ self->task, ym_record_copy (self->stands), ym_record_copy (self->edited) };
  ym_session_write (self->session, save_change, change, change_free, NULL, saved_cb, g_object_ref (self));
}

static void
undo_clicked_cb (YmRecordEditor *self)
{
  ym_record_merge (self->edited, self->edited, self->stands);
  self->checking = FALSE;
  refresh (self);
  for (guint i = 0; i < self->forms->len; i++)
    ym_record_form_unmark (g_ptr_array_index (self->forms, i));
  gtk_widget_grab_focus (GTK_WIDGET (self));
  form_changed_cb (self);
}

static void
ym_record_editor_dispose (GObject *object)
{
  YmRecordEditor *self = YM_RECORD_EDITOR (object);
  GtkWidget *child;

  /* The rows write into what the keeper saves: they go before it. */
  g_ptr_array_set_size (self->forms, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->keeper);
  g_clear_object (&self->session);
  g_clear_object (&self->bar);
  g_clear_pointer (&self->stands, ym_record_free);
  g_clear_pointer (&self->edited, ym_record_free);
  G_OBJECT_CLASS (ym_record_editor_parent_class)->dispose (object);
}

static void
ym_record_editor_finalize (GObject *object)
{
  g_ptr_array_unref (YM_RECORD_EDITOR (object)->forms);
  G_OBJECT_CLASS (ym_record_editor_parent_class)->finalize (object);
}

static void
ym_record_editor_class_init (YmRecordEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_record_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_record_editor_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_SAVED]
      = g_signal_new ("saved", YM_TYPE_RECORD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", YM_TYPE_RECORD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
build_bar (YmRecordEditor *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *undo = ym_wrap_button_new (_ ("Undo changes"));
  GtkWidget *save = ym_wrap_button_new (_ ("Save changes"));

  self->bar = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  gtk_widget_add_css_class (save, "suggested-action");
  gtk_widget_set_layout_manager (buttons, ym_fold_layout_new (12, FALSE));
  gtk_widget_set_hexpand (buttons, TRUE);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->bar, "bottom-bar");
  gtk_box_append (GTK_BOX (buttons), undo);
  gtk_box_append (GTK_BOX (buttons), save);
  gtk_box_append (GTK_BOX (self->bar), buttons);
  g_signal_connect_object (undo, "clicked", G_CALLBACK (undo_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (save, "clicked", G_CALLBACK (save_clicked_cb), self, G_CONNECT_SWAPPED);
}

static void
ym_record_editor_init (YmRecordEditor *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->forms = g_ptr_array_new ();
  build_bar (self);
}

static void
take_draft (YmRecordEditor *self, const YmDraft *draft)
{
  YmRecord *kept = draft != NULL ? ym_record_copy (draft->record)
                                 : ym_record_new (self->stands->form, &self->stands->scope, &self->stands->id);

  for (guint i = 0; i < kept->form->n_fields; i++)
    if ((kept->form->fields[i].flags & YM_FIELD_AUTOMATIC) != 0)
      ym_record_set (kept, kept->form->fields[i].id, &self->stands->values[i]);
    else if (kept->values[i].kind != YM_VALUE_NULL)
      ym_record_set (self->edited, kept->form->fields[i].id, &kept->values[i]);
  self->keeper = ym_draft_keeper_new (
      self->session, ym_draft_new (kept, ym_clock_wall_us (ym_session_get_clock (self->session))));
}

GtkWidget *
ym_record_editor_new (YmSession *session, const YmRecord *record, const YmDraft *draft, const YmRecordEditorTask *task)
{
  YmRecordEditor *self = g_object_new (YM_TYPE_RECORD_EDITOR, NULL);

  self->session = g_object_ref (session);
  self->task = task;
  self->stands = ym_record_copy (record);
  self->edited = ym_record_copy (record);
  take_draft (self, draft);
  for (guint i = 0; i < task->n_groups; i++)
    {
      GtkWidget *form = ym_record_form_new (self->edited, 0, ym_session_get_clock (session));
      GtkWidget *heading = ym_paragraph_new (ym_label (task->groups[i].title), "heading");

      gtk_widget_set_margin_top (heading, i > 0 ? 12 : 0);
      ym_record_form_keep_only (YM_RECORD_FORM (form), task->groups[i].fields, task->groups[i].n_fields);
      g_ptr_array_add (self->forms, form);
      gtk_widget_set_parent (heading, GTK_WIDGET (self));
      gtk_widget_set_parent (form, GTK_WIDGET (self));
      g_signal_connect_object (form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_set_visible (self->bar, ym_record_editor_is_changed (self));
  return GTK_WIDGET (self);
}

GtkWidget *
ym_record_editor_get_bar (YmRecordEditor *self)
{
  g_return_val_if_fail (YM_IS_RECORD_EDITOR (self), NULL);
  return self->bar;
}

void
ym_record_editor_follow (YmRecordEditor *self, const YmRecord *now)
{
  g_return_if_fail (YM_IS_RECORD_EDITOR (self) && now->form == self->stands->form);
  if (ym_record_equal (now, self->stands))
    return;
  for (guint i = 0; i < now->form->n_fields; i++)
    if (ym_value_equal (&self->edited->values[i], &self->stands->values[i]))
      ym_record_set (self->edited, now->form->fields[i].id, &now->values[i]);
  ym_record_free (self->stands);
  self->stands = ym_record_copy (now);
  refresh (self);
  gtk_widget_set_visible (self->bar, ym_record_editor_is_changed (self));
}
