/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line of My homes: a home, or the heading of those that follow. */

#include "ui/pages/home-row.h"

#include <glib/gi18n-lib.h>

#include "ui/pages/home-item.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/row.h"
#include "ui/widgets/state-chip.h"

/* The widgets of one row, kept with it so that bind only fills them. */
typedef struct {
  GtkWidget *home;
  GtkLabel *heading;
  GtkLabel *name;
  GtkLabel *place;
  GtkWidget *state;
  GtkWidget *chip;
  GtkLabel *left;
  GtkLabel *facts;
  GtkWidget *draft;
  GtkWidget *waiting;
  GtkLabel *waiting_count;
} Row;

static GtkLabel *
new_label (const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_NONE);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

static GtkWidget *
new_sign (const char *icon, GtkLabel *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  return box;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkLabel *draft_word = new_label (NULL);

  row->state = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (row->state, ym_fold_layout_new (9, FALSE));
  row->name = new_label ("heading");
  row->place = new_label ("quiet");
  row->chip = ym_state_chip_new ();
  row->left = new_label ("quiet");
  row->facts = new_label ("quiet");
  row->waiting_count = new_label (NULL);
  row->waiting = new_sign ("waiting-symbolic", row->waiting_count);
  row->draft = new_sign ("document-edit-symbolic", draft_word);
  gtk_label_set_text (draft_word, _("draft"));

  gtk_box_append (GTK_BOX (row->state), row->chip);
  gtk_box_append (GTK_BOX (row->state), GTK_WIDGET (row->left));
  gtk_box_append (GTK_BOX (row->state), row->draft);
  gtk_box_append (GTK_BOX (row->state), row->waiting);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (row->name));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (row->place));
  gtk_box_append (GTK_BOX (column), row->state);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (row->facts));
  gtk_widget_add_css_class (column, "home-row");
  row->home = column;
  row->heading = new_label ("group-heading");
  gtk_box_append (GTK_BOX (both), column);
  gtk_box_append (GTK_BOX (both), GTK_WIDGET (row->heading));
  g_object_set_data_full (G_OBJECT (item), "row", row, g_free);
  gtk_list_item_set_child (item, both);
}

static char *
say_left (const YmVisitState *state)
{
  if (state->standing == YM_STANDING_NONE || state->standing == YM_STANDING_VISITED)
    return g_strdup ("");
  if (state->days_left <= 1)
    return g_strdup (_("last day"));
  return g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong) state->days_left), state->days_left);
}

static void
name_row (GtkListItem *item, const YmHomeView *view, const char *left, const char *facts)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *name = NULL, *waiting = NULL;
  const char *const texts[] = { view->name, view->place, ym_standing_word (view->state.standing), left, facts };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && *texts[i] != '\0')
      g_ptr_array_add (parts, (gpointer) texts[i]);
  if (view->has_draft)
    g_ptr_array_add (parts, (gpointer) _("draft"));
  if (view->waiting > 0)
    {
      waiting = g_strdup_printf (ngettext ("%u waits to sync", "%u wait to sync", view->waiting), view->waiting);
      g_ptr_array_add (parts, waiting);
    }
  g_ptr_array_add (parts, NULL);
  name = g_strjoinv (", ", (char **) parts->pdata);
  /* The row itself has the focus; on GTK 4.8 it has no name but what it is given. */
  ym_say (gtk_widget_get_parent (gtk_list_item_get_child (item)), name);
}

static void
bind_heading (GtkListItem *item, Row *row)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_text (row->heading, text);
  ym_say (gtk_widget_get_parent (gtk_list_item_get_child (item)), text);
}

static void
bind_home (GtkListItem *item, Row *row)
{
  YmHomeItem *home = gtk_list_item_get_item (item);
  const YmHomeView *view = ym_home_item_get (home);
  g_autofree char *left = say_left (&view->state);
  g_autofree char *facts = ym_home_item_facts (home);
  g_autofree char *waiting = g_strdup_printf ("%u", view->waiting);

  gtk_label_set_text (row->name, view->name);
  gtk_label_set_text (row->place, view->place != NULL ? view->place : "");
  gtk_widget_set_visible (GTK_WIDGET (row->place), view->place != NULL);
  ym_state_chip_set (YM_STATE_CHIP (row->chip), view->state.standing);
  gtk_label_set_text (row->left, left);
  gtk_label_set_text (row->facts, facts);
  gtk_label_set_text (row->waiting_count, waiting);
  gtk_widget_set_visible (row->waiting, view->waiting > 0);
  gtk_widget_set_visible (row->draft, view->has_draft);
  gtk_widget_set_visible (GTK_WIDGET (row->left), *left != '\0');
  gtk_widget_set_visible (row->state, view->state.standing != YM_STANDING_NONE || view->has_draft || view->waiting > 0);
  name_row (item, view, left, facts);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  Row *row = g_object_get_data (G_OBJECT (item), "row");
  gboolean is_home = YM_IS_HOME_ITEM (gtk_list_item_get_item (item));

  gtk_widget_set_visible (row->home, is_home);
  gtk_widget_set_visible (GTK_WIDGET (row->heading), !is_home);
  gtk_list_item_set_activatable (item, is_home);
  gtk_list_item_set_selectable (item, is_home);
  if (is_home)
    bind_home (item, row);
  else
    bind_heading (item, row);
}

GtkListItemFactory *
ym_home_row_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}
