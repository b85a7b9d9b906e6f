/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A forgotten passphrase on the screen. The store stays closed until the administrator's answer has opened it.
 *
 *   choose ──made──▶ wait: 1 save the request  2 read out the fingerprint  3 the answer, with the new passphrase
 *     ▲                │
 *     └──start anew────┘
 */

#include "ui/desk/forgotten.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/vault/escrow-format.h"
#include "ui/compat.h"
#include "ui/desk/escrow-work.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/new-passphrase.h"
#include "ui/widgets/passphrase-row.h"

struct _YmForgotten
{
  GtkBox parent_instance;

  char *directory;
  YmStoreOptions options;
  YmBanner *banner;
  GtkWidget *choose; /* the two steps, of which one is shown */
  GtkWidget *wait;
  YmNewPassphrase *fresh;
  GtkLabel *fingerprint;
  YmPassphraseRow *passphrase;
  GBytes *request;   /* (nullable): the one that waits for its answer */
  YmSecret *opening; /* (nullable): opens the store, after the answer */
};

G_DEFINE_FINAL_TYPE (YmForgotten, ym_forgotten, GTK_TYPE_BOX)

enum {
  SIGNAL_OPENED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
set_busy (YmForgotten *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->choose, !busy);
  gtk_widget_set_sensitive (self->wait, !busy);
  if (busy)
    ym_banner_show (self->banner, YM_BANNER_INFORMATION, _ ("This takes a few seconds…"), NULL);
}

static void
show_step (YmForgotten *self, gboolean waiting)
{
  gtk_widget_set_visible (self->choose, !waiting);
  gtk_widget_set_visible (self->wait, waiting);
}

static void
say_failure (YmForgotten *self, const char *message)
{
  ym_banner_show (self->banner, YM_BANNER_ERROR, message, NULL);
}

static gboolean
is_shown (YmForgotten *self)
{
  return gtk_widget_get_root (GTK_WIDGET (self)) != NULL;
}

/* --- the request --- */

/* @request: (transfer full) */
static void
show_request (YmForgotten *self, GBytes *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmEscrowRequest) decoded = ym_escrow_request_decode (request, &error);
  g_autofree char *fingerprint = decoded != NULL ? ym_escrow_fingerprint (&decoded->hash) : NULL;

  g_clear_pointer (&self->request, g_bytes_unref);
  self->request = request;
  if (decoded == NULL)
    {
      say_failure (self, error->message);
      return;
    }
  gtk_label_set_text (self->fingerprint, fingerprint);
  show_step (self, TRUE);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmForgotten) self = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *request = ym_escrow_request_finish (result, &error);

  set_busy (self, FALSE);
  ym_banner_hide (self->banner);
  if (request != NULL)
    show_request (self, request);
  else
    say_failure (self, error->message);
}

static void
make_request_cb (YmForgotten *self)
{
  if (!ym_new_passphrase_check (self->fresh))
    return;
  set_busy (self, TRUE);
  ym_escrow_request (self->directory, ym_new_passphrase_take (self->fresh), &self->options, made_cb, g_object_ref (self));
}

/* One that was made earlier, before the tablet was put away. */
static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmForgotten) self = user_data;
  GBytes *request = ym_escrow_request_finish (result, NULL);

  if (request != NULL)
    show_request (self, request);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmForgotten) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ym_escrow_write_finish (result, &error))
    ym_banner_show (self->banner, YM_BANNER_INFORMATION, _ ("The request is saved. It opens nothing by itself."), NULL);
  else
    say_failure (self, error->message);
}

void
ym_forgotten_save_request (YmForgotten *self, GFile *file)
{
  g_return_if_fail (YM_IS_FORGOTTEN (self) && self->request != NULL);
  if (g_file_is_native (file))
    ym_escrow_write (file, self->request, saved_cb, g_object_ref (self));
  else
    say_failure (self, _ ("Choose a folder on this device."));
}

static void
save_chosen (GFile *file, gpointer data)
{
  g_autoptr (YmForgotten) self = data;

  if (file != NULL && is_shown (self))
    ym_forgotten_save_request (self, file);
}

static void
save_clicked_cb (YmForgotten *self)
{
  ym_file_ask_save (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Save the Request"), "ymweld-request",
                    save_chosen, g_object_ref (self));
}

static void
anew_clicked_cb (YmForgotten *self)
{
  ym_banner_hide (self->banner);
  show_step (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->fresh));
}

/* --- the answer --- */

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmForgotten) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 wait_us;
  YmSecret *passphrase = ym_escrow_take_answer_finish (result, &wait_us, &error);

  set_busy (self, FALSE);
  ym_banner_hide (self->banner);
  if (passphrase == NULL)
    {
      say_failure (self, error->message);
      return;
    }
  ym_secret_free (self->opening);
  self->opening = passphrase;
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

void
ym_forgotten_take_answer (YmForgotten *self, GFile *file)
{
  g_return_if_fail (YM_IS_FORGOTTEN (self));
  set_busy (self, TRUE);
  ym_escrow_take_answer (self->directory, ym_secret_buffer_take (ym_passphrase_row_get_buffer (self->passphrase)), file,
                         &self->options, taken_cb, g_object_ref (self));
}

