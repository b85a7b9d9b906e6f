/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A visit report as pages of A4, drawn by cairo and pango without a display. Units are points. Everything is drawn twice:
 * the first time to know how many pages there will be.
 */

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "app/notebook/issues.h"
#include "app/returns/page-text.h"
#include "app/returns/visit-report.h"

#define PAGE_WIDTH 595.0
#define PAGE_HEIGHT 842.0
#define MARGIN 56.0
#define TOP (MARGIN + 12)
#define BOTTOM (PAGE_HEIGHT - MARGIN - 14)
#define WIDTH (PAGE_WIDTH - 2 * MARGIN)
#define LABEL_WIDTH 180.0
#define GAP 14.0
#define SECTION_ROOM 60.0 /* a heading is not left alone at the foot of a page */

#define FONT_TITLE "Sans Bold 19px"
#define FONT_SUBTITLE "Sans 12px"
#define FONT_HEADING "Sans Bold 13px"
#define FONT_LABEL "Sans 9.5px"
#define FONT_TEXT "Sans 10.5px"
#define FONT_STRONG "Sans Bold 10.5px"
#define FONT_SMALL "Sans 7.5px"

typedef struct {
  const YmVisitReport *report;
  const YmWords *words;
  cairo_t *cairo;
  const char *title;
  double y;
  guint page;
  guint n_pages; /* 0 while they are counted */
} Pages;

static const char *
word (const Pages *pages, const char *text)
{
  return ym_words_get (pages->words, text);
}

static double
show_text (const Pages *pages, const char *text, const char *font, double x, double y, double width, PangoAlignment side)
{
  g_autoptr (PangoLayout) layout = ym_page_text_new (pages->cairo, text, font, width);

  pango_layout_set_alignment (layout, side);
  cairo_move_to (pages->cairo, x, y);
  pango_cairo_show_layout (pages->cairo, layout);
  return ym_page_text_height (layout);
}

static void
set_ink (const Pages *pages, double lightness)
{
  cairo_set_source_rgb (pages->cairo, lightness, lightness, lightness);
}

static void
draw_rule (const Pages *pages, double y, double lightness)
{
  set_ink (pages, lightness);
  cairo_set_line_width (pages->cairo, 0.6);
  cairo_move_to (pages->cairo, MARGIN, y);
  cairo_line_to (pages->cairo, MARGIN + WIDTH, y);
  cairo_stroke (pages->cairo);
  set_ink (pages, 0);
}

static const char *
audience_word (const Pages *pages)
{
  const YmChoice *audience = ym_choices_by_number (&ym_choices_audience, pages->report->audience);

  return word (pages, audience->label);
}

/* The title stands on the first page itself, so its header has the force and for whom the copy is. */
static void
draw_frame (const Pages *pages)
{
  g_autofree char *fingerprint = ym_hash_to_string (&pages->report->envelope);
  g_autofree char *number = g_strdup_printf ("%s %u / %u", word (pages, N_ ("page")), pages->page, pages->n_pages);

  set_ink (pages, 0.35);
  show_text (pages, pages->page == 1 ? pages->report->force : pages->title, FONT_SMALL, MARGIN, MARGIN - 20, WIDTH * 0.75,
             PANGO_ALIGN_LEFT);
  show_text (pages, audience_word (pages), FONT_SMALL, MARGIN, MARGIN - 20, WIDTH, PANGO_ALIGN_RIGHT);
  draw_rule (pages, MARGIN - 6, 0.75);
  draw_rule (pages, PAGE_HEIGHT - MARGIN + 2, 0.75);
  set_ink (pages, 0.35);
  show_text (pages, fingerprint, FONT_SMALL, MARGIN, PAGE_HEIGHT - MARGIN + 8, WIDTH * 0.8, PANGO_ALIGN_LEFT);
  show_text (pages, number, FONT_SMALL, MARGIN, PAGE_HEIGHT - MARGIN + 8, WIDTH, PANGO_ALIGN_RIGHT);
  set_ink (pages, 0);
}

static void
next_page (Pages *pages)
{
  if (pages->page > 0)
    cairo_show_page (pages->cairo);
  pages->page++;
  pages->y = TOP;
  draw_frame (pages);
}

static void
ensure_room (Pages *pages, double height)
{
  if (pages->y + height > BOTTOM)
    next_page (pages);
}

