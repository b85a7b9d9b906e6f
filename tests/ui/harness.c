/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every test of the screens needs: the app's surroundings, windows, presses and pictures. */

#include "tests/ui/harness.h"

#include <glib/gstdio.h>

#include "tests/ui/english.h"
#include "ui/language.h"
#include "ui/style.h"

gint64 harness_boot_us = 0;
gint64 harness_wall_us = G_GINT64_CONSTANT (1773484200) * G_USEC_PER_SEC;

static gint64
read_wall (gpointer context)
{
  return harness_wall_us;
}

static gint64
read_boot (gpointer context)
{
  return harness_boot_us;
}

YmClock harness_clock = { read_wall, read_boot, NULL };

void
harness_init (int *argc, char ***argv)
{
  const char *build = g_getenv ("YM_BUILD_ROOT");
  g_autofree char *cache = NULL;
  g_autofree char *translations = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (build);
  cache = g_build_filename (build, "tests", "ui", "cache", NULL);
  translations = g_build_filename (build, "po", NULL);
  gtk_test_init (argc, argv, NULL);
  adw_init ();
  ym_language_prepare (cache, translations, &error);
  g_assert_no_error (error);
  ym_language_use ("en");
  ym_style_prepare ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE,
                "gtk-font-name", "Cantarell 11", "gtk-xft-antialias", 1, NULL);
}

void
harness_settle (void)
{
  for (guint quiet = 0; quiet < 3;)
    {
      if (g_main_context_iteration (NULL, FALSE))
        quiet = 0;
      else
        {
          quiet++;
          g_usleep (2000);
        }
    }
}

/* The application's actions, so that menus and the language switch look as in the app; they do nothing. */
static GSimpleActionGroup *
new_actions (void)
{
  static const GActionEntry entries[] = {
    { .name = "lock" }, { .name = "preferences" }, { .name = "shortcuts" }, { .name = "about" },
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) language = g_simple_action_new_stateful (
      "language", G_VARIANT_TYPE_STRING, g_variant_new_string (ym_language_current ()->code));

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), NULL);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (language));
  return group;
}

GtkWindow *
harness_show (GtkWidget *child, int width, int height)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  g_autoptr (GSimpleActionGroup) actions = new_actions ();

  gtk_widget_insert_action_group (GTK_WIDGET (window), "app", G_ACTION_GROUP (actions));
  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_default_size (window, width, height);
  gtk_window_set_child (window, child);
  gtk_window_present (window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  harness_settle ();
  return window;
}

void
harness_close (GtkWindow *window)
{
  gtk_window_destroy (window);
  harness_settle ();
}

void
harness_press (GtkWidget *widget)
{
  g_assert_true (gtk_widget_get_mapped (widget));
  g_assert_true (gtk_widget_is_sensitive (widget));
  g_signal_emit_by_name (widget, "clicked");
  harness_settle ();
}

static GtkWidget *
find (GtkWidget *root, const char *label)
{
  g_autofree char *problem = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  /* A label names itself; what is looked for is what it stands beside. */
  if (problem == NULL && !GTK_IS_LABEL (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
harness_find (GtkWidget *root, const char *label)
{
  GtkWidget *found = find (root, label);

  if (found == NULL)
    g_test_message ("nothing is called “%s”", label);
  g_assert_nonnull (found);
  return found;
}

static void
collect_text (GtkWidget *widget, GString *text)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_text (child, text);
}

char *
harness_text (GtkWidget *root)
{
  GString *text = g_string_new (NULL);

  collect_text (root, text);
  return g_string_free (text, FALSE);
}

void
harness_picture (GtkWindow *window, const char *name)
{
  const char *asked = g_getenv ("YM_PICTURES");
  g_autofree char *folder = asked != NULL ? g_strdup (asked)
                                          : g_build_filename (g_getenv ("YM_BUILD_ROOT"), "pictures", NULL);
  g_autofree char *file = g_strdup_printf ("%s.png", name);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  int width = gtk_widget_get_width (GTK_WIDGET (window));
  int height = gtk_widget_get_height (GTK_WIDGET (window));
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GskRenderNode) node = NULL;

  /* A list goes on laying itself out after its first frame; until it is done there is nothing to draw. */
  while (node == NULL)
    {
      g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
      g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

      harness_settle ();
      gdk_paintable_snapshot (paintable, snapshot, width, height);
      node = gtk_snapshot_to_node (snapshot);
    }
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  g_mkdir_with_parents (folder, 0700);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

const HarnessLook harness_looks[] = {
  { "360-en", 360, 740, "en", FALSE, 100 },       { "360-cy-dark", 360, 740, "cy", TRUE, 100 },
  { "360-en-200", 360, 740, "en", FALSE, 200 },   { "800-cy", 800, 1280, "cy", FALSE, 100 },
  { "800-en-dark", 800, 1280, "en", TRUE, 100 },  { "1280-en", 1280, 800, "en", FALSE, 100 },
  { "1280-cy-dark", 1280, 800, "cy", TRUE, 100 },
};
const guint harness_n_looks = G_N_ELEMENTS (harness_looks);

void
harness_use_look (const HarnessLook *look)
{
  static const HarnessLook usual = { "", 0, 0, "en", FALSE, 100 };
  g_autoptr (YmPreferences) preferences = ym_preferences_new (NULL);

  look = look != NULL ? look : &usual;
  ym_language_use (look->language);
  ym_preferences_set_theme (preferences, look->dark ? YM_THEME_DARK : YM_THEME_LIGHT);
  ym_preferences_set_text_percent (preferences, look->text_percent);
  ym_style_use (preferences);
}

/* Both languages say everything (R15). */
static void
check_language (const HarnessLook *look, GtkWindow *window, const char *file)
{
  g_autoptr (GPtrArray) left = NULL;

  if (!g_str_equal (look->language, "cy"))
    return;
  left = english_left (GTK_WIDGET (window));
  for (guint i = 0; i < left->len; i++)
    g_test_message ("%s is not in Welsh: %s", file, (char *) left->pdata[i]);
  if (left->len > 0)
    g_test_fail ();
}

void
harness_pictures (const char *name, GtkWidget *(*make) (void))
{
  for (guint i = 0; i < harness_n_looks; i++)
    {
      const HarnessLook *look = &harness_looks[i];
      g_autofree char *file = g_strdup_printf ("%s-%s", name, look->name);
      GtkWindow *window;

      harness_use_look (look);
      window = harness_show (make (), look->width, look->height);
      harness_picture (window, file);
      check_language (look, window, file);
      /* A page that needs more width than the tablet has would be cut or scroll sideways. */
      if (gtk_widget_get_width (GTK_WIDGET (window)) > look->width)
        {
          g_test_message ("%s needs %d px", file, gtk_widget_get_width (GTK_WIDGET (window)));
          g_test_fail ();
        }
      harness_close (window);
    }
  harness_use_look (NULL);
}
