/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Gathering what proves a visit, and giving it out. What is gathered: the envelopes of the visit and its addenda, the
 * certificates of their authors with what revoked them, the server's receipts with its certificate, and the envelopes that
 * lead from each to the end of the run that its receipt vouches for.
 */

#include "sync/evidence/give.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/forms/validate.h"
#include "app/journal/tables.h"
#include "app/notebook/save.h"
#include "sync/evidence/evidence.h"
#include "sync/evidence/pdf-attachment.h"
#include "sync/exchange/receipt.h"

/* An envelope of the visit or of an addendum. */
typedef struct {
  YmId author;
  YmId chain;
  gint64 sequence;
  YmId scope;
} Own;

typedef struct {
  YmDesk *desk;
  const YmGiving *giving;
  YmEvidence *evidence;
  GHashTable *parcels;  /* envelope bytes: the YmParcel in evidence->parcels */
  GHashTable *receipts; /* the GBytes in evidence->receipts */
  GHashTable *authors;  /* YmId */
  GArray *own;
} Gathering;

static gboolean
is_for_home (const Gathering *gathering)
{
  return gathering->giving->audience != YM_AUDIENCE_FILE;
}

/* Once, and with its change set if it ever comes with one. */
static void
add_parcel (Gathering *gathering, GBytes *envelope, GBytes *change_set)
{
  YmParcel *known = g_hash_table_lookup (gathering->parcels, envelope);

  if (known == NULL)
    {
      known = ym_parcel_new (envelope, change_set);
      g_ptr_array_add (gathering->evidence->parcels, known);
      g_hash_table_insert (gathering->parcels, known->envelope, known);
    }
  else if (known->change_set == NULL && change_set != NULL)
    known->change_set = g_bytes_ref (change_set);
}

/* Adds what @sql selects: envelope and change set, with one id as its parameter. */
static gboolean
add_selected (Gathering *gathering, const char *sql, const YmId *id, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (gathering->desk->db, error, sql, "d", id);
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) envelope = ym_sql_column_bytes (rows, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 1);

      add_parcel (gathering, envelope, change_set);
    }
  return step == YM_SQL_DONE;
}

static gboolean
gives_change_set (const Gathering *gathering, gboolean is_addendum)
{
  return !is_for_home (gathering) || (is_addendum && gathering->giving->with_addenda);
}

/* Of the visit's group and of its addenda. What is about a child is not even mentioned to the home. */
static gboolean
gather_own (Gathering *gathering, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      gathering->desk->db, error,
      "SELECT e.body, e.change_set, e.author, e.chain, e.sequence, e.scope, e.class, 0 FROM envelope e "
      "JOIN envelope s ON s.group_id = e.group_id AND s.author = e.author JOIN visit v ON v.entry = s.entry WHERE v.id = ?1 "
      "UNION ALL "
      "SELECT e.body, e.change_set, e.author, e.chain, e.sequence, e.scope, e.class, 1 FROM envelope e "
      "JOIN addendum a ON a.entry = e.entry WHERE a.visit = ?1",
      "d", &gathering->giving->visit);
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) envelope = ym_sql_column_bytes (rows, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 1);
      const Own own = { ym_sql_column_id (rows, 2), ym_sql_column_id (rows, 3), sqlite3_column_int64 (rows, 4),
                        ym_sql_column_id (rows, 5) };

      if (is_for_home (gathering) && sqlite3_column_int (rows, 6) == YM_CLASS_CHILD)
        continue;
      add_parcel (gathering, envelope, gives_change_set (gathering, sqlite3_column_int (rows, 7)) ? change_set : NULL);
      g_hash_table_add (gathering->authors, ym_id_copy (&own.author));
      g_array_append_val (gathering->own, own);
    }
  if (step == YM_SQL_DONE && gathering->own->len == 0)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("This visit is not signed off, or it is not here."));
      return FALSE;
    }
  return step == YM_SQL_DONE;
}

static gboolean
add_receipt (Gathering *gathering, GBytes *bytes, GError **error)
{
  g_autoptr (YmReceipt) receipt = ym_receipt_decode (bytes, error);

  if (receipt == NULL)
    return FALSE;
  if (!g_hash_table_contains (gathering->receipts, bytes))
    {
      g_ptr_array_add (gathering->evidence->receipts, g_bytes_ref (bytes));
      g_hash_table_add (gathering->receipts, bytes);
    }
  return add_selected (gathering,
                       "SELECT e.body, e.change_set FROM server s JOIN envelope e ON e.entry = s.entry WHERE s.id = ?",
                       &receipt->server, error);
}

