/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * YmGiving:
 * @visit: a signed-off visit
 * @what: YM_DISCLOSED_VISIT_REPORT or YM_DISCLOSED_EVIDENCE
 * @audience: YM_AUDIENCE_FILE, or YM_AUDIENCE_HOME: then the visit's change sets stay here, and nothing at all of what is
 *   about a child goes
 * @with_addenda: whether addenda go to the home with their text
 * @language: YM_LANGUAGE_EN or YM_LANGUAGE_CY
 * @title: of what is given
 * @recipient: to whom it is disclosed (R13)
 * @justification: and why
 */
typedef struct {
  YmId visit;
  guint what;
  guint audience;
  gboolean with_addenda;
  guint language;
  const char *title;
  const char *recipient;
  const char *justification;
} YmGiving;

/**
 * ym_evidence_give:
 * @pages: (nullable): the report that it belongs to, a PDF; %NULL for the evidence alone
 *
 * Gathers what proves the visit, logs that it is given out as a `disclosure`, and seals both with the disclosure's envelope:
 * it holds the hash of the evidence and of the pages. On the writing lane. Errors: YM_ERROR_INVALID without a recipient or
 * justification, YM_ERROR_AUTHORITY for who has nothing to do with the home, YM_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full) (nullable): the file to give: the pages with the evidence attached, or the evidence
 */
GBytes *ym_evidence_give (YmDesk *desk, const YmGiving *giving, GBytes *pages, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
