/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two pages side by side, or one at a time. libadwaita has this from 1.4 on (NavigationSplitView); what
 * 1.2 has (Leaflet) is deprecated since. */

#include "ui/widgets/split.h"

#define SIDEBAR_MIN_PX 300
#define SIDEBAR_MAX_PX 400
#define SIDEBAR_PERCENT 36

struct _YmSplit
{
  GtkWidget parent_instance;

  GtkWidget *sidebar;
  GtkWidget *separator;
  GtkWidget *content;
  gboolean show_content;
  gboolean folded;          /* as last allocated */
  gboolean notified_folded; /* as last said to others */
  guint idle_id;
  GtkWidget *left_focus; /* weak: where the focus was in the sidebar */
};

static void ym_split_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YmSplit, ym_split, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, ym_split_buildable_init))

enum {
  PROPERTY_SIDEBAR = 1,
  PROPERTY_CONTENT,
  PROPERTY_FOLDED,
  PROPERTY_SHOW_CONTENT,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

static int
minimum_width (GtkWidget *widget)
{
  int minimum = 0;

  if (widget != NULL)
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
sidebar_width (YmSplit *self, int width)
{
  return MAX (CLAMP (width * SIDEBAR_PERCENT / 100, SIDEBAR_MIN_PX, SIDEBAR_MAX_PX),
              minimum_width (self->sidebar));
}

static gboolean
must_fold (YmSplit *self, int width)
{
  return width < YM_SPLIT_FOLD_PX
         || sidebar_width (self, width) + minimum_width (self->separator) + minimum_width (self->content) > width;
}

static GtkWidget *
front_page (YmSplit *self)
{
  return self->show_content && self->content != NULL ? self->content : self->sidebar;
}

/* Hidden pages are out of the way of Tab and of screen readers, but keep their state. */
static void
show_pages (YmSplit *self)
{
  GtkWidget *pages[] = { self->sidebar, self->content };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (pages[i] != NULL)
      gtk_widget_set_child_visible (pages[i], !self->folded || pages[i] == front_page (self));
  gtk_widget_set_child_visible (self->separator, !self->folded);
}

static gboolean
notify_folded_cb (gpointer user_data)
{
  YmSplit *self = user_data;

  self->idle_id = 0;
  if (self->notified_folded != self->folded)
    {
      self->notified_folded = self->folded;
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "split.back", self->folded && self->show_content);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_FOLDED]);
    }
  return G_SOURCE_REMOVE;
}

static void
ym_split_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                  int *minimum_baseline, int *natural_baseline)
{
  YmSplit *self = YM_SPLIT (widget);
  GtkWidget *pages[] = { self->sidebar, self->content };
  gboolean folded = orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0 && must_fold (self, for_size);
  int widths[] = { for_size, for_size };

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0 && !folded)
    {
      widths[0] = sidebar_width (self, for_size);
      widths[1] = for_size - widths[0] - minimum_width (self->separator);
    }
  *minimum = *natural = 0;
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      int page_minimum, page_natural;

      if (pages[i] == NULL)
        continue;
      gtk_widget_measure (pages[i], orientation, widths[i], &page_minimum, &page_natural, NULL, NULL);
      *minimum = MAX (*minimum, page_minimum);
      *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? *natural + page_natural
                                                           : MAX (*natural, page_natural);
    }
}

static void
place (GtkWidget *widget, int x, int width, int height)
{
  if (widget != NULL)
    gtk_widget_size_allocate (widget, &(GtkAllocation){ x, 0, width, height }, -1);
}

static void
ym_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  YmSplit *self = YM_SPLIT (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int side = sidebar_width (self, width);
  int line = minimum_width (self->separator);

  self->folded = must_fold (self, width);
  show_pages (self);
  if (self->folded != self->notified_folded && self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, notify_folded_cb, self, NULL);
  if (self->folded)
    {
      place (front_page (self), 0, width, height);
      return;
    }
  place (self->sidebar, rtl ? width - side : 0, side, height);
  place (self->separator, rtl ? width - side - line : side, line, height);
  place (self->content, rtl ? 0 : side + line, width - side - line, height);
}

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ym_split_set_show_content (YM_SPLIT (widget), FALSE);
}

static void
forget_left_focus (YmSplit *self)
{
  if (self->left_focus != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->left_focus), (gpointer *) &self->left_focus);
  self->left_focus = NULL;
}

static void
remember_left_focus (YmSplit *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || self->sidebar == NULL || !gtk_widget_is_ancestor (focus, self->sidebar))
    return;
  forget_left_focus (self);
  self->left_focus = focus;
  g_object_add_weak_pointer (G_OBJECT (focus), (gpointer *) &self->left_focus);
}