static void
answer_chosen (GFile *file, gpointer data)
{
  g_autoptr (YmForgotten) self = data;

  if (file == NULL || !is_shown (self))
    return;
  if (g_file_is_native (file))
    ym_forgotten_take_answer (self, file);
  else
    say_failure (self, _ ("Choose a folder on this device."));
}

/* The passphrase first: a file that is chosen for nothing is a nuisance. */
static void
answer_clicked_cb (YmForgotten *self)
{
  if (gtk_entry_buffer_get_length (GTK_ENTRY_BUFFER (ym_passphrase_row_get_buffer (self->passphrase))) == 0)
    {
      ym_passphrase_row_set_error (self->passphrase, _ ("Type the new passphrase that you chose."));
      gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
      return;
    }
  ym_file_ask_open (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("The Administrator's Answer"), answer_chosen,
                    g_object_ref (self));
}

/* --- building --- */

static GtkWidget *
new_button (YmForgotten *self, const char *label, const char *css_class, GCallback clicked)
{
  GtkWidget *button = ym_wrap_button_new (label);

  gtk_widget_set_halign (button, GTK_ALIGN_FILL);
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
build_choose (YmForgotten *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->fresh = YM_NEW_PASSPHRASE (ym_new_passphrase_new ());
  gtk_box_append (GTK_BOX (column),
                  ym_paragraph_new (_ ("Nothing is lost. Your administrator can open this device with your force's recovery key; "
                                       "what you wrote stays on it, also what was not sent yet."),
                                    NULL));
  gtk_box_append (GTK_BOX (column),
                  ym_paragraph_new (_ ("First choose the passphrase that you want from now on. If you remember the old one in the "
                                       "meantime, just unlock with it: this is withdrawn then."),
                                    NULL));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->fresh));
  gtk_box_append (GTK_BOX (column),
                  new_button (self, _ ("Make the Request"), "suggested-action", G_CALLBACK (make_request_cb)));
  g_signal_connect_object (self->fresh, "activate", G_CALLBACK (make_request_cb), self, G_CONNECT_SWAPPED);
  return column;
}

static void
append_heading (GtkWidget *column, const char *text)
{
  GtkWidget *heading = ym_paragraph_new (text, "title-4");

  gtk_widget_set_margin_top (heading, 12);
  gtk_box_append (GTK_BOX (column), heading);
}

static GtkWidget *
build_wait (YmForgotten *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->fingerprint = GTK_LABEL (ym_paragraph_new ("", "title-2"));
  self->passphrase = YM_PASSPHRASE_ROW (ym_passphrase_row_new (_ ("New passphrase")));
  gtk_widget_add_css_class (GTK_WIDGET (self->fingerprint), "monospace");
  gtk_label_set_selectable (self->fingerprint, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fingerprint), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("Fingerprint"), -1);
  append_heading (column, _ ("1. Give the request to your administrator"));
  gtk_box_append (GTK_BOX (column),
                  ym_paragraph_new (_ ("Save it to a memory stick or where your administrator finds it."), NULL));
  gtk_box_append (GTK_BOX (column), new_button (self, _ ("Save the Request…"), NULL, G_CALLBACK (save_clicked_cb)));
  append_heading (column, _ ("2. Read the fingerprint out to them yourself"));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->fingerprint));
  gtk_box_append (GTK_BOX (column),
                  ym_paragraph_new (_ ("It is that of this device's one-time key. It shows your administrator that the request is "
                                       "yours and was not swapped on its way."),
                                    NULL));
  append_heading (column, _ ("3. When their answer is here"));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->passphrase));
  gtk_box_append (GTK_BOX (column),
                  new_button (self, _ ("Take the Answer…"), "suggested-action", G_CALLBACK (answer_clicked_cb)));
  gtk_box_append (GTK_BOX (column), new_button (self, _ ("Start Anew"), "flat", G_CALLBACK (anew_clicked_cb)));
  g_signal_connect_object (self->passphrase, "activate", G_CALLBACK (answer_clicked_cb), self, G_CONNECT_SWAPPED);
  return column;
}

static void
ym_forgotten_finalize (GObject *object)
{
  YmForgotten *self = YM_FORGOTTEN (object);

  g_free (self->directory);
  g_clear_pointer (&self->request, g_bytes_unref);
  ym_secret_free (self->opening);
  G_OBJECT_CLASS (ym_forgotten_parent_class)->finalize (object);
}

static void
ym_forgotten_class_init (YmForgottenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ym_forgotten_finalize;
  signals[SIGNAL_OPENED] = g_signal_new ("opened", YM_TYPE_FORGOTTEN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ym_forgotten_init (YmForgotten *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->banner = YM_BANNER (ym_banner_new ());
  self->choose = build_choose (self);
  self->wait = build_wait (self);
  show_step (self, FALSE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (self), self->choose);
  gtk_box_append (GTK_BOX (self), self->wait);
}

GtkWidget *
ym_forgotten_new (const char *directory, const YmStoreOptions *options)
{
  YmForgotten *self = g_object_new (YM_TYPE_FORGOTTEN, NULL);

  self->directory = g_strdup (directory);
  self->options = *options;
  ym_escrow_look (directory, options, looked_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

YmSecret *
ym_forgotten_take_passphrase (YmForgotten *self)
{
  g_return_val_if_fail (YM_IS_FORGOTTEN (self), NULL);
  return g_steal_pointer (&self->opening);
}
