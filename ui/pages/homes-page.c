/* SPDX-License-Identifier: GPL-3.0-or-later */

/* My homes. */

#include "ui/pages/homes-page.h"

#include <glib/gi18n-lib.h>

#include "ui/widgets/banner.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/list-bin.h"
#include "ui/widgets/row.h"
#include "ui/widgets/state-chip.h"

struct _YmHomesPage
{
  GtkWidget parent_instance;

  YmPage *page;
  GtkWidget *column; /* the stack, and what was put below it */
  GtkStack *stack; /* "list", "none", "not-found" */
  GtkListView *list;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search;
  GtkWidget *banner;
  GtkSortListModel *sorted;
  GtkCustomFilter *own_filter;
  GtkCustomFilter *deputy_filter;
  GListModel *deputies;       /* those where the officer is the deputy, as filtered */
  GtkStringList *heading;     /* of theirs: one entry, or none where there are none */
  GtkFlattenListModel *shown; /* the own ones, the heading, the deputies' */
};

G_DEFINE_FINAL_TYPE (YmHomesPage, ym_homes_page, GTK_TYPE_WIDGET)

enum {
  SIGNAL_HOME_ACTIVATED,
  SIGNAL_SYNC_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

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

static gboolean
is_wanted (YmHomesPage *self, YmHomeItem *item, gboolean deputy)
{
  return ym_home_item_get (item)->deputy == deputy
         && ym_home_item_matches (item, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static gboolean
filter_own (gpointer item, gpointer user_data)
{
  return is_wanted (user_data, item, FALSE);
}

static gboolean
filter_deputy (gpointer item, gpointer user_data)
{
  return is_wanted (user_data, item, TRUE);
}

static void
show_list_cb (YmHomesPage *self)
{
  GListModel *all = gtk_sort_list_model_get_model (self->sorted);
  guint n_all = all != NULL ? g_list_model_get_n_items (all) : 0;
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));

  gtk_stack_set_visible_child_name (self->stack, n_all == 0 ? "none" : n_shown == 0 ? "not-found" : "list");
}

static void
deputies_changed_cb (YmHomesPage *self)
{
  gboolean has_heading = g_list_model_get_n_items (G_LIST_MODEL (self->heading)) > 0;
  gboolean needs_heading = g_list_model_get_n_items (self->deputies) > 0;
  const char *const heading[] = { _("Where you are the deputy"), NULL };

  if (needs_heading != has_heading)
    gtk_string_list_splice (self->heading, 0, has_heading, needs_heading ? heading : NULL);
}

static void
search_changed_cb (YmHomesPage *self)
{
  gtk_filter_changed (GTK_FILTER (self->own_filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_filter_changed (GTK_FILTER (self->deputy_filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/* Enter in the search opens the first home that is left. */
static void
search_activated_cb (YmHomesPage *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      if (!YM_IS_HOME_ITEM (item))
        continue;
      g_signal_emit (self, signals[SIGNAL_HOME_ACTIVATED], 0, item);
      return;
    }
}

static void
activate_cb (YmHomesPage *self, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list)), position);

  if (YM_IS_HOME_ITEM (item))
    g_signal_emit (self, signals[SIGNAL_HOME_ACTIVATED], 0, item);
}

static void
banner_activated_cb (YmHomesPage *self)
{
  g_signal_emit (self, signals[SIGNAL_SYNC_ACTIVATED], 0);
}

static void
search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  YmHomesPage *self = YM_HOMES_PAGE (widget);
  gboolean open = !gtk_search_bar_get_search_mode (self->search_bar);

  gtk_search_bar_set_search_mode (self->search_bar, open);
  if (open)
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static gboolean
ym_homes_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YM_HOMES_PAGE (widget)->page));
}

static void
ym_homes_page_dispose (GObject *object)
{
  YmHomesPage *self = YM_HOMES_PAGE (object);

  g_clear_pointer ((GtkWidget **) &self->page, gtk_widget_unparent);
  g_clear_object (&self->shown);
  g_clear_object (&self->heading);
  g_clear_object (&self->deputies);
  g_clear_object (&self->sorted);
  G_OBJECT_CLASS (ym_homes_page_parent_class)->dispose (object);
}