/* Lines one after the other, going on over the page where they must. */
static void
draw_lines (Pages *pages, const char *text, const char *font, double x, double width)
{
  g_autoptr (PangoLayout) layout = ym_page_text_new (pages->cairo, text, font, width);
  int n_lines = pango_layout_get_line_count (layout);

  for (int i = 0; i < n_lines; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      PangoRectangle logical;
      double height;

      pango_layout_line_get_extents (line, NULL, &logical);
      height = (double) logical.height / PANGO_SCALE;
      ensure_room (pages, height);
      cairo_move_to (pages->cairo, x, pages->y + (double) PANGO_ASCENT (logical) / PANGO_SCALE);
      pango_cairo_show_layout_line (pages->cairo, line);
      pages->y += height;
    }
}

static void
draw_heading (Pages *pages, const char *text)
{
  ensure_room (pages, SECTION_ROOM);
  pages->y += 14;
  pages->y += show_text (pages, text, FONT_HEADING, MARGIN, pages->y, WIDTH, PANGO_ALIGN_LEFT) + 3;
  draw_rule (pages, pages->y, 0.6);
  pages->y += 6;
}

/* A label at the left and what was answered at the right; long text has the whole width below its label. */
static void
draw_answer (Pages *pages, const char *label, const char *text)
{
  g_autoptr (PangoLayout) name = ym_page_text_new (pages->cairo, label, FONT_LABEL, LABEL_WIDTH);
  g_autoptr (PangoLayout) answer = ym_page_text_new (pages->cairo, text, FONT_TEXT, WIDTH - LABEL_WIDTH - GAP);
  double height = MAX (ym_page_text_height (name), ym_page_text_height (answer));
  gboolean is_long = pango_layout_get_line_count (answer) > 3;
  double y;

  ensure_room (pages, is_long ? ym_page_text_height (name) + 30 : height);
  y = pages->y;
  set_ink (pages, 0.3);
  cairo_move_to (pages->cairo, MARGIN, y + 1);
  pango_cairo_show_layout (pages->cairo, name);
  set_ink (pages, 0);
  if (is_long)
    {
      pages->y += ym_page_text_height (name) + 3;
      draw_lines (pages, text, FONT_TEXT, MARGIN, WIDTH);
      pages->y += 6;
      return;
    }
  cairo_move_to (pages->cairo, MARGIN + LABEL_WIDTH + GAP, y);
  pango_cairo_show_layout (pages->cairo, answer);
  pages->y = y + height + 5;
}

static char *
say_instant (const Pages *pages, gint64 at_us)
{
  YmLondonTime time = ym_london_from_instant (at_us);
  g_autofree char *day = ym_words_day (pages->words, time.day);

  return g_strdup_printf ("%s, %02d:%02d", day, time.minute / 60, time.minute % 60);
}

static char *
say_choices (const Pages *pages, const YmField *field, gint64 mask)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; i < field->choices->n_items; i++)
    if ((mask >> field->choices->items[i].number) & 1)
      g_ptr_array_add (labels, (gpointer) word (pages, field->choices->items[i].label));
  g_ptr_array_add (labels, NULL);
  return g_strjoinv ("; ", (char **) labels->pdata);
}

/* An answer in the words of the report; %NULL for what is only for programs. */
static char *
say_value (const Pages *pages, const YmField *field, const YmValue *value)
{
  const YmChoice *choice;

  switch (field->kind)
    {
    case YM_FIELD_TEXT:
    case YM_FIELD_NOTE:
      return g_strdup (value->text);
    case YM_FIELD_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
    case YM_FIELD_CHOICE:
      choice = ym_choices_by_number (field->choices, value->integer);
      return choice == NULL ? NULL : g_strdup (word (pages, choice->label));
    case YM_FIELD_CHOICES:
      return say_choices (pages, field, value->integer);
    case YM_FIELD_DATE:
      return ym_words_day (pages->words, (YmDay) value->integer);
    case YM_FIELD_INSTANT:
      return say_instant (pages, value->integer);
    default:
      return NULL;
    }
}

static void
draw_field (Pages *pages, const YmRecord *record, const YmField *field)
{
  const YmValue *value = ym_record_get (record, field->id);
  g_autofree char *text = value->kind == YM_VALUE_NULL ? NULL : say_value (pages, field, value);

  if (text != NULL && *text != '\0' && ym_visit_report_gives_field (pages->report->audience, record->form, field))
    draw_answer (pages, word (pages, field->label), text);
}

static void
draw_fields (Pages *pages, const YmRecord *record, guint section)
{
  for (guint i = 0; i < record->form->n_fields; i++)
    if (record->form->fields[i].section == section)
      draw_field (pages, record, &record->form->fields[i]);
}

