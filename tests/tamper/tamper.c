/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thing is done to one file of a store, and the store is opened: it must say so, or hold what it held. */

#include "tests/tamper/tamper.h"

#include <string.h>

#include "app/base/error.h"
#include "app/journal/audit.h"
#include "app/vault/page.h"
#include "tests/power/sweep.h"

static const char *const kind_names[TAMPER_N_KINDS] = {
  [TAMPER_FLIP] = "flip",
  [TAMPER_TRUNCATE] = "truncate",
  [TAMPER_ZERO] = "zero",
  [TAMPER_COPY] = "copy",
  [TAMPER_SWAP] = "swap",
  [TAMPER_OLD_UNIT] = "old-unit",
  [TAMPER_APPEND] = "append",
  [TAMPER_REMOVE] = "remove",
  [TAMPER_OLD_FILE] = "old-file",
  [TAMPER_OLD_REST] = "old-rest",
  [TAMPER_OLD_STORE] = "old-store",
  [TAMPER_FOREIGN] = "foreign",
  [TAMPER_FOREIGN_REST] = "foreign-rest",
};

const char *
tamper_kind_get_name (TamperKind kind)
{
  return kind_names[kind];
}

static char *
path_of (const char *file)
{
  return g_build_filename (TABLET_DIRECTORY, file, NULL);
}

static GBytes *
read_file (Disk *disk, const char *file)
{
  g_autofree char *path = path_of (file);

  return disk_read (disk, path);
}

static void
write_file (Disk *disk, const char *file, const guint8 *data, gsize length)
{
  g_autofree char *path = path_of (file);
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);

  disk_write (disk, path, bytes);
}

typedef struct {
  gsize at;
  gsize length;
} Unit;

/* The last may be shorter than the others. */
static Unit
unit_of (const char *file, guint number, gsize length)
{
  gboolean is_log = strcmp (file, "vault-wal") == 0;
  gsize size = is_log ? YM_FRAME_BYTES : strcmp (file, "vault") == 0 ? YM_PAGE_BYTES : 512;
  gsize at = (is_log ? YM_WAL_HEADER_BYTES : 0) + number * size;

  return (Unit){ at, at >= length ? 0 : MIN (size, length - at) };
}

static guint
n_units (const char *file, gsize length)
{
  guint n = 0;

  while (unit_of (file, n, length).length > 0)
    n++;
  return n;
}

static void
swap (guint8 *a, guint8 *b, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      guint8 kept = a[i];

      a[i] = b[i];
      b[i] = kept;
    }
}

/* What is done to bytes that keep their number. FALSE if it can't be. */
static gboolean
alter_bytes (Specimen *specimen, const TamperCase *what, guint8 *data, gsize length)
{
  Unit unit = unit_of (what->file, what->at, length);
  Unit other = unit_of (what->file, what->from, length);
  g_autoptr (GBytes) older = NULL;

  switch (what->kind)
    {
    case TAMPER_FLIP:
      data[what->at] ^= 1 << what->at % 8;
      return TRUE;
    case TAMPER_ZERO:
      memset (data + unit.at, 0, unit.length);
      return TRUE;
    case TAMPER_COPY:
      memcpy (data + unit.at, data + other.at, MIN (unit.length, other.length));
      return TRUE;
    case TAMPER_SWAP:
      swap (data + unit.at, data + other.at, MIN (unit.length, other.length));
      return TRUE;
    default:
      older = read_file (g_ptr_array_index (strcmp (what->file, "vault") == 0 ? specimen->older_locked : specimen->older,
                                            what->from),
                         what->file);
      if (older == NULL || g_bytes_get_size (older) < unit.at + unit.length)
        return FALSE;
      memcpy (data + unit.at, (const guint8 *) g_bytes_get_data (older, NULL) + unit.at, unit.length);
      return TRUE;
    }
}