static void
ym_homes_page_class_init (YmHomesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_homes_page_dispose;
  widget_class->grab_focus = ym_homes_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "homes.search", NULL, search_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "homes.search", NULL);
  signals[SIGNAL_HOME_ACTIVATED] = g_signal_new ("home-activated", YM_TYPE_HOMES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 1, YM_TYPE_HOME_ITEM);
  signals[SIGNAL_SYNC_ACTIVATED] = g_signal_new ("sync-activated", YM_TYPE_HOMES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
new_empty (const char *icon, const char *title, const char *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  return g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", icon, "title", title, "description", escaped, NULL);
}

static GListModel *
new_filtered (YmHomesPage *self, GtkCustomFilter **filter, GtkCustomFilterFunc func)
{
  GtkFilterListModel *filtered;

  *filter = gtk_custom_filter_new (func, self, NULL);
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->sorted)), GTK_FILTER (*filter));
  return G_LIST_MODEL (filtered); /* it keeps the filter */
}

/* GTK 4.8 has no sections: the heading is an item that can't be chosen. */
static void
build_model (YmHomesPage *self)
{
  g_autoptr (GListStore) parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GListModel) own = NULL;

  self->sorted = gtk_sort_list_model_new (
      NULL, GTK_SORTER (gtk_custom_sorter_new (ym_home_item_compare, NULL, NULL)));
  own = new_filtered (self, &self->own_filter, filter_own);
  self->deputies = new_filtered (self, &self->deputy_filter, filter_deputy);
  self->heading = gtk_string_list_new (NULL);
  g_list_store_append (parts, own);
  g_list_store_append (parts, self->heading);
  g_list_store_append (parts, self->deputies);
  self->shown = gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (parts)));
  g_signal_connect_swapped (self->deputies, "items-changed", G_CALLBACK (deputies_changed_cb), self);
  g_signal_connect_swapped (self->shown, "items-changed", G_CALLBACK (show_list_cb), self);
}

static void
build_list (YmHomesPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown)))), factory));
  gtk_single_selection_set_autoselect (GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list)), FALSE);
  gtk_single_selection_set_can_unselect (GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list)), TRUE);
  gtk_list_view_set_single_click_activate (self->list, TRUE);
  gtk_list_view_set_show_separators (self->list, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "homes");
  ym_say (self->list, _("My homes"));
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), ym_list_bin_new (GTK_WIDGET (self->list)));
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack,
                       new_empty ("home-symbolic", _("No homes yet"),
                                  _("Your homes come with the next sync, once your administrator has assigned them "
                                    "to you.")),
                       "none");
  gtk_stack_add_named (self->stack,
                       new_empty ("system-search-symbolic", _("Nothing found"),
                                  _("No home of yours has these words in its name or place.")),
                       "not-found");
}

static void
build_search (YmHomesPage *self)
{
  GtkWidget *button = ym_icon_button_new ("system-search-symbolic", _("Search my homes"));

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  ym_say (self->search, _("Search my homes"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->search), TRUE);
  self->search_bar = GTK_SEARCH_BAR (gtk_search_bar_new ());
  gtk_search_bar_set_child (self->search_bar, GTK_WIDGET (self->search));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search));
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "homes.search");
  ym_page_add_end (self->page, button);
  ym_page_add_bar (self->page, GTK_WIDGET (self->search_bar));
}

static void
ym_homes_page_init (YmHomesPage *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  self->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (self->column), GTK_WIDGET (self->stack));
  self->page = ym_page_new (_("My homes"), self->column);
  gtk_widget_set_parent (GTK_WIDGET (self->page), GTK_WIDGET (self));
  build_search (self);
  build_model (self);
  build_list (self);
  self->banner = ym_banner_new ();
  g_signal_connect_swapped (self->banner, "activated", G_CALLBACK (banner_activated_cb), self);
  ym_page_add_bar (self->page, self->banner);
  show_list_cb (self);
}

GtkWidget *
ym_homes_page_new (void)
{
  return g_object_new (YM_TYPE_HOMES_PAGE, NULL);
}

void
ym_homes_page_set_model (YmHomesPage *self, GListModel *homes)
{
  g_return_if_fail (YM_IS_HOMES_PAGE (self));
  gtk_sort_list_model_set_model (self->sorted, homes);
  show_list_cb (self);
}

void
ym_homes_page_set_sync (YmHomesPage *self, const char *text, gboolean grave)
{
  g_return_if_fail (YM_IS_HOMES_PAGE (self));
  if (text != NULL)
    ym_banner_show (YM_BANNER (self->banner), grave ? YM_BANNER_ERROR : YM_BANNER_INFORMATION, text, _("Show"));
  else
    ym_banner_hide (YM_BANNER (self->banner));
}

void
ym_homes_page_set_foot (YmHomesPage *self, GtkWidget *foot)
{
  g_return_if_fail (YM_IS_HOMES_PAGE (self));
  gtk_box_append (GTK_BOX (self->column), foot);
}

YmPage *
ym_homes_page_get_page (YmHomesPage *self)
{
  g_return_val_if_fail (YM_IS_HOMES_PAGE (self), NULL);
  return self->page;
}
