/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scripted day: what the officer does, step by step, and what was acknowledged. Whoever comes to a step again, after
 * it failed, finds it done or does it. */

#include "tests/power/day.h"

#include <string.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/issues.h"
#include "app/notebook/save.h"
#include "app/notebook/visit.h"
#include "tests/power/keys.h"
#include "tests/power/station.h"

/* 2026-01-20 10:00 in London. */
#define TUESDAY_US (G_GINT64_CONSTANT (1768903200) * G_USEC_PER_SEC)

#define FIRST_PASSPHRASE "pump ladder onion frost velvet"
#define SECOND_PASSPHRASE "ceffyl gwyn ar ben y mynydd"

static void
fact_free (DayFact *fact)
{
  ym_record_free (fact->record);
  g_free (fact);
}

static void
mark_free (DayMark *mark)
{
  g_ptr_array_unref (mark->facts);
  g_free (mark);
}

/* Takes @record. What was known of it before does not stand any more. */
static void
remember (Day *day, YmRecord *record, gint64 saved_at_us, guint rows)
{
  DayFact *fact = g_new (DayFact, 1);

  for (guint i = day->facts->len; i > 0; i--)
    {
      const DayFact *known = g_ptr_array_index (day->facts, i - 1);

      if (ym_id_equal (&known->record->id, &record->id) && known->record->form == record->form)
        g_ptr_array_remove_index (day->facts, i - 1);
    }
  *fact = (DayFact){ record, saved_at_us, rows };
  g_ptr_array_add (day->facts, fact);
  g_ptr_array_add (day->every_fact, fact);
}

static void
remember_draft (Day *day, const YmDraft *draft)
{
  remember (day, ym_record_copy (draft->record), draft->saved_at_us, draft->rows->len);
}

/* The tables of a new store fill the log; short again, it is quick to read at each of thousands of recoveries. */
static gpointer
do_shorten_log (YmDesk *desk, gpointer data, GError **error)
{
  return ym_sql_script (desk->db, "PRAGMA wal_checkpoint (TRUNCATE)", error) ? desk : NULL;
}

static gboolean
act_open (Day *day, GError **error)
{
  return tablet_is_open (&day->tablet) || tablet_open (&day->tablet, day->passphrase, error);
}

static gboolean
act_create (Day *day, GError **error)
{
  gboolean there = ym_store_exists (TABLET_DIRECTORY, &day->tablet.options);

  return (there ? act_open (day, error) : tablet_create (&day->tablet, day->passphrase, error))
         && tablet_run (&day->tablet, do_shorten_log, NULL, error);
}

static gboolean
act_close (Day *day, GError **error)
{
  tablet_close (&day->tablet);
  return TRUE;
}

static gpointer
do_found (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  TestForce *force = &day->force;

  station_certify (day, desk);
  if (!ym_journal_begin (desk->journal, error))
    return NULL;
  if (ym_journal_found (desk->journal, force->devices[TEST_ROOT].public_key, &desk->author.device, error))
    return ym_journal_commit (desk->journal, error) ? data : NULL;
  ym_journal_rollback (desk->journal);
  return NULL;
}

static gpointer
do_receive (YmDesk *desk, gpointer data, GError **error)
{
  return station_receive (data, desk, error) ? data : NULL;
}

static gpointer
do_send (YmDesk *desk, gpointer data, GError **error)
{
  return station_send (data, desk, YM_DISPOSITION_ACCEPTED, error) ? data : NULL;
}

/* The device that came by its keys through escrow signs with new ones. */
static gpointer
do_enrol_anew (YmDesk *desk, gpointer data, GError **error)
{
  return station_enrol_anew (data, desk, error) ? data : NULL;
}

/* The second visit and its people: refused, they do not stand any more, and come back as a draft. */
static gpointer
do_send_refused (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  YmId parent;

  if (!station_send (day, desk, YM_DISPOSITION_REFUSED, error))
    return NULL;
  for (guint i = day->facts->len; i > 0; i--)
    {
      const YmRecord *record = ((const DayFact *) g_ptr_array_index (day->facts, i - 1))->record;

      if (ym_id_equal (&record->id, &day->second_visit)
          || (record->form->id == YM_FORM_PERSON_MET && ym_record_get_id (record, YM_PERSON_MET_VISIT, &parent)
              && ym_id_equal (&parent, &day->second_visit)))
        g_ptr_array_remove_index (day->facts, i - 1);
    }
  return data;
}

