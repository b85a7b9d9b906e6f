/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The monthly return.
 *
 *   < March 2026 >   English | Cymraeg
 *   Monthly return, March 2026, issue 1      how it stands
 *   [ Issue… ]  [ Save as XLSX… ] [ CSV… ] [ PDF… ]
 *   its issues  |  its tables */

#include "ui/returns/return-page.h"

#include <glib/gi18n-lib.h>

#include "ui/figures/table-view.h"
#include "ui/home/entry-list.h"
#include "ui/issue/record-dialog.h"
#include "ui/language.h"
#include "ui/returns/return-work.h"
#include "ui/returns/save-buttons.h"
#include "ui/visit/answer-text.h"
#include "ui/visit/answers.h"
#include "ui/visit/wrap-button.h"
#include "ui/widgets/choice-row.h"
#include "ui/widgets/fold-layout.h"
#include "ui/widgets/month-bar.h"
#include "ui/widgets/page.h"

#define MOST_ROWS 15

struct _YmReturnPage
{
  YmSheet parent_instance;

  YmReturnAsk ask;
  YmReturnAnswer *answer; /* (nullable): until the first one */
  YmMonthBar *month;
  YmFieldRow *language;
  GtkWidget *shown; /* what is hidden until there is an answer for this month */
  GtkLabel *title;
  GtkLabel *standing;
  GtkWidget *issue;
  GtkWidget *preview;
  YmEntryList *issued;
  GtkWidget *tables;
};

G_DEFINE_FINAL_TYPE (YmReturnPage, ym_return_page, YM_TYPE_SHEET)

static gpointer
question (YmSheet *sheet)
{
  return g_memdup2 (&YM_RETURN_PAGE (sheet)->ask, sizeof (YmReturnAsk));
}

static char *
say_standing (const YmReturnAnswer *answer)
{
  if (answer->ask.number != 0)
    return g_strdup (_ ("This is what was issued, word for word."));
  if (answer->issued->len == 0)
    return g_strdup (_ ("Not issued yet: this is what the records say now."));
  if (answer->n_changes == 0)
    return g_strdup (_ ("Nothing has changed since the last issue."));
  return g_strdup_printf (ngettext ("%d change since the last issue. A re-issue would say what it is.",
                                    "%d changes since the last issue. A re-issue would say what they are.",
                                    (gulong) answer->n_changes),
                          answer->n_changes);
}

static YmEntries *
issued_entries (const YmReturnAnswer *answer)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = answer->issued->len; i-- > 0;)
    {
      const YmRecord *issued = g_ptr_array_index (answer->issued, i);
      g_autofree char *at = ym_instant_say (ym_record_get_integer (issued, YM_ISSUED_RETURN_AT, 0));
      const YmEntry entry = {
        .key = ym_entries_own (entries, ym_id_to_string (&issued->id)),
        .icon = "document-send-symbolic",
        .title = ym_entries_own (entries, g_strdup_printf (_ ("Issue %d, to %s"),
                                                           (int) ym_record_get_integer (issued, YM_ISSUED_RETURN_NUMBER, 0),
                                                           ym_record_get_text (issued, YM_ISSUED_RETURN_RECIPIENT))),
        .detail = ym_entries_own (entries, g_strdup (at)),
        .text = ym_record_get_text (issued, YM_ISSUED_RETURN_JUSTIFICATION),
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

static void
show_tables (YmReturnPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->tables)) != NULL)
    gtk_box_remove (GTK_BOX (self->tables), child);
  for (guint i = 0; i < self->answer->tables->len; i++)
    {
      const YmTable *table = g_ptr_array_index (self->answer->tables, i);
      GtkWidget *heading = ym_paragraph_new (table->title, "title-4");

      gtk_widget_set_margin_top (heading, 12);
      gtk_box_append (GTK_BOX (self->tables), heading);
      if (ym_table_n_rows (table) == 0)
        gtk_box_append (GTK_BOX (self->tables), ym_paragraph_new (_ ("None"), "quiet"));
      else
        gtk_box_append (GTK_BOX (self->tables), ym_table_view_new (table, MOST_ROWS));
    }
}

static void
show (YmSheet *sheet, gpointer data)
{
  YmReturnPage *self = YM_RETURN_PAGE (sheet);
  YmReturnAnswer *answer = data;
  g_autofree char *standing = say_standing (answer);
  g_autoptr (YmEntries) issued = issued_entries (answer);

  ym_sheet_title (sheet, _ ("Monthly return"), NULL);
  g_clear_pointer (&self->answer, ym_return_answer_free);
  self->answer = answer;
  gtk_label_set_text (self->title, answer->title);
  gtk_label_set_text (self->standing, standing);
  gtk_widget_set_visible (self->issue, answer->ask.number == 0);
  gtk_widget_set_visible (self->preview, answer->ask.number != 0);
  ym_entry_list_show (self->issued, issued);
  show_tables (self);
  gtk_widget_set_visible (self->shown, TRUE);
}