/* Rows of the visit that belong to a section: people met, placements, and in the file's copy what is about children. */
static void
draw_rows (Pages *pages, guint section)
{
  for (guint i = 0; i < pages->report->visit->rows->len; i++)
    {
      const YmRecord *row = g_ptr_array_index (pages->report->visit->rows, i);

      if (row->form->rows_section != section || !ym_visit_report_gives_form (pages->report->audience, row->form))
        continue;
      ensure_room (pages, SECTION_ROOM);
      pages->y += 4;
      draw_lines (pages, word (pages, row->form->label), FONT_STRONG, MARGIN, WIDTH);
      pages->y += 3;
      draw_fields (pages, row, 0);
    }
}

static void
draw_sections (Pages *pages)
{
  const YmRecord *visit = pages->report->visit->visit;

  for (guint i = 0; i < visit->form->n_sections; i++)
    {
      const YmSection *section = &visit->form->sections[i];

      if (!ym_visit_report_gives_section (pages->report->audience, section->number))
        continue;
      draw_heading (pages, word (pages, section->label));
      if (ym_record_is_not_discussed (visit, section->number))
        {
          draw_lines (pages, word (pages, N_ ("Not discussed")), FONT_TEXT, MARGIN, WIDTH);
          continue;
        }
      draw_fields (pages, visit, section->number);
      draw_rows (pages, section->number);
    }
}

static void
draw_addenda (Pages *pages)
{
  GPtrArray *addenda = pages->report->visit->addenda;

  if (addenda->len == 0)
    return;
  draw_heading (pages, word (pages, N_ ("Addenda")));
  for (guint i = 0; i < addenda->len; i++)
    {
      const YmRecord *addendum = g_ptr_array_index (addenda, i);
      g_autofree char *at = say_instant (pages, ym_record_get_integer (addendum, YM_ADDENDUM_AT, 0));

      if (pages->report->with_addenda)
        {
          draw_answer (pages, at, ym_record_get_text (addendum, YM_ADDENDUM_TEXT));
          draw_field (pages, addendum, ym_form_field (addendum->form, YM_ADDENDUM_REASON));
        }
      else
        draw_answer (pages, at, word (pages, N_ ("Something was added. The text is in the police's file.")));
    }
}

static void
draw_actions (Pages *pages, const YmIssue *issue)
{
  for (guint i = 0; i < issue->actions->len; i++)
    {
      const YmRecord *action = g_ptr_array_index (issue->actions, i);
      gint64 due = ym_record_get_integer (action, YM_ACTION_DUE_ON, YM_DAY_NONE);
      g_autofree char *day = due == YM_DAY_NONE ? NULL : ym_words_day (pages->words, (YmDay) due);
      g_autofree char *label = g_strdup_printf ("%s %s", word (pages, N_ ("Due")), day == NULL ? "" : day);

      if (!ym_record_has (action, YM_ACTION_DONE_ON))
        draw_answer (pages, label, ym_record_get_text (action, YM_ACTION_WHAT));
    }
}

static void
draw_issues (Pages *pages)
{
  GPtrArray *issues = pages->report->issues;
  g_autofree char *today = ym_words_day (pages->words, ym_london_day (pages->report->made_at_us));
  g_autofree char *heading = g_strdup_printf ("%s, %s", word (pages, N_ ("Open issues")), today);

  draw_heading (pages, heading);
  if (issues->len == 0)
    draw_lines (pages, word (pages, N_ ("Nothing to list.")), FONT_TEXT, MARGIN, WIDTH);
  for (guint i = 0; i < issues->len; i++)
    {
      static const guint fields[] = { YM_ISSUE_CATEGORY, YM_ISSUE_OWNER };
      const YmIssue *issue = g_ptr_array_index (issues, i);
      const YmChoice *state = ym_choices_by_number (&ym_choices_issue_state, issue->state);

      ensure_room (pages, SECTION_ROOM);
      pages->y += 4;
      draw_lines (pages, ym_record_get_text (issue->issue, YM_ISSUE_TITLE), FONT_STRONG, MARGIN, WIDTH);
      pages->y += 3;
      if (state != NULL)
        draw_answer (pages, word (pages, N_ ("State")), word (pages, state->label));
      for (guint j = 0; j < G_N_ELEMENTS (fields); j++)
        draw_field (pages, issue->issue, ym_form_field (issue->issue->form, fields[j]));
      draw_actions (pages, issue);
    }
}

static char *
say_officer (const YmRecord *officer)
{
  const char *rank = ym_record_get_text (officer, YM_OFFICER_RANK);

  return g_strdup_printf ("%s%s%s (%s)", rank == NULL ? "" : rank, rank == NULL ? "" : " ",
                          ym_record_get_text (officer, YM_OFFICER_NAME),
                          ym_record_get_text (officer, YM_OFFICER_COLLAR_NO));
}

