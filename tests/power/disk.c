/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk in memory as a running program sees it: names, contents, a count of operations, faults and a log. */

#include "tests/power/disk-private.h"

#include <string.h>

static void
operation_free (DiskOperation *operation)
{
  g_free (operation->path);
  g_free (operation->to);
  g_clear_pointer (&operation->bytes, g_bytes_unref);
  g_free (operation);
}

static void
file_free (DiskFile *file)
{
  g_byte_array_unref (file->content);
  g_clear_pointer (&file->shm, g_ptr_array_unref);
  g_free (file);
}

static DiskFile *
file_new (Disk *disk, gboolean is_directory)
{
  DiskFile *file = g_new0 (DiskFile, 1);

  file->number = disk->all->len;
  file->content = g_byte_array_new ();
  file->is_directory = is_directory;
  g_ptr_array_add (disk->all, file);
  return file;
}

Disk *
disk_new (void)
{
  Disk *disk = g_new0 (Disk, 1);

  g_mutex_init (&disk->mutex);
  disk->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  disk->all = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  disk_vfs_init (disk);
  disk_files_init (disk);
  return disk;
}

void
disk_free (Disk *disk)
{
  if (disk == NULL)
    return;
  sqlite3_vfs_unregister (&disk->vfs);
  g_free (disk->vfs_name);
  g_clear_pointer (&disk->log, g_ptr_array_unref);
  g_hash_table_unref (disk->names);
  g_ptr_array_unref (disk->all);
  g_mutex_clear (&disk->mutex);
  g_free (disk);
}

const char *
disk_get_vfs (Disk *disk)
{
  return disk->vfs_name;
}

const YmFiles *
disk_get_files (Disk *disk)
{
  return &disk->files;
}

void
disk_lend (DiskFile *file, GByteArray *content, guint64 sum)
{
  g_byte_array_unref (file->content);
  file->content = g_byte_array_ref (content);
  file->is_lent = TRUE;
  file->sum = sum;
}

/* Before the content changes. */
static void
own (DiskFile *file)
{
  GByteArray *lent = file->content;

  file->sum = 0;
  if (!file->is_lent)
    return;
  file->content = g_byte_array_sized_new (lent->len);
  if (lent->len > 0)
    g_byte_array_append (file->content, lent->data, lent->len);
  file->is_lent = FALSE;
  g_byte_array_unref (lent);
}

Disk *
disk_copy (Disk *disk)
{
  Disk *copy = disk_new ();
  GHashTableIter iter;
  gpointer path, value;

  g_hash_table_iter_init (&iter, disk->names);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      DiskFile *from = value;
      DiskFile *to = file_new (copy, from->is_directory);

      from->is_lent = TRUE;
      disk_lend (to, from->content, from->sum);
      g_hash_table_insert (copy->names, g_strdup (path), to);
    }
  return copy;
}

void
disk_record (Disk *disk)
{
  g_clear_pointer (&disk->log, g_ptr_array_unref);
  disk->log = g_ptr_array_new_with_free_func ((GDestroyNotify) operation_free);
}

GPtrArray *
disk_get_log (Disk *disk)
{
  return disk->log;
}

guint
disk_count (Disk *disk)
{
  return disk->count;
}

void
disk_fail (Disk *disk, DiskFault fault, guint nth, gboolean from_then_on)
{
  disk->fault = fault;
  disk->fault_in = nth;
  disk->fault_stays = from_then_on;
  disk->fault_met = FALSE;
}

gboolean
disk_has_failed (Disk *disk)
{
  return disk->fault_met;
}

