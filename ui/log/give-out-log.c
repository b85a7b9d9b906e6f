/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Giving out the officer's log as CSV: to whom, why and where. */

#include "ui/log/give-out-log.h"

#include <glib/gi18n-lib.h>

#include "ui/compat.h"
#include "ui/dialog.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/text-row.h"

#define WIDTH_PX 520
#define HEIGHT_PX 480
#define N_ROWS 2

struct _YmGiveOutLog
{
  GtkBox parent_instance;

  YmSession *session;
  YmActsQuery query;
  YmBanner *banner;
  YmFieldRow *rows[N_ROWS]; /* in the order of `fields` */
};

G_DEFINE_FINAL_TYPE (YmGiveOutLog, ym_give_out_log, GTK_TYPE_BOX)

static const guint fields[N_ROWS] = { YM_DISCLOSURE_RECIPIENT, YM_DISCLOSURE_JUSTIFICATION };

typedef struct {
  YmActsQuery query;
  char *texts[N_ROWS];
  char *path;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  for (guint i = 0; i < N_ROWS; i++)
    g_free (order->texts[i]);
  g_free (order->path);
  g_free (order);
}

/* Written first: a file that can't be written gives nothing out. */
static gpointer
give_out (YmDesk *desk, gpointer data, GError **error)
{
  const Order *order = data;
  g_autoptr (GBytes) csv = NULL;

  if (!g_file_set_contents_full (order->path, "", 0, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return NULL;
  csv = ym_acts_give_out (desk, &order->query, order->texts[0], order->texts[1], error);
  if (csv == NULL
      || !g_file_set_contents_full (order->path, g_bytes_get_data (csv, NULL), (gssize) g_bytes_get_size (csv),
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return NULL;
  return g_strdup_printf (_ ("Saved: %s. The file is not encrypted. That it was given out is logged."), order->path);
}

static void
given_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmGiveOutLog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = ym_notebook_run_finish (result, &error);

  ym_banner_show (self->banner, said != NULL ? YM_BANNER_INFORMATION : YM_BANNER_ERROR,
                  said != NULL ? said : error->message, NULL);
}

/* Both must be answered; what is not says so at its place. */
static gboolean
read_rows (YmGiveOutLog *self, Order *order)
{
  gboolean whole = TRUE;

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_auto (YmValue) value = YM_VALUE_INIT;
      gboolean answered = ym_field_row_get_value (self->rows[i], &value) && value.kind == YM_VALUE_TEXT;

      ym_field_row_set_error (self->rows[i], answered ? NULL : _ ("This is not answered yet."));
      if (!answered && whole)
        gtk_widget_grab_focus (GTK_WIDGET (self->rows[i]));
      whole = whole && answered;
      if (order != NULL && answered)
        order->texts[i] = g_strdup (value.text);
    }
  return whole;
}

void
ym_give_out_log_save (YmGiveOutLog *self, const char *path)
{
  Order *order;

  g_return_if_fail (YM_IS_GIVE_OUT_LOG (self));
  order = g_new0 (Order, 1);
  order->query = self->query;
  order->path = g_strdup (path);
  if (read_rows (self, order) && ym_session_get_notebook (self->session) != NULL)
    ym_session_write (self->session, give_out, order, order_free, g_free, given_cb, g_object_ref (self));
  else
    order_free (order);
}

static void
file_chosen (GFile *file, gpointer data)
{
  g_autoptr (YmGiveOutLog) self = data;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    ym_give_out_log_save (self, path);
  else if (file != NULL)
    ym_banner_show (self->banner, YM_BANNER_ERROR, _ ("Choose a folder on this device."), NULL);
}

static void
clicked_cb (YmGiveOutLog *self)
{
  if (read_rows (self, NULL))
    ym_file_ask_save (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Save the Log"), "log.csv", file_chosen,
                      g_object_ref (self));
}

static void
ym_give_out_log_dispose (GObject *object)
{
  g_clear_object (&YM_GIVE_OUT_LOG (object)->session);
  G_OBJECT_CLASS (ym_give_out_log_parent_class)->dispose (object);
}

static void
ym_give_out_log_class_init (YmGiveOutLogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ym_give_out_log_dispose;
}

static void
ym_give_out_log_init (YmGiveOutLog *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = ym_wrap_button_new (_ ("Give Out as CSV…"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->banner = YM_BANNER (ym_banner_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (self),
                  ym_paragraph_new (_ ("The file has what is chosen in the log, all of it. That you give it out is logged at every home "
                                       "that it names."),
                                    "quiet"));
  gtk_widget_add_css_class (card, "form-card");
  for (guint i = 0; i < N_ROWS; i++)
    {
      const YmField *field = ym_form_field (ym_form (YM_FORM_DISCLOSURE), fields[i]);

      self->rows[i] = YM_FIELD_ROW (ym_text_row_new (ym_label (field->label), (guint) field->maximum));
      gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->rows[i]));
    }
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (self), card);
  gtk_box_append (GTK_BOX (self), button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
}

void
ym_give_out_log_present (GtkWindow *parent, YmSession *session, const YmActsQuery *query)
{
  YmGiveOutLog *self = g_object_new (YM_TYPE_GIVE_OUT_LOG, NULL);

  self->session = g_object_ref (session);
  self->query = *query;
  gtk_window_present (GTK_WINDOW (ym_dialog_new (parent, _ ("Give Out the Log"), GTK_WIDGET (self), WIDTH_PX, HEIGHT_PX)));
}
