/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a passphrase is typed: nobody but its taker may ever see it. */

#include <string.h>

#include "tests/ui/harness.h"
#include "ui/widgets/passphrase-row.h"

static GtkWidget *
find_text (GtkWidget *root)
{
  if (GTK_IS_TEXT (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_text (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Fails if the typed words can be read from anything that GTK hands around. */
static void
test_shows_bullets_only (void)
{
  GtkWidget *row = ym_passphrase_row_new ("Passphrase");
  GtkWindow *window = harness_show (row, 400, 200);
  GtkText *text = GTK_TEXT (find_text (row));
  g_autofree char *display = NULL;

  gtk_editable_set_text (GTK_EDITABLE (text), "tŷ gwyn");
  display = gtk_editable_get_chars (GTK_EDITABLE (text), 0, -1);
  g_assert_cmpstr (display, ==, "•••••••");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, "•••••••");
  g_assert_cmpstr (gtk_entry_buffer_get_text (gtk_text_get_buffer (text)), ==, "•••••••");
  g_assert_cmpuint (gtk_entry_buffer_get_length (gtk_text_get_buffer (text)), ==, 7);
  g_assert_cmpuint (gtk_entry_buffer_get_bytes (gtk_text_get_buffer (text)), ==, 21);
  /* Undo would bring a deleted passphrase back from ordinary memory. */
  g_assert_false (gtk_editable_get_enable_undo (GTK_EDITABLE (text)));
  g_assert_false (gtk_text_get_visibility (text));
  harness_close (window);
}

/* What @clipboard would hand out as text; "" for nothing. */
static char *
clipboard_text (GdkClipboard *clipboard)
{
  GdkContentProvider *content = gdk_clipboard_get_content (clipboard);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  if (content == NULL || !gdk_content_provider_get_value (content, &value, NULL) || g_value_get_string (&value) == NULL)
    return g_strdup ("");
  return g_value_dup_string (&value);
}

/* Fails if a passphrase that is marked, copied or cut can be pasted anywhere, with the middle button too. */
static void
test_clipboard (void)
{
  GtkWidget *row = ym_passphrase_row_new ("Passphrase");
  GtkWindow *window = harness_show (row, 400, 200);
  GtkWidget *text = find_text (row);
  GdkClipboard *const clipboards[] = { gtk_widget_get_clipboard (text), gtk_widget_get_primary_clipboard (text) };
  static const char *const actions[] = { "clipboard.copy", "clipboard.cut" };

  gtk_editable_set_text (GTK_EDITABLE (text), "tŷ gwyn");
  gtk_widget_grab_focus (text);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_editable_select_region (GTK_EDITABLE (text), 0, -1);
      harness_settle ();
      gtk_widget_activate_action (text, actions[i], NULL);
      harness_settle ();
      for (gsize j = 0; j < G_N_ELEMENTS (clipboards); j++)
        {
          g_autofree char *given = clipboard_text (clipboards[j]);

          g_assert_null (strstr (given, "t"));
          g_assert_null (strstr (given, "gwyn"));
        }
    }
  harness_close (window);
}

/* Fails if an edit in the middle, or of a letter of several bytes, garbles the passphrase. */
static void
test_edits_where_asked (void)
{
  static const struct
  {
    int delete_from, delete_to, insert_at;
    const char *insert;
    const char *expected;
  } cases[] = {
    { 0, 0, 0, "llan fair ŵyl", "llan fair ŵyl" }, { 10, 11, 10, "gŵ", "llan fair gŵyl" },
    { 0, 5, 0, "", "fair gŵyl" },                  { 9, 9, 9, " y", "fair gŵyl y" },
    { 0, 11, 0, "", "" },                          { 0, 0, 0, "é", "é" },
  };
  GtkWidget *row = g_object_ref_sink (ym_passphrase_row_new ("Passphrase"));
  GtkEditable *text = GTK_EDITABLE (find_text (row));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YmSecret) secret = NULL;
      int at = cases[i].insert_at;

      gtk_editable_delete_text (text, cases[i].delete_from, cases[i].delete_to);
      gtk_editable_insert_text (text, cases[i].insert, -1, &at);
      secret = ym_secret_buffer_get (ym_passphrase_row_get_buffer (YM_PASSPHRASE_ROW (row)));
      g_assert_cmpmem (ym_secret_data (secret), ym_secret_length (secret), cases[i].expected,
                       strlen (cases[i].expected));
    }
  g_object_unref (row);
}