static gpointer
do_take_back (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  g_autoptr (GPtrArray) drafts = NULL;

  if (!ym_draft_take_back (desk, error))
    return NULL;
  drafts = ym_draft_list (desk, &day->force.home_1, error);
  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    if (((const YmDraft *) g_ptr_array_index (drafts, i))->reason != YM_REASON_NONE)
      remember_draft (day, g_ptr_array_index (drafts, i));
  return drafts;
}

/* Saves the draft as it is now. */
static gboolean
save_draft (Day *day, YmDesk *desk, YmDraft *draft, GError **error)
{
  if (!ym_draft_save (desk, draft, error))
    return FALSE;
  remember_draft (day, draft);
  return TRUE;
}

static gpointer
do_begin_visit (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  g_autoptr (YmDraft) draft = ym_visit_begin (desk, &day->force.home_1, error);

  if (draft == NULL)
    return NULL;
  day->visit = draft->record->id;
  remember_draft (day, draft);
  return data;
}

static gpointer
do_first_words (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  g_autoptr (YmDraft) draft = ym_draft_load (desk, &day->visit, error);

  if (draft == NULL)
    return NULL;
  ym_record_set_text (draft->record, YM_VISIT_NOTES, "Gair â'r rheolwr");
  return save_draft (day, desk, draft, error) ? data : NULL;
}

static void
add_person (YmDesk *desk, YmDraft *draft, const char *name, const char *role)
{
  YmRecord *person = ym_draft_add_row (draft, ym_form (YM_FORM_PERSON_MET), desk->random);

  ym_record_set_text (person, YM_PERSON_MET_NAME, name);
  ym_record_set_text (person, YM_PERSON_MET_ROLE, role);
}

static void
add_concern (YmDesk *desk, YmDraft *draft)
{
  YmRecord *concern = ym_draft_add_row (draft, ym_form (YM_FORM_CHILD_CONCERN), desk->random);

  ym_record_set_integer (concern, YM_CHILD_CONCERN_CATEGORY, 1);
  ym_record_set_text (concern, YM_CHILD_CONCERN_REASON, "Missing twice since the last visit.");
  ym_record_set_text (concern, YM_CHILD_CONCERN_PERSON_REF, "DP-2231");
  ym_record_set_text (concern, YM_CHILD_CONCERN_INITIALS, "EM");
  ym_record_set_integer (concern, YM_CHILD_CONCERN_YEAR_OF_BIRTH, 2011);
  ym_record_set_text (concern, YM_CHILD_CONCERN_ACTION, "Told the social worker.");
  ym_record_set_integer (concern, YM_CHILD_CONCERN_REFERRAL, 1);
  ym_record_set_text (concern, YM_CHILD_CONCERN_REFERRAL_WHY, "MASH 118");
  ym_record_set_integer (concern, YM_CHILD_CONCERN_REVIEW_ON, ym_london_from_instant (TUESDAY_US).day + 90);
}

static void
fill_visit (YmDraft *draft, gboolean concern)
{
  ym_record_set_integer (draft->record, YM_VISIT_PLACE, YM_PLACE_AT_HOME);
  ym_record_set_integer (draft->record, YM_VISIT_ANNOUNCED, YM_NO);
  ym_record_set_integer (draft->record, YM_VISIT_ENDED_AT,
                         ym_record_get_integer (draft->record, YM_VISIT_STARTED_AT, 0) + 1800 * G_USEC_PER_SEC);
  ym_record_set_integer (draft->record, YM_VISIT_CHILDREN_PRESENT, YM_NO);
  ym_record_set_integer (draft->record, YM_VISIT_NOT_DISCUSSED, concern ? 0x2e : 0x3e);
  ym_record_set_text (draft->record, YM_VISIT_NOTES, "Gair â'r rheolwr: mae'r tŷ'n dawel.");
  if (concern)
    ym_record_set_integer (draft->record, YM_VISIT_CONCERN_RAISED, YM_YES);
}

