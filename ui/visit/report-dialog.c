/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Giving out a signed-off visit as a PDF that proves itself. That it is given out is logged by the same signature. */

#include "ui/visit/report-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/forms/choices.h"
#include "app/forms/fields.h"
#include "app/returns/visit-report.h"
#include "sync/evidence/give.h"
#include "ui/compat.h"
#include "ui/language.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/choice-row.h"
#include "ui/widgets/page.h"
#include "ui/widgets/text-row.h"

#define N_ROWS 4

struct _YmReportDialog
{
  GtkBox parent_instance;

  YmSession *session;
  YmId visit;
  YmBanner *banner;
  YmFieldRow *rows[N_ROWS]; /* in the order of `fields` */
};

G_DEFINE_FINAL_TYPE (YmReportDialog, ym_report_dialog, GTK_TYPE_BOX)

static const guint fields[N_ROWS]
    = { YM_DISCLOSURE_AUDIENCE, YM_DISCLOSURE_LANGUAGE, YM_DISCLOSURE_RECIPIENT, YM_DISCLOSURE_JUSTIFICATION };

/* --- the work --- */

typedef struct {
  YmGiving giving;
  char *recipient;
  char *justification;
  char *path;
  YmReportDialog *dialog; /* while the store is proved */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->recipient);
  g_free (order->justification);
  g_free (order->path);
  g_clear_object (&order->dialog);
  g_free (order);
}

