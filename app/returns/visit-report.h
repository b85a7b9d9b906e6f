/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/visit.h"
#include "app/returns/words.h"

G_BEGIN_DECLS

/**
 * YmVisitReport:
 * @audience: YM_AUDIENCE_FILE or YM_AUDIENCE_HOME
 * @with_addenda: whether the home's copy has the text of addenda; the file's always has
 * @visit: the visit with its rows and addenda
 * @home: the home, as the register says
 * @force: the force's name; "" where it has none
 * @officer: (nullable): the officer who signed off
 * @device: (nullable): the name of the device that signed
 * @envelope: SHA-256 of the envelope that signs the visit: its fingerprint
 * @issues: (element-type YmIssue): not settled, as things stand now
 * @made_at_us: when the report was made
 *
 * What a report of one signed-off visit says (R12). The home's copy has nothing about a child, no concern, no review of a
 * call, no note that is for the police only and no issue about safeguarding.
 */
typedef struct {
  guint audience;
  gboolean with_addenda;
  YmVisit *visit;
  YmRecord *home;
  char *force;
  YmRecord *officer;
  char *device;
  YmHash envelope;
  GPtrArray *issues;
  gint64 made_at_us;
} YmVisitReport;

void ym_visit_report_free (YmVisitReport *report);

/**
 * ym_visit_report_read:
 * @visit: the visit's id
 *
 * On either lane. Errors: YM_ERROR_NOT_FOUND for a visit that is not signed off or not here.
 *
 * Returns: (transfer full) (nullable): the report
 */
YmVisitReport *ym_visit_report_read (YmDesk *desk, const YmId *visit, guint audience, gboolean with_addenda,
                                     GError **error);

/** ym_visit_report_gives_form: Whether a copy for @audience may have anything of such records. */
gboolean ym_visit_report_gives_form (guint audience, const YmForm *form);

/** ym_visit_report_gives_section: Whether a copy for @audience has that section of a visit at all, discussed or not. */
gboolean ym_visit_report_gives_section (guint audience, guint section);

/** ym_visit_report_gives_field: Whether a copy for @audience may have this answer of a visit or one of its rows. */
gboolean ym_visit_report_gives_field (guint audience, const YmForm *form, const YmField *field);

/** ym_visit_report_title: (transfer full): Such as "Visit report: Tŷ Gwyn, 3 November 2026". */
char *ym_visit_report_title (const YmVisitReport *report, const YmWords *words);

/**
 * ym_visit_report_to_pdf:
 *
 * Pages of A4 with a running header and page numbers, without a display. Errors: YM_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *ym_visit_report_to_pdf (const YmVisitReport *report, const YmWords *words, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmVisitReport, ym_visit_report_free)

G_END_DECLS