static void
ask_again (YmReturnPage *self)
{
  g_auto (YmValue) value = YM_VALUE_INIT;

  self->ask.month = ym_month_bar_get (self->month);
  if (ym_field_row_get_value (self->language, &value) && value.kind == YM_VALUE_INTEGER && value.integer < ym_n_languages)
    self->ask.language = ym_languages[value.integer].code;
  ym_sheet_look (YM_SHEET (self));
}

static void
month_changed_cb (YmReturnPage *self)
{
  self->ask.number = 0;
  ask_again (self);
}

static void
issued_activated_cb (YmReturnPage *self, guint index)
{
  const YmRecord *issued = g_ptr_array_index (self->answer->issued, self->answer->issued->len - 1 - index);

  self->ask.number = (guint) ym_record_get_integer (issued, YM_ISSUED_RETURN_NUMBER, 0);
  ym_sheet_look (YM_SHEET (self));
}

static void
preview_clicked_cb (YmReturnPage *self)
{
  self->ask.number = 0;
  ym_sheet_look (YM_SHEET (self));
}

/* --- issuing --- */

static gboolean
save_issue (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error)
{
  const YmPeriod period = { (YmDay) ym_record_get_integer (before, YM_ISSUED_RETURN_FROM_DATE, 0),
                            (YmDay) ym_record_get_integer (before, YM_ISSUED_RETURN_UNTIL_DATE, 0) };
  g_autoptr (YmReturnEdition) edition
      = ym_return_edition_issue (desk, &period, NULL, ym_record_get_text (draft->record, YM_ISSUED_RETURN_RECIPIENT),
                                 ym_record_get_text (draft->record, YM_ISSUED_RETURN_JUSTIFICATION), error);

  return edition != NULL;
}

/* The dialog's draft is named by the month, so that what was typed for one month is never issued for another. */
static void
ask_issue (YmSheet *sheet, gpointer data)
{
  YmReturnPage *self = YM_RETURN_PAGE (sheet);
  static const guint fields[] = { YM_ISSUED_RETURN_RECIPIENT, YM_ISSUED_RETURN_JUSTIFICATION };
  const YmPeriod period = ym_period_of_month (self->answer->ask.month);
  g_autofree char *month = ym_month_to_string (self->answer->ask.month);
  YmId id = ym_id_from_key (&self->answer->force, "return-to-issue", month);
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_ISSUED_RETURN), &self->answer->force, &id);
  const YmRecordTask task = {
    .form = YM_FORM_ISSUED_RETURN,
    .home = &self->answer->force,
    .before = record,
    .fields = fields,
    .n_fields = G_N_ELEMENTS (fields),
    .title = self->answer->title,
    .accept = _ ("Sign and Issue"),
    .save = save_issue,
  };

  ym_record_set_integer (record, YM_ISSUED_RETURN_FROM_DATE, period.from);
  ym_record_set_integer (record, YM_ISSUED_RETURN_UNTIL_DATE, period.until);
  ym_record_dialog_present (ym_sheet_window (YM_SHEET (self)), ym_sheet_get_session (YM_SHEET (self)), &task);
}

static void
issue_clicked_cb (YmReturnPage *self)
{
  ym_sheet_when_proved (YM_SHEET (self), ask_issue, NULL, NULL);
}

/* --- files --- */

void
ym_return_page_save (YmReturnPage *self, YmReturnFormat format, const char *path)
{
  YmReturnFile *file;

  g_return_if_fail (YM_IS_RETURN_PAGE (self) && self->answer != NULL);
  file = g_new (YmReturnFile, 1);
  *file = (YmReturnFile){ self->answer->ask, format, g_strdup (path) };
  ym_sheet_give_out (YM_SHEET (self), ym_return_write_file, file, ym_return_file_free);
}

static void
save (YmSheet *sheet, guint format, const char *path)
{
  ym_return_page_save (YM_RETURN_PAGE (sheet), format, path);
}

static void
save_clicked_cb (GtkButton *button, YmReturnPage *self)
{
  YmReturnFormat format = ym_save_button_format (button);
  g_autofree char *month = ym_month_to_string (self->answer->ask.month);
  g_autofree char *number = self->answer->ask.number != 0 ? g_strdup_printf ("%u", self->answer->ask.number)
                                                          : g_strdup ("preview");
  g_autofree char *name = g_strdup_printf ("return-%s-%s-%s.%s", month, number, self->answer->ask.language,
                                           ym_return_format_name (format));

  ym_sheet_ask_save (YM_SHEET (self), _ ("Save the Return"), name, save, format);
}