static void
move_focus (YmSplit *self)
{
  GtkWidget *page = front_page (self);

  if (page == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (page == self->sidebar && self->left_focus != NULL && gtk_widget_is_ancestor (self->left_focus, page)
      && gtk_widget_grab_focus (self->left_focus))
    return;
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void
ym_split_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  YmSplit *self = YM_SPLIT (object);

  switch (id)
    {
    case PROPERTY_SIDEBAR:
      g_value_set_object (value, self->sidebar);
      break;
    case PROPERTY_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROPERTY_FOLDED:
      g_value_set_boolean (value, self->notified_folded);
      break;
    case PROPERTY_SHOW_CONTENT:
      g_value_set_boolean (value, self->show_content);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ym_split_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  YmSplit *self = YM_SPLIT (object);

  switch (id)
    {
    case PROPERTY_SIDEBAR:
      ym_split_set_sidebar (self, g_value_get_object (value));
      break;
    case PROPERTY_CONTENT:
      ym_split_set_content (self, g_value_get_object (value));
      break;
    case PROPERTY_SHOW_CONTENT:
      ym_split_set_show_content (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ym_split_dispose (GObject *object)
{
  YmSplit *self = YM_SPLIT (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  forget_left_focus (self);
  g_clear_pointer (&self->sidebar, gtk_widget_unparent);
  g_clear_pointer (&self->separator, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (ym_split_parent_class)->dispose (object);
}

static void
ym_split_class_init (YmSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = ym_split_dispose;
  object_class->get_property = ym_split_get_property;
  object_class->set_property = ym_split_set_property;
  widget_class->measure = ym_split_measure;
  widget_class->size_allocate = ym_split_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "split");

  properties[PROPERTY_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROPERTY_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROPERTY_FOLDED]
      = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROPERTY_SHOW_CONTENT] = g_param_spec_boolean ("show-content", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_install_action (widget_class, "split.back", NULL, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "split.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "split.back", NULL);
}

static void
ym_split_init (YmSplit *self)
{
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_parent (self->separator, GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "split.back", FALSE);
}

static void
ym_split_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (g_strcmp0 (type, "sidebar") == 0)
    ym_split_set_sidebar (YM_SPLIT (buildable), GTK_WIDGET (child));
  else if (g_strcmp0 (type, "content") == 0)
    ym_split_set_content (YM_SPLIT (buildable), GTK_WIDGET (child));
  else
    g_warning ("A split has a “sidebar” and a “content”, no child of type “%s”", type);
}

static void
ym_split_buildable_init (GtkBuildableIface *iface)
{
  iface->add_child = ym_split_add_child;
}

GtkWidget *
ym_split_new (void)
{
  return g_object_new (YM_TYPE_SPLIT, NULL);
}

static void
set_page (YmSplit *self, GtkWidget **page, GtkWidget *widget, int property)
{
  if (*page == widget)
    return;
  g_clear_pointer (page, gtk_widget_unparent);
  *page = widget;
  if (widget != NULL)
    gtk_widget_set_parent (widget, GTK_WIDGET (self));
  /* Reading order is the order of children. */
  if (widget != NULL && page == &self->sidebar)
    gtk_widget_insert_after (widget, GTK_WIDGET (self), NULL);
  show_pages (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
ym_split_set_sidebar (YmSplit *self, GtkWidget *sidebar)
{
  g_return_if_fail (YM_IS_SPLIT (self));
  forget_left_focus (self);
  set_page (self, &self->sidebar, sidebar, PROPERTY_SIDEBAR);
}

GtkWidget *
ym_split_get_sidebar (YmSplit *self)
{
  g_return_val_if_fail (YM_IS_SPLIT (self), NULL);
  return self->sidebar;
}

void
ym_split_set_content (YmSplit *self, GtkWidget *content)
{
  g_return_if_fail (YM_IS_SPLIT (self));
  set_page (self, &self->content, content, PROPERTY_CONTENT);
}

GtkWidget *
ym_split_get_content (YmSplit *self)
{
  g_return_val_if_fail (YM_IS_SPLIT (self), NULL);
  return self->content;
}

gboolean
ym_split_get_folded (YmSplit *self)
{
  g_return_val_if_fail (YM_IS_SPLIT (self), FALSE);
  return self->notified_folded;
}

void
ym_split_set_show_content (YmSplit *self, gboolean show)
{
  g_return_if_fail (YM_IS_SPLIT (self));
  show = show != FALSE;
  if (self->show_content == show)
    return;
  if (show)
    remember_left_focus (self);
  self->show_content = show;
  show_pages (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "split.back", self->folded && show);
  if (self->folded)
    move_focus (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROPERTY_SHOW_CONTENT]);
}

gboolean
ym_split_get_show_content (YmSplit *self)
{
  g_return_val_if_fail (YM_IS_SPLIT (self), FALSE);
  return self->show_content;
}
