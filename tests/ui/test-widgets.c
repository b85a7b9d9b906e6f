/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The small containers and signs: split, banner, confirmation, chips, rows, toasts. */

#include <math.h>
#include <string.h>

#include "tests/ui/harness.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm.h"
#include "ui/widgets/list-bin.h"
#include "ui/widgets/row.h"
#include "ui/widgets/split.h"
#include "ui/widgets/state-chip.h"

static GtkWidget *
make_split (void)
{
  GtkWidget *split = ym_split_new ();

  ym_split_set_content (YM_SPLIT (split), gtk_button_new_with_label ("Content"));
  ym_split_set_sidebar (YM_SPLIT (split), gtk_button_new_with_label ("Sidebar"));
  return split;
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

/* Fails if a narrow window shows half of each page, a wide one only one, or others aren't told. */
static void
test_split_folds (void)
{
  static const struct
  {
    int width;
    gboolean folded;
  } cases[] = { { 360, TRUE }, { 699, TRUE }, { 700, FALSE }, { 1280, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *split = make_split ();
      guint notified = 0;
      GtkWindow *window;

      g_signal_connect (split, "notify::folded", G_CALLBACK (count_cb), &notified);
      window = harness_show (split, cases[i].width, 400);
      g_assert_cmpint (ym_split_get_folded (YM_SPLIT (split)), ==, cases[i].folded);
      g_assert_cmpuint (notified, ==, cases[i].folded ? 1 : 0);
      g_assert_true (gtk_widget_get_mapped (ym_split_get_sidebar (YM_SPLIT (split))));
      g_assert_cmpint (gtk_widget_get_mapped (ym_split_get_content (YM_SPLIT (split))), ==, !cases[i].folded);
      if (cases[i].folded)
        {
          graphene_rect_t bounds;

          g_assert_true (gtk_widget_compute_bounds (ym_split_get_sidebar (YM_SPLIT (split)), split, &bounds));
          g_assert_cmpfloat (bounds.size.width, ==, cases[i].width);
        }
      harness_close (window);
    }
}

/* Fails if large text is cut because the split goes by its width alone. */
static void
test_split_folds_for_large_text (void)
{
  GtkWidget *split = make_split ();
  GtkWindow *window;

  gtk_widget_set_size_request (ym_split_get_content (YM_SPLIT (split)), 600, -1);
  window = harness_show (split, 800, 400);
  g_assert_true (ym_split_get_folded (YM_SPLIT (split)));
  harness_close (window);
}

/* Fails if, on a phone, one can't get to a page and back with the focus where it was. */
static void
test_split_goes_back (void)
{
  GtkWidget *split = make_split ();
  GtkWindow *window = harness_show (split, 400, 400);
  GtkWidget *sidebar = ym_split_get_sidebar (YM_SPLIT (split));
  GtkWidget *content = ym_split_get_content (YM_SPLIT (split));

  gtk_widget_grab_focus (sidebar);
  ym_split_set_show_content (YM_SPLIT (split), TRUE);
  harness_settle ();
  g_assert_true (gtk_widget_get_mapped (content));
  g_assert_false (gtk_widget_get_mapped (sidebar));
  g_assert_true (gtk_window_get_focus (window) == content);
  g_assert_true (gtk_widget_activate_action (split, "split.back", NULL));
  harness_settle ();
  g_assert_false (ym_split_get_show_content (YM_SPLIT (split)));
  g_assert_true (gtk_window_get_focus (window) == sidebar);
  harness_close (window);
}

/* Fails if a warning stays after it is over, or isn't announced. */
static void
test_banner (void)
{
  GtkWidget *banner = ym_banner_new ();
  GtkWindow *window = harness_show (banner, 400, 200);

  g_assert_false (ym_banner_is_shown (YM_BANNER (banner)));
  ym_banner_show (YM_BANNER (banner), YM_BANNER_WARNING, "Jones & Co is <b>full</b>", "Try again");
  g_assert_true (ym_banner_is_shown (YM_BANNER (banner)));
  gtk_test_accessible_assert_role (banner, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_test_accessible_assert_property (banner, GTK_ACCESSIBLE_PROPERTY_LABEL, "Jones & Co is <b>full</b>");
  ym_banner_hide (YM_BANNER (banner));
  g_assert_false (ym_banner_is_shown (YM_BANNER (banner)));
  harness_close (window);
}

static void
accept_cb (YmConfirm *confirm, GString *said)
{
  g_string_append (said, "accepted ");
}

static void
cancel_cb (YmConfirm *confirm, GString *said)
{
  g_string_append (said, "cancelled ");
}

/* Fails if closing the question counts as yes, or an answer is given twice. */
static void
test_confirm (void)
{
  static const struct
  {
    const char *press; /* NULL: the window is closed */
    const char *expected;
  } cases[] = { { "Sign off", "accepted " }, { "Cancel", "cancelled " }, { NULL, "cancelled " } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmConfirm *confirm = ym_confirm_new (NULL, "Sign off?", "It can't be changed.", "Sign off", FALSE);
      g_autoptr (GString) said = g_string_new (NULL);

      ym_confirm_add_point (confirm, "Notes & <times>");
      g_signal_connect (confirm, "accepted", G_CALLBACK (accept_cb), said);
      g_signal_connect (confirm, "cancelled", G_CALLBACK (cancel_cb), said);
      gtk_window_present (GTK_WINDOW (confirm));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (confirm));
      gtk_test_accessible_assert_role (confirm, GTK_ACCESSIBLE_ROLE_ALERT_DIALOG);
      if (cases[i].press == NULL)
        gtk_window_close (GTK_WINDOW (confirm));
      else
        for (GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (confirm));
             button != NULL; button = gtk_widget_get_prev_sibling (button))
          if (g_str_equal (gtk_button_get_label (GTK_BUTTON (button)), cases[i].press))
            {
              harness_press (button);
              break;
            }
      harness_settle ();
      g_assert_cmpstr (said->str, ==, cases[i].expected);
    }
}

/* Fails if a state is told by colour alone. */
static void
test_state_chips (void)
{
  static const struct
  {
    YmVisitStanding standing;
    const char *word;
  } cases[] = {
    { YM_STANDING_VISITED, "visited\n" },
    { YM_STANDING_DUE, "due\n" },
    { YM_STANDING_DUE_SOON, "due soon\n" },
    { YM_STANDING_OVERDUE, "overdue\n" },
    { YM_STANDING_NONE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *chip = g_object_ref_sink (ym_state_chip_new ());
      GtkWidget *icon = gtk_widget_get_first_child (chip);
      g_autofree char *text = NULL;

      ym_state_chip_set (YM_STATE_CHIP (chip), cases[i].standing);
      text = harness_text (chip);
      g_assert_cmpstr (text, ==, cases[i].word);
      if (cases[i].standing != YM_STANDING_NONE)
        g_assert_true (gtk_icon_theme_has_icon (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                                gtk_image_get_icon_name (GTK_IMAGE (icon))));
      g_object_unref (chip);
    }
}

static double
linear (float channel)
{
  return channel <= 0.04045f ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const GdkRGBA *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green) + 0.0722 * linear (colour->blue);
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS
static GdkRGBA
named_colour (GtkWidget *widget, const char *name)
{
  GdkRGBA colour;

  g_assert_true (gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &colour));
  return colour;
}
G_GNUC_END_IGNORE_DEPRECATIONS

/* Fails if a word is hard to read on its ground (WCAG 2.1, 1.4.3: 4.5 to 1), in light or in dark. */
static void
test_contrast (void)
{
  static const struct
  {
    const char *ink, *ground;
  } pairs[] = {
    { "chip_visited_ink", "chip_visited_ground" },   { "chip_due_ink", "chip_due_ground" },
    { "chip_due_soon_ink", "chip_due_soon_ground" }, { "chip_overdue_ink", "chip_overdue_ground" },
    { "field_error_ink", "view_bg_color" },          { "field_error_ink", "window_bg_color" },
  };
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };
  GtkWindow *window = harness_show (ym_state_chip_new (), 200, 100);

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[i]);
      harness_settle ();
      for (guint j = 0; j < G_N_ELEMENTS (pairs); j++)
        {
          GdkRGBA ink = named_colour (GTK_WIDGET (window), pairs[j].ink);
          GdkRGBA ground = named_colour (GTK_WIDGET (window), pairs[j].ground);
          double a = luminance (&ink), b = luminance (&ground);

          g_test_message ("%s on %s: %.2f", pairs[j].ink, pairs[j].ground, (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05));
          g_assert_cmpfloat ((MAX (a, b) + 0.05) / (MIN (a, b) + 0.05), >=, 4.5);
        }
    }
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
  harness_close (window);
}