/* Which operations can go wrong in which way. */
static gboolean
can_meet (DiskFault fault, DiskKind kind)
{
  static const guint kinds[DISK_N_FAULTS] = {
    [DISK_FAULT_ERROR] = (1 << DISK_N_KINDS) - 1,
    [DISK_FAULT_SHORT] = 1 << DISK_READ | 1 << DISK_WRITE | 1 << DISK_OVERWRITE,
    [DISK_FAULT_FULL]
    = 1 << DISK_WRITE | 1 << DISK_CREATE | 1 << DISK_MAKE_DIRECTORY | 1 << DISK_RENAME | 1 << DISK_EXCHANGE,
    [DISK_FAULT_SYNC] = 1 << DISK_SYNC | 1 << DISK_SYNC_DIRECTORY,
  };

  return (kinds[fault] >> kind & 1) != 0;
}

DiskFault
disk_fault_now (Disk *disk, DiskKind kind)
{
  disk->count++;
  if (disk->fault == DISK_FAULT_NONE || !can_meet (disk->fault, kind))
    return DISK_FAULT_NONE;
  if (disk->fault_in == 0)
    return disk->fault_stays ? disk->fault : DISK_FAULT_NONE;
  if (--disk->fault_in > 0)
    return DISK_FAULT_NONE;
  disk->fault_met = TRUE;
  return disk->fault;
}

static void
keep (Disk *disk, DiskOperation operation)
{
  if (disk->log != NULL)
    g_ptr_array_add (disk->log, g_memdup2 (&operation, sizeof operation));
}

DiskFile *
disk_find (Disk *disk, const char *path)
{
  return g_hash_table_lookup (disk->names, path);
}

gboolean
disk_has_parent (Disk *disk, const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  const DiskFile *file = disk_find (disk, parent);

  return strcmp (parent, "/") == 0 || (file != NULL && file->is_directory);
}

DiskFile *
disk_do_create (Disk *disk, const char *path, gboolean is_directory)
{
  DiskFile *file = file_new (disk, is_directory);

  g_hash_table_insert (disk->names, g_strdup (path), file);
  if (disk->log != NULL)
    keep (disk, (DiskOperation){ .kind = is_directory ? DISK_MAKE_DIRECTORY : DISK_CREATE,
                                 .file = file->number,
                                 .path = g_strdup (path) });
  return file;
}

void
disk_move_names (GHashTable *names, const char *from, const char *to)
{
  g_autofree char *within = g_strconcat (from, "/", NULL);
  g_autoptr (GPtrArray) moved = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (strcmp (key, from) == 0 || g_str_has_prefix (key, within))
      g_ptr_array_add (moved, g_strdup (key));
  for (guint i = 0; i < moved->len; i++)
    {
      const char *name = g_ptr_array_index (moved, i);
      gpointer file = g_hash_table_lookup (names, name);

      g_hash_table_insert (names, g_strconcat (to, name + strlen (from), NULL), file);
      g_hash_table_remove (names, name);
    }
}

void
disk_exchange_names (GHashTable *names, const char *one, const char *other)
{
  g_autofree char *between = g_strconcat (one, ".exchanged", NULL);

  disk_move_names (names, one, between);
  disk_move_names (names, other, one);
  disk_move_names (names, between, other);
}

void
disk_do_rename (Disk *disk, const char *from, const char *to)
{
  DiskFile *file = disk_find (disk, from);

  disk_move_names (disk->names, from, to);
  if (disk->log != NULL)
    keep (disk, (DiskOperation){
                    .kind = DISK_RENAME, .file = file->number, .path = g_strdup (from), .to = g_strdup (to) });
}

void
disk_do_exchange (Disk *disk, const char *one, const char *other)
{
  disk_exchange_names (disk->names, one, other);
  if (disk->log != NULL)
    keep (disk, (DiskOperation){ .kind = DISK_EXCHANGE, .path = g_strdup (one), .to = g_strdup (other) });
}

void
disk_do_remove (Disk *disk, const char *path)
{
  g_hash_table_remove (disk->names, path);
  if (disk->log != NULL)
    keep (disk, (DiskOperation){ .kind = DISK_REMOVE, .path = g_strdup (path) });
}

