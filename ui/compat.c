/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that uses what Debian 13 calls deprecated and Debian 12 has no successor of. */

#include "ui/compat.h"

#include <glib/gi18n-lib.h>

typedef struct {
  YmFileChosen chosen;
  gpointer user_data;
} Request;

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static void
response_cb (GtkNativeDialog *dialog, int response, Request *request)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  request->chosen (file, request->user_data);
  g_free (request);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
ask (GtkFileChooserNative *dialog, YmFileChosen chosen, gpointer user_data)
{
  Request *request = g_new (Request, 1);

  *request = (Request){ chosen, user_data };
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), request);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
ym_file_ask_open (GtkWindow *parent, const char *title, YmFileChosen chosen, gpointer user_data)
{
  ask (gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, C_ ("button", "Open"), _("Cancel")), chosen,
       user_data);
}

void
ym_file_ask_save (GtkWindow *parent, const char *title, const char *name, YmFileChosen chosen,
                  gpointer user_data)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _("Save"), _("Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  ask (dialog, chosen, user_data);
}

G_GNUC_END_IGNORE_DEPRECATIONS
