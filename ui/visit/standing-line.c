/* SPDX-License-Identifier: GPL-3.0-or-later */

/* On this device, sent, receipted, refused: said honestly. */

#include "ui/visit/standing-line.h"

#include <glib/gi18n-lib.h>

#include "ui/visit/answer-text.h"

static const struct {
  const char *icon;
  const char *css_class;
} looks[] = {
  [YM_SYNC_STATE_HERE] = { "waiting-symbolic", "quiet" },
  [YM_SYNC_STATE_SENT] = { "waiting-symbolic", "quiet" },
  [YM_SYNC_STATE_RECEIPTED] = { "object-select-symbolic", "quiet" },
  [YM_SYNC_STATE_REFUSED] = { "dialog-warning-symbolic", "past-due" },
};

char *
ym_standing_text (const YmSyncStanding *standing)
{
  g_autofree char *at = NULL;

  switch (standing->state)
    {
    case YM_SYNC_STATE_HERE:
      return g_strdup (_ ("On this device, waiting to sync"));
    case YM_SYNC_STATE_SENT:
      return g_strdup (_ ("Sent, waiting for the server's receipt"));
    case YM_SYNC_STATE_RECEIPTED:
      at = ym_instant_say (standing->received_at_us);
      return g_strdup_printf (_ ("Receipted by the server: %s"), at);
    case YM_SYNC_STATE_REFUSED:
      return g_strdup_printf (_ ("Refused by the server. %s"), ym_reason_get_message (standing->reason));
    }
  g_assert_not_reached ();
}

GtkWidget *
ym_standing_line_new (const YmSyncStanding *standing)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (looks[standing->state].icon);
  g_autofree char *text = ym_standing_text (standing);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (line, looks[standing->state].css_class);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  return line;
}