static void
ym_return_page_finalize (GObject *object)
{
  g_clear_pointer (&YM_RETURN_PAGE (object)->answer, ym_return_answer_free);
  G_OBJECT_CLASS (ym_return_page_parent_class)->finalize (object);
}

static void
ym_return_page_class_init (YmReturnPageClass *klass)
{
  YmSheetClass *sheet_class = YM_SHEET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_return_page_finalize;
  sheet_class->work = ym_return_read_page;
  sheet_class->answer_free = ym_return_answer_free;
  sheet_class->question = question;
  sheet_class->question_free = g_free;
  sheet_class->show = show;
}

static void
ym_return_page_init (YmReturnPage *self)
{
}

static GtkWidget *
build_choices (YmReturnPage *self, YmMonth this_month)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *language = ym_choice_row_new (_ ("Language of the return"));

  self->month = YM_MONTH_BAR (ym_month_bar_new (this_month - 1, this_month));
  self->language = YM_FIELD_ROW (language);
  for (guint i = 0; i < ym_n_languages; i++)
    {
      const YmValue number = ym_value_integer (i);

      ym_choice_row_add (YM_CHOICE_ROW (language), i, ym_languages[i].name);
      if (g_str_equal (ym_languages[i].code, self->ask.language))
        ym_field_row_set_value (self->language, &number);
    }
  gtk_widget_add_css_class (card, "form-card");
  gtk_box_append (GTK_BOX (card), language);
  g_signal_connect_object (self->month, "changed", G_CALLBACK (month_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (language, "changed", G_CALLBACK (ask_again), self, G_CONNECT_SWAPPED);
  return card;
}

static GtkWidget *
build_buttons (YmReturnPage *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (buttons, ym_fold_layout_new (9, FALSE));
  self->issue = ym_wrap_button_new (_ ("Issue…"));
  self->preview = ym_wrap_button_new (_ ("Show What the Records Say Now"));
  gtk_widget_add_css_class (self->issue, "suggested-action");
  gtk_widget_set_halign (self->issue, GTK_ALIGN_FILL);
  gtk_widget_set_halign (self->preview, GTK_ALIGN_FILL);
  gtk_box_append (GTK_BOX (buttons), self->issue);
  gtk_box_append (GTK_BOX (buttons), self->preview);
  ym_save_buttons_append (GTK_BOX (buttons), G_CALLBACK (save_clicked_cb), self);
  g_signal_connect_object (self->issue, "clicked", G_CALLBACK (issue_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preview, "clicked", G_CALLBACK (preview_clicked_cb), self, G_CONNECT_SWAPPED);
  return buttons;
}

static void
build (YmReturnPage *self, YmMonth this_month)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *choices = build_choices (self, this_month);
  GtkWidget *scrolled;

  self->shown = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->title = GTK_LABEL (ym_paragraph_new ("", "title-3"));
  self->standing = GTK_LABEL (ym_paragraph_new ("", "note-line"));
  self->issued = YM_ENTRY_LIST (ym_entry_list_new (_ ("Issued"), NULL));
  self->tables = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_visible (self->shown, FALSE);
  gtk_box_append (GTK_BOX (self->shown), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (self->shown), GTK_WIDGET (self->standing));
  gtk_box_append (GTK_BOX (self->shown), build_buttons (self));
  gtk_box_append (GTK_BOX (self->shown), GTK_WIDGET (self->issued));
  gtk_box_append (GTK_BOX (self->shown), self->tables);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->month));
  gtk_box_append (GTK_BOX (column), choices);
  gtk_box_append (GTK_BOX (column), self->shown);
  scrolled = ym_page_clamp (column);
  gtk_widget_set_vexpand (scrolled, TRUE);
  ym_sheet_append (YM_SHEET (self), scrolled);
  g_signal_connect_object (self->issued, "activated", G_CALLBACK (issued_activated_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ym_return_page_new (YmSession *session)
{
  YmReturnPage *self = g_object_new (YM_TYPE_RETURN_PAGE, NULL);
  YmMonth this_month = ym_month_of_day (ym_london_day (ym_clock_wall_us (ym_session_get_clock (session))));

  self->ask = (YmReturnAsk){ this_month - 1, 0, ym_language_current ()->code };
  build (self, this_month);
  ym_sheet_start (YM_SHEET (self), session);
  return GTK_WIDGET (self);
}
