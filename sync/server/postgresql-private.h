/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/server/postgresql-link.h"
#include "sync/server/postgresql.h"

/* What the files of the PostgreSQL ledger share: postgresql.c the order, postgresql-watch.c the news of it. */

/* The channel on which every commit is told. */
#define YM_POSTGRESQL_CHANNEL "ymweld_ledger"

typedef struct _YmPostgresqlWatch YmPostgresqlWatch;

/* Calls @news, on a thread of its own, when somebody else has committed, and every two seconds where that can't be heard. */
YmPostgresqlWatch *ym_postgresql_watch_start (const char *url, void (*news) (gpointer data), gpointer data);
void ym_postgresql_watch_stop (YmPostgresqlWatch *watch);

/* The connection over which this process commits: what it says itself is no news. */
void ym_postgresql_watch_ignore (YmPostgresqlWatch *watch, int backend);