static gpointer
give (YmDesk *desk, gpointer data, GError **error)
{
  Order *order = data;
  const char *language = ym_choices_by_number (&ym_choices_language, order->giving.language)->code;
  g_autoptr (YmWords) words = ym_words_new (language, NULL, error);
  g_autoptr (YmVisitReport) report = NULL;
  g_autofree char *title = NULL;
  g_autoptr (GBytes) pages = NULL, file = NULL;

  if (words != NULL)
    report = ym_visit_report_read (desk, &order->giving.visit, order->giving.audience, FALSE, error);
  if (report == NULL)
    return NULL;
  order->giving.title = title = ym_visit_report_title (report, words);
  pages = ym_visit_report_to_pdf (report, words, error);
  file = pages != NULL ? ym_evidence_give (desk, &order->giving, pages, error) : NULL;
  if (file == NULL
      || !g_file_set_contents_full (order->path, g_bytes_get_data (file, NULL), (gssize) g_bytes_get_size (file),
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return NULL;
  return g_strdup_printf (_ ("Saved: %s. The file is signed but not encrypted. That it was given out is logged."),
                          order->path);
}

static void
given_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmReportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = ym_notebook_run_finish (result, &error);

  ym_banner_show (self->banner, said != NULL ? YM_BANNER_INFORMATION : YM_BANNER_ERROR,
                  said != NULL ? said : error->message, NULL);
}

static void
proved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Order *order = user_data;
  g_autoptr (YmReportDialog) self = g_steal_pointer (&order->dialog);
  g_autoptr (GError) error = NULL;
  gboolean proved = ym_session_prove_finish (result, &error);

  /* Who has closed the dialog while it waited does not want it given out any more. */
  if (proved && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    ym_session_write (YM_SESSION (source), give, order, order_free, g_free, given_cb, g_object_ref (self));
  else
    {
      if (!proved)
        ym_banner_show (self->banner, YM_BANNER_ERROR, error->message, NULL);
      order_free (order);
    }
}

/* --- what is answered --- */

/* Everything must be answered; what is not says so at its place. */
static gboolean
read_rows (YmReportDialog *self, Order *order)
{
  g_auto (YmValue) audience = YM_VALUE_INIT, language = YM_VALUE_INIT, recipient = YM_VALUE_INIT,
                   justification = YM_VALUE_INIT;
  YmValue *values[N_ROWS] = { &audience, &language, &recipient, &justification };
  gboolean whole = TRUE;

  for (guint i = 0; i < N_ROWS; i++)
    {
      gboolean answered = ym_field_row_get_value (self->rows[i], values[i]) && values[i]->kind != YM_VALUE_NULL;

      ym_field_row_set_error (self->rows[i], answered ? NULL : _ ("This is not answered yet."));
      if (!answered && whole)
        gtk_widget_grab_focus (GTK_WIDGET (self->rows[i]));
      whole = whole && answered;
    }
  if (!whole || order == NULL)
    return whole;
  order->recipient = g_strdup (recipient.text);
  order->justification = g_strdup (justification.text);
  order->giving = (YmGiving){ .visit = self->visit,
                              .what = YM_DISCLOSED_VISIT_REPORT,
                              .audience = (guint) audience.integer,
                              .language = (guint) language.integer,
                              .recipient = order->recipient,
                              .justification = order->justification };
  return TRUE;
}

void
ym_report_dialog_save (YmReportDialog *self, const char *path)
{
  Order *order;

  g_return_if_fail (YM_IS_REPORT_DIALOG (self));
  order = g_new0 (Order, 1);
  order->path = g_strdup (path);
  if (read_rows (self, order) && ym_session_get_notebook (self->session) != NULL)
    {
      order->dialog = g_object_ref (self);
      if (ym_session_get_proof (self->session) < YM_PROOF_GOOD)
        ym_banner_show (self->banner, YM_BANNER_INFORMATION, ym_session_say_proof_first (), NULL);
      ym_session_prove (self->session, proved_cb, order);
    }
  else
    order_free (order);
}

static void
file_chosen (GFile *file, gpointer data)
{
  g_autoptr (YmReportDialog) self = data;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    ym_report_dialog_save (self, path);
  else if (file != NULL)
    ym_banner_show (self->banner, YM_BANNER_ERROR, _ ("Choose a folder on this device."), NULL);
}

static void
give_clicked_cb (YmReportDialog *self)
{
  if (read_rows (self, NULL))
    ym_file_ask_save (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Save the Report"), "visit-report.pdf",
                      file_chosen, g_object_ref (self));
}

static GtkWidget *
make_row (guint id)
{
  const YmField *field = ym_form_field (ym_form (YM_FORM_DISCLOSURE), id);
  GtkWidget *row;

  if (field->choices == NULL)
    return ym_text_row_new (ym_label (field->label), field->maximum);
  row = ym_choice_row_new (ym_label (field->label));
  for (guint i = 0; i < field->choices->n_items; i++)
    ym_choice_row_add (YM_CHOICE_ROW (row), field->choices->items[i].number, ym_label (field->choices->items[i].label));
  return row;
}

static void
ym_report_dialog_dispose (GObject *object)
{
  g_clear_object (&YM_REPORT_DIALOG (object)->session);
  G_OBJECT_CLASS (ym_report_dialog_parent_class)->dispose (object);
}

static void
ym_report_dialog_class_init (YmReportDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ym_report_dialog_dispose;
}

static void
ym_report_dialog_init (YmReportDialog *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *give_out = ym_wrap_button_new (_ ("Give Out as PDF…"));
  const YmValue language
      = ym_value_integer (ym_choices_by_code (&ym_choices_language, ym_language_current ()->code)->number);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->banner = YM_BANNER (ym_banner_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (self),
                  ym_paragraph_new (_ ("A report for the home leaves out what is about a child and what is not for the home. The PDF "
                                       "carries the signatures that prove it."),
                                    "quiet"));
  gtk_widget_add_css_class (card, "form-card");
  for (guint i = 0; i < N_ROWS; i++)
    {
      self->rows[i] = YM_FIELD_ROW (make_row (fields[i]));
      gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->rows[i]));
    }
  ym_field_row_set_value (self->rows[1], &language);
  gtk_widget_add_css_class (give_out, "suggested-action");
  gtk_box_append (GTK_BOX (self), card);
  gtk_box_append (GTK_BOX (self), give_out);
  g_signal_connect_object (give_out, "clicked", G_CALLBACK (give_clicked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_report_dialog_new (YmSession *session, const YmId *visit)
{
  YmReportDialog *self = g_object_new (YM_TYPE_REPORT_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->visit = *visit;
  return GTK_WIDGET (self);
}