static gboolean
alter (Specimen *specimen, const TamperCase *what, Disk *disk)
{
  g_autoptr (GBytes) bytes = read_file (disk, what->file);
  gsize length = g_bytes_get_size (bytes);
  g_autofree guint8 *data = g_malloc0 (length + what->at);

  memcpy (data, g_bytes_get_data (bytes, NULL), length);
  if (what->kind == TAMPER_TRUNCATE)
    length = what->at;
  else if (what->kind == TAMPER_APPEND)
    memset (data + length, 0x5a, what->at);
  else if (!alter_bytes (specimen, what, data, length))
    return FALSE;
  write_file (disk, what->file, data, what->kind == TAMPER_APPEND ? length + what->at : length);
  return TRUE;
}

/* The file as @from has it, or none. */
static void
replace (Disk *disk, const char *file, Disk *from)
{
  g_autofree char *path = path_of (file);
  g_autoptr (GBytes) bytes = from == NULL ? NULL : disk_read (from, path);
  g_autoptr (GBytes) before = disk_read (disk, path);

  if (before != NULL)
    disk_remove (disk, path);
  if (bytes != NULL)
    disk_write (disk, path, bytes);
}

static void
replace_rest (Specimen *specimen, Disk *disk, const char *file, Disk *from)
{
  g_auto (GStrv) names = specimen_list (specimen);

  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], file) != 0)
      replace (disk, names[i], from);
}

/* The three files that have to fit each other. */
static const char *const fitting[] = { "vault", "vault-wal", "head", NULL };

static void
replace_fitting (Disk *disk, const char *file, Disk *from)
{
  for (guint i = 0; fitting[i] != NULL; i++)
    if (strcmp (fitting[i], file) != 0)
      replace (disk, fitting[i], from);
}

/* A copy of the store with @what done to it; NULL if that changes nothing. */
static Disk *
tamper (Specimen *specimen, const TamperCase *what)
{
  g_autoptr (Disk) disk = disk_copy (specimen->disk);
  Disk *older = what->from < specimen->older->len ? g_ptr_array_index (specimen->older, what->from) : NULL;
  gboolean done = TRUE;

  switch (what->kind)
    {
    case TAMPER_REMOVE:
      replace (disk, what->file, NULL);
      break;
    case TAMPER_OLD_FILE:
      replace (disk, what->file, older);
      break;
    case TAMPER_OLD_REST:
      done = g_strv_contains (fitting, what->file);
      replace_fitting (disk, what->file, older);
      break;
    case TAMPER_OLD_STORE:
      done = strcmp (what->file, fitting[0]) == 0;
      disk_free (disk);
      disk = disk_copy (g_ptr_array_index (specimen->older_locked, what->from));
      break;
    case TAMPER_FOREIGN:
      replace (disk, what->file, specimen->foreign);
      break;
    case TAMPER_FOREIGN_REST:
      replace_rest (specimen, disk, what->file, specimen->foreign);
      break;
    default:
      done = alter (specimen, what, disk);
    }
  return done && disk_hash (disk) != disk_hash (specimen->disk) ? g_steal_pointer (&disk) : NULL;
}

typedef struct {
  const guint8 *root_key;
  char *problem;
} Audit;

static gpointer
do_audit (YmDesk *desk, gpointer data, GError **error)
{
  Audit *audit = data;
  g_auto (YmAudit) found = { 0 };

  if (ym_journal_audit (desk->db, audit->root_key, &found, error) && found.problems->len > 0)
    audit->problem = g_strdup (g_ptr_array_index (found.problems, 0));
  return NULL;
}

/* What the product itself would say of an open store: the recount, and the walk over everything. */
static gboolean
product_finds (Specimen *specimen, Tablet *tablet, GError **error)
{
  Audit audit = { specimen->root_key, NULL };

  if (!tablet_recount (tablet, error) || !tablet_run (tablet, do_audit, &audit, error))
    return TRUE;
  if (audit.problem == NULL)
    return FALSE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED, audit.problem);
  g_free (audit.problem);
  return TRUE;
}

