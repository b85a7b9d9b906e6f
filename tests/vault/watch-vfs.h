/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A VFS to put under the vault's: over unix-excl, it remembers what is written and fails on demand. */

#define WATCH_VFS "watch"

typedef struct {
  gboolean wal; /* else the vault */
  gint64 offset;
  GBytes *bytes;
} WatchedWrite;

typedef struct {
  GArray *writes; /* of WatchedWrite */
  guint syncs;
  guint fail_sync_in;  /* the n-th sync from now fails; 0 none */
  guint full_in;       /* the n-th write from now finds the disk full, having written half */
  guint fail_write_in; /* the n-th write from now fails */
} Watch;

/** watch_begin: Registers the VFS once and forgets what it had seen. */
Watch *watch_begin (void);

G_END_DECLS