/* Fails if a passphrase stays in the entry after it was taken. */
static void
test_taking_empties (void)
{
  g_autoptr (GtkEntryBuffer) buffer = ym_secret_buffer_new ();
  g_autoptr (YmSecret) first = NULL, second = NULL;

  gtk_entry_buffer_set_text (buffer, "pump teulu", -1);
  first = ym_secret_buffer_take (YM_SECRET_BUFFER (buffer));
  g_assert_cmpmem (ym_secret_data (first), ym_secret_length (first), "pump teulu", 10);
  g_assert_cmpuint (gtk_entry_buffer_get_length (buffer), ==, 0);
  second = ym_secret_buffer_take (YM_SECRET_BUFFER (buffer));
  g_assert_cmpuint (ym_secret_length (second), ==, 0);
}

/* Fails if more than the guarded memory holds is written past its end, or a letter is cut in half. */
static void
test_refuses_too_much (void)
{
  g_autoptr (GtkEntryBuffer) buffer = ym_secret_buffer_new ();
  g_autofree char *much = g_strnfill (YM_SECRET_BUFFER_MAX_BYTES - 1, 'a');
  g_autoptr (YmSecret) secret = NULL;

  gtk_entry_buffer_set_text (buffer, much, -1);
  g_assert_cmpuint (gtk_entry_buffer_insert_text (buffer, 3, "ŵ", 1), ==, 0);
  g_assert_cmpuint (gtk_entry_buffer_insert_text (buffer, 3, "bcd", 3), ==, 1);
  secret = ym_secret_buffer_get (YM_SECRET_BUFFER (buffer));
  g_assert_cmpuint (ym_secret_length (secret), ==, YM_SECRET_BUFFER_MAX_BYTES);
  g_assert_cmpint (ym_secret_data (secret)[3], ==, 'b');
}

/* Fails if two different passphrases pass for a repetition. */
static void
test_equal (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean equal;
  } cases[] = { { "", "", TRUE }, { "un", "un", TRUE }, { "un", "Un", FALSE }, { "un", "un ", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GtkEntryBuffer) a = ym_secret_buffer_new (), b = ym_secret_buffer_new ();

      gtk_entry_buffer_set_text (a, cases[i].a, -1);
      gtk_entry_buffer_set_text (b, "something longer first", -1);
      gtk_entry_buffer_set_text (b, cases[i].b, -1);
      g_assert_cmpint (ym_secret_buffer_equal (YM_SECRET_BUFFER (a), YM_SECRET_BUFFER (b)), ==, cases[i].equal);
    }
}

/* Fails if a screen reader isn't told what the field is, or that the passphrase was wrong. */
static void
test_accessible (void)
{
  GtkWidget *row = ym_passphrase_row_new ("Passphrase");
  GtkWindow *window = harness_show (row, 400, 200);
  GtkWidget *text = find_text (row);

  gtk_test_accessible_assert_property (text, GTK_ACCESSIBLE_PROPERTY_LABEL, "Passphrase");
  ym_passphrase_row_set_error (YM_PASSPHRASE_ROW (row), "That is not it.");
  gtk_test_accessible_assert_property (text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "That is not it.");
  gtk_test_accessible_assert_state (text, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_editable_set_text (GTK_EDITABLE (text), "x");
  gtk_test_accessible_assert_state (text, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE);
  harness_close (window);
}

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  g_test_add_func ("/ui/secret/shows-bullets-only", test_shows_bullets_only);
  g_test_add_func ("/ui/secret/clipboard", test_clipboard);
  g_test_add_func ("/ui/secret/edits-where-asked", test_edits_where_asked);
  g_test_add_func ("/ui/secret/taking-empties", test_taking_empties);
  g_test_add_func ("/ui/secret/refuses-too-much", test_refuses_too_much);
  g_test_add_func ("/ui/secret/equal", test_equal);
  g_test_add_func ("/ui/secret/accessible", test_accessible);
  return g_test_run ();
}
