/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An edition of a return as files, each made beside its place and moved there when it is whole. */

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "app/base/error.h"
#include "app/returns/document.h"
#include "app/returns/edition.h"
#include "app/returns/return-tables.h"

static const char *const format_names[YM_RETURN_N_FORMATS] = { "xlsx", "csv", "pdf" };

const char *
ym_return_format_name (YmReturnFormat format)
{
  return format_names[format];
}

/* The month where it is one, else its first and last day. */
static char *
name_period (const YmPeriod *period)
{
  YmMonth month = ym_month_of_day (period->from);
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;

  if (period->from == ym_month_first_day (month) && period->until == ym_month_last_day (month))
    return ym_month_to_string (month);
  from = ym_day_to_string (period->from);
  until = ym_day_to_string (period->until);
  return g_strdup_printf ("%s-%s", from, until);
}

char *
ym_return_edition_file_name (const YmReturnEdition *edition, const char *registration_no, const YmWords *words,
                             YmReturnFormat format)
{
  g_autofree char *period = name_period (&edition->given->period);
  g_autofree char *number = edition->number > 0 ? g_strdup_printf ("%u", edition->number) : g_strdup ("preview");

  return g_strdup_printf ("return-%s%s%s-%s-%s.%s", registration_no != NULL ? registration_no : "",
                          registration_no != NULL ? "-" : "", period, number, ym_words_language (words),
                          format_names[format]);
}

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

/* The files that an edition becomes: for CSV one for each table, in the order of @tables, the changes last. */
static GStrv
name_files (const char *path, YmReturnFormat format, guint n_tables)
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
      g_autofree char *name
          = g_strdup_printf ("%s-%s.csv", stem, i < YM_RETURN_N_TABLES ? ym_return_table_name (i) : "changes");

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
ym_return_edition_write (const YmReturnEdition *edition, const YmWords *words, YmReturnFormat format, const char *path,
                         gboolean replace, GError **error)
{
  g_autoptr (GPtrArray) tables = ym_return_tables (edition->given, edition->changes, words);
  g_auto (GStrv) paths = name_files (path, format, tables->len);
  g_autofree char *title = ym_return_title (edition->given, edition->number, words);
  YmHash hash = ym_return_fingerprint (edition->given);
  g_autofree char *fingerprint = ym_hash_to_string (&hash);
  YmDocument document = { title, edition->given->force, fingerprint, edition->at_us, words, tables };

  if (!replace && !check_free ((const char *const *) paths, error))
    return NULL;
  for (guint i = 0; paths[i] != NULL; i++)
    if (!write_one (&document, format, g_ptr_array_index (tables, i), paths[i], replace, error))
      return NULL;
  return g_steal_pointer (&paths);
}
