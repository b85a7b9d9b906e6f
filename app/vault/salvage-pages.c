/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Which pages of a damaged store can be read, and which version of a page came after which:
 *
 *   copies of earlier logs  <  frames of earlier rounds  <  the vault  <  frames of the log's present round
 *
 * A log begins its next round at its front once everything in it was copied to the vault, so what stands behind the
 * present round is older than the vault. The round is told by the salts in each frame's header.
 */

#include "app/vault/salvage-pages.h"

#include <string.h>

#include "app/vault/bytes.h"
#include "app/vault/database.h"

#define SALTS_AT 8 /* in a frame's header */
#define SALTS_BYTES 8

typedef struct {
  sqlite3_file *file;
  sqlite3_filename name;
  sqlite3_int64 size;
  gboolean is_log;
} Source;

struct _YmSalvagePages {
  sqlite3_vfs *base;
  YmPageSeal *seal;
  GArray *sources;
  GArray *images;
};

static void
source_clear (Source *source)
{
  if (source->file != NULL && source->file->pMethods != NULL)
    source->file->pMethods->xClose (source->file);
  g_free (source->file);
  sqlite3_free_filename (source->name);
}

/* A file that is missing has no pages, which is damage and no error. */
static gboolean
open_source (YmSalvagePages *pages, const char *path, gboolean is_log, GError **error)
{
  Source source = { .is_log = is_log };
  int found = 0;
  int result;

  if (pages->base->xAccess (pages->base, path, SQLITE_ACCESS_EXISTS, &found) == SQLITE_OK && !found)
    {
      g_array_append_val (pages->sources, source);
      return TRUE;
    }
  source.file = g_malloc0 (pages->base->szOsFile);
  source.name = sqlite3_create_filename (path, "", "", 0, NULL);
  g_array_append_val (pages->sources, source);
  result = pages->base->xOpen (pages->base, source.name, source.file, SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READONLY, NULL);
  if (result == SQLITE_OK)
    result = source.file->pMethods->xFileSize (source.file,
                                               &g_array_index (pages->sources, Source, pages->sources->len - 1).size);
  if (result != SQLITE_OK)
    ym_database_set_error (error, NULL, result);
  return result == SQLITE_OK;
}

/* What the medium refuses to give is as good as altered. */
static gboolean
read_at (const Source *source, gpointer buffer, int bytes, gint64 offset)
{
  return source->file != NULL && offset + bytes <= source->size
         && source->file->pMethods->xRead (source->file, buffer, bytes, offset) == SQLITE_OK;
}

static gboolean
read_vault_page (YmSalvagePages *pages, const Source *source, guint32 number, guint8 *page)
{
  if (!read_at (source, page, YM_PAGE_BYTES, (gint64) (number - 1) * YM_PAGE_BYTES))
    return FALSE;
  /* The key check stands outside the seal: it alone may be damaged. */
  if (number == 1)
    memcpy (page, ym_page_seal_key_check (pages->seal), YM_PAGE_CHECK_BYTES);
  return ym_page_open (pages->seal, number, page);
}

static gboolean
read_frame (YmSalvagePages *pages, const Source *source, gint64 offset, guint8 *frame)
{
  return read_at (source, frame, YM_FRAME_BYTES, offset) && ym_frame_open (pages->seal, offset, frame);
}

static void
add_image (YmSalvagePages *pages, guint32 number, guint32 source, gint64 offset)
{
  guint64 rank = pages->images->len;
  const YmPageImage image = { number, source, offset, rank, rank };

  g_array_append_val (pages->images, image);
}

static void
survey_vault (YmSalvagePages *pages, guint32 index, YmSalvageCounts *counts)
{
  const Source *source = &g_array_index (pages->sources, Source, index);
  guint8 page[YM_PAGE_BYTES];

  for (gint64 at = 0; at < source->size; at += YM_PAGE_BYTES)
    {
      guint32 number = (guint32) (at / YM_PAGE_BYTES + 1);
      gboolean good = read_vault_page (pages, source, number, page);

      if (good)
        add_image (pages, number, index, at);
      counts->pages += good;
      counts->damaged += !good;
    }
  counts->damaged += source->size == 0;
}

/* The salts of the log's present round; where its header is damaged, those of the first frame that can be read. */
static gboolean
find_salts (YmSalvagePages *pages, const Source *source, guint8 salts[SALTS_BYTES])
{
  guint8 header[YM_WAL_HEADER_BYTES];
  guint8 frame[YM_FRAME_BYTES];

  if (read_at (source, header, sizeof header, 0) && ym_wal_header_restore (header))
    {
      memcpy (salts, header + 16, SALTS_BYTES);
      return TRUE;
    }
  for (gint64 at = YM_WAL_HEADER_BYTES; at < source->size; at += YM_FRAME_BYTES)
    if (read_frame (pages, source, at, frame))
      {
        memcpy (salts, frame + SALTS_AT, SALTS_BYTES);
        return TRUE;
      }
  return FALSE;
}

