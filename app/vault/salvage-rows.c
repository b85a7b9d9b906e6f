/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Rows out of single pages of SQLite's file format (https://www.sqlite.org/fileformat2.html, 1.6 and 2), without the
 * tree above them. Pages authenticate, so this reads what SQLite wrote; it is checked as if it did not.
 *
 *   page:  [100 bytes on page 1] kind 1, free block 2, cells 2, content 2, fragments 1, [right child 4]
 *          then an offset of 2 for each cell
 *   cell:  table leaf      payload length, row number, payload, [overflow page 4]
 *          index leaf      payload length, payload, [overflow page 4]
 *          index interior  left child 4, payload length, payload, [overflow page 4]
 *   payload (a record):  header length, a type for each column, then the columns
 */

#include "app/vault/salvage-rows.h"

#include <string.h>

#include "app/vault/bytes.h"

#define USABLE_BYTES (YM_PAGE_BYTES - YM_PAGE_RESERVED_BYTES)
#define OVERFLOW_BYTES (USABLE_BYTES - 4)
#define MOST_PAYLOAD_BYTES (16 * 1024 * 1024)
#define MOST_COLUMNS 512

enum { INDEX_INTERIOR = 0x02, INDEX_LEAF = 0x0a, TABLE_LEAF = 0x0d };

/* Bytes that are read from the front. */
typedef struct {
  const guint8 *at;
  const guint8 *end;
  gboolean failed;
} Reader;

static const guint8 *
take (Reader *reader, gsize bytes)
{
  const guint8 *taken = reader->at;

  if (reader->failed || (gsize) (reader->end - reader->at) < bytes)
    {
      reader->failed = TRUE;
      return NULL;
    }
  reader->at += bytes;
  return taken;
}

/* SQLite's variable length integer: 7 bits a byte, the ninth byte whole. */
static guint64
take_varint (Reader *reader)
{
  guint64 value = 0;

  for (int i = 0; i < 9; i++)
    {
      const guint8 *byte = take (reader, 1);

      if (byte == NULL)
        return 0;
      if (i == 8)
        return value << 8 | *byte;
      value = value << 7 | (*byte & 0x7f);
      if ((*byte & 0x80) == 0)
        break;
    }
  return value;
}

static gint64
read_integer (const guint8 *at, gsize bytes)
{
  guint64 value = bytes > 0 && (at[0] & 0x80) != 0 ? G_MAXUINT64 : 0;

  for (gsize i = 0; i < bytes; i++)
    value = value << 8 | at[i];
  return (gint64) value;
}

/* One column of serial type @type. */
static YmSalvagedColumn
take_column (Reader *body, guint64 type)
{
  static const guint8 integer_bytes[] = { 0, 1, 2, 3, 4, 6, 8 };
  YmSalvagedColumn column = { .kind = YM_VALUE_NULL };

  if (type >= 12)
    {
      column.kind = type % 2 == 0 ? YM_VALUE_BYTES : YM_VALUE_TEXT;
      column.length = (type - 12) / 2;
      column.data = take (body, column.length);
    }
  else if (type == 7) /* REAL */
    take (body, 8);
  else if (type == 8 || type == 9)
    column = (YmSalvagedColumn){ .kind = YM_VALUE_INTEGER, .integer = type == 9 };
  else if (type >= 1 && type <= 6)
    {
      const guint8 *data = take (body, integer_bytes[type]);

      column.kind = YM_VALUE_INTEGER;
      column.integer = data != NULL ? read_integer (data, integer_bytes[type]) : 0;
    }
  else if (type != 0)
    body->failed = TRUE;
  return column;
}

static gboolean
read_record (const guint8 *payload, gsize length, YmSalvagedColumn *columns, guint *n_columns)
{
  Reader header = { payload, payload + length, FALSE };
  guint64 header_length = take_varint (&header);
  Reader body;

  *n_columns = 0;
  if (header.failed || header_length > length)
    return FALSE;
  header.end = payload + header_length;
  body = (Reader){ header.end, payload + length, FALSE };
  while (header.at < header.end && !header.failed && !body.failed)
    {
      if (*n_columns == MOST_COLUMNS)
        return FALSE;
      columns[(*n_columns)++] = take_column (&body, take_varint (&header));
    }
  return !header.failed && !body.failed && header.at == header.end;
}

/* How much of a payload lies in its cell; the rest is in overflow pages. */
static gsize
local_bytes (guint8 kind, guint64 length)
{
  gsize most = kind == TABLE_LEAF ? USABLE_BYTES - 35 : (USABLE_BYTES - 12) * 64 / 255 - 23;
  gsize least = (USABLE_BYTES - 12) * 32 / 255 - 23;
  gsize wanted;

  if (length <= most)
    return length;
  wanted = least + (length - least) % OVERFLOW_BYTES;
  return wanted <= most ? wanted : least;
}

/* Follows a chain of overflow pages, each as it was at @rank. */
static gboolean
read_overflow (YmSalvagePages *pages, guint32 number, guint64 rank, guint8 *target, gsize bytes)
{
  guint8 page[YM_PAGE_BYTES];

  while (bytes > 0)
    {
      const YmPageImage *image = ym_salvage_pages_find (pages, number, rank);
      gsize part = MIN (bytes, OVERFLOW_BYTES);

      if (image == NULL || !ym_salvage_pages_read (pages, image, page))
        return FALSE;
      memcpy (target, page + 4, part);
      number = ym_get_be32 (page);
      target += part;
      bytes -= part;
    }
  return TRUE;
}

