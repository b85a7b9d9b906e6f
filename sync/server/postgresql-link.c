/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connections to PostgreSQL, and what may be asked over them. Parameters and rows travel in binary. */

#include "sync/server/postgresql-link.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"

#define MOST_PARAMETERS 8

/* Of pg_type, which PostgreSQL promises to keep. */
enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, OID_BYTEA_ARRAY = 1001 };

/* What a session is set to before anything is asked of it. Who is cut off or asleep must not hold the order for ever. */
static const char *const settings[] = {
  "SET lock_timeout = '10s'",
  "SET statement_timeout = '60s'",
  "SET idle_in_transaction_session_timeout = '60s'",
  "SET client_min_messages = 'notice'",
  "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')",
};

static void
take_notice (gpointer data, const PGresult *notice)
{
  YmLink *link = data;

  link->notices++;
  g_info ("event=ledger-notice text=\"%s\"", PQresultErrorField (notice, PG_DIAG_MESSAGE_PRIMARY));
}

static void
set_error (YmLink *link, const PGresult *result, GError **error)
{
  const char *state = result == NULL ? NULL : PQresultErrorField (result, PG_DIAG_SQLSTATE);
  g_autofree char *text = g_strdup (PQerrorMessage (link->pg));

  g_strdelimit (text, "\n", ' ');
  g_set_error (error, YM_ERROR, YM_ERROR_NETWORK,
               _ ("The ledger's database can't be reached, or it refused (%s): %s It is tried again by itself."),
               state == NULL ? "-" : state, g_strstrip (text));
}

static gboolean
run_plain (YmLink *link, const char *sql, GError **error)
{
  g_autoptr (PGresult) result = PQexec (link->pg, sql);
  ExecStatusType status = PQresultStatus (result);

  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
    return TRUE;
  set_error (link, result, error);
  return FALSE;
}

static gboolean
check_keeps (YmLink *link, GError **error)
{
  g_autoptr (PGresult) row = PQexec (link->pg, "SHOW fsync");

  if (PQresultStatus (row) != PGRES_TUPLES_OK)
    {
      set_error (link, row, error);
      return FALSE;
    }
  if (strcmp (PQgetvalue (row, 0, 0), "on") == 0)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("The ledger's database runs with “fsync = off” and would lose what it has acknowledged. Set "
                          "“fsync = on” in postgresql.conf and start it again."));
  return FALSE;
}

YmLink *
ym_link_open (const char *url, GError **error)
{
  /* The URL comes last: what it says stands. */
  const char *const names[] = { "connect_timeout",     "tcp_user_timeout", "keepalives_idle", "sslmode",
                                "target_session_attrs", "application_name", "dbname",          NULL };
  const char *const values[] = { "5", "15000", "10", "verify-full", "read-write", "ymweld-server", url, NULL };
  g_autoptr (YmLink) link = g_new0 (YmLink, 1);

  link->pg = PQconnectdbParams (names, values, 1);
  if (PQstatus (link->pg) != CONNECTION_OK)
    {
      set_error (link, NULL, error);
      return NULL;
    }
  PQsetNoticeReceiver (link->pg, take_notice, link);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (!run_plain (link, settings[i], error))
      return NULL;
  return check_keeps (link, error) ? g_steal_pointer (&link) : NULL;
}

void
ym_link_close (YmLink *link)
{
  if (link == NULL)
    return;
  PQfinish (link->pg);
  g_free (link);
}

static void
append_int32 (GByteArray *bytes, gint32 number)
{
  gint32 number_be = GINT32_TO_BE (number);

  g_byte_array_append (bytes, (const guint8 *) &number_be, 4);
}

/* An array in binary: dimensions, whether there are nulls, type, then the one dimension's length and first index. */
static GByteArray *
encode_array (GPtrArray *items)
{
  GByteArray *bytes = g_byte_array_new ();

  append_int32 (bytes, 1);
  append_int32 (bytes, 0);
  append_int32 (bytes, OID_BYTEA);
  append_int32 (bytes, (gint32) items->len);
  append_int32 (bytes, 1);
  for (guint i = 0; i < items->len; i++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (items, i), &length);

      append_int32 (bytes, (gint32) length);
      g_byte_array_append (bytes, data, (guint) length);
    }
  return bytes;
}