/* Fails if a name with & or < shows as an empty line, or a row has no name for a screen reader. */
static void
test_plain_text (void)
{
  GtkWidget *row = ym_row_new ("Jones & Co", "<Aberaeron>");
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWindow *window;
  g_autofree char *text = NULL, *toast = NULL;

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), list);
  window = harness_show (overlay, 400, 200);
  text = harness_text (row);
  g_assert_nonnull (strstr (text, "Jones & Co\n"));
  g_assert_nonnull (strstr (text, "<Aberaeron>\n"));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "Jones & Co, <Aberaeron>");
  ym_toast (ADW_TOAST_OVERLAY (overlay), "Saved at Jones & Co");
  harness_settle ();
  toast = harness_text (overlay);
  g_assert_nonnull (strstr (toast, "Saved at Jones & Co\n"));
  harness_close (window);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *string = gtk_list_item_get_item (item);

  gtk_list_item_set_child (item, gtk_label_new (gtk_string_object_get_string (string)));
}

/* Fails if Tab has to walk through a force's 300 homes to get to the next button. */
static void
test_list_is_one_stop (void)
{
  const char *const words[] = { "one", "two", "three", NULL };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *before = gtk_button_new_with_label ("before"), *after = gtk_button_new_with_label ("after");
  GtkWidget *bin;
  GtkWindow *window;

  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  bin = ym_list_bin_new (
      gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (gtk_string_list_new (words)))),
                         factory));
  gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), bin);
  gtk_box_append (GTK_BOX (box), after);
  window = harness_show (box, 400, 300);
  gtk_widget_grab_focus (before);
  g_signal_emit_by_name (window, "move-focus", GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (window), bin));
  g_signal_emit_by_name (window, "move-focus", GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (window) == after);
  harness_close (window);
}

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  g_test_add_func ("/ui/split/folds", test_split_folds);
  g_test_add_func ("/ui/split/folds-for-large-text", test_split_folds_for_large_text);
  g_test_add_func ("/ui/split/goes-back", test_split_goes_back);
  g_test_add_func ("/ui/banner", test_banner);
  g_test_add_func ("/ui/confirm", test_confirm);
  g_test_add_func ("/ui/state-chips", test_state_chips);
  g_test_add_func ("/ui/contrast", test_contrast);
  g_test_add_func ("/ui/plain-text", test_plain_text);
  g_test_add_func ("/ui/list-is-one-stop", test_list_is_one_stop);
  return g_test_run ();
}
