/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The list of what was found:
 *
 *   Visits (2)
 *   Ty Enghraifft, Tuesday 20 January 2026        >
 *   … the [staffing] is short at night …
 *
 * What is found is plain text with attributes over it: no markup is read, whatever an officer typed.
 */

#include "ui/search/search-list.h"

#include <glib/gi18n-lib.h>

#include "ui/visit/answer-text.h"
#include "ui/widgets/date-text.h"
#include "ui/widgets/row.h"

/* Behind what was found, on light and dark ground; the bold letters say it too. */
#define MARK_RED 0xffff
#define MARK_GREEN 0xb000
#define MARK_BLUE 0x0000
#define MARK_ALPHA 0x4800

/* The widgets of one line, kept with it so that bind only fills them. */
typedef struct {
  GtkLabel *heading;
  GtkWidget *found;
  GtkLabel *title;
  GtkLabel *about;
  GtkLabel *snippet;
} Row;

static GtkLabel *
new_label (const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_NONE);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  row->heading = new_label ("group-heading");
  row->found = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  row->title = new_label (NULL);
  row->about = new_label ("quiet");
  row->snippet = new_label (NULL);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (row->title));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (row->about));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (row->snippet));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row->found), words);
  gtk_box_append (GTK_BOX (row->found), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_widget_add_css_class (row->found, "entry");
  gtk_box_append (GTK_BOX (both), GTK_WIDGET (row->heading));
  gtk_box_append (GTK_BOX (both), row->found);
  g_object_set_data_full (G_OBJECT (item), "row", row, g_free);
  gtk_list_item_set_child (item, both);
}

static void
show_text (GtkLabel *label, const YmSearchText *text)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  gtk_widget_set_visible (GTK_WIDGET (label), text->text != NULL);
  gtk_label_set_text (label, text->text != NULL ? text->text : "");
  for (guint i = 0; text->marks != NULL && i < text->marks->len; i++)
    {
      const YmSearchMark *mark = &g_array_index (text->marks, YmSearchMark, i);
      PangoAttribute *looks[] = { pango_attr_weight_new (PANGO_WEIGHT_BOLD),
                                  pango_attr_background_new (MARK_RED, MARK_GREEN, MARK_BLUE),
                                  pango_attr_background_alpha_new (MARK_ALPHA) };

      for (guint j = 0; j < G_N_ELEMENTS (looks); j++)
        {
          looks[j]->start_index = (guint) mark->start;
          looks[j]->end_index = (guint) mark->end;
          pango_attr_list_insert (attributes, looks[j]);
        }
    }
  gtk_label_set_attributes (label, attributes);
}

/* Whose it is and when it was; what kind of record, where the title does not say so. */
static char *
about_text (const YmSearchHit *hit)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *kind = ym_label (ym_form (hit->form)->label);

  if (hit->form != YM_FORM_HOME && !g_str_equal (kind, hit->title.text))
    g_ptr_array_add (parts, g_strdup (kind));
  if (hit->form != YM_FORM_HOME && hit->home_name != NULL)
    g_ptr_array_add (parts, g_strdup (hit->home_name));
  if (hit->at_us != YM_INSTANT_NONE)
    g_ptr_array_add (parts, ym_date_say (ym_london_day (hit->at_us)));
  if (hit->asks_why)
    g_ptr_array_add (parts, g_strdup (_ ("Opening it asks why")));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
bind_hit (GtkListItem *item, Row *row, const YmSearchHit *hit)
{
  g_autofree char *about = about_text (hit);
  g_autofree char *name = g_strdup_printf ("%s, %s%s%s", hit->title.text, about, hit->snippet.text != NULL ? ", " : "",
                                           hit->snippet.text != NULL ? hit->snippet.text : "");

  show_text (row->title, &hit->title);
  show_text (row->snippet, &hit->snippet);
  gtk_label_set_text (row->about, about);
  gtk_widget_set_visible (GTK_WIDGET (row->about), *about != '\0');
  /* The line itself has the focus; on GTK 4.8 it has no name but what it is given. */
  ym_say (gtk_widget_get_parent (gtk_list_item_get_child (item)), name);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  Row *row = g_object_get_data (G_OBJECT (item), "row");
  YmSearchItem *shown = gtk_list_item_get_item (item);
  const char *heading = ym_search_item_get_heading (shown);

  gtk_widget_set_visible (GTK_WIDGET (row->heading), heading != NULL);
  gtk_widget_set_visible (row->found, heading == NULL);
  gtk_list_item_set_activatable (item, heading == NULL);
  gtk_list_item_set_selectable (item, heading == NULL);
  if (heading == NULL)
    {
      bind_hit (item, row, ym_search_item_get_hit (shown));
      return;
    }
  gtk_label_set_text (row->heading, heading);
  ym_say (gtk_widget_get_parent (gtk_list_item_get_child (item)), heading);
}

GtkWidget *
ym_search_list_new (GListModel *items)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (items));
  GtkWidget *list;

  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (list), TRUE);
  gtk_widget_add_css_class (list, "homes");
  ym_say (list, _ ("What was found"));
  return list;
}