static gboolean
is_named (const GError *error)
{
  return error->domain == YM_ERROR && strchr (error->message, ' ') != NULL && g_str_has_suffix (error->message, ".");
}

/* One file can be the only one that differs from an older copy of the whole. */
static gboolean
is_older_whole (Specimen *specimen, const TamperCase *what, const YmHash *state)
{
  if (what->kind == TAMPER_OLD_STORE)
    return ym_hash_equal (state, &g_array_index (specimen->older_states, YmHash, what->from));
  if (what->kind != TAMPER_OLD_REST)
    return FALSE;
  for (guint i = 0; i < specimen->older_states->len; i++)
    if (ym_hash_equal (state, &g_array_index (specimen->older_states, YmHash, i)))
      return TRUE;
  return FALSE;
}

/* What is in the store is compared with what was: row by row, and the pages by SQLite's own check. */
static TamperOutcome
look (Specimen *specimen, Tablet *tablet, const TamperCase *what, GError **error)
{
  g_autoptr (GError) failure = NULL;
  YmHash state, found = { { 0 } };

  if (!tablet_state (tablet, &state, &failure))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return TAMPER_FOUND;
    }
  if (ym_hash_equal (&state, &specimen->state) && tablet_check_pages (tablet, &failure)
      && tablet_words (tablet, specimen->words, &found, &failure) && ym_hash_equal (&found, &specimen->found))
    return TAMPER_SAME;
  if (product_finds (specimen, tablet, error))
    return TAMPER_FOUND;
  if (failure == NULL && tablet_check_pages (tablet, &failure) && is_older_whole (specimen, what, &state))
    return TAMPER_OLDER;
  g_set_error (error, YM_ERROR, YM_ERROR_DAMAGED, "nothing was said, but %s",
               failure != NULL ? failure->message : "rows, or what is found, are different");
  return TAMPER_SILENT;
}

static const char *
passphrase_for (Specimen *specimen, const TamperCase *what)
{
  return what->kind == TAMPER_OLD_STORE ? g_ptr_array_index (specimen->older_passphrases, what->from) : specimen->passphrase;
}

TamperOutcome
tamper_try (Specimen *specimen, const TamperCase *what, GError **error)
{
  g_autoptr (Disk) disk = tamper (specimen, what);
  g_autoptr (GError) failure = NULL;
  TamperOutcome outcome = TAMPER_REFUSED;
  Tablet tablet;

  if (disk == NULL)
    return TAMPER_NOTHING;
  tablet_init (&tablet, disk, 5, specimen->wall_us);
  tablet.is_bare = TRUE;
  if (tablet_open (&tablet, passphrase_for (specimen, what), &failure))
    outcome = look (specimen, &tablet, what, &failure);
  tablet_switch_off (&tablet);
  if (failure != NULL && outcome != TAMPER_SILENT && !is_named (failure))
    outcome = TAMPER_SILENT;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return outcome;
}

/* How many values `at` and `from` take. */
static void
get_ranges (Specimen *specimen, TamperKind kind, const char *file, guint *n_at, guint *n_from)
{
  g_autoptr (GBytes) bytes = read_file (specimen->disk, file);
  gsize length = g_bytes_get_size (bytes);

  *n_at = *n_from = 1;
  switch (kind)
    {
    case TAMPER_FLIP:
    case TAMPER_TRUNCATE:
      *n_at = (guint) length;
      break;
    case TAMPER_ZERO:
      *n_at = n_units (file, length);
      break;
    case TAMPER_COPY:
    case TAMPER_SWAP:
      *n_at = *n_from = n_units (file, length);
      break;
    case TAMPER_OLD_UNIT:
      *n_at = n_units (file, length);
      *n_from = specimen->older->len;
      break;
    case TAMPER_APPEND:
      *n_at = YM_FRAME_BYTES + 2;
      break;
    case TAMPER_OLD_FILE:
    case TAMPER_OLD_REST:
    case TAMPER_OLD_STORE:
      *n_from = specimen->older->len;
      break;
    default:
      break;
    }
}