/* What one page is walked with. */
typedef struct {
  YmSalvagePages *pages;
  const YmPageImage *image;
  guint8 kind;
  YmSalvageVisit visit;
  gpointer context;
  YmSalvagedRow row;
  YmSalvagedColumn columns[MOST_COLUMNS];
} Walk;

static gboolean
visit_payload (Walk *walk, const guint8 *payload, gsize length, GError **error)
{
  if (!read_record (payload, length, walk->columns, &walk->row.n_columns))
    return TRUE;
  walk->row.columns = walk->columns;
  return walk->visit (walk->context, &walk->row, error);
}

/* The overflow pages as its transaction left them; and as they are now, should that be damaged. */
static gboolean
visit_long_payload (Walk *walk, const guint8 *local, gsize local_length, guint32 overflow, gsize length, GError **error)
{
  const guint64 ranks[] = { walk->image->end, G_MAXUINT64 };
  g_autofree guint8 *payload = g_malloc (length);

  memcpy (payload, local, local_length);
  for (gsize i = 0; i < G_N_ELEMENTS (ranks); i++)
    if (read_overflow (walk->pages, overflow, ranks[i], payload + local_length, length - local_length)
        && !visit_payload (walk, payload, length, error))
      return FALSE;
  return TRUE;
}

static gboolean
visit_cell (Walk *walk, Reader *cell, GError **error)
{
  guint64 length;
  gsize local;
  const guint8 *data;
  const guint8 *overflow = NULL;

  if (walk->kind == INDEX_INTERIOR)
    take (cell, 4);
  length = take_varint (cell);
  walk->row.number = walk->kind == TABLE_LEAF ? (gint64) take_varint (cell) : 0;
  if (length > MOST_PAYLOAD_BYTES)
    return TRUE;
  local = local_bytes (walk->kind, length);
  data = take (cell, local);
  if (local < length)
    overflow = take (cell, 4);
  if (cell->failed)
    return TRUE;
  return overflow == NULL ? visit_payload (walk, data, length, error)
                          : visit_long_payload (walk, data, local, ym_get_be32 (overflow), length, error);
}

gboolean
ym_salvage_visit_page (YmSalvagePages *pages, const YmPageImage *image, const guint8 *page, YmSalvageVisit visit,
                       gpointer context, GError **error)
{
  g_autofree Walk *walk = g_new0 (Walk, 1);
  const guint8 *header = page + (image->number == 1 ? 100 : 0);
  const guint8 *pointers = header + (header[0] == INDEX_INTERIOR ? 12 : 8);
  const guint8 *end = page + USABLE_BYTES;
  guint n_cells = (guint) header[3] << 8 | header[4];
  const YmPageImage *latest = ym_salvage_pages_find (pages, image->number, G_MAXUINT64);

  *walk = (Walk){ .pages = pages, .image = image, .kind = header[0], .visit = visit, .context = context };
  walk->row.rank = image->rank;
  walk->row.is_current = latest == image;
  if (header[0] != TABLE_LEAF && header[0] != INDEX_LEAF && header[0] != INDEX_INTERIOR)
    return TRUE;
  for (guint i = 0; i < n_cells && pointers + 2 * (i + 1) <= end; i++)
    {
      gsize offset = (gsize) pointers[2 * i] << 8 | pointers[2 * i + 1];
      Reader cell = { page + offset, end, offset >= USABLE_BYTES };

      if (!visit_cell (walk, &cell, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
column_fits (const YmSalvagedColumn *column, char letter)
{
  if (letter == '.')
    return TRUE;
  if (column->kind == YM_VALUE_NULL)
    return letter == 'n' || g_ascii_isupper (letter);
  switch (g_ascii_tolower (letter))
    {
    case 'i':
      return column->kind == YM_VALUE_INTEGER;
    case 't':
      return column->kind == YM_VALUE_TEXT && g_utf8_validate_len ((const char *) column->data, column->length, NULL);
    case 'b':
      return column->kind == YM_VALUE_BYTES;
    case 'd':
      return column->kind == YM_VALUE_BYTES && column->length == YM_ID_BYTES;
    case 'h':
      return column->kind == YM_VALUE_BYTES && column->length == YM_HASH_BYTES;
    default:
      return FALSE;
    }
}

gboolean
ym_salvaged_row_fits (const YmSalvagedRow *row, const char *shape)
{
  if (strlen (shape) != row->n_columns)
    return FALSE;
  for (guint i = 0; i < row->n_columns; i++)
    if (!column_fits (&row->columns[i], shape[i]))
      return FALSE;
  return TRUE;
}

GBytes *
ym_salvaged_column_bytes (const YmSalvagedColumn *column)
{
  return column->kind == YM_VALUE_NULL ? NULL : g_bytes_new (column->data, column->length);
}

char *
ym_salvaged_column_text (const YmSalvagedColumn *column)
{
  return column->kind == YM_VALUE_NULL ? NULL : g_strndup ((const char *) column->data, column->length);
}

YmId
ym_salvaged_column_id (const YmSalvagedColumn *column)
{
  YmId id = ym_id_zero;

  if (column->kind == YM_VALUE_BYTES && column->length == sizeof id.bytes)
    memcpy (id.bytes, column->data, sizeof id.bytes);
  return id;
}
