/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"

G_BEGIN_DECLS

/** ym_sql_take_statement: (transfer full): A statement ready to bind, one that was kept or a new one; %NULL with @db saying why. */
sqlite3_stmt *ym_sql_take_statement (sqlite3 *db, const char *sql) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