static gpointer
do_whole_visit (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  g_autoptr (YmDraft) draft = ym_draft_load (desk, &day->visit, error);

  if (draft == NULL)
    return NULL;
  fill_visit (draft, TRUE);
  g_ptr_array_set_size (draft->rows, 0);
  add_person (desk, draft, "D. Griffiths", "manager");
  add_person (desk, draft, "S. Owen", "night staff");
  add_concern (desk, draft);
  return save_draft (day, desk, draft, error) ? data : NULL;
}

/* The facts of a signed visit are what its draft said. */
static gboolean
sign_off (Day *day, YmDesk *desk, const YmId *id, GError **error)
{
  g_autoptr (YmDraft) draft = ym_draft_load (desk, id, NULL);
  g_autoptr (YmVisit) visit = NULL;

  if (draft != NULL && !ym_visit_sign_off (desk, draft, error))
    return FALSE;
  visit = ym_visit_load (desk, id, error);
  if (visit == NULL)
    return FALSE;
  remember (day, ym_record_copy (visit->visit), 0, 0);
  for (guint i = 0; i < visit->rows->len; i++)
    remember (day, ym_record_copy (g_ptr_array_index (visit->rows, i)), 0, 0);
  return TRUE;
}

static gpointer
do_sign_off (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;

  return sign_off (day, desk, &day->visit, error) ? data : NULL;
}

static gpointer
do_addendum (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  g_autoptr (YmVisit) visit = NULL;

  if (!ym_visit_add_addendum (desk, &day->visit, "There were two staff, not three.", "miscounted", error))
    return NULL;
  visit = ym_visit_load (desk, &day->visit, error);
  for (guint i = 0; visit != NULL && i < visit->addenda->len; i++)
    remember (day, ym_record_copy (g_ptr_array_index (visit->addenda, i)), 0, 0);
  return visit != NULL ? data : NULL;
}

static gboolean
save (Day *day, YmDesk *desk, const char *intent, const YmRecord *before, const YmRecord *after, GError **error)
{
  if (!ym_desk_save (desk, intent, before, after, error))
    return FALSE;
  remember (day, ym_record_copy (after), 0, 0);
  return TRUE;
}

static gpointer
do_open_issue (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  g_autoptr (YmRecord) record = ym_desk_new_record (desk, ym_form (YM_FORM_ISSUE), &day->force.home_1);

  ym_record_set_text (record, YM_ISSUE_TITLE, "Two on duty where three are required");
  ym_record_set_integer (record, YM_ISSUE_CATEGORY, 1);
  ym_record_set_integer (record, YM_ISSUE_SEVERITY, YM_SEVERITY_HIGH);
  ym_record_set_integer (record, YM_ISSUE_OWNER, 1);
  if (!save (day, desk, "issue.open", NULL, record, error))
    return NULL;
  day->issue = record->id;
  return data;
}

static gpointer
do_action (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  g_autoptr (YmRecord) action = ym_desk_new_record (desk, ym_form (YM_FORM_ACTION), &day->force.home_1);

  ym_record_set_id (action, YM_ACTION_ISSUE, &day->issue);
  ym_record_set_text (action, YM_ACTION_WHAT, "Advertise the post");
  ym_record_set_integer (action, YM_ACTION_OWNER, 1);
  ym_record_set_integer (action, YM_ACTION_DUE_ON, ym_london_from_instant (TUESDAY_US).day + 8);
  return save (day, desk, "action.save", NULL, action, error) ? data : NULL;
}

static gboolean
step_issue (Day *day, YmDesk *desk, int state, const char *note, GError **error)
{
  g_autoptr (YmIssue) issue = ym_issue_load (desk, &day->issue, error);

  if (issue == NULL)
    return FALSE;
  if (issue->state != state && !ym_issue_step (desk, &day->issue, state, note, NULL, error))
    return FALSE;
  ym_issue_free (g_steal_pointer (&issue));
  issue = ym_issue_load (desk, &day->issue, error);
  for (guint i = 0; issue != NULL && i < issue->updates->len; i++)
    remember (day, ym_record_copy (g_ptr_array_index (issue->updates, i)), 0, 0);
  return issue != NULL;
}

