/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an officer reads and can do when the scan of the open store has found damage. */

#include "ui/desk/damage.h"

#include <glib/gi18n-lib.h>

#include "ui/dialog.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/page.h"

#define MOST_LINES 8
#define WIDTH_PX 480
#define HEIGHT_PX 400

void
ym_damage_show (YmWindow *window, YmSession *session)
{
  if (ym_session_get_proof (session) == YM_PROOF_DAMAGED)
    ym_banner_show (ym_window_get_banner (window), YM_BANNER_ERROR,
                    _ ("Part of this notebook is damaged. What you write is kept; nothing can be given out of it until it is "
                       "recovered."),
                    _ ("What to Do"));
}

/* What is named, line by line. */
static GtkWidget *
new_list (GPtrArray *named)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < MIN (named->len, MOST_LINES); i++)
    gtk_box_append (GTK_BOX (lines), ym_paragraph_new (g_ptr_array_index (named, i), "note-line"));
  if (named->len > MOST_LINES)
    {
      g_autofree char *rest = g_strdup_printf (_ ("Further lines like these: %u"), named->len - MOST_LINES);

      gtk_box_append (GTK_BOX (lines), ym_paragraph_new (rest, "quiet"));
    }
  return lines;
}

void
ym_damage_explain (YmWindow *window, YmSession *session, GCallback recover, gpointer object)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *dialog = ym_dialog_new (GTK_WINDOW (window), _ ("Damaged notebook"), column, WIDTH_PX, HEIGHT_PX);
  GtkWidget *button = ym_wrap_button_new (_ ("Lock and Recover"));
  GPtrArray *named = ym_session_get_named_damage (session);

  gtk_box_append (GTK_BOX (column), ym_paragraph_new (ym_session_get_damage (session), "title-4"));
  if (named != NULL && named->len > 0)
    gtk_box_append (GTK_BOX (column), new_list (named));
  gtk_box_append (GTK_BOX (column),
                  ym_paragraph_new (_ ("Recovery saves what can be read into a new store and keeps the damaged one beside it. At "
                                       "the next sync the server gives back what it has. You need your passphrase."),
                                    NULL));
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (column), button);
  g_signal_connect_object (button, "clicked", recover, object, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
