/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/visit.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define YM_TYPE_VISIT_PAGES (ym_visit_pages_get_type ())
G_DECLARE_FINAL_TYPE (YmVisitPages, ym_visit_pages, YM, VISIT_PAGES, GtkWidget)

/**
 * ym_visit_pages_new:
 * @draft: (transfer none): a visit; outlives the pages
 *
 * The sections of a visit, each with its questions. Emits "changed" (no arguments) when the draft was changed; "entered" (a
 * string: the place, see ym_visit_pages_go_to()) when the focus comes to a question; "problem-chosen" (guint: its place in
 * the list last shown); "throw-away" (no arguments) when the officer wants no more of the draft.
 */
GtkWidget *ym_visit_pages_new (YmSession *session, YmDraft *draft);

/** ym_visit_pages_open: Shows the @index-th section of the form from its beginning, if there is one. */
void ym_visit_pages_open (YmVisitPages *self, guint index);

/** ym_visit_pages_go_to: Puts the focus on a place, see ym_section_page_go_to(). Returns: whether there is such a place */
gboolean ym_visit_pages_go_to (YmVisitPages *self, const char *place);

/** ym_visit_pages_rank: The place of the section with that number among all; how many there are, if it is none of them. */
guint ym_visit_pages_rank (YmVisitPages *self, guint section);

/** ym_visit_pages_add_unreadable: As ym_section_page_add_unreadable(), of all sections. */
void ym_visit_pages_add_unreadable (YmVisitPages *self, GPtrArray *problems);

/** ym_visit_pages_show_problems: As ym_section_nav_show(), and where @say_missing also at the questions. */
void ym_visit_pages_show_problems (YmVisitPages *self, GPtrArray *problems, gboolean say_missing);

/** ym_visit_pages_set_previous: @previous: (nullable): the last visit, for its answers beside. */
void ym_visit_pages_set_previous (YmVisitPages *self, const YmVisit *previous);

/** ym_visit_pages_set_known: @names: of the home and its manager; with those of people met they may stand in notes (R3). */
void ym_visit_pages_set_known (YmVisitPages *self, const char *const *names);

/** ym_visit_pages_propose: As ym_section_page_propose(), in whatever section asks the question. */
void ym_visit_pages_propose (YmVisitPages *self, guint field, const YmValue *value);

G_END_DECLS
