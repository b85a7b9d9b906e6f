/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lists, twice over the same models: as columns, and as one list with headings for a narrow page. Only what is on the
 * screen has widgets, and only the arrangement that is seen is laid out. */

#include "ui/reconcile/reconcile-lists.h"

#include <glib/gi18n-lib.h>

#include "ui/calls/call-words.h"
#include "ui/reconcile/reconcile-words.h"
#include "ui/visit/answers.h"
#include "ui/widgets/list-bin.h"
#include "ui/widgets/row.h"

#define COLUMN_LINES 12 /* a column is at least so many lines of text wide, whatever the text's size */

struct _YmReconcileLists
{
  GtkWidget parent_instance;

  guint n_lists;
  YmReconcileList which[YM_RECONCILE_N_LISTS];
  YmReconcileModel *models[YM_RECONCILE_N_LISTS];
  GtkStringList *headings[YM_RECONCILE_N_LISTS]; /* of the narrow arrangement: one string each */
  GtkLabel *titles[YM_RECONCILE_N_LISTS];        /* of the columns */
  GtkWidget *empty[YM_RECONCILE_N_LISTS];
  GtkWidget *lists[YM_RECONCILE_N_LISTS];
  GtkWidget *columns;
  GtkWidget *narrow;
};

G_DEFINE_FINAL_TYPE (YmReconcileLists, ym_reconcile_lists, GTK_TYPE_WIDGET)

enum {
  SIGNAL_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- rows --- */

/* The widgets of one row, kept with it so that bind only fills them. */
typedef struct {
  GtkWidget *entry; /* everything but a heading */
  GtkLabel *heading;
  GtkLabel *day;
  GtkWidget *pair; /* the two sides, with a line down their left */
  GtkLabel *police;
  GtkLabel *home;
  GtkLabel *note;
} Row;

static GtkWidget *
new_side (const char *icon, GtkLabel **label)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  *label = GTK_LABEL (ym_paragraph_new ("", NULL));
  gtk_widget_add_css_class (image, "quiet");
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (*label));
  return line;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  row->entry = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  row->pair = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  row->heading = GTK_LABEL (ym_paragraph_new ("", "group-heading"));
  row->day = GTK_LABEL (ym_paragraph_new ("", "quiet"));
  row->note = GTK_LABEL (ym_paragraph_new ("", "quiet"));
  gtk_box_append (GTK_BOX (row->pair), new_side ("call-start-symbolic", &row->police));
  gtk_box_append (GTK_BOX (row->pair), new_side ("home-symbolic", &row->home));
  gtk_box_append (GTK_BOX (row->entry), GTK_WIDGET (row->day));
  gtk_box_append (GTK_BOX (row->entry), row->pair);
  gtk_box_append (GTK_BOX (row->entry), GTK_WIDGET (row->note));
  gtk_widget_add_css_class (row->entry, "entry");
  gtk_box_append (GTK_BOX (all), row->entry);
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (row->heading));
  g_object_set_data_full (G_OBJECT (item), "row", row, g_free);
  gtk_list_item_set_child (item, all);
}

static char *
say_note (const YmReconcileRow *row)
{
  g_autofree char *apart = ym_reconcile_apart_text (row->apart_us);

  if (row->has_call && row->has_entry)
    return row->by_hand ? g_strdup_printf (_ ("%s · joined by hand"), apart) : g_strdup (apart);
  if (row->has_call)
    return g_strdup (row->incident_ref);
  return row->imported ? g_strdup (_ ("imported")) : NULL;
}

static void
show_side (GtkLabel *label, const YmReconcileSide *side, gboolean shown)
{
  g_autofree char *text = shown ? ym_reconcile_side_text (side, FALSE) : NULL;

  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (label)), shown);
}

