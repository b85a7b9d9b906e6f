/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages on top of each other, with a way back. */

#include "ui/widgets/pages.h"

typedef struct {
  YmPage *page;      /* owned by the stack */
  GtkWidget *focus;  /* weak: where the focus was when another page covered it */
} Layer;

struct _YmPages
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GPtrArray *layers; /* of Layer, the topmost last */
  gboolean folded;
};

G_DEFINE_FINAL_TYPE (YmPages, ym_pages, GTK_TYPE_WIDGET)

enum {
  SIGNAL_LEFT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
layer_free (gpointer data)
{
  Layer *layer = data;

  g_clear_weak_pointer (&layer->focus);
  g_free (layer);
}

static Layer *
top_layer (YmPages *self)
{
  return self->layers->len > 0 ? g_ptr_array_index (self->layers, self->layers->len - 1) : NULL;
}

static void
show_ways_back (YmPages *self)
{
  for (guint i = 0; i < self->layers->len; i++)
    {
      Layer *layer = g_ptr_array_index (self->layers, i);

      ym_page_set_back (layer->page, i > 0 || self->folded);
      ym_page_set_window_buttons (layer->page, self->folded, TRUE);
      ym_page_set_menu (layer->page, self->folded);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.back", self->layers->len > 1 || self->folded);
}

static void
add_layer (YmPages *self, YmPage *page)
{
  Layer *layer = g_new0 (Layer, 1);

  layer->page = page;
  g_ptr_array_add (self->layers, layer);
  gtk_stack_add_child (self->stack, GTK_WIDGET (page));
  show_ways_back (self);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (page));
}

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (!ym_pages_pop (YM_PAGES (widget)))
    gtk_widget_activate_action (widget, "split.back", NULL);
}

static void
ym_pages_dispose (GObject *object)
{
  YmPages *self = YM_PAGES (object);

  g_ptr_array_set_size (self->layers, 0);
  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  G_OBJECT_CLASS (ym_pages_parent_class)->dispose (object);
}

static void
ym_pages_finalize (GObject *object)
{
  g_ptr_array_unref (YM_PAGES (object)->layers);
  G_OBJECT_CLASS (ym_pages_parent_class)->finalize (object);
}

static void
ym_pages_class_init (YmPagesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_pages_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_pages_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "page.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.back", NULL);
  signals[SIGNAL_LEFT] = g_signal_new ("left", YM_TYPE_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, YM_TYPE_PAGE);
}

static void
ym_pages_init (YmPages *self)
{
  self->layers = g_ptr_array_new_with_free_func (layer_free);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_set_transition_duration (self->stack, 120);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

GtkWidget *
ym_pages_new (void)
{
  return g_object_new (YM_TYPE_PAGES, NULL);
}

static void
remove_top (YmPages *self)
{
  Layer *layer = top_layer (self);
  g_autoptr (YmPage) page = g_object_ref (layer->page);

  g_signal_emit (self, signals[SIGNAL_LEFT], 0, page);
  g_ptr_array_remove_index (self->layers, self->layers->len - 1);
  gtk_stack_remove (self->stack, GTK_WIDGET (page));
}

void
ym_pages_reset (YmPages *self, YmPage *page)
{
  g_return_if_fail (YM_IS_PAGES (self));
  while (self->layers->len > 0)
    remove_top (self);
  add_layer (self, page);
}

void
ym_pages_push (YmPages *self, YmPage *page)
{
  Layer *layer;
  GtkRoot *root;

  g_return_if_fail (YM_IS_PAGES (self));
  layer = top_layer (self);
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (layer != NULL && root != NULL)
    g_set_weak_pointer (&layer->focus, gtk_root_get_focus (root));
  add_layer (self, page);
  gtk_widget_grab_focus (GTK_WIDGET (page));
}

gboolean
ym_pages_pop (YmPages *self)
{
  Layer *below;

  g_return_val_if_fail (YM_IS_PAGES (self), FALSE);
  if (self->layers->len < 2)
    return FALSE;
  below = g_ptr_array_index (self->layers, self->layers->len - 2);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (below->page));
  remove_top (self);
  show_ways_back (self);
  if (below->focus == NULL || !gtk_widget_is_ancestor (below->focus, GTK_WIDGET (below->page))
      || !gtk_widget_grab_focus (below->focus))
    gtk_widget_grab_focus (GTK_WIDGET (below->page));
  return TRUE;
}

YmPage *
ym_pages_get_top (YmPages *self)
{
  g_return_val_if_fail (YM_IS_PAGES (self), NULL);
  return top_layer (self) != NULL ? top_layer (self)->page : NULL;
}

void
ym_pages_set_folded (YmPages *self, gboolean folded)
{
  g_return_if_fail (YM_IS_PAGES (self));
  self->folded = folded;
  show_ways_back (self);
}
