/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/visit.h"

G_BEGIN_DECLS

#define YM_TYPE_SECTION_NAV (ym_section_nav_get_type ())
G_DECLARE_FINAL_TYPE (YmSectionNav, ym_section_nav, YM, SECTION_NAV, GtkWidget)

/**
 * ym_section_nav_new:
 * @form: a form with sections
 *
 * The sections with how far each is, and, once sign-off was tried, what is missing. Emits "section-chosen" (the
 * section's place in the form as guint) and "problem-chosen" (the problem's place in the list as guint).
 */
GtkWidget *ym_section_nav_new (const YmForm *form);

/**
 * ym_section_nav_show:
 * @problems: (element-type YmVisitProblem): what stands between the draft and sign-off
 * @say_missing: whether to say what is missing; before sign-off was tried an open question is no fault
 */
void ym_section_nav_show (YmSectionNav *self, const YmDraft *draft, GPtrArray *problems, gboolean say_missing);

/** ym_section_nav_select: Shows which section is open. */
void ym_section_nav_select (YmSectionNav *self, guint index);

G_END_DECLS
