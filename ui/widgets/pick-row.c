/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question answered from a list that opens. */

#include "ui/widgets/pick-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SEARCH_FROM_ENTRIES 8
#define LIST_HEIGHT_PX 320

typedef struct {
  YmValue value; /* null for the entry that takes the answer back */
  char *label;
  char *folded; /* label and detail, case folded, for the search */
} Entry;

struct _YmPickRow
{
  YmFieldRow parent_instance;

  GtkWidget *button;
  GtkLabel *shown;
  GtkWidget *popover;
  GtkWidget *search;
  GtkListBox *list;
  YmValue picked;
  guint n_entries;
};

G_DEFINE_FINAL_TYPE (YmPickRow, ym_pick_row, YM_TYPE_FIELD_ROW)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  ym_value_clear (&entry->value);
  g_free (entry->label);
  g_free (entry->folded);
  g_free (entry);
}

static Entry *
entry_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "entry");
}

static GtkListBoxRow *
find_row (YmPickRow *self, const YmValue *value)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (ym_value_equal (&entry_of (row)->value, value))
      return row;
  return NULL;
}

static char *
ym_pick_row_describe (YmFieldRow *row, const YmValue *value)
{
  GtkListBoxRow *found = find_row (YM_PICK_ROW (row), value);

  if (value->kind == YM_VALUE_NULL)
    return g_strdup (_("Choose…"));
  return g_strdup (found != NULL ? entry_of (found)->label : _("Not on this device"));
}

static void
show_picked (YmPickRow *self)
{
  g_autofree char *words = ym_pick_row_describe (YM_FIELD_ROW (self), &self->picked);

  gtk_label_set_text (self->shown, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static gboolean
ym_pick_row_get_value (YmFieldRow *row, YmValue *value, char **problem)
{
  *value = ym_value_copy (&YM_PICK_ROW (row)->picked);
  return TRUE;
}

static void
ym_pick_row_set_value (YmFieldRow *row, const YmValue *value)
{
  YmPickRow *self = YM_PICK_ROW (row);
  YmValue copy = ym_value_copy (value);

  ym_value_clear (&self->picked);
  self->picked = copy;
  show_picked (self);
}

static void
row_activated_cb (YmPickRow *self, GtkListBoxRow *row)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  ym_pick_row_set_value (YM_FIELD_ROW (self), &entry_of (row)->value);
  ym_field_row_edited (YM_FIELD_ROW (self));
}

static void
button_clicked_cb (YmPickRow *self)
{
  GtkListBoxRow *row = find_row (self, &self->picked);

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_set_visible (self->search, self->n_entries > SEARCH_FROM_ENTRIES);
  gtk_widget_set_size_request (self->popover, MIN (gtk_widget_get_width (self->button), 480), -1);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_list_box_select_row (self->list, row);
  if (gtk_widget_get_visible (self->search))
    gtk_widget_grab_focus (self->search);
  else if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
expanded_cb (YmPickRow *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED,
                               gtk_widget_get_visible (self->popover), -1);
}

static gboolean
filter_entry (GtkListBoxRow *row, gpointer user_data)
{
  YmPickRow *self = user_data;
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  return strstr (entry_of (row)->folded, g_strstrip (wanted)) != NULL;
}

/* Enter in the search takes the first entry that is left. */
static void
search_activated_cb (YmPickRow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        row_activated_cb (self, row);
        return;
      }
}

static void
stop_search_cb (YmPickRow *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
ym_pick_row_dispose (GObject *object)
{
  YmPickRow *self = YM_PICK_ROW (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (ym_pick_row_parent_class)->dispose (object);
}

static void
ym_pick_row_finalize (GObject *object)
{
  ym_value_clear (&YM_PICK_ROW (object)->picked);
  G_OBJECT_CLASS (ym_pick_row_parent_class)->finalize (object);
}

static void
ym_pick_row_class_init (YmPickRowClass *klass)
{
  YmFieldRowClass *row_class = YM_FIELD_ROW_CLASS (klass);

  row_class->get_value = ym_pick_row_get_value;
  row_class->set_value = ym_pick_row_set_value;
  row_class->describe = ym_pick_row_describe;
  G_OBJECT_CLASS (klass)->dispose = ym_pick_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_pick_row_finalize;
}

static void
build_popover (YmPickRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search the list"), -1);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_filter_func (self->list, filter_entry, self, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), LIST_HEIGHT_PX);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scrolled);

  self->popover = gtk_popover_new ();
  gtk_widget_add_css_class (self->popover, "menu");
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_widget_set_parent (self->popover, self->button);

  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (gtk_list_box_invalidate_filter),
                            self->list);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (stop_search_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (self->popover, "notify::visible", G_CALLBACK (expanded_cb), self);
}

static void
ym_pick_row_init (YmPickRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->button = g_object_new (GTK_TYPE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_COMBO_BOX, NULL);
  self->shown = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->shown, 0);
  gtk_label_set_wrap (self->shown, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->shown), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->shown));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "pick");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  build_popover (self);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (button_clicked_cb), self);
  ym_field_row_set_control (YM_FIELD_ROW (self), self->button, NULL, FALSE);
  ym_pick_row_clear (self);
  expanded_cb (self);
}

GtkWidget *
ym_pick_row_new (const char *title)
{
  YmPickRow *self = g_object_new (YM_TYPE_PICK_ROW, NULL);

  ym_field_row_set_title (YM_FIELD_ROW (self), title);
  return GTK_WIDGET (self);
}

static GtkWidget *
new_line (const char *text)
{
  GtkWidget *line = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (line), 0);
  gtk_label_set_wrap (GTK_LABEL (line), TRUE);
  return line;
}

static void
append_entry (YmPickRow *self, const YmValue *value, const char *label, const char *detail)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *spoken = detail != NULL ? g_strdup_printf ("%s, %s", label, detail) : g_strdup (label);
  Entry *entry = g_new0 (Entry, 1);

  entry->value = ym_value_copy (value);
  entry->label = g_strdup (label);
  entry->folded = g_utf8_casefold (spoken, -1);
  g_object_set_data_full (G_OBJECT (row), "entry", entry, entry_free);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), new_line (label));
  if (detail != NULL)
    {
      GtkWidget *line = new_line (detail);

      gtk_widget_add_css_class (line, "quiet");
      gtk_widget_add_css_class (line, "caption");
      gtk_box_append (GTK_BOX (box), line);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_add_css_class (row, "touch");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_list_box_append (self->list, row);
}

void
ym_pick_row_add (YmPickRow *self, const YmValue *value, const char *label, const char *detail)
{
  g_return_if_fail (YM_IS_PICK_ROW (self));
  g_return_if_fail (value->kind != YM_VALUE_NULL);
  append_entry (self, value, label, detail);
  self->n_entries++;
  if (ym_value_equal (value, &self->picked))
    show_picked (self);
}

void
ym_pick_row_clear (YmPickRow *self)
{
  const YmValue none = YM_VALUE_INIT;
  GtkListBoxRow *row;

  g_return_if_fail (YM_IS_PICK_ROW (self));
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->n_entries = 0;
  append_entry (self, &none, _("No answer"), NULL);
  show_picked (self);
}