/*
 * The envelopes after @own to the end of its run, without change sets: FALSE in @whole where one is not here, or where it is
 * of another home and this home would learn of it.
 */
static gboolean
find_links (Gathering *gathering, const Own *own, gint64 last, GPtrArray *links, gboolean *whole, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      gathering->desk->db, error,
      "SELECT body, scope, class FROM envelope WHERE author = ? AND chain = ? AND sequence > ? AND sequence <= ?", "ddii",
      &own->author, &own->chain, own->sequence, last);
  YmSqlStep step = YM_SQL_FAILED;

  *whole = TRUE;
  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmId scope = ym_sql_column_id (rows, 1);

      g_ptr_array_add (links, ym_sql_column_bytes (rows, 0));
      if (is_for_home (gathering)
          && (!ym_id_equal (&scope, &own->scope) || sqlite3_column_int (rows, 2) == YM_CLASS_CHILD))
        *whole = FALSE;
    }
  *whole = *whole && links->len == last - own->sequence;
  return step == YM_SQL_DONE;
}

static gboolean
gather_receipt (Gathering *gathering, const Own *own, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      gathering->desk->db, error,
      "SELECT body, last FROM receipt WHERE author = ? AND chain = ? AND first <= ? AND last >= ? ORDER BY last LIMIT 1",
      "ddii", &own->author, &own->chain, own->sequence, own->sequence);
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GBytes) receipt = NULL;
  gboolean whole;
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  step = ym_sql_step (rows, error);
  if (step != YM_SQL_ROW)
    return step == YM_SQL_DONE;
  receipt = ym_sql_column_bytes (rows, 0);
  if (!find_links (gathering, own, sqlite3_column_int64 (rows, 1), links, &whole, error))
    return FALSE;
  for (guint i = 0; whole && i < links->len; i++)
    add_parcel (gathering, g_ptr_array_index (links, i), NULL);
  return !whole || add_receipt (gathering, receipt, error);
}

static gboolean
gather_author (Gathering *gathering, const YmId *author, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = NULL;
  YmSqlStep step = YM_SQL_FAILED;

  if (!add_selected (gathering,
                     "SELECT e.body, e.change_set FROM device d JOIN envelope e ON e.entry = d.entry WHERE d.id = ?", author,
                     error)
      || !add_selected (gathering,
                        "SELECT e.body, e.change_set FROM revocation r JOIN envelope e ON e.entry = r.entry "
                        "WHERE r.device = ?",
                        author, error))
    return FALSE;
  rows = ym_sql_prepare (gathering->desk->db, error,
                         "SELECT o.collar_no, o.name FROM officer o JOIN device d ON d.officer = o.id WHERE d.id = ?", "d",
                         author);
  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    ym_evidence_add_officer (gathering->evidence, ym_sql_column_text (rows, 0), ym_sql_column_text (rows, 1));
  return step == YM_SQL_DONE;
}

static int
compare_parcels (gconstpointer a, gconstpointer b)
{
  return g_bytes_compare ((*(YmParcel *const *) a)->envelope, (*(YmParcel *const *) b)->envelope);
}

static int
compare_bytes (gconstpointer a, gconstpointer b)
{
  return g_bytes_compare (*(GBytes *const *) a, *(GBytes *const *) b);
}

static int
compare_officers (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(YmEvidenceOfficer *const *) a)->collar_no, (*(YmEvidenceOfficer *const *) b)->collar_no);
}

static gboolean
gather_all (Gathering *gathering, GError **error)
{
  GHashTableIter iter;
  gpointer author;

  if (!gather_own (gathering, error))
    return FALSE;
  for (guint i = 0; i < gathering->own->len; i++)
    if (!gather_receipt (gathering, &g_array_index (gathering->own, Own, i), error))
      return FALSE;
  g_hash_table_add (gathering->authors, ym_id_copy (&gathering->desk->author.device));
  g_hash_table_iter_init (&iter, gathering->authors);
  while (g_hash_table_iter_next (&iter, &author, NULL))
    if (!gather_author (gathering, author, error))
      return FALSE;
  /* The same for the same, whatever order the store keeps it in. */
  g_ptr_array_sort (gathering->evidence->parcels, compare_parcels);
  g_ptr_array_sort (gathering->evidence->receipts, compare_bytes);
  g_ptr_array_sort (gathering->evidence->officers, compare_officers);
  return ym_evidence_encode_body (gathering->evidence, error);
}

