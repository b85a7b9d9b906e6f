/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Searching as one types. The sheet asks one question at a time and after it the last one that was typed meanwhile: so the
 * reading lane is never behind by more than one search, and no clock is needed. An answer to what is no longer typed is
 * not shown.
 */

#include "ui/search/search-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/notebook/search.h"
#include "ui/desk/place.h"
#include "ui/search/search-item.h"
#include "ui/search/search-list.h"
#include "ui/widgets/list-bin.h"
#include "ui/widgets/row.h"

#define MOST_HITS 100
#define COLUMN_PX 720
#define ASK_AGAIN_S 2 /* while older records are being brought into the index */

struct _YmSearchPage
{
  YmSheet parent_instance;

  GtkWidget *bar;
  GtkSearchEntry *entry;
  GtkLabel *status;
  GtkStack *stack; /* "start", "nothing", "list" */
  GListStore *items;
  GtkWidget *scrolled;
  char *shown; /* (nullable): the words that the list is of */
  guint again;
};

G_DEFINE_FINAL_TYPE (YmSearchPage, ym_search_page, YM_TYPE_SHEET)

typedef struct {
  char *words;
  YmSearchResult *result;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  ym_search_result_free (answer->result);
  g_free (answer->words);
  g_free (answer);
}

static gpointer
read_found (YmDesk *desk, gpointer words, GError **error)
{
  YmSearchResult *result = ym_search (desk, words, MOST_HITS, error);
  Answer *answer;

  if (result == NULL)
    return NULL;
  answer = g_new (Answer, 1);
  *answer = (Answer){ g_strdup (words), result };
  return answer;
}

static const char *
words_of (YmSearchPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static gpointer
question (YmSheet *sheet)
{
  return g_strdup (words_of (YM_SEARCH_PAGE (sheet)));
}

static char *
count_text (const YmSearchResult *result)
{
  guint n = result->hits->len;

  if (n == 0)
    return g_strdup (_ ("Nothing found."));
  if (result->more)
    return g_strdup_printf (ngettext ("More than %u found. Another word narrows it down.",
                                      "More than %u found. Another word narrows it down.", n), n);
  return g_strdup_printf (ngettext ("%u found.", "%u found.", n), n);
}

/* Said on the entry as well: a screen reader reads out what changes about the widget that has the focus. */
static void
say_status (YmSearchPage *self, const char *text)
{
  gtk_label_set_text (self->status, text);
  gtk_widget_set_visible (GTK_WIDGET (self->status), *text != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
show_status (YmSearchPage *self, const Answer *answer)
{
  g_autofree char *count = count_text (answer->result);
  g_autofree char *all = NULL;

  if (!answer->result->complete)
    all = g_strdup_printf ("%s %s", count, _ ("Older records are still being read in; there may be more."));
  say_status (self, all != NULL ? all : count);
}

static gboolean
again_cb (gpointer user_data)
{
  YM_SEARCH_PAGE (user_data)->again = 0;
  ym_sheet_look (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
same_items (YmSearchPage *self, GPtrArray *items)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) != items->len)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      g_autoptr (YmSearchItem) shown = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      const YmSearchHit *old = ym_search_item_get_hit (shown);
      const YmSearchHit *new = ym_search_item_get_hit (g_ptr_array_index (items, i));

      if ((old == NULL) != (new == NULL)
          || (new != NULL && (!ym_id_equal (&old->id, &new->id) || g_strcmp0 (old->title.text, new->title.text) != 0
                              || g_strcmp0 (old->snippet.text, new->snippet.text) != 0)))
        return FALSE;
    }
  return TRUE;
}

/* A look that found the same again, after a sync, leaves the list and its focus alone. */
static void
show_items (YmSearchPage *self, GPtrArray *hits, gboolean typed)
{
  g_autoptr (GPtrArray) items = ym_search_items (hits);

  if (!typed && same_items (self, items))
    return;
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata, items->len);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmSearchPage *self = YM_SEARCH_PAGE (sheet);
  Answer *answer = data;
  gboolean asked = *answer->words != '\0';

  ym_sheet_title (sheet, _ ("Search"), NULL);
  if (g_str_equal (answer->words, words_of (self)))
    {
      show_items (self, answer->result->hits, g_strcmp0 (self->shown, answer->words) != 0);
      gtk_stack_set_visible_child_name (self->stack, !asked                           ? "start"
                                                     : answer->result->hits->len == 0 ? "nothing"
                                                                                      : "list");
      if (asked)
        show_status (self, answer);
      else
        say_status (self, "");
      if (asked && !answer->result->complete && self->again == 0)
        self->again = g_timeout_add_seconds (ASK_AGAIN_S, again_cb, self);
      g_free (self->shown);
      self->shown = g_steal_pointer (&answer->words);
    }
  answer_free (answer);
}

