/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every page that reads from the notebook has in common: when it looks, how it writes, where it says what failed. */

#include "ui/sheet.h"

#include <glib/gi18n-lib.h>

#include "ui/compat.h"
#include "ui/widgets/page.h"

typedef struct {
  YmSession *session; /* NULL before the start and once dropped */
  YmBanner *banner;
  GtkWidget *body;
  gboolean reading;
  gboolean stale; /* something is different since the question was asked */
  gboolean failed; /* the banner says why the last look failed */
} YmSheetPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (YmSheet, ym_sheet, GTK_TYPE_WIDGET)

#define PRIVATE(self) ((YmSheetPrivate *) ym_sheet_get_instance_private (self))

static void
say_failure (YmSheet *self, const char *message)
{
  ym_banner_show (PRIVATE (self)->banner, YM_BANNER_ERROR, message, NULL);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmSheet) self = user_data;
  YmSheetPrivate *private = PRIVATE (self);
  YmSheetClass *class = YM_SHEET_GET_CLASS (self);
  g_autoptr (GError) error = NULL;
  gpointer answer = ym_notebook_run_finish (result, &error);

  private->reading = FALSE;
  if (private->session == NULL)
    {
      g_clear_pointer (&answer, class->answer_free);
      return;
    }
  if (answer == NULL)
    {
      private->failed = TRUE;
      say_failure (self, error->message);
    }
  else
    {
      if (private->failed)
        ym_banner_hide (private->banner);
      private->failed = FALSE;
      class->show (self, answer);
      gtk_widget_set_visible (private->body, TRUE);
    }
  if (private->stale)
    ym_sheet_look (self);
}

void
ym_sheet_look (YmSheet *self)
{
  YmSheetPrivate *private = PRIVATE (self);
  YmSheetClass *class = YM_SHEET_GET_CLASS (self);

  g_return_if_fail (YM_IS_SHEET (self));
  if (private->session == NULL || ym_session_get_notebook (private->session) == NULL)
    return;
  private->stale = private->reading;
  if (private->reading)
    return;
  private->reading = TRUE;
  ym_session_read (private->session, class->work, class->question != NULL ? class->question (self) : NULL,
                   class->question_free, class->answer_free, NULL, read_cb, g_object_ref (self));
}

static void
ym_sheet_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ym_sheet_parent_class)->map (widget);
  ym_sheet_look (YM_SHEET (widget));
}

static void
ym_sheet_dispose (GObject *object)
{
  YmSheetPrivate *private = PRIVATE (YM_SHEET (object));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&private->session);
  G_OBJECT_CLASS (ym_sheet_parent_class)->dispose (object);
}

static void
ym_sheet_class_init (YmSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_sheet_dispose;
  widget_class->map = ym_sheet_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
ym_sheet_init (YmSheet *self)
{
  YmSheetPrivate *private = PRIVATE (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  private->banner = YM_BANNER (ym_banner_new ());
  private->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_vexpand (private->body, TRUE);
  gtk_widget_set_visible (private->body, FALSE);
  gtk_widget_set_parent (GTK_WIDGET (private->banner), GTK_WIDGET (self));
  gtk_widget_set_parent (private->body, GTK_WIDGET (self));
}

void
ym_sheet_start (YmSheet *self, YmSession *session)
{
  g_return_if_fail (YM_IS_SHEET (self) && YM_IS_SESSION (session));
  PRIVATE (self)->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (ym_sheet_look), self, G_CONNECT_SWAPPED);
  ym_sheet_look (self);
}

YmSession *
ym_sheet_get_session (YmSheet *self)
{
  g_return_val_if_fail (YM_IS_SHEET (self), NULL);
  return PRIVATE (self)->session;
}

void
ym_sheet_append (YmSheet *self, GtkWidget *child)
{
  g_return_if_fail (YM_IS_SHEET (self));
  gtk_box_append (GTK_BOX (PRIVATE (self)->body), child);
}

void
ym_sheet_title (YmSheet *self, const char *title, const char *subtitle)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), YM_TYPE_PAGE);

  g_return_if_fail (YM_IS_SHEET (self));
  if (page != NULL)
    ym_page_set_title (YM_PAGE (page), title, subtitle);
}

YmBanner *
ym_sheet_get_banner (YmSheet *self)
{
  g_return_val_if_fail (YM_IS_SHEET (self), NULL);
  return PRIVATE (self)->banner;
}

