/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counts wrong passphrases in a file, so that a restart does not forget them.
 *
 *   0          8          12          20          28        60
 *   +----------+----------+-----------+-----------+---------+
 *   | YMTRIES1 | failures | wall time | boot time | SHA-256 |
 *   +----------+----------+-----------+-----------+---------+
 *
 * The wait is measured by the time since boot alone, which nobody can set: since the last try at least as
 * much time has passed as the boot clock has gained, or, if it shows less than then, as the device is up. So a
 * clock set forward opens nothing early, and one set back locks nobody out. The wall time is there for
 * whoever wants to know when it was.
 */

#include "app/vault/tries.h"

#include <string.h>

#include "app/base/error.h"
#include "app/base/id.h"
#include "app/vault/bytes.h"

#define TRIES_FILE "tries"
#define HASH_AT 28
#define FILE_BYTES (HASH_AT + YM_HASH_BYTES)

static const char magic[8] = "YMTRIES1";

typedef struct {
  guint32 failures;
  gint64 boot_us;
} Tries;

/* A file that can't be read right counts as many failures, at the moment of boot. */
static const Tries unreadable = { 32, 0 };

static Tries
read_tries (const YmFiles *files, const char *directory)
{
  g_autofree char *path = g_build_filename (directory, TRIES_FILE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = files->read (files->context, path, FILE_BYTES, &error);
  const guint8 *file;
  YmHash hash;

  if (bytes == NULL)
    return g_error_matches (error, YM_ERROR, YM_ERROR_NOT_FOUND) ? (Tries){ 0, 0 } : unreadable;
  file = g_bytes_get_data (bytes, NULL);
  if (g_bytes_get_size (bytes) != FILE_BYTES || memcmp (file, magic, sizeof magic) != 0)
    return unreadable;
  hash = ym_hash_of (file, HASH_AT);
  if (memcmp (hash.bytes, file + HASH_AT, YM_HASH_BYTES) != 0)
    return unreadable;
  return (Tries){ ym_get_be32 (file + 8), (gint64) ym_get_be64 (file + 20) };
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

gint64
ym_tries_get_wait_us (const YmFiles *files, const char *directory, const YmClock *clock)
{
  Tries tries = read_tries (files, directory);
  gint64 now_us = ym_clock_boot_us (clock);
  gint64 passed_us = now_us >= tries.boot_us ? now_us - tries.boot_us : now_us;

  return MAX (delay_us (tries.failures) - passed_us, 0);
}

gboolean
ym_tries_begin (const YmFiles *files, const char *directory, const YmClock *clock, GError **error)
{
  Tries tries = read_tries (files, directory);
  guint8 file[FILE_BYTES];
  YmHash hash;

  memcpy (file, magic, sizeof magic);
  ym_put_be32 (file + 8, MIN (tries.failures, G_MAXUINT32 - 1) + 1);
  ym_put_be64 (file + 12, ym_clock_wall_us (clock));
  ym_put_be64 (file + 20, ym_clock_boot_us (clock));
  hash = ym_hash_of (file, HASH_AT);
  memcpy (file + HASH_AT, hash.bytes, YM_HASH_BYTES);
  return ym_files_replace (files, directory, TRIES_FILE, file, sizeof file, error);
}

void
ym_tries_clear (const YmFiles *files, const char *directory)
{
  g_autofree char *path = g_build_filename (directory, TRIES_FILE, NULL);

  /* Should it fail, or the power go before it lasts, the next right passphrase waits a second. */
  files->remove (files->context, path, NULL);
}