/* Frames from @from on belong to the transaction that the last of them commits. */
static void
end_transaction (YmSalvagePages *pages, guint from)
{
  for (guint i = from; i < pages->images->len; i++)
    g_array_index (pages->images, YmPageImage, i).end = pages->images->len - 1;
}

/* The frames of the present round, or those of all others; a copy of a log that was kept is looked through whole. */
static void
survey_log (YmSalvagePages *pages, guint32 index, gboolean present, YmSalvageCounts *counts)
{
  const Source *source = &g_array_index (pages->sources, Source, index);
  guint8 salts[SALTS_BYTES];
  guint8 frame[YM_FRAME_BYTES];
  guint begun = pages->images->len;

  if (!find_salts (pages, source, salts))
    {
      counts->damaged += present && source->size > 0;
      return;
    }
  for (gint64 at = YM_WAL_HEADER_BYTES; at < source->size; at += YM_FRAME_BYTES)
    {
      if (!read_frame (pages, source, at, frame))
        {
          counts->damaged += present;
          continue;
        }
      if ((memcmp (frame + SALTS_AT, salts, SALTS_BYTES) == 0) != present)
        continue;
      add_image (pages, ym_get_be32 (frame), index, at);
      counts->pages++;
      if (ym_get_be32 (frame + 4) != 0)
        {
          end_transaction (pages, begun);
          begun = pages->images->len;
        }
    }
}

static int
compare_images (gconstpointer a, gconstpointer b)
{
  const YmPageImage *first = a, *second = b;

  if (first->number != second->number)
    return first->number < second->number ? -1 : 1;
  return first->rank < second->rank ? -1 : first->rank > second->rank;
}

YmSalvagePages *
ym_salvage_pages_new (const char *base_vfs, YmPageSeal *seal, const char *vault, const char *const *kept,
              YmSalvageCounts *counts, GError **error)
{
  g_autoptr (YmSalvagePages) pages = g_new0 (YmSalvagePages, 1);
  g_autofree char *log = g_strconcat (vault, "-wal", NULL);

  pages->base = sqlite3_vfs_find (base_vfs);
  g_assert (pages->base != NULL);
  pages->seal = seal;
  pages->images = g_array_new (FALSE, FALSE, sizeof (YmPageImage));
  pages->sources = g_array_new (FALSE, FALSE, sizeof (Source));
  g_array_set_clear_func (pages->sources, (GDestroyNotify) source_clear);
  if (!open_source (pages, vault, FALSE, error) || !open_source (pages, log, TRUE, error))
    return NULL;
  for (; *kept != NULL; kept++)
    {
      if (!open_source (pages, *kept, TRUE, error))
        return NULL;
      survey_log (pages, pages->sources->len - 1, FALSE, counts);
      survey_log (pages, pages->sources->len - 1, TRUE, &(YmSalvageCounts){ 0 });
      counts->kept_logs++;
    }
  survey_log (pages, 1, FALSE, counts);
  survey_vault (pages, 0, counts);
  survey_log (pages, 1, TRUE, counts);
  g_array_sort (pages->images, compare_images);
  return g_steal_pointer (&pages);
}

void
ym_salvage_pages_free (YmSalvagePages *pages)
{
  if (pages == NULL)
    return;
  g_array_unref (pages->sources);
  g_array_unref (pages->images);
  g_free (pages);
}

const YmPageImage *
ym_salvage_pages_get (YmSalvagePages *pages, guint *n_images)
{
  *n_images = pages->images->len;
  return (const YmPageImage *) pages->images->data;
}

const YmPageImage *
ym_salvage_pages_find (YmSalvagePages *pages, guint32 number, guint64 rank)
{
  const YmPageImage *images = (const YmPageImage *) pages->images->data;
  const YmPageImage sought = { .number = number, .rank = rank };
  guint low = 0, high = pages->images->len;

  /* The number of images that are not after the one sought. */
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_images (&images[middle], &sought) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 && images[low - 1].number == number ? &images[low - 1] : NULL;
}

gboolean
ym_salvage_pages_read (YmSalvagePages *pages, const YmPageImage *image, guint8 *page)
{
  const Source *source = &g_array_index (pages->sources, Source, image->source);
  guint8 frame[YM_FRAME_BYTES];

  if (!source->is_log)
    return read_vault_page (pages, source, image->number, page);
  if (!read_frame (pages, source, image->offset, frame))
    return FALSE;
  memcpy (page, frame + YM_FRAME_HEADER_BYTES, YM_PAGE_BYTES);
  return TRUE;
}