static void
set_size (GByteArray *content, gsize size)
{
  gsize before = content->len;

  g_byte_array_set_size (content, size);
  if (size > before)
    memset (content->data + before, 0, size - before);
}

void
disk_do_write (Disk *disk, DiskFile *file, gint64 at, gconstpointer data, gsize length)
{
  own (file);
  if ((gsize) at + length > file->content->len)
    set_size (file->content, (gsize) at + length);
  if (length > 0)
    memcpy (file->content->data + at, data, length);
  if (disk->log != NULL)
    keep (disk, (DiskOperation){
                    .kind = DISK_WRITE, .file = file->number, .at = at, .bytes = g_bytes_new (data, length) });
}

void
disk_do_truncate (Disk *disk, DiskFile *file, gint64 size)
{
  own (file);
  set_size (file->content, (gsize) size);
  keep (disk, (DiskOperation){ .kind = DISK_TRUNCATE, .file = file->number, .at = size });
}

void
disk_do_sync (Disk *disk, DiskFile *file, gboolean failed)
{
  keep (disk, (DiskOperation){ .kind = DISK_SYNC, .file = file->number, .failed = failed });
}

void
disk_do_sync_directory (Disk *disk, const char *path, gboolean failed)
{
  if (disk->log != NULL)
    keep (disk, (DiskOperation){ .kind = DISK_SYNC_DIRECTORY, .path = g_strdup (path), .failed = failed });
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
disk_list (Disk *disk)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, disk->names);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (names, g_strdup (path));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

GBytes *
disk_read (Disk *disk, const char *path)
{
  const DiskFile *file = disk_find (disk, path);

  return file == NULL ? NULL : g_bytes_new (file->content->data, file->content->len);
}

void
disk_write (Disk *disk, const char *path, GBytes *bytes)
{
  DiskFile *file = disk_find (disk, path);

  if (file == NULL)
    file = disk_do_create (disk, path, FALSE);
  disk_do_truncate (disk, file, 0);
  disk_do_write (disk, file, 0, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
disk_remove (Disk *disk, const char *path)
{
  disk_do_remove (disk, path);
}

void
disk_make_directory (Disk *disk, const char *path)
{
  disk_do_create (disk, path, TRUE);
}

#define LANES 4

__extension__ typedef unsigned __int128 Product;

static guint64
fold (guint64 a, guint64 b)
{
  Product product = (Product) (a ^ G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) * (b ^ G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9));

  return (guint64) product ^ (guint64) (product >> 64);
}

/* Eight words at a time, in four lanes side by side: a million images of half a megabyte go through here. */
guint64
disk_mix (guint64 hash, const guint8 *data, gsize length)
{
  guint64 lanes[LANES] = { hash, hash + 1, hash + 2, hash + 3 };
  guint64 words[2 * LANES];
  guint64 sum = length;

  for (; length >= sizeof words; data += sizeof words, length -= sizeof words)
    {
      memcpy (words, data, sizeof words);
      for (guint i = 0; i < LANES; i++)
        lanes[i] = fold (lanes[i] ^ words[2 * i], words[2 * i + 1] + i);
    }
  memset (words, 0, sizeof words);
  if (length > 0) /* an empty file has no data to point to */
    memcpy (words, data, length);
  for (guint i = 0; i < LANES; i++)
    sum = fold (fold (sum ^ lanes[i], words[2 * i]), words[2 * i + 1]);
  return sum;
}

guint64
disk_hash (Disk *disk)
{
  guint64 sum = 0;
  GHashTableIter iter;
  gpointer path, value;

  /* A sum, so that the order of the table does not matter. */
  g_hash_table_iter_init (&iter, disk->names);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      DiskFile *file = value;
      guint64 name = disk_mix (1, path, strlen (path));

      if (file->sum == 0)
        file->sum = disk_mix (1, file->content->data, file->content->len);
      sum += fold (name, file->sum);
    }
  return sum;
}