static void
draw_head (Pages *pages)
{
  static const guint fields[] = { YM_HOME_REGISTRATION_NO, YM_HOME_PROVIDER, YM_HOME_ADDRESS, YM_HOME_POSTCODE,
                                  YM_HOME_LOCAL_AUTHORITY, YM_HOME_MANAGER };
  const YmVisitReport *report = pages->report;
  gint64 at_us = ym_record_get_integer (report->visit->visit, YM_VISIT_STARTED_AT, report->visit->signed_at_us);
  g_autofree char *when = say_instant (pages, at_us);
  g_autofree char *subtitle = g_strdup_printf ("%s, %s", word (pages, N_ ("Visit report")), when);

  draw_lines (pages, ym_record_get_text (report->home, YM_HOME_NAME), FONT_TITLE, MARGIN, WIDTH);
  pages->y += 2;
  draw_lines (pages, subtitle, FONT_SUBTITLE, MARGIN, WIDTH);
  pages->y += 12;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    draw_field (pages, report->home, ym_form_field (report->home->form, fields[i]));
  if (report->officer != NULL)
    {
      g_autofree char *officer = say_officer (report->officer);

      draw_answer (pages, word (pages, N_ ("Officer")), officer);
    }
}

static void
draw_proof (Pages *pages)
{
  const YmVisitReport *report = pages->report;
  g_autofree char *signed_at = say_instant (pages, report->visit->signed_at_us);
  g_autofree char *fingerprint = ym_hash_to_string (&report->envelope);
  g_autofree char *device = ym_id_to_string (&report->visit->device);

  draw_heading (pages, word (pages, N_ ("How to verify this report")));
  draw_answer (pages, word (pages, N_ ("Signed off")), signed_at);
  if (report->visit->received_at_us > 0)
    {
      g_autofree char *received = say_instant (pages, report->visit->received_at_us);

      draw_answer (pages, word (pages, N_ ("Received by the server")), received);
    }
  draw_answer (pages, word (pages, N_ ("Device")), report->device != NULL ? report->device : device);
  draw_answer (pages, word (pages, N_ ("Fingerprint (SHA-256)")), fingerprint);
  pages->y += 4;
  draw_lines (pages,
              word (pages, N_ ("This file carries the signed evidence as an attachment. “ymweldctl verify FILE” proves who wrote "
                               "what and when, without a network, on any machine that knows the force's root key or is given "
                               "it with --root-key, and fails if a single byte was changed. A copy on paper is compared "
                               "with the force's own record by the fingerprint.")),
              FONT_LABEL, MARGIN, WIDTH);
  if (report->audience == YM_AUDIENCE_HOME)
    {
      pages->y += 4;
      draw_lines (pages,
                  word (pages, N_ ("This is the home's copy. What is about a child and what is for the police only is not in it, "
                                   "nor in its evidence.")),
                  FONT_LABEL, MARGIN, WIDTH);
    }
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Draws everything into @file; the number of pages is known from the time before, or 0. */
static cairo_status_t
draw (const YmVisitReport *report, const YmWords *words, guint n_pages, GByteArray *file, guint *drawn)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (collect, file, PAGE_WIDTH, PAGE_HEIGHT);
  g_autofree char *title = ym_visit_report_title (report, words);
  g_autofree char *made = ym_instant_to_string (report->made_at_us / YM_SECOND_US * YM_SECOND_US, 0);
  Pages pages = { report, words, cairo_create (surface), title, 0, 0, n_pages };
  cairo_status_t status;

  /* 1.4 has plain cross-reference tables, which an attachment can be added to without rewriting the file. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, report->force);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Ymweld " YM_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
  next_page (&pages);
  draw_head (&pages);
  draw_sections (&pages);
  draw_addenda (&pages);
  draw_issues (&pages);
  draw_proof (&pages);
  cairo_show_page (pages.cairo);
  *drawn = pages.page;
  cairo_destroy (pages.cairo);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

GBytes *
ym_visit_report_to_pdf (const YmVisitReport *report, const YmWords *words, GError **error)
{
  g_autoptr (GByteArray) counted = g_byte_array_new ();
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint n_pages = 0;
  cairo_status_t status = draw (report, words, 0, counted, &n_pages);

  if (status == CAIRO_STATUS_SUCCESS)
    status = draw (report, words, n_pages, file, &n_pages);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&file));
  g_set_error (error, YM_ERROR, YM_ERROR_STORAGE, _ ("The page could not be drawn: %s."), cairo_status_to_string (status));
  return NULL;
}
