/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * An attachment put behind the pages of a PDF without touching them (ISO 32000-1 7.5.6, 7.11.4):
 *
 *   pages, to their %%EOF
 *   N   0 obj   the attachment, as an embedded file stream
 *   N+1 0 obj   its file specification
 *   C   0 obj   the catalogue once more, with /Names that lead to it
 *   xref, trailer with /Prev
 *   %ymweld-evidence PAGES ATTACHMENT     their lengths, ten digits each
 *   startxref, %%EOF
 *
 * The line of lengths is how the two are found again. Whatever the file says, it is believed only if the same two pieces
 * give the same file.
 */

#include "sync/evidence/pdf-attachment.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/error.h"

#define MARK "%ymweld-evidence "
#define MARK_BYTES (strlen (MARK) + 10 + 1 + 10 + 1)
#define TAIL_BYTES 256 /* the mark is within the last of these */
#define PDF_MAX_BYTES (64 * 1024 * 1024)

/* What the update needs to know of the pages. */
typedef struct {
  guint root;    /* number of the catalogue */
  guint size;    /* one more than the highest number */
  gsize prev;    /* where their cross-reference table is */
  char *catalogue; /* what stands between << and >> of the catalogue */
} Pages;

static void
pages_clear (Pages *pages)
{
  g_free (pages->catalogue);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pages, pages_clear)

/* The first place of @word between @text and @end, which are any bytes; NULL if there is none. */
static const char *
find_first (const char *text, const char *end, const char *word)
{
  return memmem (text, (gsize) (end - text), word, strlen (word));
}

static const char *
find_last (const char *text, const char *end, const char *word)
{
  const char *last = NULL;

  for (const char *at = text; (at = find_first (at, end, word)) != NULL; at++)
    last = at;
  return last;
}

/* The number after @word, somewhere between @from and @end. */
static gboolean
read_number (const char *from, const char *end, const char *word, guint64 most, guint64 *number)
{
  const char *at = from == NULL ? NULL : find_first (from, end, word);
  char *stop;

  if (at == NULL)
    return FALSE;
  at += strlen (word);
  *number = g_ascii_strtoull (at, &stop, 10);
  return stop > at && stop <= end && *number <= most;
}

/* The catalogue has one dictionary and in it only names and references: no string that could hold ">>". */
static char *
read_catalogue (const char *text, const char *end, guint root)
{
  g_autofree char *begin = g_strdup_printf ("\n%u 0 obj", root);
  const char *object = find_last (text, end, begin);
  const char *open = object == NULL ? NULL : find_first (object, end, "<<");
  const char *close = open == NULL ? NULL : find_first (open, end, "endobj");

  if (close == NULL)
    return NULL;
  close = find_last (open, close, ">>");
  return close == NULL ? NULL : g_strndup (open + 2, (gsize) (close - open - 2));
}

/* @text: with a NUL at the end, and maybe others before. */
static gboolean
read_pages (const char *text, gsize length, Pages *pages)
{
  const char *end = text + length;
  const char *trailer = find_last (text, end, "\ntrailer");
  guint64 root, size, prev;

  if (!read_number (trailer, end, "/Root ", G_MAXUINT16, &root) || !read_number (trailer, end, "/Size ", G_MAXUINT16, &size)
      || !read_number (trailer, end, "startxref\n", length, &prev))
    return FALSE;
  *pages = (Pages){ (guint) root, (guint) size, (gsize) prev, read_catalogue (text, end, (guint) root) };
  return pages->catalogue != NULL && strstr (pages->catalogue, "/Type /Catalog") != NULL
         && strstr (pages->catalogue, "/Names") == NULL;
}

