/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The issues of all homes that are not settled, in columns of one kind: what state they are in, or when something is due. */

#include "ui/issue/board-page.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/issues.h"
#include "ui/desk/place.h"
#include "ui/home/entry-list.h"
#include "ui/issue/issue-chip.h"
#include "ui/issue/issue-words.h"
#include "ui/visit/answers.h"
#include "ui/visit/names.h"
#include "ui/widgets/choice-row.h"
#include "ui/widgets/page.h"

#define SOON_DAYS 7

typedef enum {
  BY_STATE,
  BY_DUE,
} Order;

/* What stands together. A state is one of R11's; a due group is told by @is_in. */
typedef struct {
  Order order;
  int state;
  const char *title;
  gboolean (*is_in) (const YmIssue *issue, YmDay today);
} Group;

static gboolean
is_past_due (const YmIssue *issue, YmDay today)
{
  return issue->due != YM_DAY_NONE && issue->due < today;
}

static gboolean
is_due_soon (const YmIssue *issue, YmDay today)
{
  return issue->due != YM_DAY_NONE && issue->due >= today && issue->due - today <= SOON_DAYS;
}

static gboolean
is_due_later (const YmIssue *issue, YmDay today)
{
  return issue->due != YM_DAY_NONE && issue->due - today > SOON_DAYS;
}

static gboolean
has_no_date (const YmIssue *issue, YmDay today)
{
  return issue->due == YM_DAY_NONE;
}

/* What wants somebody first comes first. */
static const Group groups[] = {
  { BY_STATE, YM_ISSUE_ESCALATED, NULL, NULL },
  { BY_STATE, YM_ISSUE_REOPENED, NULL, NULL },
  { BY_STATE, YM_ISSUE_OPEN, NULL, NULL },
  { BY_STATE, YM_ISSUE_IN_PROGRESS, NULL, NULL },
  { BY_DUE, 0, N_ ("Past due"), is_past_due },
  { BY_DUE, 0, N_ ("Due within a week"), is_due_soon },
  { BY_DUE, 0, N_ ("Due later"), is_due_later },
  { BY_DUE, 0, N_ ("Nothing has a date"), has_no_date },
};

struct _YmBoardPage
{
  YmSheet parent_instance;

  GPtrArray *issues; /* (nullable): of YmIssue */
  GPtrArray *homes;  /* the name of each one's home, or NULL */
  Order order;
  GtkWidget *none;
  GtkWidget *lists[G_N_ELEMENTS (groups)];
  GPtrArray *shown[G_N_ELEMENTS (groups)]; /* of YmIssue: what each list's entries are */
};

G_DEFINE_FINAL_TYPE (YmBoardPage, ym_board_page, YM_TYPE_SHEET)

typedef struct {
  GPtrArray *issues;
  GPtrArray *homes;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->issues, g_ptr_array_unref);
  g_clear_pointer (&answer->homes, g_ptr_array_unref);
  g_free (answer);
}

static gpointer
read_issues (YmDesk *desk, gpointer data, GError **error)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->issues = ym_issue_list (desk, NULL, error);
  if (answer->issues == NULL)
    {
      answer_free (answer);
      return NULL;
    }
  answer->homes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < answer->issues->len; i++)
    {
      const YmIssue *issue = g_ptr_array_index (answer->issues, i);

      g_ptr_array_add (answer->homes, ym_names_of (desk, YM_FORM_HOME, &issue->issue->scope));
    }
  return answer;
}

static gboolean
belongs (const Group *group, const YmIssue *issue, YmDay today)
{
  return group->order == BY_STATE ? issue->state == group->state : group->is_in (issue, today);
}

static void
add_issue (YmEntries *entries, const YmIssue *issue, const char *home)
{
  g_autofree char *about = ym_issue_facts (issue->issue);
  const YmEntry entry = {
    .key = ym_entries_own (entries, ym_id_to_string (&issue->issue->id)),
    .title = ym_record_get_text (issue->issue, YM_ISSUE_TITLE),
    .detail = ym_entries_own (entries, g_strdup_printf ("%s · %s · %s", home != NULL ? home : "",
                                                        ym_issue_state_word (issue->state), about)),
    .state = ym_entries_own (entries, ym_issue_due_text (issue)),
    .grave = issue->days_past_due > 0,
    .opens = TRUE,
  };

  ym_entries_add (entries, &entry);
}

