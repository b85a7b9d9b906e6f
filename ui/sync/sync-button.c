/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What waits, in the corner of the eye. */

#include "ui/sync/sync-button.h"

#include "ui/sync/sync-words.h"
#include "ui/widgets/row.h"

typedef struct {
  GtkWidget *button;
  GtkImage *icon;
  GtkLabel *count;
} Parts;

static void
show_cb (YmSession *session, Parts *parts)
{
  const YmSyncOverview *overview = ym_session_get_sync (session);
  gboolean syncing = ym_session_is_syncing (session);
  guint waiting = overview->here + overview->sent;
  g_autofree char *words = ym_sync_status_text (overview, syncing);
  g_autofree char *count = g_strdup_printf ("%u", waiting);

  gtk_image_set_from_icon_name (parts->icon, ym_sync_status_icon (overview, syncing));
  gtk_label_set_text (parts->count, count);
  gtk_widget_set_visible (GTK_WIDGET (parts->count), waiting > 0);
  gtk_widget_set_tooltip_text (parts->button, words);
  ym_say (parts->button, words);
}

static void
destroyed_cb (GtkWidget *button, Parts *parts)
{
  YmSession *session = g_object_get_data (G_OBJECT (button), "ym-session");

  g_signal_handlers_disconnect_by_data (session, parts);
}

GtkWidget *
ym_sync_button_new (YmSession *session)
{
  Parts *parts = g_new (Parts, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  parts->button = gtk_button_new ();
  parts->icon = GTK_IMAGE (gtk_image_new ());
  parts->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->count));
  gtk_button_set_child (GTK_BUTTON (parts->button), box);
  g_object_set_data_full (G_OBJECT (parts->button), "ym-parts", parts, g_free);
  g_object_set_data_full (G_OBJECT (parts->button), "ym-session", g_object_ref (session), g_object_unref);
  g_signal_connect (session, "sync-changed", G_CALLBACK (show_cb), parts);
  g_signal_connect (parts->button, "destroy", G_CALLBACK (destroyed_cb), parts);
  show_cb (session, parts);
  return parts->button;
}