/* The parameters of one statement; @own holds what was made for them. */
typedef struct {
  Oid types[MOST_PARAMETERS];
  const char *values[MOST_PARAMETERS];
  int lengths[MOST_PARAMETERS];
  int formats[MOST_PARAMETERS];
  gint64 integers[MOST_PARAMETERS];
  GByteArray *own[MOST_PARAMETERS];
  int count;
} Parameters;

static void
parameters_clear (Parameters *parameters)
{
  for (int i = 0; i < parameters->count; i++)
    g_clear_pointer (&parameters->own[i], g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parameters, parameters_clear)

static void
add (Parameters *parameters, Oid type, gconstpointer value, gsize length)
{
  int i = parameters->count++;

  g_assert (i < MOST_PARAMETERS);
  parameters->types[i] = type;
  parameters->values[i] = value;
  parameters->lengths[i] = (int) length;
  parameters->formats[i] = 1;
}

static void
add_from (Parameters *parameters, char letter, va_list *arguments)
{
  int i = parameters->count;
  GBytes *bytes;
  const char *text;

  switch (letter)
    {
    case 'i':
      parameters->integers[i] = GINT64_TO_BE (va_arg (*arguments, gint64));
      add (parameters, OID_INT8, &parameters->integers[i], 8);
      break;
    case 'd':
      add (parameters, OID_BYTEA, va_arg (*arguments, const YmId *), YM_ID_BYTES);
      break;
    case 'h':
      add (parameters, OID_BYTEA, va_arg (*arguments, const YmHash *), YM_HASH_BYTES);
      break;
    case 'b':
      bytes = va_arg (*arguments, GBytes *);
      add (parameters, OID_BYTEA, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      break;
    case 't':
      text = va_arg (*arguments, const char *);
      add (parameters, OID_TEXT, text, strlen (text));
      break;
    case 'a':
      parameters->own[i] = encode_array (va_arg (*arguments, GPtrArray *));
      add (parameters, OID_BYTEA_ARRAY, parameters->own[i]->data, parameters->own[i]->len);
      break;
    default:
      g_assert_not_reached ();
    }
}

static PGresult *
run_va (YmLink *link, GError **error, const char *sql, const char *types, va_list *arguments)
{
  g_auto (Parameters) parameters = { .count = 0 };
  g_autoptr (PGresult) result = NULL;
  ExecStatusType status;

  for (const char *letter = types; *letter != '\0'; letter++)
    add_from (&parameters, *letter, arguments);
  result = PQexecParams (link->pg, sql, parameters.count, parameters.types, parameters.values, parameters.lengths,
                         parameters.formats, 1);
  status = PQresultStatus (result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
    return g_steal_pointer (&result);
  set_error (link, result, error);
  return NULL;
}

PGresult *
ym_link_run (YmLink *link, GError **error, const char *sql, const char *types, ...)
{
  va_list arguments;
  PGresult *result;

  va_start (arguments, types);
  result = run_va (link, error, sql, types, &arguments);
  va_end (arguments);
  return result;
}

gboolean
ym_link_do (YmLink *link, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (PGresult) result = NULL;
  va_list arguments;

  va_start (arguments, types);
  result = run_va (link, error, sql, types, &arguments);
  va_end (arguments);
  return result != NULL;
}

gboolean
ym_link_commit (YmLink *link, GError **error)
{
  g_autoptr (PGresult) result = NULL;

  link->notices = 0;
  result = PQexec (link->pg, "COMMIT");
  if (PQresultStatus (result) == PGRES_COMMAND_OK && strcmp (PQcmdStatus (result), "COMMIT") == 0 && link->notices == 0)
    return TRUE;
  set_error (link, result, error);
  return FALSE;
}

gint64
ym_link_integer (const PGresult *rows, int row, int column)
{
  gint64 number_be = 0;

  if (PQgetlength (rows, row, column) == 8)
    memcpy (&number_be, PQgetvalue (rows, row, column), 8);
  return GINT64_FROM_BE (number_be);
}

YmId
ym_link_id (const PGresult *rows, int row, int column)
{
  YmId id = ym_id_zero;

  if (PQgetlength (rows, row, column) == YM_ID_BYTES)
    memcpy (id.bytes, PQgetvalue (rows, row, column), YM_ID_BYTES);
  return id;
}

YmHash
ym_link_hash (const PGresult *rows, int row, int column)
{
  YmHash hash = { { 0 } };

  if (PQgetlength (rows, row, column) == YM_HASH_BYTES)
    memcpy (hash.bytes, PQgetvalue (rows, row, column), YM_HASH_BYTES);
  return hash;
}