static void
show_group (YmBoardPage *self, guint index, YmDay today)
{
  g_autoptr (YmEntries) entries = ym_entries_new ();

  g_ptr_array_set_size (self->shown[index], 0);
  for (guint i = 0; groups[index].order == self->order && i < self->issues->len; i++)
    {
      YmIssue *issue = g_ptr_array_index (self->issues, i);

      if (!belongs (&groups[index], issue, today))
        continue;
      add_issue (entries, issue, g_ptr_array_index (self->homes, i));
      g_ptr_array_add (self->shown[index], issue);
    }
  ym_entry_list_show (YM_ENTRY_LIST (self->lists[index]), entries);
}

static void
show_groups (YmBoardPage *self)
{
  YmSession *session = ym_sheet_get_session (YM_SHEET (self));

  if (self->issues == NULL || session == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    show_group (self, i, ym_london_day (ym_clock_wall_us (ym_session_get_clock (session))));
  gtk_widget_set_visible (self->none, self->issues->len == 0);
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmBoardPage *self = YM_BOARD_PAGE (sheet);
  Answer *answer = data;

  ym_sheet_title (sheet, _ ("Issues"), NULL);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->homes, g_ptr_array_unref);
  self->issues = g_steal_pointer (&answer->issues);
  self->homes = g_steal_pointer (&answer->homes);
  answer_free (answer);
  show_groups (self);
}

static void
order_changed_cb (YmFieldRow *row, YmBoardPage *self)
{
  g_auto (YmValue) value = YM_VALUE_INIT;

  if (ym_field_row_get_value (row, &value) && value.kind == YM_VALUE_INTEGER)
    self->order = (Order) value.integer;
  show_groups (self);
}

static void
activated_cb (GtkWidget *list, guint index, YmBoardPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (self->lists[i] == list && index < self->shown[i]->len)
      {
        const YmRecord *issue = ((YmIssue *) g_ptr_array_index (self->shown[i], index))->issue;

        ym_place_open (GTK_WIDGET (self), YM_PLACE_ISSUE, &issue->scope, &issue->id);
        return;
      }
}

static void
ym_board_page_finalize (GObject *object)
{
  YmBoardPage *self = YM_BOARD_PAGE (object);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    g_ptr_array_unref (self->shown[i]);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->homes, g_ptr_array_unref);
  G_OBJECT_CLASS (ym_board_page_parent_class)->finalize (object);
}

static void
ym_board_page_class_init (YmBoardPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_board_page_finalize;
  sheet_class->work = read_issues;
  sheet_class->answer_free = answer_free;
  sheet_class->show = show;
}

static GtkWidget *
build_order (YmBoardPage *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = ym_choice_row_new (_ ("In what order"));
  const YmValue first = ym_value_integer (BY_STATE);

  ym_choice_row_add (YM_CHOICE_ROW (row), BY_STATE, _ ("By state"));
  ym_choice_row_add (YM_CHOICE_ROW (row), BY_DUE, _ ("By due date"));
  ym_field_row_set_value (YM_FIELD_ROW (row), &first);
  g_signal_connect_object (row, "changed", G_CALLBACK (order_changed_cb), self, 0);
  gtk_widget_add_css_class (card, "form-card");
  gtk_box_append (GTK_BOX (card), row);
  return card;
}

static void
ym_board_page_init (YmBoardPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scrolled;

  gtk_box_append (GTK_BOX (column), build_order (self));
  self->none = ym_paragraph_new (_ ("No issue is open with any of your homes."), "quiet");
  gtk_box_append (GTK_BOX (column), self->none);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      const char *title = groups[i].title != NULL ? _ (groups[i].title) : ym_issue_state_word (groups[i].state);

      self->shown[i] = g_ptr_array_new ();
      self->lists[i] = ym_entry_list_new (title, NULL);
      gtk_box_append (GTK_BOX (column), self->lists[i]);
      g_signal_connect_object (self->lists[i], "activated", G_CALLBACK (activated_cb), self, 0);
    }
  scrolled = ym_page_clamp (column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_sheet_append (YM_SHEET (self), scrolled);
}

GtkWidget *
ym_board_page_new (YmSession *session)
{
  YmBoardPage *self = g_object_new (YM_TYPE_BOARD_PAGE, NULL);

  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