static gpointer
do_begin_issue (YmDesk *desk, gpointer data, GError **error)
{
  return step_issue (data, desk, YM_ISSUE_IN_PROGRESS, "The manager agreed.", error) ? data : NULL;
}

static gpointer
do_resolve_issue (YmDesk *desk, gpointer data, GError **error)
{
  return step_issue (data, desk, YM_ISSUE_RESOLVED, "Three on duty.", error) ? data : NULL;
}

static gpointer
do_contact (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  g_autoptr (YmRecord) contact = ym_desk_new_record (desk, ym_form (YM_FORM_CONTACT), &day->force.home_1);

  ym_record_set_integer (contact, YM_CONTACT_AT, TUESDAY_US);
  ym_record_set_integer (contact, YM_CONTACT_HOW, 1);
  ym_record_set_text (contact, YM_CONTACT_WITH_WHOM, "D. Griffiths");
  ym_record_set_text (contact, YM_CONTACT_NOTE, "Rota sent.");
  if (!save (day, desk, "contact.save", NULL, contact, error))
    return NULL;
  g_clear_pointer (&day->contact, ym_record_free);
  day->contact = g_steal_pointer (&contact);
  return data;
}

static gpointer
do_correct_contact (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  g_autoptr (YmRecord) after = ym_record_copy (day->contact);

  ym_record_set_text (after, YM_CONTACT_NOTE, "Rota sent, for two weeks.");
  return save (day, desk, "contact.save", day->contact, after, error) ? data : NULL;
}

static gpointer
do_begin_second_visit (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  g_autoptr (YmDraft) draft = ym_visit_begin (desk, &day->force.home_1, error);

  if (draft == NULL)
    return NULL;
  day->second_visit = draft->record->id;
  remember_draft (day, draft);
  return data;
}

static gpointer
do_whole_second_visit (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;
  g_autoptr (YmDraft) draft = ym_draft_load (desk, &day->second_visit, error);

  if (draft == NULL)
    return NULL;
  fill_visit (draft, FALSE);
  g_ptr_array_set_size (draft->rows, 0);
  add_person (desk, draft, "D. Griffiths", "manager");
  return save_draft (day, desk, draft, error) ? data : NULL;
}

static gpointer
do_sign_off_second (YmDesk *desk, gpointer data, GError **error)
{
  Day *day = data;

  return sign_off (day, desk, &day->second_visit, error) ? data : NULL;
}

static gboolean
act_change_passphrase (Day *day, GError **error)
{
  g_autoptr (YmSecret) old = ym_secret_new_from_passphrase (day->passphrase, strlen (day->passphrase));
  g_autoptr (YmSecret) fresh = ym_secret_new_from_passphrase (SECOND_PASSPHRASE, strlen (SECOND_PASSPHRASE));

  day->tablet.boot_us += ym_store_get_wait_us (TABLET_DIRECTORY, &day->tablet.options);
  if (!ym_store_change_passphrase (tablet_get_store (&day->tablet), old, fresh, error))
    return FALSE;
  day->passphrase = SECOND_PASSPHRASE;
  return TRUE;
}

/* A step is done by the one or by the other. */
typedef struct {
  const char *name;
  gboolean (*act) (Day *day, GError **error);
  YmWork work;
} Step;

