/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All of the process's memory, as somebody with a debugger would see it. */

#include "tests/ui/memory-scan.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MASK 0x5a
#define CHUNK_BYTES (1024 * 1024)
#define MOST_NEEDLE_BYTES 512

typedef struct {
  char name[48];
  guint8 masked[MOST_NEEDLE_BYTES];
  gsize length;
} Needle;

struct _MemoryScan {
  GArray *needles;
  guint8 *window; /* CHUNK_BYTES and what reaches over from the chunk before */
  gsize window_bytes;
  gboolean starts[65536]; /* by a needle's first two bytes */
};

MemoryScan *
memory_scan_new (void)
{
  MemoryScan *scan = g_new0 (MemoryScan, 1);

  scan->needles = g_array_new (FALSE, FALSE, sizeof (Needle));
  scan->window_bytes = CHUNK_BYTES + MOST_NEEDLE_BYTES;
  scan->window
      = mmap (NULL, scan->window_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_assert_true (scan->window != MAP_FAILED);
  return scan;
}

void
memory_scan_free (MemoryScan *scan)
{
  munmap (scan->window, scan->window_bytes);
  g_array_unref (scan->needles);
  g_free (scan);
}

static guint16
first_two (const guint8 *at)
{
  return (guint16) (at[0] << 8 | at[1]);
}

void
memory_scan_add (MemoryScan *scan, const char *name, gconstpointer bytes, gsize length)
{
  Needle needle = { .length = length };

  g_assert_cmpuint (length, <=, sizeof needle.masked);
  g_strlcpy (needle.name, name, sizeof needle.name);
  for (gsize i = 0; i < length; i++)
    needle.masked[i] = ((const guint8 *) bytes)[i] ^ MASK;
  scan->starts[first_two (bytes)] = TRUE;
  g_array_append_val (scan->needles, needle);
}

void
memory_scan_add_text (MemoryScan *scan, const char *name, const char *text, gsize length)
{
  static const gsize widths[] = { 1, 2, 4 };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autofree char *full_name = g_strdup_printf ("%s in UTF-%d", name, (int) widths[i] * 8);
      guint8 wide[MOST_NEEDLE_BYTES] = { 0 };

      g_assert_cmpuint (length * widths[i], <=, sizeof wide);
      for (gsize j = 0; j < length; j++)
        wide[j * widths[i]] = (guint8) text[j];
      memory_scan_add (scan, full_name, wide, length * widths[i]);
      sodium_memzero (wide, sizeof wide);
    }
}

static gboolean
is_at (const Needle *needle, const guint8 *at, gsize left)
{
  guint8 difference = 0;

  if (left < needle->length)
    return FALSE;
  for (gsize i = 0; i < needle->length && difference == 0; i++)
    difference = at[i] ^ needle->masked[i] ^ MASK;
  return difference == 0;
}

static void
look (MemoryScan *scan, gsize from, gsize length, const char *where, GString *found)
{
  for (gsize i = from; i + 1 < length; i++)
    {
      if (!scan->starts[first_two (scan->window + i)])
        continue;
      for (guint j = 0; j < scan->needles->len; j++)
        {
          const Needle *needle = &g_array_index (scan->needles, Needle, j);

          if (is_at (needle, scan->window + i, length - i))
            g_string_append_printf (found, "%s: %s\n", needle->name, where);
        }
    }
}

/* Reads @length bytes from @offset of @fd in chunks, each with the end of the one before. */
static void
look_through (MemoryScan *scan, int fd, guint64 offset, guint64 length, const char *where, GString *found)
{
  gsize carried = 0;

  while (length > 0)
    {
      gssize got = pread (fd, scan->window + carried, MIN (length, CHUNK_BYTES), (off_t) offset);
      gsize there;

      if (got <= 0)
        break;
      there = carried + (gsize) got;
      /* What begins in the last bytes is looked at with the next chunk, if there is one. */
      look (scan, 0, there, where, found);
      offset += (guint64) got;
      length -= (guint64) got;
      carried = length == 0 ? 0 : MIN (there, MOST_NEEDLE_BYTES - 1);
      memmove (scan->window, scan->window + there - carried, carried);
    }
  sodium_memzero (scan->window, scan->window_bytes);
}

char *
memory_scan_run (MemoryScan *scan)
{
  GString *found = g_string_new (NULL);
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  int memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (memory, >=, 0);
  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint64 from, to;
      char may[5];

      if (sscanf (lines[i], "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %4s", &from, &to, may) != 3
          || may[0] != 'r' || from == (guint64) (gsize) scan->window || strstr (lines[i], "[v") != NULL)
        continue;
      look_through (scan, memory, from, to - from, lines[i], found);
    }
  close (memory);
  return g_string_free (found, FALSE);
}

static void
look_through_file (MemoryScan *scan, const char *path, GString *found)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    return;
  look_through (scan, fd, 0, G_MAXINT64, path, found);
  close (fd);
}

static void
look_through_folder (MemoryScan *scan, const char *folder, GString *found)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        look_through_folder (scan, path, found);
      else if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        look_through_file (scan, path, found);
    }
}

char *
memory_scan_files (MemoryScan *scan, const char *folder)
{
  GString *found = g_string_new (NULL);

  look_through_folder (scan, folder, found);
  return g_string_free (found, FALSE);
}
