/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YmFiles:
 * @read: the whole file, at most @limit bytes; YM_ERROR_NOT_FOUND if there is none, YM_ERROR_DAMAGED if it is longer
 * @write_synced: makes or empties the file (mode 0600), writes it whole and has it on the medium (fsync) on return
 * @overwrite_synced: writes @length bytes at @offset into a file that is there and has them (fdatasync) on the medium on
 *   return; needs no room as long as they lie inside the file. NULL if that can't be had: the file is then replaced
 * @rename: gives @from the name @to, replacing a file of that name; lasts only after @sync_directory
 * @exchange: gives two directories beside each other each other's name, in one step that lasts only after
 *   @sync_directory; NULL where that can't be had
 * @sync_directory: has the directory's names on the medium on return
 * @remove: removes the name; no such file is success
 * @make_directory: makes the directory (mode 0700); one that is there already is success
 * @lock: takes the lock file @path for this holder alone; YM_ERROR_BUSY if another has it
 * @unlock: gives it back
 * @context: handed to all
 *
 * The few file calls that the keyring and the sealed head need, so that a simulation can cut the power
 * between and inside them. (The database itself goes through the sqlite3_vfs handed in beside it.)
 * Failures are YM_ERROR_STORAGE unless said otherwise.
 */
typedef struct {
  GBytes *(*read) (gpointer context, const char *path, gsize limit, GError **error);
  gboolean (*write_synced) (gpointer context, const char *path, gconstpointer data, gsize length, GError **error);
  gboolean (*overwrite_synced) (gpointer context, const char *path, gint64 offset, gconstpointer data, gsize length,
                                GError **error);
  gboolean (*rename) (gpointer context, const char *from, const char *to, GError **error);
  gboolean (*exchange) (gpointer context, const char *one, const char *other, GError **error);
  gboolean (*sync_directory) (gpointer context, const char *directory, GError **error);
  gboolean (*remove) (gpointer context, const char *path, GError **error);
  gboolean (*make_directory) (gpointer context, const char *path, GError **error);
  gpointer (*lock) (gpointer context, const char *path, GError **error);
  void (*unlock) (gpointer context, gpointer lock);
  gpointer context;
} YmFiles;

/** ym_files_system: (transfer none): The real file system. */
const YmFiles *ym_files_system (void);

/** YmFileCopy: @name of a file in a directory and what it is to hold */
typedef struct {
  const char *name;
  GBytes *bytes;
} YmFileCopy;

/**
 * ym_files_replace_all:
 *
 * As ym_files_replace() for @n_copies files. What may well fail, the writing, is done for all of them before the first
 * changes its name; each file is whole, and power that goes in between may leave some of them as they were.
 */
gboolean ym_files_replace_all (const YmFiles *files, const char *directory, const YmFileCopy *copies, guint n_copies,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_files_replace:
 * @directory: where the file is
 * @name: of the file in it
 *
 * Puts @length bytes at @data in place of the file, whole or not at all, also when the power goes: writes
 * "@name.new", has it on the medium, renames it, has the directory on the medium.
 */
gboolean ym_files_replace (const YmFiles *files, const char *directory, const char *name, gconstpointer data,
                           gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
