/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/vault/files.h"

G_BEGIN_DECLS

/**
 * Disk:
 *
 * A disk in memory, for one program at a time: what the kernel shows a program that runs. Serves an sqlite3_vfs (as
 * unix-excl does: locks within the process, the wal-index on the heap) and a YmFiles, both of which see the same
 * files. Counts every file operation, can fail at any of them, and can keep a log of those that change something;
 * what a power cut leaves of them is the medium's affair (medium.h).
 */
typedef struct _Disk Disk;

/** disk_new: (transfer full): An empty disk that has the directory "/". */
Disk *disk_new (void);
void disk_free (Disk *disk);

/** disk_get_vfs: (transfer none): the name of its sqlite3_vfs. */
const char *disk_get_vfs (Disk *disk);
const YmFiles *disk_get_files (Disk *disk);

/** disk_copy: (transfer full): A disk with the same names and contents. */
Disk *disk_copy (Disk *disk);

/** DiskKind: What an operation does. The first nine change something and go to the log. */
typedef enum {
  DISK_MAKE_DIRECTORY,
  DISK_CREATE,
  DISK_RENAME,
  DISK_EXCHANGE,
  DISK_REMOVE,
  DISK_WRITE,
  DISK_TRUNCATE,
  DISK_SYNC,
  DISK_SYNC_DIRECTORY,
  DISK_READ,
  DISK_OVERWRITE, /* a write inside a file that has room for it; logged as a write */
  DISK_LOOK, /* whether a file is there, how long it is, opening it */
  DISK_N_KINDS,
} DiskKind;

/**
 * DiskOperation:
 * @failed: of a sync: the kernel gave up, and what reached the medium is left to chance
 * @file: number of the file
 * @path: of directory operations
 * @to: of a rename or exchange
 * @at: offset of a write, new size of a truncation
 * @bytes: of a write
 */
typedef struct {
  DiskKind kind;
  gboolean failed;
  guint file;
  char *path;
  char *to;
  gint64 at;
  GBytes *bytes;
} DiskOperation;

/** disk_record: Starts a log; disk_get_log() is empty again. */
void disk_record (Disk *disk);

/** disk_get_log: (transfer none) (element-type DiskOperation): What changed since disk_record(); grows. */
GPtrArray *disk_get_log (Disk *disk);

/** disk_count: How many operations there were, those that only read among them. */
guint disk_count (Disk *disk);

/**
 * DiskFault: What goes wrong.
 * @DISK_FAULT_NONE: nothing
 * @DISK_FAULT_ERROR: the operation fails and does nothing
 * @DISK_FAULT_SHORT: a read gives, or a write takes, only half
 * @DISK_FAULT_FULL: what needs room fails; a write takes half before
 * @DISK_FAULT_SYNC: a sync fails, and what was written since the last may be lost though it can still be read
 */
typedef enum {
  DISK_FAULT_NONE,
  DISK_FAULT_ERROR,
  DISK_FAULT_SHORT,
  DISK_FAULT_FULL,
  DISK_FAULT_SYNC,
  DISK_N_FAULTS,
} DiskFault;

/**
 * disk_fail:
 * @fault: what goes wrong; %DISK_FAULT_NONE to repair the disk
 * @nth: at the how-manieth operation that can go wrong in this way, from 1 on
 * @from_then_on: also at all later ones
 */
void disk_fail (Disk *disk, DiskFault fault, guint nth, gboolean from_then_on);

/** disk_has_failed: Whether the fault has happened since disk_fail(). */
gboolean disk_has_failed (Disk *disk);

/* What is on it, for tests. */
char **disk_list (Disk *disk);
GBytes *disk_read (Disk *disk, const char *path);
void disk_write (Disk *disk, const char *path, GBytes *bytes);
void disk_remove (Disk *disk, const char *path);
void disk_make_directory (Disk *disk, const char *path);

/** disk_mix: A number that follows from @hash and the bytes. */
guint64 disk_mix (guint64 hash, const guint8 *data, gsize length);

/** disk_hash: A number that follows from names and contents. */
guint64 disk_hash (Disk *disk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Disk, disk_free)

G_END_DECLS
