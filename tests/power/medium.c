/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a power cut leaves. */

#include "tests/power/medium.h"

#include <string.h>

#include "tests/power/disk-private.h"

#define SECTOR_BYTES 512

/* A file as the medium has it, and the writes and truncations that are under way. */
typedef struct {
  GByteArray *content;
  gboolean is_lent; /* images have it too: it is copied before it changes */
  guint64 sum;      /* of the content; 0: not known */
  gboolean is_directory;
  GPtrArray *pending; /* DiskOperation, of the log */
} MediumFile;

struct _Medium {
  GPtrArray *files;     /* MediumFile, by number */
  GHashTable *names;    /* path to MediumFile, durable */
  GHashTable *pending;  /* directory to GPtrArray of DiskOperation */
  guint n_failed_syncs; /* seeds the chance after a failed sync */
};

/* SplitMix64 (Steele, Lea, Flood 2014): one number after the other from any seed. */
static guint64
next_random (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

static guint
roll (guint64 *state, guint sides)
{
  return (guint) (next_random (state) % sides);
}

static void
medium_file_free (MediumFile *file)
{
  g_byte_array_unref (file->content);
  g_ptr_array_unref (file->pending);
  g_free (file);
}

/* Numbers of the log and of the medium are the same, so one that a log passes over is filled with an empty file. */
static MediumFile *
file_at (Medium *medium, guint number)
{
  while (medium->files->len <= number)
    {
      MediumFile *file = g_new0 (MediumFile, 1);

      file->content = g_byte_array_new ();
      file->pending = g_ptr_array_new ();
      g_ptr_array_add (medium->files, file);
    }
  return g_ptr_array_index (medium->files, number);
}

Medium *
medium_new (Disk *disk)
{
  Medium *medium = g_new0 (Medium, 1);
  GHashTableIter iter;
  gpointer path, value;

  medium->files = g_ptr_array_new_with_free_func ((GDestroyNotify) medium_file_free);
  medium->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  medium->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_hash_table_iter_init (&iter, disk->names);
  while (g_hash_table_iter_next (&iter, &path, &value))
    {
      const DiskFile *from = value;
      MediumFile *to = file_at (medium, from->number);

      to->is_directory = from->is_directory;
      g_byte_array_append (to->content, from->content->data, from->content->len);
      g_hash_table_insert (medium->names, g_strdup (path), to);
    }
  return medium;
}

void
medium_free (Medium *medium)
{
  g_ptr_array_unref (medium->files);
  g_hash_table_unref (medium->names);
  g_hash_table_unref (medium->pending);
  g_free (medium);
}

static void
set_size (GByteArray *content, gsize size)
{
  gsize before = content->len;

  g_byte_array_set_size (content, (guint) size);
  if (size > before)
    memset (content->data + before, 0, size - before);
}

static void
put (GByteArray *content, gsize at, const guint8 *data, gsize length)
{
  if (at + length > content->len)
    set_size (content, at + length);
  memcpy (content->data + at, data, length);
}

/* How a write fares: one in three whole, one in three not at all, else each sector by itself. */
static void
apply_write (GByteArray *content, const DiskOperation *write, guint64 *state)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (write->bytes, &length);
  guint fate = roll (state, 3);
  gsize from = 0;

  if (fate == 0)
    return;
  while (from < length)
    {
      gsize sector_end = ((gsize) write->at + from) / SECTOR_BYTES * SECTOR_BYTES + SECTOR_BYTES;
      gsize to = MIN (sector_end - (gsize) write->at, length);

      if (fate == 1 || roll (state, 2) == 1)
        put (content, (gsize) write->at + from, data + from, to - from);
      from = to;
    }
}

/* The writes from @first to @end, in any order. */
static void
apply_shuffled (GByteArray *content, GPtrArray *pending, guint first, guint end, guint64 *state)
{
  g_autofree guint *order = g_new (guint, end - first + 1);

  for (guint i = first; i < end; i++)
    {
      guint other = roll (state, i - first + 1);

      order[i - first] = order[other];
      order[other] = i;
    }
  for (guint i = 0; i < end - first; i++)
    apply_write (content, g_ptr_array_index (pending, order[i]), state);
}

static void
apply_by_chance (GByteArray *content, GPtrArray *pending, guint64 *state)
{
  guint first = 0;

  for (guint i = 0; i < pending->len; i++)
    {
      const DiskOperation *operation = g_ptr_array_index (pending, i);

      if (operation->kind != DISK_TRUNCATE)
        continue;
      apply_shuffled (content, pending, first, i, state);
      if (roll (state, 2) == 1)
        set_size (content, (gsize) operation->at);
      first = i + 1;
    }
  apply_shuffled (content, pending, first, pending->len, state);
}

static void
apply_all (GByteArray *content, GPtrArray *pending)
{
  for (guint i = 0; i < pending->len; i++)
    {
      const DiskOperation *operation = g_ptr_array_index (pending, i);
      gsize length = 0;
      const guint8 *data = operation->bytes == NULL ? NULL : g_bytes_get_data (operation->bytes, &length);

      if (operation->kind == DISK_TRUNCATE)
        set_size (content, (gsize) operation->at);
      else
        put (content, (gsize) operation->at, data, length);
    }
}

