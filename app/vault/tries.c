/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts wrong passphrases in a file, so that a restart does not forget them.
 *
 *   0          8        16         20          28          36        68        4096
 *   +----------+--------+----------+-----------+-----------+---------+-- 0 --+-------------------------+
 *   | YMTRIES1 | number | failures | wall time | boot time | SHA-256 |       | a second record of this |
 *   +----------+--------+----------+-----------+-----------+---------+-------+-------------------------+
 *
 * The file has its full size from the making of the store, and a record is written over the older of the two in
 * place: that needs no room, so a full disk keeps nobody out, and what a power cut tears is never the
 * newest count. The records are a block apart, so that no disk writes both at once. A cut before the new
 * record lasts leaves the count as it was, but then the passphrase has not been judged either.
 *
 * The wait is measured by the time since boot alone, which nobody can set: since the last try at least as
 * much time has passed as the boot clock has gained, or, if it shows less than then, as the device is up. So a
 * clock set forward opens nothing early, and one set back locks nobody out. The wall time is there for
 * whoever wants to know when it was.
 */

#include "app/vault/tries.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/base/id.h"
#include "app/vault/bytes.h"

#define TRIES_FILE "tries"
#define HASH_AT 36
#define RECORD_BYTES (HASH_AT + YM_HASH_BYTES)
#define SPACING_BYTES 4096
#define FILE_BYTES (2 * SPACING_BYTES)

static const char magic[8] = "YMTRIES1";

typedef struct {
  guint64 number; /* goes up with each record written */
  guint32 failures;
  gint64 boot_us;
} Tries;

/* What the file holds, and how the next record gets there. */
typedef struct {
  Tries tries;
  gboolean has_room; /* the file has its full size */
  guint next_record;
} TriesFile;

/* A file without a good record counts as many failures, at the moment of boot. */
#define UNREADABLE_FAILURES 32

static gboolean
parse_record (const guint8 *record, Tries *tries)
{
  YmHash hash = ym_hash_of (record, HASH_AT);

  if (memcmp (record, magic, sizeof magic) != 0 || memcmp (hash.bytes, record + HASH_AT, YM_HASH_BYTES) != 0)
    return FALSE;
  *tries = (Tries){ ym_get_be64 (record + 8), ym_get_be32 (record + 16), (gint64) ym_get_be64 (record + 28) };
  return TRUE;
}

static TriesFile
read_tries (const YmFiles *files, const char *directory)
{
  g_autofree char *path = g_build_filename (directory, TRIES_FILE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = files->read (files->context, path, FILE_BYTES, &error);
  TriesFile file = { .tries.failures = UNREADABLE_FAILURES };

  if (bytes == NULL && g_error_matches (error, YM_ERROR, YM_ERROR_NOT_FOUND))
    file.tries.failures = 0;
  if (bytes == NULL || g_bytes_get_size (bytes) != FILE_BYTES)
    return file;
  file.has_room = TRUE;
  for (guint i = 0; i < 2; i++)
    {
      const guint8 *data = g_bytes_get_data (bytes, NULL);
      Tries tries;

      if (parse_record (data + i * SPACING_BYTES, &tries) && tries.number > file.tries.number)
        {
          file.tries = tries;
          file.next_record = 1 - i;
        }
    }
  return file;
}

/* Puts @failures down, durably, as the newest record. */
static gboolean
write_tries (const TriesFile *file, guint32 failures, const YmFiles *files, const char *directory,
             const YmClock *clock, GError **error)
{
  g_autofree char *path = g_build_filename (directory, TRIES_FILE, NULL);
  guint8 whole[FILE_BYTES] = { 0 };
  YmHash hash;

  memcpy (whole, magic, sizeof magic);
  ym_put_be64 (whole + 8, file->tries.number + 1);
  ym_put_be32 (whole + 16, failures);
  ym_put_be64 (whole + 20, ym_clock_wall_us (clock));
  ym_put_be64 (whole + 28, ym_clock_boot_us (clock));
  hash = ym_hash_of (whole, HASH_AT);
  memcpy (whole + HASH_AT, hash.bytes, YM_HASH_BYTES);
  if (!file->has_room || files->overwrite_synced == NULL)
    return ym_files_replace (files, directory, TRIES_FILE, whole, sizeof whole, error);
  return files->overwrite_synced (files->context, path, (gint64) file->next_record * SPACING_BYTES, whole,
                                  RECORD_BYTES, error);
}

static gint64
delay_us (guint32 failures)
{
  if (failures == 0)
    return 0;
  if (failures > 10)
    return YM_TRIES_LONGEST_WAIT_US;
  return (gint64) G_USEC_PER_SEC << (failures - 1);
}

gboolean
ym_tries_prepare (const YmFiles *files, const char *directory, const YmClock *clock, GError **error)
{
  return write_tries (&(TriesFile){ .has_room = FALSE }, 0, files, directory, clock, error);
}

gint64
ym_tries_get_wait_us (const YmFiles *files, const char *directory, const YmClock *clock)
{
  Tries tries = read_tries (files, directory).tries;
  gint64 now_us = ym_clock_boot_us (clock);
  gint64 passed_us = now_us >= tries.boot_us ? now_us - tries.boot_us : now_us;

  return MAX (delay_us (tries.failures) - passed_us, 0);
}

gboolean
ym_tries_check (const YmFiles *files, const char *directory, const YmClock *clock, GError **error)
{
  gint64 wait_us = ym_tries_get_wait_us (files, directory, clock);
  int seconds = (wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  if (wait_us == 0)
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_DELAYED,
               ngettext ("There were wrong tries. Wait %d second, then try again.",
                         "There were wrong tries. Wait %d seconds, then try again.", seconds),
               seconds);
  return FALSE;
}

gboolean
ym_tries_begin (const YmFiles *files, const char *directory, const YmClock *clock, GError **error)
{
  TriesFile file = read_tries (files, directory);

  return write_tries (&file, MIN (file.tries.failures, G_MAXUINT32 - 1) + 1, files, directory, clock, error);
}

void
ym_tries_clear (const YmFiles *files, const char *directory, const YmClock *clock)
{
  TriesFile file = read_tries (files, directory);

  /* Should it fail, or the power go before it lasts, the next right passphrase waits. */
  write_tries (&file, 0, files, directory, clock, NULL);
}
