/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the disk share. */

#include <sqlite3.h>

#include "tests/power/disk.h"

#define DISK_SHM_SLOTS 8 /* SQLITE_SHM_NLOCK */

/* Contents, and what SQLite's connections share about the file. */
typedef struct {
  guint number;
  GByteArray *content;
  gboolean is_lent; /* the content is another file's too: copied before it changes */
  guint64 sum;      /* of the content; 0: not known */
  gboolean is_directory;
  gboolean is_locked; /* by YmFiles.lock */
  guint shared;       /* connections with a SHARED lock or more */
  gpointer reserved;  /* the connection that has RESERVED, PENDING or EXCLUSIVE */
  gboolean pending;   /* it waits for the readers to leave, or they have left */
  GPtrArray *shm;     /* regions of the wal-index */
  guint shm_users;
  guint shm_shared[DISK_SHM_SLOTS];
  gpointer shm_exclusive[DISK_SHM_SLOTS];
} DiskFile;

struct _Disk {
  GMutex mutex; /* the notebook's two lanes and its opener come from three threads */
  sqlite3_vfs vfs;
  char *vfs_name;
  YmFiles files;
  GHashTable *names; /* path to DiskFile */
  GPtrArray *all;    /* every DiskFile there was, by number */
  GPtrArray *log;    /* NULL while nothing is recorded */
  guint count;
  DiskFault fault;
  guint fault_in; /* relevant operations left, the failing one included; 0: it has happened */
  gboolean fault_stays;
  gboolean fault_met;
};

/** disk_fault_now: Counts an operation of @kind and says what goes wrong with it. */
DiskFault disk_fault_now (Disk *disk, DiskKind kind);

DiskFile *disk_find (Disk *disk, const char *path);
gboolean disk_has_parent (Disk *disk, const char *path);

/* Each does what it says and logs it. */
DiskFile *disk_do_create (Disk *disk, const char *path, gboolean is_directory);
void disk_do_rename (Disk *disk, const char *from, const char *to);
void disk_do_exchange (Disk *disk, const char *one, const char *other);
void disk_do_remove (Disk *disk, const char *path);
/** disk_move_names: What has the name @from in @names, and what is in it if it is a directory, has the name @to. */
void disk_move_names (GHashTable *names, const char *from, const char *to);

/** disk_exchange_names: Two directories get each other's name. */
void disk_exchange_names (GHashTable *names, const char *one, const char *other);

/** disk_lend: @file, which is empty, has from now on the same content as another that has @sum. */
void disk_lend (DiskFile *file, GByteArray *content, guint64 sum);

void disk_do_write (Disk *disk, DiskFile *file, gint64 at, gconstpointer data, gsize length);
void disk_do_truncate (Disk *disk, DiskFile *file, gint64 size);
void disk_do_sync (Disk *disk, DiskFile *file, gboolean failed);
void disk_do_sync_directory (Disk *disk, const char *path, gboolean failed);

/** disk_vfs_init, disk_files_init: The two faces. */
void disk_vfs_init (Disk *disk);
void disk_files_init (Disk *disk);
