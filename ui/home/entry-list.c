/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A card of lines: what happened, what waits, what is known. It is shown again whenever the notebook changed, which may
 * be while somebody reads it: rows are made anew only where something is different. */

#include "ui/home/entry-list.h"

#include "app/forms/form.h"
#include "ui/widgets/row.h"

#define TEXT_LINES 2

struct _YmEntryList
{
  GtkWidget parent_instance;

  GtkWidget *head;
  GtkWidget *list;
  GtkWidget *empty; /* (nullable) */
  GtkWidget *foot;
  GPtrArray *shown; /* of char*: what each row says, to see what is different */
  GPtrArray *keys;  /* of char* */
};

G_DEFINE_FINAL_TYPE (YmEntryList, ym_entry_list, GTK_TYPE_WIDGET)

enum {
  SIGNAL_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

YmEntries *
ym_entries_new (void)
{
  YmEntries *entries = g_new (YmEntries, 1);

  *entries = (YmEntries){ g_array_new (FALSE, FALSE, sizeof (YmEntry)), g_ptr_array_new_with_free_func (g_free) };
  return entries;
}

void
ym_entries_free (YmEntries *entries)
{
  if (entries == NULL)
    return;
  g_array_unref (entries->items);
  g_ptr_array_unref (entries->strings);
  g_free (entries);
}

void
ym_entries_add (YmEntries *entries, const YmEntry *entry)
{
  g_array_append_val (entries->items, *entry);
}

const char *
ym_entries_own (YmEntries *entries, char *string)
{
  if (string != NULL)
    g_ptr_array_add (entries->strings, string);
  return string;
}

static void
row_activated_cb (YmEntryList *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, (guint) gtk_list_box_row_get_index (row));
}

static void
ym_entry_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_entry_list_parent_class)->dispose (object);
}

static void
ym_entry_list_finalize (GObject *object)
{
  g_ptr_array_unref (YM_ENTRY_LIST (object)->shown);
  g_ptr_array_unref (YM_ENTRY_LIST (object)->keys);
  G_OBJECT_CLASS (ym_entry_list_parent_class)->finalize (object);
}

static void
ym_entry_list_class_init (YmEntryListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_entry_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_entry_list_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", YM_TYPE_ENTRY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ym_entry_list_init (YmEntryList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 9);
  self->shown = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->list = gtk_list_box_new ();
  self->foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_visible (self->foot, FALSE);
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_widget_set_parent (self->foot, GTK_WIDGET (self));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
ym_entry_list_new (const char *title, const char *empty)
{
  YmEntryList *self = g_object_new (YM_TYPE_ENTRY_LIST, NULL);
  GtkWidget *heading = new_label (title, "heading");

  gtk_widget_set_hexpand (heading, TRUE);
  gtk_box_append (GTK_BOX (self->head), heading);
  ym_say (self, title);
  ym_say (self->list, title);
  if (empty != NULL)
    {
      self->empty = new_label (empty, "quiet");
      gtk_widget_insert_after (self->empty, GTK_WIDGET (self), self->head);
    }
  gtk_widget_set_visible (self->list, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), empty != NULL);
  return GTK_WIDGET (self);
}

void
ym_entry_list_add_end (YmEntryList *self, GtkWidget *widget)
{
  g_return_if_fail (YM_IS_ENTRY_LIST (self));
  gtk_box_append (GTK_BOX (self->head), widget);
}

void
ym_entry_list_add_foot (YmEntryList *self, GtkWidget *widget)
{
  g_return_if_fail (YM_IS_ENTRY_LIST (self));
  gtk_box_append (GTK_BOX (self->foot), widget);
  gtk_widget_set_visible (self->foot, TRUE);
}

static const char *
chip_word_of (const YmEntry *entry)
{
  if (entry->chip == NULL || entry->chip_word != NULL)
    return entry->chip_word;
  return ym_label (entry->chip->word);
}

static char *
name_of (const YmEntry *entry)
{
  const char *parts[] = { entry->title, entry->detail, entry->text, chip_word_of (entry), entry->state };
  g_autoptr (GPtrArray) said = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_ptr_array_add (said, (gpointer) parts[i]);
  g_ptr_array_add (said, NULL);
  return g_strjoinv (", ", (char **) said->pdata);
}

