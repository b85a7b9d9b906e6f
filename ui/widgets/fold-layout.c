/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of controls that becomes a column where it doesn't fit. */

#include "ui/widgets/fold-layout.h"

struct _YmFoldLayout
{
  GtkLayoutManager parent_instance;

  int gap_px;
  gboolean equal;
};

G_DEFINE_FINAL_TYPE (YmFoldLayout, ym_fold_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct {
  int n;
  int minimum_width; /* of the widest */
  int widest;        /* natural */
  int sum;           /* of the natural widths */
} Children;

typedef enum {
  ARRANGE_EQUAL,
  ARRANGE_NATURAL,
  ARRANGE_COLUMN,
} Arrangement;

static Children
measure_children (GtkWidget *widget)
{
  Children children = { 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum, natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      children.n++;
      children.minimum_width = MAX (children.minimum_width, minimum);
      children.widest = MAX (children.widest, natural);
      children.sum += natural;
    }
  return children;
}

static int
row_width (YmFoldLayout *self, const Children *children, gboolean equal)
{
  return (equal ? children->n * children->widest : children->sum) + MAX (0, children->n - 1) * self->gap_px;
}

static Arrangement
arrange (YmFoldLayout *self, const Children *children, int width)
{
  if (self->equal && row_width (self, children, TRUE) <= width)
    return ARRANGE_EQUAL;
  return row_width (self, children, FALSE) <= width ? ARRANGE_NATURAL : ARRANGE_COLUMN;
}

/* What a child is given beside others: its share, or its own width with a share of what is left. */
static int
child_width (YmFoldLayout *self, const Children *children, Arrangement arrangement, GtkWidget *child, int width)
{
  int natural;

  if (arrangement == ARRANGE_COLUMN)
    return width;
  if (arrangement == ARRANGE_EQUAL)
    return (width - (children->n - 1) * self->gap_px) / children->n;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural + (self->equal ? (width - row_width (self, children, FALSE)) / children->n : 0);
}

static GtkSizeRequestMode
ym_fold_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ym_fold_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                        int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  YmFoldLayout *self = YM_FOLD_LAYOUT (manager);
  Children children = measure_children (widget);
  int natural_width = row_width (self, &children, self->equal);
  int width = for_size < 0 ? natural_width : for_size;
  Arrangement arrangement = arrange (self, &children, width);
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = children.minimum_width;
      *natural = natural_width;
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_height;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, child_width (self, &children, arrangement, child, width), NULL,
                          &child_height, NULL, NULL);
      height = arrangement == ARRANGE_COLUMN ? height + child_height + (height > 0 ? self->gap_px : 0)
                                             : MAX (height, child_height);
    }
  *minimum = *natural = height;
}

static void
ym_fold_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  YmFoldLayout *self = YM_FOLD_LAYOUT (manager);
  Children children = measure_children (widget);
  Arrangement arrangement = arrange (self, &children, width);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int given, child_height = height;

      if (!gtk_widget_should_layout (child))
        continue;
      given = child_width (self, &children, arrangement, child, width);
      if (arrangement == ARRANGE_COLUMN)
        gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &child_height, NULL, NULL);
      gtk_widget_size_allocate (child, &(GtkAllocation){ rtl ? width - x - given : x, y, given, child_height }, -1);
      if (arrangement == ARRANGE_COLUMN)
        y += child_height + self->gap_px;
      else
        x += given + self->gap_px;
    }
}

static void
ym_fold_layout_class_init (YmFoldLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = ym_fold_layout_get_request_mode;
  layout_class->measure = ym_fold_layout_measure;
  layout_class->allocate = ym_fold_layout_allocate;
}

static void
ym_fold_layout_init (YmFoldLayout *self)
{
}

GtkLayoutManager *
ym_fold_layout_new (int gap_px, gboolean equal)
{
  YmFoldLayout *self = g_object_new (YM_TYPE_FOLD_LAYOUT, NULL);

  self->gap_px = gap_px;
  self->equal = equal;
  return GTK_LAYOUT_MANAGER (self);
}