static void
open_item (YmSearchPage *self, YmSearchItem *item)
{
  const YmSearchHit *hit = ym_search_item_get_hit (item);

  if (hit != NULL)
    ym_place_open_record (GTK_WIDGET (self), hit->open_form, &hit->home, &hit->open_id);
}

static void
list_activated_cb (YmSearchPage *self, guint position)
{
  g_autoptr (YmSearchItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  open_item (self, item);
}

/* Enter opens the first; the line above it is its heading. */
static void
entry_activated_cb (YmSearchPage *self)
{
  g_autoptr (YmSearchItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), 1);

  if (item != NULL)
    open_item (self, item);
}

/* Escape empties the entry; once it is empty, it leaves the page as everywhere. */
static void
stop_cb (YmSearchPage *self)
{
  if (*words_of (self) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "page.back", NULL);
}

static gboolean
ym_search_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (YM_SEARCH_PAGE (widget)->entry));
}

static void
ym_search_page_dispose (GObject *object)
{
  YmSearchPage *self = YM_SEARCH_PAGE (object);

  g_clear_handle_id (&self->again, g_source_remove);
  g_clear_object (&self->items);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (ym_search_page_parent_class)->dispose (object);
}

static void
ym_search_page_class_init (YmSearchPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_search_page_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = ym_search_page_grab_focus;
  sheet_class->work = read_found;
  sheet_class->answer_free = answer_free;
  sheet_class->question = question;
  sheet_class->question_free = g_free;
  sheet_class->show = show;
}

static GtkWidget *
new_empty (const char *icon, const char *title, const char *description)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  return g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", icon, "title", title, "description", escaped, NULL);
}

static void
build_stack (YmSearchPage *self)
{
  GtkWidget *list = ym_search_list_new (G_LIST_MODEL (self->items));
  GtkWidget *clamp = adw_clamp_scrollable_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  self->scrolled = gtk_scrolled_window_new ();
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), COLUMN_PX);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), ym_list_bin_new (list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack,
                       new_empty ("system-search-symbolic", _ ("Find anything on this device"),
                                  _ ("Type a word or its beginning: a home, somebody you met, an issue, a call's reference, "
                                     "a word from your notes. Accents and capitals make no difference, and no signal is needed.")),
                       "start");
  gtk_stack_add_named (self->stack,
                       new_empty ("system-search-symbolic", _ ("Nothing found"),
                                  _ ("Nothing on this device has all of these words. Try fewer of them, or only the beginning "
                                     "of one.")),
                       "nothing");
  gtk_stack_add_named (self->stack, self->scrolled, "list");
  g_signal_connect_object (list, "activate", G_CALLBACK (list_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
build_bar (YmSearchPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->status = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "xalign", 0.0, "wrap", TRUE,
                               "visible", FALSE, NULL);
  ym_say (self->entry, _ ("Search everything"));
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "touch");
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->status));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), COLUMN_PX);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  gtk_widget_add_css_class (clamp, "top-line");
  self->bar = clamp;
  /* "changed" and not "search-changed", which waits for a clock. */
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (ym_sheet_look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (stop_cb), self, G_CONNECT_SWAPPED);
}

static void
ym_search_page_init (YmSearchPage *self)
{
  self->items = g_list_store_new (YM_TYPE_SEARCH_ITEM);
  build_bar (self);
  build_stack (self);
  /* Above what the sheet hides until it knows something: one may type at once. */
  gtk_widget_insert_after (self->bar, GTK_WIDGET (self), NULL);
  ym_sheet_append (YM_SHEET (self), GTK_WIDGET (self->stack));
}

GtkWidget *
ym_search_page_new (YmSession *session)
{
  YmSearchPage *self = g_object_new (YM_TYPE_SEARCH_PAGE, NULL);

  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