static const Step steps[] = {
  { "create the store", act_create, NULL },
  { "say whom to trust", NULL, do_found },
  { "receive identity and homes", NULL, do_receive },
  { "begin a visit", NULL, do_begin_visit },
  { "first words", NULL, do_first_words },
  { "the whole visit", NULL, do_whole_visit },
  { "sign off", NULL, do_sign_off },
  { "addendum", NULL, do_addendum },
  { "open an issue", NULL, do_open_issue },
  { "save an action", NULL, do_action },
  { "issue in progress", NULL, do_begin_issue },
  { "lock", act_close, NULL },
  { "unlock", act_open, NULL },
  { "send", NULL, do_send },
  { "receive a colleague's", NULL, do_receive },
  { "begin a second visit", NULL, do_begin_second_visit },
  { "change the passphrase", act_change_passphrase, NULL },
  { "the whole second visit", NULL, do_whole_second_visit },
  { "save a contact", NULL, do_contact },
  { "lock again", act_close, NULL },
  { "unlock with the new passphrase", act_open, NULL },
  { "correct the contact", NULL, do_correct_contact },
  { "send again", NULL, do_send },
  { "sign off the second visit", NULL, do_sign_off_second },
  { "send, and be refused", NULL, do_send_refused },
  { "take back what was refused", NULL, do_take_back },
  { "resolve the issue", NULL, do_resolve_issue },
  { "keys into escrow", keys_set_escrow, NULL },
  { "lock, and change the vault's keys", keys_change, NULL },
  { "unlock under the new keys", act_open, NULL },
  { "save a second contact", NULL, do_contact },
  { "forget the passphrase, and ask", keys_ask, NULL },
  { "take the answer", keys_take_answer, NULL },
  { "unlock what was answered", act_open, NULL },
  { "enrol anew", NULL, do_enrol_anew },
  { "correct the second contact", NULL, do_correct_contact },
  { "send as the new device", NULL, do_send },
  { "be written by an older program", keys_grow_old, NULL },
  { "unlock after an update", act_open, NULL },
  { "save a third contact", NULL, do_contact },
  { "lock at the end", act_close, NULL },
};

Day *
day_new (Disk *disk)
{
  Day *day = g_new0 (Day, 1);

  station_init (day);
  tablet_init (&day->tablet, disk, 1, TUESDAY_US);
  day->tablet.is_bare = TRUE;
  day->passphrase = FIRST_PASSPHRASE;
  day->facts = g_ptr_array_new ();
  day->every_fact = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
  day->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) mark_free);
  day->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return day;
}

void
day_free (Day *day)
{
  tablet_close (&day->tablet);
  test_journal_close (day->server);
  g_ptr_array_unref (day->marks);
  g_ptr_array_unref (day->facts);
  g_ptr_array_unref (day->every_fact);
  ym_record_free (day->contact);
  ym_secret_free (day->recovery_secret);
  g_hash_table_unref (day->known);
  g_free (day);
}

guint
day_n_steps (void)
{
  return G_N_ELEMENTS (steps);
}

static guint
log_length (Day *day)
{
  GPtrArray *log = disk_get_log (day->tablet.disk);

  return log == NULL ? 0 : log->len;
}

gboolean
day_step (Day *day, guint index, GError **error)
{
  const Step *step = &steps[index];
  guint begun = log_length (day);
  DayMark *mark;

  if (step->act != NULL ? !step->act (day, error) : !tablet_run (&day->tablet, step->work, day, error))
    return FALSE;
  mark = g_new0 (DayMark, 1);
  *mark = (DayMark){ .name = step->name,
                     .begun = begun,
                     .acknowledged = log_length (day),
                     .passphrase = day->passphrase,
                     .facts = g_ptr_array_copy (day->facts, NULL, NULL),
                     .asked = day->asked };
  g_ptr_array_add (day->marks, mark);
  return TRUE;
}

/* What whoever unlocks it would find. */
static gboolean
mark_locked (Day *day, DayMark *mark, GError **error)
{
  g_autoptr (Disk) disk = disk_copy (day->tablet.disk);
  Tablet tablet;
  gboolean good;

  tablet_init (&tablet, disk, 5, day->tablet.wall_us);
  tablet.is_bare = TRUE;
  good = tablet_open (&tablet, day->passphrase, error) && tablet_state (&tablet, &mark->state, error);
  mark->head_counter = tablet.found_counter;
  tablet_switch_off (&tablet);
  return good;
}

gboolean
day_mark_state (Day *day, guint index, GError **error)
{
  DayMark *mark = g_ptr_array_index (day->marks, index);

  if (!tablet_is_open (&day->tablet))
    return mark_locked (day, mark, error);
  mark->head_counter = tablet_head_counter (&day->tablet);
  return tablet_state (&day->tablet, &mark->state, error);
}