GtkWindow *
ym_sheet_window (YmSheet *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

typedef struct {
  YmSheet *sheet;
  YmSheetProved proved;
  gpointer data;
  GDestroyNotify data_free;
} Errand;

static void
proved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Errand *errand = user_data;
  g_autoptr (YmSheet) self = errand->sheet;
  g_autoptr (GError) error = NULL;
  gboolean proved = ym_session_prove_finish (result, &error);

  if (PRIVATE (self)->session != NULL && proved)
    {
      ym_banner_hide (PRIVATE (self)->banner);
      errand->proved (self, g_steal_pointer (&errand->data));
    }
  else if (PRIVATE (self)->session != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_failure (self, error->message);
  if (errand->data != NULL && errand->data_free != NULL)
    errand->data_free (errand->data);
}

void
ym_sheet_when_proved (YmSheet *self, YmSheetProved proved, gpointer data, GDestroyNotify data_free)
{
  YmSheetPrivate *private = PRIVATE (self);
  Errand *errand = g_new (Errand, 1);

  g_return_if_fail (YM_IS_SHEET (self));
  *errand = (Errand){ g_object_ref (self), proved, data, data_free };
  if (ym_session_get_proof (private->session) < YM_PROOF_GOOD)
    ym_banner_show (private->banner, YM_BANNER_INFORMATION, ym_session_say_proof_first (), NULL);
  ym_session_prove (private->session, proved_cb, errand);
}

typedef struct {
  YmSheet *sheet;
  YmSheetDone done;
  GDestroyNotify result_free;
} Request;

static void
request_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  g_autoptr (YmSheet) self = request->sheet;
  g_autoptr (GError) error = NULL;
  gpointer got = ym_notebook_run_finish (result, &error);

  if (PRIVATE (self)->session != NULL && got == NULL)
    say_failure (self, error->message);
  else if (PRIVATE (self)->session != NULL && request->done != NULL)
    request->done (self, g_steal_pointer (&got));
  if (got != NULL && request->result_free != NULL)
    request->result_free (got);
  g_free (request);
}

static Request *
request_new (YmSheet *self, YmSheetDone done, GDestroyNotify result_free)
{
  Request *request = g_new (Request, 1);

  *request = (Request){ g_object_ref (self), done, result_free };
  return request;
}

void
ym_sheet_write (YmSheet *self, YmWork work, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                YmSheetDone done)
{
  g_return_if_fail (YM_IS_SHEET (self));
  ym_session_write (PRIVATE (self)->session, work, data, data_free, result_free, request_done_cb,
                    request_new (self, done, result_free));
}

void
ym_sheet_read (YmSheet *self, YmWork work, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
               YmSheetDone done)
{
  g_return_if_fail (YM_IS_SHEET (self));
  ym_session_read (PRIVATE (self)->session, work, data, data_free, result_free, NULL, request_done_cb,
                   request_new (self, done, result_free));
}

typedef struct {
  YmWork work;
  gpointer data;
  GDestroyNotify data_free;
} Giving;

static void
giving_free (gpointer data)
{
  Giving *giving = data;

  if (giving->data_free != NULL)
    giving->data_free (giving->data);
  g_free (giving);
}

static gpointer
give (YmDesk *desk, gpointer data, GError **error)
{
  const Giving *giving = data;

  return giving->work (desk, giving->data, error);
}

static void
given (YmSheet *self, gpointer result)
{
  g_autofree char *said = result;

  ym_banner_show (PRIVATE (self)->banner, YM_BANNER_INFORMATION, said, NULL);
}

static void
give_proved (YmSheet *self, gpointer giving)
{
  ym_sheet_read (self, give, giving, giving_free, g_free, given);
}

void
ym_sheet_give_out (YmSheet *self, YmWork work, gpointer data, GDestroyNotify data_free)
{
  Giving *giving;

  g_return_if_fail (YM_IS_SHEET (self));
  giving = g_new (Giving, 1);
  *giving = (Giving){ work, data, data_free };
  ym_sheet_when_proved (self, give_proved, giving, giving_free);
}

typedef struct {
  YmSheet *sheet;
  YmSheetSave save;
  guint what;
} Choosing;

static void
file_chosen (GFile *file, gpointer data)
{
  g_autofree Choosing *choosing = data;
  g_autoptr (YmSheet) self = choosing->sheet;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (file == NULL || PRIVATE (self)->session == NULL)
    return;
  if (path != NULL)
    choosing->save (self, choosing->what, path);
  else
    say_failure (self, _ ("Choose a folder on this device."));
}

void
ym_sheet_ask_save (YmSheet *self, const char *title, const char *name, YmSheetSave save, guint what)
{
  Choosing *choosing;

  g_return_if_fail (YM_IS_SHEET (self));
  choosing = g_new (Choosing, 1);
  *choosing = (Choosing){ g_object_ref (self), save, what };
  ym_file_ask_save (ym_sheet_window (self), title, name, file_chosen, choosing);
}