static void
name_row (GtkListItem *item, const YmReconcileRow *values, const char *note)
{
  g_autofree char *police = values->has_call ? ym_reconcile_side_text (&values->call, TRUE) : NULL;
  g_autofree char *home = values->has_entry ? ym_reconcile_side_text (&values->entry, TRUE) : NULL;
  const char *parts[8];
  g_autofree char *name = NULL;
  guint n = 0;

  if (police != NULL)
    {
      parts[n++] = _ ("Police");
      parts[n++] = police;
    }
  if (home != NULL)
    {
      parts[n++] = _ ("Home's log");
      parts[n++] = home;
    }
  if (note != NULL)
    parts[n++] = note;
  parts[n] = NULL;
  name = g_strjoinv (", ", (char **) parts);
  ym_say (gtk_widget_get_parent (gtk_list_item_get_child (item)), name);
}

static void
bind_entry (GtkListItem *item, Row *row)
{
  const YmReconcileRow *values = ym_reconcile_item_get (gtk_list_item_get_item (item));
  g_autofree char *day = ym_call_day (values->has_call ? values->call.at_us : values->entry.at_us);
  g_autofree char *note = say_note (values);

  gtk_label_set_text (row->day, day);
  show_side (row->police, &values->call, values->has_call);
  show_side (row->home, &values->entry, values->has_entry);
  gtk_label_set_text (row->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (row->note), note != NULL);
  if (values->has_call && values->has_entry)
    gtk_widget_add_css_class (row->pair, "pair");
  else
    gtk_widget_remove_css_class (row->pair, "pair");
  name_row (item, values, note);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  Row *row = g_object_get_data (G_OBJECT (item), "row");
  gpointer object = gtk_list_item_get_item (item);
  gboolean is_entry = YM_IS_RECONCILE_ITEM (object);

  gtk_widget_set_visible (row->entry, is_entry);
  gtk_widget_set_visible (GTK_WIDGET (row->heading), !is_entry);
  gtk_list_item_set_activatable (item, is_entry);
  gtk_list_item_set_selectable (item, FALSE);
  if (is_entry)
    bind_entry (item, row);
  else
    {
      const char *text = gtk_string_object_get_string (object);

      gtk_label_set_text (row->heading, text);
      ym_say (gtk_widget_get_parent (gtk_list_item_get_child (item)), text);
    }
}

static void
activate_cb (GtkListView *list, guint position, YmReconcileLists *self)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), position);

  if (YM_IS_RECONCILE_ITEM (item))
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, item);
}

/* (transfer floating): a scrolled list of @model (transfer full). */
static GtkWidget *
new_list (YmReconcileLists *self, GListModel *model, const char *name, GtkWidget **view)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  *view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (model)), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (*view), TRUE);
  gtk_list_view_set_show_separators (GTK_LIST_VIEW (*view), TRUE);
  gtk_widget_add_css_class (*view, "homes");
  ym_say (*view, name);
  g_signal_connect_object (*view, "activate", G_CALLBACK (activate_cb), self, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), ym_list_bin_new (*view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

/* --- the two arrangements --- */

static gboolean
has_columns (YmReconcileLists *self, int width)
{
  g_autoptr (PangoLayout) line = gtk_widget_create_pango_layout (GTK_WIDGET (self), "1");
  int line_px;

  pango_layout_get_pixel_size (line, NULL, &line_px);
  return self->n_lists > 1 && width >= (int) self->n_lists * COLUMN_LINES * line_px;
}

static GtkSizeRequestMode
ym_reconcile_lists_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
ym_reconcile_lists_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                            int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (YM_RECONCILE_LISTS (widget)->narrow, orientation, -1, minimum, natural, NULL, NULL);
}

static void
ym_reconcile_lists_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  YmReconcileLists *self = YM_RECONCILE_LISTS (widget);
  gboolean columns = has_columns (self, width);
  const GtkAllocation whole = { 0, 0, width, height };

  gtk_widget_set_child_visible (self->columns, columns);
  gtk_widget_set_child_visible (self->narrow, !columns);
  gtk_widget_size_allocate (columns ? self->columns : self->narrow, &whole, -1);
}

