/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What another program would get that pastes: the text of the clipboard and of the selection, each ended by NUL; "=" stands
 * before a text, and "-" for none. */

#include <gtk/gtk.h>

typedef struct {
  char *text;
  gboolean is_here;
} Paste;

static void
read_cb (GObject *clipboard, GAsyncResult *result, gpointer user_data)
{
  Paste *paste = user_data;

  paste->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
  paste->is_here = TRUE;
}

static void
print (GdkClipboard *clipboard)
{
  Paste paste = { NULL, FALSE };

  gdk_clipboard_read_text_async (clipboard, NULL, read_cb, &paste);
  while (!paste.is_here)
    g_main_context_iteration (NULL, TRUE);
  printf ("%s%s%c", paste.text != NULL ? "=" : "-", paste.text != NULL ? paste.text : "", '\0');
  g_free (paste.text);
}

int
main (void)
{
  GdkDisplay *display;

  gtk_init ();
  display = gdk_display_get_default ();
  print (gdk_display_get_clipboard (display));
  print (gdk_display_get_primary_clipboard (display));
  return 0;
}