static void
append (GByteArray *file, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
append (GByteArray *file, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_byte_array_append (file, (const guint8 *) text, (guint) strlen (text));
}

static void
append_bytes (GByteArray *file, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  g_byte_array_append (file, data, (guint) length);
}

static void
append_objects (GByteArray *file, const Pages *pages, GBytes *attachment, gsize offsets[3])
{
  guint stream = pages->size, specification = pages->size + 1;
  gsize length = g_bytes_get_size (attachment);

  offsets[0] = file->len;
  append (file, "%u 0 obj\n<< /Type /EmbeddedFile /Subtype /application#2Fcbor /Length %" G_GSIZE_FORMAT
                " /Params << /Size %" G_GSIZE_FORMAT " >> >>\nstream\n",
          stream, length, length);
  append_bytes (file, attachment);
  append (file, "\nendstream\nendobj\n");
  offsets[1] = file->len;
  append (file,
          "%u 0 obj\n<< /Type /Filespec /F (" YM_PDF_ATTACHMENT_NAME ") /UF (" YM_PDF_ATTACHMENT_NAME
          ") /EF << /F %u 0 R /UF %u 0 R >> >>\nendobj\n",
          specification, stream, stream);
  offsets[2] = file->len;
  append (file, "%u 0 obj\n<<%s /Names << /EmbeddedFiles << /Names [(" YM_PDF_ATTACHMENT_NAME ") %u 0 R] >> >> >>\nendobj\n",
          pages->root, pages->catalogue, specification);
}

GBytes *
ym_pdf_attach (GBytes *pages, GBytes *attachment, GError **error)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_auto (Pages) known = { 0 };
  gsize offsets[3], table;

  append_bytes (file, pages);
  g_byte_array_append (file, (const guint8 *) "", 1);
  if (file->len > PDF_MAX_BYTES || g_bytes_get_size (attachment) > PDF_MAX_BYTES || !ym_pdf_is (pages)
      || !read_pages ((const char *) file->data, file->len - 1, &known))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED, _ ("These are not pages that evidence can be attached to."));
      return NULL;
    }
  g_byte_array_set_size (file, file->len - 1);
  append_objects (file, &known, attachment, offsets);
  table = file->len;
  append (file,
          "xref\n%u 1\n%010" G_GSIZE_FORMAT " 00000 n \n%u 2\n%010" G_GSIZE_FORMAT " 00000 n \n%010" G_GSIZE_FORMAT
          " 00000 n \n",
          known.root, offsets[2], known.size, offsets[0], offsets[1]);
  append (file, "trailer\n<< /Size %u /Root %u 0 R /Prev %" G_GSIZE_FORMAT " >>\n", known.size + 2, known.root, known.prev);
  append (file, "%s%010" G_GSIZE_FORMAT " %010" G_GSIZE_FORMAT "\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", MARK,
          g_bytes_get_size (pages), g_bytes_get_size (attachment), table);
  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}

gboolean
ym_pdf_is (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return length >= 5 && memcmp (data, "%PDF-", 5) == 0;
}

/* Ten digits. */
static gboolean
read_length (const char *text, gsize *length)
{
  *length = 0;
  for (guint i = 0; i < 10; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *length = *length * 10 + (gsize) (text[i] - '0');
    }
  return TRUE;
}

/* The lengths that the mark says, if there is one. */
static gboolean
find_lengths (GBytes *file, gsize *pages, gsize *attachment)
{
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  gsize from = length > TAIL_BYTES ? length - TAIL_BYTES : 0;

  for (gsize at = length < MARK_BYTES ? 0 : length - MARK_BYTES + 1; at > from; at--)
    if (memcmp (data + at - 1, MARK, strlen (MARK)) == 0)
      return read_length (data + at - 1 + strlen (MARK), pages)
             && read_length (data + at - 1 + strlen (MARK) + 11, attachment);
  return FALSE;
}

/* Where the attachment begins: after the first "stream" behind the pages. */
static gboolean
find_attachment (GBytes *file, gsize pages, gsize attachment, gsize *offset)
{
  static const char word[] = "\nstream\n";
  gsize length;
  const char *data = g_bytes_get_data (file, &length);

  if (pages > length || attachment > length - pages)
    return FALSE;
  for (gsize at = pages; at + strlen (word) + attachment <= length && at < pages + TAIL_BYTES; at++)
    if (memcmp (data + at, word, strlen (word)) == 0)
      {
        *offset = at + strlen (word);
        return TRUE;
      }
  return FALSE;
}

gboolean
ym_pdf_detach (GBytes *file, GBytes **pages, GBytes **attachment, GError **error)
{
  g_autoptr (GBytes) found_pages = NULL;
  g_autoptr (GBytes) found_attachment = NULL;
  g_autoptr (GBytes) again = NULL;
  gsize pages_length, length, offset;

  if (!find_lengths (file, &pages_length, &length))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                           _ ("This PDF carries no evidence of Ymweld, or its end was cut off or changed."));
      return FALSE;
    }
  if (find_attachment (file, pages_length, length, &offset))
    {
      found_pages = g_bytes_new_from_bytes (file, 0, pages_length);
      found_attachment = g_bytes_new_from_bytes (file, offset, length);
      again = ym_pdf_attach (found_pages, found_attachment, NULL);
    }
  if (again == NULL || !g_bytes_equal (again, file))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE, _ ("This file was changed after it was given out."));
      return FALSE;
    }
  *pages = g_steal_pointer (&found_pages);
  *attachment = g_steal_pointer (&found_attachment);
  return TRUE;
}