static void
apply_name (Medium *medium, GHashTable *names, const DiskOperation *operation)
{
  switch (operation->kind)
    {
    case DISK_MAKE_DIRECTORY:
    case DISK_CREATE:
      g_hash_table_insert (names, g_strdup (operation->path), file_at (medium, operation->file));
      break;
    case DISK_RENAME:
      if (g_hash_table_contains (names, operation->path))
        disk_move_names (names, operation->path, operation->to);
      else /* made and renamed without a sync between */
        g_hash_table_insert (names, g_strdup (operation->to), file_at (medium, operation->file));
      break;
    case DISK_EXCHANGE:
      disk_exchange_names (names, operation->path, operation->to);
      break;
    case DISK_REMOVE:
      g_hash_table_remove (names, operation->path);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
apply_names (Medium *medium, GHashTable *names, GPtrArray *pending, guint n)
{
  for (guint i = 0; i < n; i++)
    apply_name (medium, names, g_ptr_array_index (pending, i));
}

static guint64
chance_of_failed_sync (Medium *medium)
{
  return G_GUINT64_CONSTANT (0x5eed) + ++medium->n_failed_syncs;
}

static GByteArray *
copy_content (const MediumFile *file)
{
  GByteArray *copy = g_byte_array_sized_new (file->content->len);

  return file->content->len > 0 ? g_byte_array_append (copy, file->content->data, file->content->len) : copy;
}

static void
own (MediumFile *file)
{
  file->sum = 0;
  if (file->is_lent)
    {
      GByteArray *lent = file->content;

      file->content = copy_content (file);
      g_byte_array_unref (lent);
    }
  file->is_lent = FALSE;
}

static void
sync_file (Medium *medium, MediumFile *file, gboolean failed)
{
  guint64 state = failed ? chance_of_failed_sync (medium) : 0;

  if (file->pending->len > 0)
    own (file);
  if (failed)
    apply_by_chance (file->content, file->pending, &state);
  else
    apply_all (file->content, file->pending);
  g_ptr_array_set_size (file->pending, 0);
}

static void
sync_directory (Medium *medium, const char *directory, gboolean failed)
{
  GPtrArray *pending = g_hash_table_lookup (medium->pending, directory);

  /* Names that a failed sync leaves pending may still come about. */
  if (pending == NULL || failed)
    return;
  apply_names (medium, medium->names, pending, pending->len);
  g_hash_table_remove (medium->pending, directory);
}

static void
add_name (Medium *medium, const DiskOperation *operation)
{
  g_autofree char *directory = g_path_get_dirname (operation->path);
  GPtrArray *pending = g_hash_table_lookup (medium->pending, directory);

  /* Names within a directory that moves would have to move with it. */
  g_assert (g_hash_table_lookup (medium->pending, operation->path) == NULL);
  if (operation->kind != DISK_REMOVE && operation->kind != DISK_EXCHANGE)
    file_at (medium, operation->file)->is_directory |= operation->kind == DISK_MAKE_DIRECTORY;
  if (pending == NULL)
    {
      pending = g_ptr_array_new ();
      g_hash_table_insert (medium->pending, g_steal_pointer (&directory), pending);
    }
  g_ptr_array_add (pending, (gpointer) operation);
}

void
medium_apply (Medium *medium, const DiskOperation *operation)
{
  switch (operation->kind)
    {
    case DISK_WRITE:
    case DISK_TRUNCATE:
      g_ptr_array_add (file_at (medium, operation->file)->pending, (gpointer) operation);
      break;
    case DISK_SYNC:
      sync_file (medium, file_at (medium, operation->file), operation->failed);
      break;
    case DISK_SYNC_DIRECTORY:
      sync_directory (medium, operation->path, operation->failed);
      break;
    default:
      add_name (medium, operation);
    }
}

gboolean
medium_is_settled (Medium *medium)
{
  if (g_hash_table_size (medium->pending) > 0)
    return FALSE;
  for (guint i = 0; i < medium->files->len; i++)
    if (((MediumFile *) g_ptr_array_index (medium->files, i))->pending->len > 0)
      return FALSE;
  return TRUE;
}

static GHashTable *
cut_names (Medium *medium, guint64 seed, guint64 *state)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, medium->names);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (names, g_strdup (key), value);
  g_hash_table_iter_init (&iter, medium->pending);
  while (seed > 0 && g_hash_table_iter_next (&iter, NULL, &value))
    {
      GPtrArray *pending = value;

      apply_names (medium, names, pending, seed == 1 ? pending->len : roll (state, pending->len + 1));
    }
  return names;
}

/* Longer names come later, so directories come before what is in them. */
static int
compare_paths (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  int by_length = (int) strlen (first) - (int) strlen (second);

  return by_length != 0 ? by_length : strcmp (first, second);
}

static GPtrArray *
sorted_paths (GHashTable *names)
{
  GPtrArray *paths = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (paths, key);
  g_ptr_array_sort (paths, compare_paths);
  return paths;
}

/* Most files of most images are as they are on the medium. */
static void
cut_file (MediumFile *file, guint64 seed, guint64 *state, DiskFile *cut)
{
  g_autoptr (GByteArray) content = NULL;

  if (file->pending->len == 0 || seed == 0)
    {
      if (file->sum == 0)
        file->sum = disk_mix (1, file->content->data, file->content->len);
      file->is_lent = TRUE;
      disk_lend (cut, file->content, file->sum);
      return;
    }
  content = copy_content (file);
  if (seed == 1)
    apply_all (content, file->pending);
  else
    apply_by_chance (content, file->pending, state);
  disk_lend (cut, content, 0);
}

Disk *
medium_cut (Medium *medium, guint64 seed)
{
  Disk *disk = disk_new ();
  guint64 state = seed;
  g_autoptr (GHashTable) names = cut_names (medium, seed, &state);
  g_autoptr (GPtrArray) paths = sorted_paths (names);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      MediumFile *file = g_hash_table_lookup (names, path);

      if (disk_has_parent (disk, path))
        cut_file (file, seed, &state, disk_do_create (disk, path, file->is_directory));
    }
  return disk;
}