static void
ym_reconcile_lists_dispose (GObject *object)
{
  YmReconcileLists *self = YM_RECONCILE_LISTS (object);

  g_clear_pointer (&self->columns, gtk_widget_unparent);
  g_clear_pointer (&self->narrow, gtk_widget_unparent);
  for (guint i = 0; i < self->n_lists; i++)
    {
      g_clear_object (&self->models[i]);
      g_clear_object (&self->headings[i]);
    }
  G_OBJECT_CLASS (ym_reconcile_lists_parent_class)->dispose (object);
}

static void
ym_reconcile_lists_class_init (YmReconcileListsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_reconcile_lists_dispose;
  widget_class->get_request_mode = ym_reconcile_lists_get_request_mode;
  widget_class->measure = ym_reconcile_lists_measure;
  widget_class->size_allocate = ym_reconcile_lists_size_allocate;
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", YM_TYPE_RECONCILE_LISTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, YM_TYPE_RECONCILE_ITEM);
}

static void
ym_reconcile_lists_init (YmReconcileLists *self)
{
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

static void
add_column (YmReconcileLists *self, guint i)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = ym_reconcile_list_title (self->which[i], 0);

  self->titles[i] = GTK_LABEL (ym_paragraph_new (name, "group-heading"));
  self->empty[i] = ym_paragraph_new (_ ("None"), "quiet");
  gtk_widget_add_css_class (self->empty[i], "entry");
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->titles[i]));
  gtk_box_append (GTK_BOX (column), self->empty[i]);
  gtk_box_append (GTK_BOX (column), new_list (self, g_object_ref (G_LIST_MODEL (self->models[i])), name, &self->lists[i]));
  if (i > 0)
    gtk_box_append (GTK_BOX (self->columns), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_size_request (column, 1, -1); /* all the same width: what they ask for beyond it is shared out */
  gtk_box_append (GTK_BOX (self->columns), column);
}

GtkWidget *
ym_reconcile_lists_new (const YmReconcileList *lists, guint n_lists)
{
  YmReconcileLists *self = g_object_new (YM_TYPE_RECONCILE_LISTS, NULL);
  g_autoptr (GListStore) parts = g_list_store_new (G_TYPE_LIST_MODEL);
  GtkWidget *view;

  g_return_val_if_fail (n_lists > 0 && n_lists <= YM_RECONCILE_N_LISTS, NULL);
  self->n_lists = n_lists;
  self->columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  for (guint i = 0; i < n_lists; i++)
    {
      g_autofree char *title = ym_reconcile_list_title (lists[i], 0);
      const char *const heading[] = { title, NULL };

      self->which[i] = lists[i];
      self->models[i] = ym_reconcile_model_new (lists[i]);
      self->headings[i] = gtk_string_list_new (heading);
      g_list_store_append (parts, self->headings[i]);
      g_list_store_append (parts, self->models[i]);
      add_column (self, i);
    }
  self->narrow = new_list (self, G_LIST_MODEL (gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (parts)))),
                           _ ("Entries of both logs"), &view);
  gtk_widget_set_parent (self->columns, GTK_WIDGET (self));
  gtk_widget_set_parent (self->narrow, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

void
ym_reconcile_lists_show (YmReconcileLists *self, YmReconcileAnswer **box)
{
  g_return_if_fail (YM_IS_RECONCILE_LISTS (self));
  for (guint i = 0; i < self->n_lists; i++)
    {
      guint n_rows = ym_reconcile_list (*box, self->which[i])->len;
      g_autofree char *title = ym_reconcile_list_title (self->which[i], n_rows);
      const char *const heading[] = { title, NULL };

      ym_reconcile_model_show (self->models[i], box);
      if (!g_str_equal (gtk_string_list_get_string (self->headings[i], 0), title))
        gtk_string_list_splice (self->headings[i], 0, 1, heading);
      gtk_label_set_text (self->titles[i], title);
      gtk_widget_set_visible (self->empty[i], n_rows == 0);
      ym_say (self->lists[i], title);
    }
}
