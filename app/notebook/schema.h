/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"

G_BEGIN_DECLS

/** YM_SQL_UNSETTLED: of issue_status; spelt out, since only then SQLite sees that the index of these rows will do. */
#define YM_SQL_UNSETTLED "state <> 3"

/** ym_notebook_migrate: Makes or migrates what a device keeps beside the journal: drafts. */
gboolean ym_notebook_migrate (YmJournal *journal, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