static gboolean
goes_over_bytes (TamperKind kind)
{
  return kind == TAMPER_FLIP || kind == TAMPER_TRUNCATE || kind == TAMPER_APPEND;
}

static void
report (const TamperPlan *plan, const TamperCase *what, const GError *error)
{
  g_printerr ("# %s --kind %s --file %s --at %u --from %u\n#   %s\n", plan->command == NULL ? "" : plan->command,
              kind_names[what->kind], what->file, what->at, what->from, error->message);
}

/* A planted fault is found by its first case; all silent cases of any other are worth seeing. */
static gboolean
is_enough (const TamperCount *count)
{
  return count->outcomes[TAMPER_SILENT] > 0 && sweep_enough_failures () == 1;
}

/* Every case of a kind and a file, by the stride. */
static void
run_kind (Specimen *specimen, const TamperPlan *plan, TamperKind kind, const char *file, TamperCount *count)
{
  guint stride = goes_over_bytes (kind) ? plan->stride : plan->unit_stride;
  guint n_at, n_from;

  get_ranges (specimen, kind, file, &n_at, &n_from);
  for (guint64 i = 0; i < (guint64) n_at * n_from && !is_enough (count); i += stride)
    {
      const TamperCase what = { kind, file, (guint) (i % n_at), (guint) (i / n_at) };
      g_autoptr (GError) error = NULL;
      TamperOutcome outcome;

      if (kind == TAMPER_SWAP && what.from <= what.at)
        continue;
      outcome = tamper_try (specimen, &what, &error);
      if (outcome == TAMPER_NOTHING)
        continue;
      count->cases++;
      count->outcomes[outcome]++;
      if (outcome == TAMPER_SILENT)
        report (plan, &what, error);
    }
}

static void
print_row (const char *file, const char *kind, const TamperCount *count)
{
  g_print ("# %-18s %-13s %8" G_GUINT64_FORMAT " %8" G_GUINT64_FORMAT " %8" G_GUINT64_FORMAT " %8" G_GUINT64_FORMAT
           " %8" G_GUINT64_FORMAT " %8" G_GUINT64_FORMAT "\n",
           file, kind, count->cases, count->outcomes[TAMPER_SAME], count->outcomes[TAMPER_REFUSED],
           count->outcomes[TAMPER_FOUND], count->outcomes[TAMPER_OLDER], count->outcomes[TAMPER_SILENT]);
}

static void
add (TamperCount *sum, const TamperCount *count)
{
  sum->cases += count->cases;
  for (guint i = 0; i < TAMPER_N_OUTCOMES; i++)
    sum->outcomes[i] += count->outcomes[i];
}

TamperCount
tamper_run (Specimen *specimen, const TamperPlan *plan)
{
  g_auto (GStrv) names = specimen_list (specimen);
  TamperCount all = { 0 };

  g_print ("# %-18s %-13s %8s %8s %8s %8s %8s %8s\n", "file", "what", "cases", "same", "refused", "found", "older", "silent");
  for (guint i = 0; names[i] != NULL; i++)
    for (TamperKind kind = 0; kind < TAMPER_N_KINDS; kind++)
      {
        TamperCount count = { 0 };

        if ((plan->file != NULL && strcmp (plan->file, names[i]) != 0)
            || (plan->kind != NULL && strcmp (plan->kind, kind_names[kind]) != 0))
          continue;
        run_kind (specimen, plan, kind, names[i], &count);
        if (count.cases > 0)
          print_row (names[i], kind_names[kind], &count);
        add (&all, &count);
        if (is_enough (&all))
          return all;
      }
  print_row ("all", "", &all);
  return all;
}
