/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/visit.h"
#include "ui/visit/row-cards.h"

G_BEGIN_DECLS

#define YM_TYPE_SECTION_PAGE (ym_section_page_get_type ())
G_DECLARE_FINAL_TYPE (YmSectionPage, ym_section_page, YM, SECTION_PAGE, GtkWidget)

/**
 * ym_section_page_new:
 * @draft: (transfer none): a visit; outlives the page
 * @section: one of its form's sections
 * @clock: (transfer none): outlives the page
 *
 * One section of a visit: whether it was discussed, its questions, its rows. Emits "changed" (no arguments) when the
 * draft was changed, and "entered" (a string: the place, see ym_section_page_go_to()) when the focus comes to a
 * question.
 */
GtkWidget *ym_section_page_new (YmDraft *draft, const YmSection *section, const YmClock *clock);

const YmSection *ym_section_page_get_section (YmSectionPage *self);

/** ym_section_page_add: Puts @widget below the questions; it is hidden with them. */
void ym_section_page_add (YmSectionPage *self, GtkWidget *widget);

/** ym_section_page_set_previous: @previous: (nullable): the last visit, for its answers beside. */
void ym_section_page_set_previous (YmSectionPage *self, const YmVisit *previous);

/** ym_section_page_set_known: As ym_record_form_set_known(), of its questions. */
void ym_section_page_set_known (YmSectionPage *self, const char *const *known);

/** ym_section_page_propose: Offers @value as the answer to @field, if that is asked here. */
void ym_section_page_propose (YmSectionPage *self, guint field, const YmValue *value);

/**
 * ym_section_page_go_to:
 * @place: a field's name, or a row's id and its field's name parted by a point
 *
 * Returns: whether the place is here; it has the focus then, if the page is on the screen
 */
gboolean ym_section_page_go_to (YmSectionPage *self, const char *place);

/** ym_section_page_place_of: (transfer full): The place that the problem is about, in the words of _go_to(). */
char *ym_section_page_place_of (const YmVisitProblem *problem);

/** ym_section_page_mark: @problems: (nullable) (element-type YmVisitProblem): what is missing, said where it is; %NULL for nothing */
void ym_section_page_mark (YmSectionPage *self, GPtrArray *problems);

/**
 * ym_section_page_add_unreadable:
 * @problems: (element-type YmVisitProblem): what is typed here and is no answer is appended, since the draft can't know it
 */
void ym_section_page_add_unreadable (YmSectionPage *self, GPtrArray *problems);

G_END_DECLS
