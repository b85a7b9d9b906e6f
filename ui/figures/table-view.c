/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table twice, as grid and as list; only the one that fits is seen, and heard. */

#include "ui/figures/table-view.h"

#include <glib/gi18n-lib.h>

#include "ui/visit/answers.h"
#include "ui/widgets/row.h"

#define HEAD_CHARS 9
#define NAME_CHARS 14 /* of the first column */

struct _YmTableView
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (YmTableView, ym_table_view, GTK_TYPE_WIDGET)

static gboolean
grid_fits (YmTableView *self, int width)
{
  int minimum;

  gtk_widget_measure (self->grid, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return width >= minimum;
}

static GtkSizeRequestMode
ym_table_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ym_table_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  YmTableView *self = YM_TABLE_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->list, orientation, -1, minimum, NULL, NULL, NULL);
      gtk_widget_measure (self->grid, orientation, -1, NULL, natural, NULL, NULL);
      *natural = MAX (*natural, *minimum);
      return;
    }
  gtk_widget_measure (for_size < 0 || grid_fits (self, for_size) ? self->grid : self->list, orientation, for_size, minimum,
                      natural, NULL, NULL);
}

static void
ym_table_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  YmTableView *self = YM_TABLE_VIEW (widget);
  gboolean fits = grid_fits (self, width);
  const GtkAllocation whole = { 0, 0, width, height };

  gtk_widget_set_child_visible (self->grid, fits);
  gtk_widget_set_child_visible (self->list, !fits);
  gtk_widget_size_allocate (fits ? self->grid : self->list, &whole, -1);
}

static void
ym_table_view_dispose (GObject *object)
{
  YmTableView *self = YM_TABLE_VIEW (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  G_OBJECT_CLASS (ym_table_view_parent_class)->dispose (object);
}

static void
ym_table_view_class_init (YmTableViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_table_view_dispose;
  widget_class->get_request_mode = ym_table_view_get_request_mode;
  widget_class->measure = ym_table_view_measure;
  widget_class->size_allocate = ym_table_view_size_allocate;
}

static void
ym_table_view_init (YmTableView *self)
{
}

static const char *
head_of (const YmTable *table, guint column)
{
  return g_array_index (table->columns, YmColumn, column).head;
}

/* Whether a column is read as words, from where they begin; the figures of others stand below each other. */
static gboolean
has_words (const YmTable *table, guint column)
{
  return column == 0 || ym_table_cell (table, 0, column)->kind == YM_CELL_TEXT;
}

/* A figure alone says nothing to who hears it: it is read with its row and its column. */
static GtkWidget *
new_cell (const YmTable *table, guint row, guint column)
{
  const YmCell *cell = ym_table_cell (table, row, column);
  g_autofree char *text = ym_cell_to_string (cell);
  GtkWidget *label = ym_paragraph_new (*text != '\0' ? text : "–", NULL);

  if (!has_words (table, column))
    {
      gtk_widget_add_css_class (label, "figure");
      gtk_label_set_wrap (GTK_LABEL (label), FALSE);
      gtk_label_set_xalign (GTK_LABEL (label), 1);
    }
  if (column > 0)
    {
      g_autofree char *first = ym_cell_to_string (ym_table_cell (table, row, 0));
      g_autofree char *spoken
          = g_strdup_printf ("%s, %s: %s", first, head_of (table, column), *text != '\0' ? text : _ ("not known"));

      ym_say (label, spoken);
    }
  return label;
}

static GtkWidget *
new_head (const YmTable *table, guint n_rows, guint column)
{
  GtkWidget *head = ym_paragraph_new (head_of (table, column), "table-head");
  guint width = g_array_index (table->columns, YmColumn, column).width;
  gboolean words = n_rows == 0 || has_words (table, column);

  gtk_label_set_width_chars (GTK_LABEL (head), (int) MIN (width, column == 0 ? NAME_CHARS : HEAD_CHARS));
  gtk_label_set_xalign (GTK_LABEL (head), words ? 0 : 1);
  gtk_label_set_justify (GTK_LABEL (head), words ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_RIGHT);
  gtk_widget_set_valign (head, GTK_ALIGN_END);
  return head;
}

static GtkWidget *
new_grid (const YmTable *table, guint n_rows)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_widget_add_css_class (grid, "table");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 15);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 9);
  for (guint column = 0; column < table->columns->len; column++)
    {
      gtk_grid_attach (GTK_GRID (grid), new_head (table, n_rows, column), (int) column, 0, 1, 1);
      for (guint row = 0; row < n_rows; row++)
        {
          GtkWidget *cell = new_cell (table, row, column);

          gtk_widget_set_hexpand (cell, column == 0);
          gtk_grid_attach (GTK_GRID (grid), cell, (int) column, (int) row + 1, 1, 1);
        }
    }
  return grid;
}

static GtkWidget *
new_pair (const YmTable *table, guint row, guint column)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *head = ym_paragraph_new (head_of (table, column), "quiet");
  GtkWidget *cell = new_cell (table, row, column);

  gtk_widget_set_hexpand (head, TRUE);
  gtk_label_set_xalign (GTK_LABEL (cell), 1);
  gtk_label_set_justify (GTK_LABEL (cell), GTK_JUSTIFY_RIGHT);
  gtk_widget_set_valign (cell, GTK_ALIGN_START);
  /* The figure is read with its heading already. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (line), head);
  gtk_box_append (GTK_BOX (line), cell);
  return line;
}

static GtkWidget *
new_list (const YmTable *table, guint n_rows)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (list, "form-card");
  for (guint row = 0; row < n_rows; row++)
    {
      GtkWidget *item = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
      GtkWidget *name = new_cell (table, row, 0);

      gtk_label_set_xalign (GTK_LABEL (name), 0);
      gtk_widget_add_css_class (name, "heading");
      gtk_widget_add_css_class (item, "answer");
      gtk_box_append (GTK_BOX (item), name);
      for (guint column = 1; column < table->columns->len; column++)
        if (ym_table_cell (table, row, column)->kind != YM_CELL_EMPTY)
          gtk_box_append (GTK_BOX (item), new_pair (table, row, column));
      if (gtk_widget_get_last_child (item) == name)
        gtk_box_append (GTK_BOX (item), ym_paragraph_new (_ ("not known"), "quiet"));
      gtk_box_append (GTK_BOX (list), item);
    }
  return list;
}

/* (transfer floating): @table with, below it, how many rows are not shown. */
static GtkWidget *
with_rest (GtkWidget *table, guint rest)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  g_autofree char *text
      = g_strdup_printf (ngettext ("%u more row is in the file.", "%u more rows are in the file.", rest), rest);

  gtk_box_append (GTK_BOX (column), table);
  if (rest > 0)
    gtk_box_append (GTK_BOX (column), ym_paragraph_new (text, "quiet"));
  return column;
}

GtkWidget *
ym_table_view_new (const YmTable *table, guint most)
{
  YmTableView *self = g_object_new (YM_TYPE_TABLE_VIEW, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  guint n_rows = MIN (ym_table_n_rows (table), most);
  guint rest = ym_table_n_rows (table) - n_rows;

  self->grid = with_rest (new_grid (table, n_rows), rest);
  self->list = with_rest (new_list (table, n_rows), rest);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  ym_say (self, table->title);
  return GTK_WIDGET (self);
}