void
day_run (Day *day)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error = NULL;

      test_succeeds (day_step (day, i, &error), error);
      test_succeeds (day_mark_state (day, i, &error), error);
      if (!tablet_is_open (&day->tablet))
        continue;
      test_succeeds (day_facts_hold (&day->tablet, day->facts, &error), error);
      test_succeeds (tablet_recount (&day->tablet, &error), error);
      test_succeeds (tablet_tend (&day->tablet, &error), error);
    }
}

const DayMark *
day_mark (Day *day, guint length)
{
  for (guint i = day->marks->len; i > 0; i--)
    {
      const DayMark *mark = g_ptr_array_index (day->marks, i - 1);

      if (mark->acknowledged <= length)
        return mark;
    }
  return NULL;
}

const DayMark *
day_next_mark (Day *day, guint length)
{
  for (guint i = 0; i < day->marks->len; i++)
    {
      const DayMark *mark = g_ptr_array_index (day->marks, i);

      if (mark->begun <= length && length < mark->acknowledged)
        return mark;
    }
  return NULL;
}

static gboolean
fact_holds (YmDesk *desk, const DayFact *fact, GError **error)
{
  g_autoptr (YmRecord) record = NULL;
  g_autoptr (YmDraft) draft = NULL;
  g_autoptr (GError) failure = NULL;

  if (fact->saved_at_us == 0)
    record = ym_tables_read (desk->db, fact->record->form, &fact->record->scope, &fact->record->id, &failure);
  else
    draft = ym_draft_load (desk, &fact->record->id, &failure);
  if (g_error_matches (failure, YM_ERROR, YM_ERROR_NOT_FOUND))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_DAMAGED, "acknowledged, and gone (%s)", fact->record->form->name);
      return FALSE;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (record != NULL ? ym_record_equal (record, fact->record)
                     : (ym_record_equal (draft->record, fact->record) && draft->rows->len == fact->rows
                        && draft->saved_at_us == fact->saved_at_us))
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_DAMAGED, "acknowledged, and different (%s)", fact->record->form->name);
  return FALSE;
}

static gpointer
do_check_facts (YmDesk *desk, gpointer data, GError **error)
{
  GPtrArray *facts = data;

  for (guint i = 0; i < facts->len; i++)
    if (!fact_holds (desk, g_ptr_array_index (facts, i), error))
      return NULL;
  return facts;
}

gboolean
day_facts_hold (Tablet *tablet, GPtrArray *facts, GError **error)
{
  return tablet_run (tablet, do_check_facts, facts, error);
}

/* A device that nobody certified yet has an officer who can write drafts. */
static gpointer
do_go_on (YmDesk *desk, gpointer data, GError **error)
{
  const YmId *home = data;
  g_autoptr (YmRecord) contact = ym_desk_new_record (desk, ym_form (YM_FORM_CONTACT), home);
  g_autoptr (YmRecord) read = NULL;
  g_autoptr (YmDraft) draft = ym_draft_new (ym_record_copy (contact), ym_clock_wall_us (desk->clock));

  ym_record_set_integer (contact, YM_CONTACT_AT, TUESDAY_US);
  ym_record_set_integer (contact, YM_CONTACT_HOW, 1);
  ym_record_set_text (contact, YM_CONTACT_WITH_WHOM, "E. Parry");
  ym_record_set_text (contact, YM_CONTACT_NOTE, "All goes on.");
  if (ym_id_is_zero (&desk->officer))
    return ym_draft_save (desk, draft, error) ? data : NULL;
  if (!ym_desk_save (desk, "contact.save", NULL, contact, error))
    return NULL;
  read = ym_tables_read (desk->db, contact->form, home, &contact->id, error);
  if (read != NULL && !ym_record_equal (read, contact))
    g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED, "what was saved just now is different");
  return read;
}

gboolean
day_go_on (Tablet *tablet, const YmId *home, GError **error)
{
  return tablet_run (tablet, do_go_on, (gpointer) home, error);
}
