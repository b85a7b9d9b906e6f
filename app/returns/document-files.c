/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A document as files, each made beside its place and moved there when it is whole. */

#include "app/returns/document-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "app/base/error.h"

static gboolean
fail (GError **error, const char *path)
{
  g_set_error (error, YM_ERROR, YM_ERROR_STORAGE, _ ("“%s” could not be written: %s."), path, g_strerror (errno));
  return FALSE;
}

/* A name in the folder of @path that nobody else has; only its owner can read it. */
static char *
begin_beside (const char *path, GError **error)
{
  g_autofree char *fresh = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (fresh, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      fail (error, path);
      return NULL;
    }
  close (fd);
  return g_steal_pointer (&fresh);
}

/* Moves what is whole to its place. Without @replace a name that has come to be meanwhile is left alone. */
static gboolean
move_there (const char *fresh, const char *path, gboolean replace, GError **error)
{
  int fd = g_open (fresh, O_RDONLY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  if (!synced)
    return fail (error, path);
  if (replace)
    return g_rename (fresh, path) == 0 || fail (error, path);
  if (link (fresh, path) != 0)
    return fail (error, path);
  return g_unlink (fresh) == 0 || fail (error, path);
}

static gboolean
fill (const char *fresh, const YmDocument *document, YmReturnFormat format, const YmTable *table, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer data;
  gsize length;

  if (format == YM_RETURN_XLSX)
    return ym_document_write_xlsx (document, fresh, error);
  bytes = format == YM_RETURN_PDF ? ym_document_to_pdf (document, error) : ym_table_to_csv (table);
  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  return g_file_set_contents_full (fresh, data, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, error);
}

/* @table: (nullable): the one that a file of CSV holds */
static gboolean
write_one (const YmDocument *document, YmReturnFormat format, const YmTable *table, const char *path, gboolean replace,
           GError **error)
{
  g_autofree char *fresh = begin_beside (path, error);
  gboolean written;

  if (fresh == NULL)
    return FALSE;
  written = fill (fresh, document, format, table, error) && move_there (fresh, path, replace, error);
  if (!written)
    g_unlink (fresh);
  return written;
}

/* The files that a document becomes: as CSV one for each table. */
static GStrv
name_files (const char *path, YmReturnFormat format, const char *const *table_names, guint n_tables)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autofree char *stem = g_str_has_suffix (path, ".csv") ? g_strndup (path, strlen (path) - 4) : g_strdup (path);

  if (format != YM_RETURN_CSV)
    {
      g_strv_builder_add (names, path);
      return g_strv_builder_end (names);
    }
  for (guint i = 0; i < n_tables; i++)
    {
      g_autofree char *name = table_names != NULL ? g_strdup_printf ("%s-%s.csv", stem, table_names[i])
                                                  : g_strdup_printf ("%s-%u.csv", stem, i + 1);

      g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

static gboolean
check_free (const char *const *paths, GError **error)
{
  for (; *paths != NULL; paths++)
    if (g_file_test (*paths, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
      {
        g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                     _ ("“%s” is there already, and was left as it is. Choose another name, or say that it shall be "
                        "replaced."),
                     *paths);
        return FALSE;
      }
  return TRUE;
}

GStrv
ym_document_write_files (const YmDocument *document, YmReturnFormat format, const char *const *names, const char *path,
                         gboolean replace, GError **error)
{
  g_auto (GStrv) paths = name_files (path, format, names, document->tables->len);

  if (!replace && !check_free ((const char *const *) paths, error))
    return NULL;
  for (guint i = 0; paths[i] != NULL; i++)
    if (!write_one (document, format, g_ptr_array_index (document->tables, i), paths[i], replace, error))
      return NULL;
  return g_steal_pointer (&paths);
}