static char *
signature_of (const YmEntry *entry)
{
  g_autofree char *name = name_of (entry);

  return g_strdup_printf ("%s\n%s\n%s\n%s\n%d%d", name, entry->icon != NULL ? entry->icon : "",
                          entry->state_icon != NULL ? entry->state_icon : "",
                          entry->chip != NULL ? entry->chip->css_class : "", entry->grave, entry->opens);
}

static GtkWidget *
new_state (const YmEntry *entry)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (entry->state_icon != NULL)
    gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name (entry->state_icon));
  gtk_box_append (GTK_BOX (line), new_label (entry->state, NULL));
  gtk_widget_add_css_class (line, entry->grave ? "past-due" : "quiet");
  return line;
}

static GtkWidget *
new_words (const YmEntry *entry)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (column), new_label (entry->title, NULL));
  if (entry->detail != NULL)
    gtk_box_append (GTK_BOX (column), new_label (entry->detail, "quiet"));
  if (entry->text != NULL)
    {
      GtkWidget *text = new_label (entry->text, NULL);

      gtk_label_set_lines (GTK_LABEL (text), TEXT_LINES);
      gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (column), text);
    }
  if (entry->chip != NULL)
    {
      GtkWidget *chip = ym_chip_new ();

      ym_chip_set (chip, entry->chip, entry->chip_word);
      gtk_widget_set_margin_top (chip, 3);
      gtk_box_append (GTK_BOX (column), chip);
    }
  if (entry->state != NULL)
    gtk_box_append (GTK_BOX (column), new_state (entry));
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  return column;
}

static GtkWidget *
new_row (const YmEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *name = name_of (entry);

  if (entry->icon != NULL)
    gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name (entry->icon));
  gtk_box_append (GTK_BOX (line), new_words (entry));
  if (entry->opens)
    gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_widget_add_css_class (line, "entry");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), entry->opens);
  gtk_widget_set_focusable (row, entry->opens);
  ym_say (row, name);
  return row;
}

/* The key of the row that has the focus. */
static char *
focused_key (YmEntryList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !GTK_IS_LIST_BOX_ROW (focus) || gtk_widget_get_parent (focus) != self->list)
    return NULL;
  return g_strdup (g_ptr_array_index (self->keys, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focus))));
}

static gboolean
is_shown (YmEntryList *self, const YmEntries *entries, GPtrArray *signatures)
{
  if (signatures->len != self->shown->len)
    return FALSE;
  for (guint i = 0; i < signatures->len; i++)
    if (!g_str_equal (g_ptr_array_index (signatures, i), g_ptr_array_index (self->shown, i))
        || !g_str_equal (g_array_index (entries->items, YmEntry, i).key, g_ptr_array_index (self->keys, i)))
      return FALSE;
  return TRUE;
}

static void
fill (YmEntryList *self, const YmEntries *entries)
{
  g_autofree char *focused = focused_key (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  g_ptr_array_set_size (self->keys, 0);
  gtk_widget_set_visible (self->list, entries->items->len > 0);
  for (guint i = 0; i < entries->items->len; i++)
    {
      const YmEntry *entry = &g_array_index (entries->items, YmEntry, i);
      GtkWidget *row = new_row (entry);

      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      g_ptr_array_add (self->keys, g_strdup (entry->key));
      if (g_strcmp0 (focused, entry->key) == 0)
        gtk_widget_grab_focus (row);
    }
}

void
ym_entry_list_show (YmEntryList *self, const YmEntries *entries)
{
  g_autoptr (GPtrArray) signatures = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (YM_IS_ENTRY_LIST (self));
  for (guint i = 0; i < entries->items->len; i++)
    g_ptr_array_add (signatures, signature_of (&g_array_index (entries->items, YmEntry, i)));
  if (is_shown (self, entries, signatures))
    return;
  fill (self, entries);
  g_ptr_array_unref (self->shown);
  self->shown = g_steal_pointer (&signatures);
  if (self->empty != NULL)
    gtk_widget_set_visible (self->empty, entries->items->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self), self->empty != NULL || entries->items->len > 0);
}