static YmEvidence *
gather (YmDesk *desk, const YmGiving *giving, GError **error)
{
  g_autoptr (YmEvidence) evidence = ym_evidence_new ();
  g_autoptr (GHashTable) parcels = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  g_autoptr (GHashTable) receipts = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  g_autoptr (GHashTable) authors = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, NULL);
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (Own));
  Gathering gathering = { desk, giving, evidence, parcels, receipts, authors, own };

  memcpy (evidence->root_key, ym_journal_get_root_key (desk->journal), sizeof evidence->root_key);
  evidence->record = giving->visit;
  return gather_all (&gathering, error) ? g_steal_pointer (&evidence) : NULL;
}

static void
set_hash (YmRecord *record, guint field, GBytes *bytes)
{
  YmHash hash = ym_hash_of_bytes (bytes);
  g_auto (YmValue) value = ym_value_bytes (hash.bytes, sizeof hash.bytes);

  ym_record_set (record, field, &value);
}

static YmRecord *
make_disclosure (YmDesk *desk, const YmGiving *giving, const YmId *home, const YmEvidence *evidence, GBytes *pages)
{
  YmRecord *record = ym_desk_new_record (desk, ym_form (YM_FORM_DISCLOSURE), home);
  g_auto (YmValue) visit = ym_value_id (&giving->visit);

  ym_record_set_integer (record, YM_DISCLOSURE_WHAT, giving->what);
  ym_record_set_text (record, YM_DISCLOSURE_TITLE, giving->title);
  ym_record_set (record, YM_DISCLOSURE_RECORD, &visit);
  ym_record_set_integer (record, YM_DISCLOSURE_AUDIENCE, giving->audience);
  ym_record_set_integer (record, YM_DISCLOSURE_LANGUAGE, giving->language);
  ym_record_set_text (record, YM_DISCLOSURE_RECIPIENT, giving->recipient);
  ym_record_set_text (record, YM_DISCLOSURE_JUSTIFICATION, giving->justification);
  set_hash (record, YM_DISCLOSURE_CONTENT, pages);
  ym_record_set_integer (record, YM_DISCLOSURE_CONTENT_BYTES, (gint64) g_bytes_get_size (pages));
  set_hash (record, YM_DISCLOSURE_EVIDENCE, evidence->body);
  return record;
}

static gboolean
read_seal (YmDesk *desk, const YmRecord *disclosure, YmEvidence *evidence, GError **error)
{
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (
      desk->db, error, "SELECT e.body, e.change_set FROM disclosure d JOIN envelope e ON e.entry = d.entry WHERE d.id = ?",
      "d", &disclosure->id);
  g_autoptr (GBytes) envelope = NULL;
  g_autoptr (GBytes) change_set = NULL;


  if (row == NULL || ym_sql_step (row, error) != YM_SQL_ROW)
    return FALSE;
  envelope = ym_sql_column_bytes (row, 0);
  change_set = ym_sql_column_bytes (row, 1);
  evidence->seal = ym_parcel_new (envelope, change_set);
  return TRUE;
}

/* Nobody would believe what it signs. */
static gboolean
check_not_revoked (YmDesk *desk, GError **error)
{
  gint64 revoked;

  if (!ym_sql_integer (desk->db, &revoked, error, "SELECT count(*) FROM revocation WHERE device = ?", "d",
                       &desk->author.device))
    return FALSE;
  if (revoked > 0)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_AUTHORITY,
                         _ ("This device was revoked: it can't give anything out. Hand it to your administrator."));
  return revoked == 0;
}

GBytes *
ym_evidence_give (YmDesk *desk, const YmGiving *giving, GBytes *pages, GError **error)
{
  g_autoptr (YmRecord) visit = ym_tables_find (desk->db, ym_form (YM_FORM_VISIT), &giving->visit, error);
  g_autoptr (YmEvidence) evidence = NULL;
  g_autoptr (GBytes) content = pages != NULL ? g_bytes_ref (pages) : g_bytes_new (NULL, 0);
  g_autoptr (YmRecord) disclosure = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (visit == NULL || !check_not_revoked (desk, error)
      || !ym_desk_check_may (desk, ym_form (YM_FORM_DISCLOSURE), YM_ACTION_KIND_INSERT, &visit->scope, error))
    return NULL;
  evidence = gather (desk, giving, error);
  if (evidence == NULL)
    return NULL;
  disclosure = make_disclosure (desk, giving, &visit->scope, evidence, content);
  if (!ym_desk_save (desk, "disclosure.log", NULL, disclosure, error) || !read_seal (desk, disclosure, evidence, error))
    return NULL;
  bytes = ym_evidence_encode (evidence, error);
  if (bytes == NULL || pages == NULL)
    return g_steal_pointer (&bytes);
  return ym_pdf_attach (pages, bytes, error);
}
