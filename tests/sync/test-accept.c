/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server takes, what it refuses, and that nothing else happens. */

#include "app/base/error.h"
#include "app/forms/choices.h"
#include "app/journal/tables.h"
#include "tests/sync/server-fixture.h"

static void
set_up (TestServer *server, gconstpointer data)
{
  test_server_set_up (server);
}

static void
tear_down (TestServer *server, gconstpointer data)
{
  test_server_tear_down (server);
}

#define assert_outcome(outcome, wanted_disposition, wanted_reason)                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    YmOutcome outcome_ = (outcome);                                                                                    \
    g_assert_cmpuint (outcome_.disposition, ==, (wanted_disposition));                                                 \
    g_assert_cmpuint (outcome_.reason, ==, (wanted_reason));                                                           \
  }                                                                                                                    \
  G_STMT_END

static gint64
count (TestServer *server, const char *sql)
{
  return test_count (server->journal, sql);
}

#define VISITS "SELECT count(*) FROM visit"
#define ENVELOPES "SELECT count(*) FROM envelope"

/* A group with one visit by the officer of home W1, not in any tablet's journal. */
static GPtrArray *
visit_group (TestServer *server, TestAlter alter)
{
  g_autoptr (YmRecord) visit = test_visit (&server->force, TEST_2001, &server->force.home_1);

  return test_server_forge (server, TEST_2001, NULL, visit, alter);
}

/* The whole path: what one officer signs off, the deputy and the sergeant read, and nobody else. */
static void
test_visit_reaches_who_may_see_it (TestServer *server, gconstpointer data)
{
  TestTablet *named = test_server_tablet (server, TEST_2001);
  TestTablet *deputy = test_server_tablet (server, TEST_2003);
  TestTablet *sergeant = test_server_tablet (server, TEST_2000);
  TestTablet *stranger = test_server_tablet (server, TEST_2002);
  g_autoptr (YmRecord) visit = test_visit (&server->force, TEST_2001, &server->force.home_1);

  test_tablet_save (named, "visit.sign-off", NULL, visit);
  assert_outcome (test_tablet_push (server, named), YM_DISPOSITION_ACCEPTED, YM_REASON_NONE);
  test_tablet_sync (server, deputy);
  test_tablet_sync (server, sergeant);
  test_tablet_sync (server, stranger);
  g_assert_cmpint (count (server, VISITS), ==, 1);
  g_assert_cmpint (test_count (deputy->journal, VISITS), ==, 1);
  g_assert_cmpint (test_count (sergeant->journal, VISITS), ==, 1);
  g_assert_cmpint (test_count (stranger->journal, VISITS), ==, 0);
  g_assert_cmpint (test_count (named->journal, ENVELOPES " WHERE position IS NULL"), ==, 0);
}

/* Without the administrator's import there is no force: identity and reference data must be in, with receipts. */
static void
test_administrator_imports (TestServer *server, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (count (server, "SELECT count(*) FROM home"), ==, 2);
  g_assert_cmpint (count (server, "SELECT count(*) FROM assignment"), ==, 3);
  g_assert_cmpint (count (server, "SELECT count(*) FROM server"), ==, 1);
  g_assert_cmpint (count (server, ENVELOPES " WHERE NOT folded OR disposition != 1"), ==, 0);
  g_assert_cmpint (count (server, ENVELOPES), ==, (gint64) ym_ledger_get_end (server->ledger));
  g_assert_cmpint (test_count (server->source, ENVELOPES " WHERE position IS NULL"), ==, 0);
  test_succeeds (ym_journal_recount (ym_journal_get_db (server->journal), &error), error);
}

/* A device that got no answer sends again: it must be there once, and the receipt be the very one given before. */
static void
test_same_batch_twice (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  GPtrArray *group = visit_group (server, NULL);
  g_autoptr (YmResponse) first = NULL;
  g_autoptr (YmResponse) second = NULL;
  gint64 before = count (server, ENVELOPES);

  g_ptr_array_ref (group);
  first = test_tablet_send_groups (server, tablet, group, NULL);
  second = test_tablet_send_groups (server, tablet, group, NULL);
  g_assert_null (second->stop);
  g_assert_cmpint (count (server, ENVELOPES), ==, before + 1);
  g_assert_cmpint (count (server, VISITS), ==, 1);
  g_assert_cmpuint (first->receipts->len, ==, 1);
  g_assert_cmpuint (second->receipts->len, ==, 1);
  g_assert_true (g_bytes_equal (g_ptr_array_index (first->receipts, 0), g_ptr_array_index (second->receipts, 0)));
  g_assert_cmpuint (ym_accept_get_counts (server->ledger).known_again, >=, 1);
}

static void
make_first_of_two (YmEnvelope *envelope)
{
  envelope->group_count = 2;
}

/* A group cut in the middle must not be half there, and be taken once when it comes whole. */
static void
test_cut_group_is_resumed (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  gint64 before = count (server, ENVELOPES);
  g_autoptr (YmResponse) cut
      = test_tablet_send_groups (server, tablet, visit_group (server, make_first_of_two), NULL);
  g_autoptr (YmRecord) visit = test_visit (&server->force, TEST_2001, &server->force.home_1);

  g_assert_cmpuint (cut->stop->code, ==, YM_STOP_MALFORMED);
  g_assert_cmpuint (cut->receipts->len, ==, 0);
  g_assert_cmpint (count (server, ENVELOPES), ==, before);
  test_tablet_save (tablet, "visit.sign-off", NULL, visit);
  for (int i = 0; i < 2; i++) /* the first answer is lost on the way */
    {
      g_autoptr (YmRequest) request = test_tablet_request (server, tablet, TRUE);
      g_autoptr (YmResponse) lost = test_server_send (server, tablet, request, NULL);

      g_assert_null (lost->stop);
    }
  assert_outcome (test_tablet_push (server, tablet), YM_DISPOSITION_ACCEPTED, YM_REASON_NONE);
  g_assert_cmpint (count (server, ENVELOPES), ==, before + 1);
}

static void
skip_one (YmEnvelope *envelope)
{
  envelope->sequence += 2;
  envelope->previous.bytes[0] = 1;
}

/* An envelope whose predecessor is missing must wait for it, or the chain proves nothing. */
static void
test_gap_stops (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  gint64 before = count (server, ENVELOPES) + 1;
  g_autoptr (YmResponse) good = test_tablet_send_groups (server, tablet, visit_group (server, NULL), NULL);
  g_autoptr (YmResponse) gap
      = test_tablet_send_groups (server, tablet, visit_group (server, skip_one), visit_group (server, NULL));

  g_assert_null (good->stop);
  g_assert_cmpuint (gap->stop->code, ==, YM_STOP_GAP);
  g_assert_cmpuint (gap->stop->group, ==, 0);
  g_assert_true (gap->stop->has_expected);
  g_assert_cmpuint (gap->stop->expected.sequence, ==, 1);
  g_assert_cmpint (count (server, ENVELOPES), ==, before); /* nothing after a stop either */
}

static void
use_first_place (YmEnvelope *envelope)
{
  envelope->sequence = 1;
  envelope->previous = (YmHash){ { 0 } };
}

static void
name_other_predecessor (YmEnvelope *envelope)
{
  envelope->previous.bytes[5] ^= 1;
}

/* Two envelopes in one place of a chain: a copied key. It must not get in, and be kept as proof. */
static void
test_fork_is_kept_as_evidence (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmResponse) good = test_tablet_send_groups (server, tablet, visit_group (server, NULL), NULL);
  g_autoptr (YmResponse) same_place
      = test_tablet_send_groups (server, tablet, visit_group (server, use_first_place), NULL);
  g_autoptr (YmResponse) other_past
      = test_tablet_send_groups (server, tablet, visit_group (server, name_other_predecessor), NULL);

  g_assert_null (good->stop);
  g_assert_cmpuint (same_place->stop->code, ==, YM_STOP_FORK);
  g_assert_cmpuint (other_past->stop->code, ==, YM_STOP_FORK);
  g_assert_cmpint (count (server, VISITS), ==, 1);
  g_assert_cmpint (count (server, "SELECT count(*) FROM evidence WHERE what = 'fork'"), ==, 2);
}

/* One changed byte, in what is signed, in the signature, or beside it: nothing may be taken, no false proof be kept. */
static void
test_changed_byte_stops (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (GPtrArray) group = visit_group (server, NULL);
  const YmParcel *parcel = g_ptr_array_index (group, 0);
  gint64 before = count (server, ENVELOPES);

  for (guint which = 0; which < 2; which++)
    {
      gsize length = g_bytes_get_size (which == 0 ? parcel->envelope : parcel->change_set);

      for (gsize from_end = 0; from_end < length; from_end++)
        {
          g_autoptr (YmResponse) response
              = test_tablet_send_groups (server, tablet, test_flip (group, which == 1, from_end), NULL);

          g_assert_nonnull (response->stop);
          g_assert_cmpuint (response->receipts->len, ==, 0);
        }
    }
  g_assert_cmpint (count (server, ENVELOPES), ==, before);
  g_assert_cmpint (count (server, "SELECT count(*) FROM evidence"), ==, 0);
}

static void
be_somebody_else (YmEnvelope *envelope)
{
  envelope->author.bytes[0] ^= 1;
}

/* Signed by a key that isn't the author's: another device's, or one that nobody certified. */
static void
test_wrong_signature_stops (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  TestDevice thief = server->force.devices[TEST_2002];
  g_autoptr (YmRecord) visit = test_visit (&server->force, TEST_2001, &server->force.home_1);
  g_autoptr (YmResponse) by_other = NULL;
  g_autoptr (YmResponse) by_nobody
      = test_tablet_send_groups (server, tablet, visit_group (server, be_somebody_else), NULL);

  server->force.devices[TEST_2002].author.device = server->force.devices[TEST_2001].author.device;
  by_other = test_tablet_send_groups (server, tablet,
                                      test_server_forge (server, TEST_2002, NULL, visit, NULL), NULL);
  server->force.devices[TEST_2002] = thief;
  g_assert_cmpuint (by_nobody->stop->code, ==, YM_STOP_SIGNATURE);
  g_assert_cmpuint (by_other->stop->code, ==, YM_STOP_SIGNATURE);
  g_assert_cmpint (count (server, VISITS), ==, 0);
}

static void
be_newer (YmEnvelope *envelope)
{
  envelope->schema = YM_SCHEMA_VERSION + 1;
}

/* What a newer app wrote must wait for a newer server, not be judged by rules that don't know it. */
static void
test_newer_schema_stops (TestServer *server, gconstpointer data)
{
  g_autoptr (YmResponse) response = test_tablet_send_groups (server, test_server_tablet (server, TEST_2001),
                                                             visit_group (server, be_newer), NULL);

  g_assert_cmpuint (response->stop->code, ==, YM_STOP_NEWER);
  g_assert_cmpint (count (server, VISITS), ==, 0);
}

/* A change set that is missing and was not erased can't be judged. */
static void
test_withheld_change_set_stops (TestServer *server, gconstpointer data)
{
  g_autoptr (GPtrArray) group = visit_group (server, NULL);
  GPtrArray *bare = ym_group_new ();
  g_autoptr (YmResponse) response = NULL;

  g_ptr_array_add (bare, ym_parcel_new (((YmParcel *) g_ptr_array_index (group, 0))->envelope, NULL));
  response = test_tablet_send_groups (server, test_server_tablet (server, TEST_2001), bare, NULL);
  g_assert_cmpuint (response->stop->code, ==, YM_STOP_WITHHELD);
}

/* Who is not certified, or no longer, gets no data, whatever it asks. */
static void
test_unknown_and_expired_devices_are_turned_away (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmRequest) request = test_tablet_request (server, tablet, FALSE);
  g_autoptr (GBytes) stolen = NULL;
  g_autoptr (GBytes) noise = g_bytes_new_static ("noise", 5);
  guint64 commits;
  static const struct {
    gsize offset;
    guint status;
    const char *problem;
  } cases[] = {
    { G_STRUCT_OFFSET (YmRequest, device), 401, "unknown-device" },
    { G_STRUCT_OFFSET (YmRequest, server), 409, "other-server" },
    { G_STRUCT_OFFSET (YmRequest, force), 409, "other-force" },
  };
  const char *problem;
  guint status;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmId *id = (YmId *) ((guint8 *) request + cases[i].offset);
      g_autoptr (GBytes) bytes = NULL;

      id->bytes[3] ^= 1;
      bytes = ym_request_seal (request, &tablet->device->author.signer, NULL);
      id->bytes[3] ^= 1;
      g_assert_null (test_server_post (server, YM_JOB_EXCHANGE, bytes, &status, &problem));
      g_assert_cmpuint (status, ==, cases[i].status);
      g_assert_cmpstr (problem, ==, cases[i].problem);
    }
  stolen = ym_request_seal (request, &server->force.devices[TEST_2002].author.signer, NULL);
  g_assert_null (test_server_post (server, YM_JOB_EXCHANGE, stolen, &status, &problem));
  g_assert_cmpstr (problem, ==, "wrong-signature");
  commits = ym_accept_get_counts (server->ledger).commits;
  g_assert_null (test_server_post (server, YM_JOB_EXCHANGE, noise, &status, &problem));
  g_assert_cmpuint (ym_accept_get_counts (server->ledger).commits, ==, commits); /* rubbish costs no sync */
  g_assert_cmpuint (status, ==, 400);
}

/* A certificate's end is judged here alone: by the server's clock, for the device that asks and for any author. */
static void
test_expired_certificate (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  TestTablet *carrier = test_server_tablet (server, TEST_2003);
  g_autoptr (YmResponse) carried = NULL;
  g_autoptr (YmRequest) request = NULL;
  g_autofree char *hex = ym_id_to_string (&tablet->device->author.device);
  g_autofree char *sql = g_strdup_printf ("UPDATE device SET valid_until = 1 WHERE id = x'%s'", hex);
  g_autoptr (GError) error = NULL;
  guint status;

  server->changed_by_hand = TRUE;
  g_assert_true (ym_sql_script (ym_journal_get_db (server->journal), sql, &error));
  request = test_tablet_request (server, tablet, FALSE);
  g_assert_null (test_server_send (server, tablet, request, &status));
  g_assert_cmpuint (status, ==, 403);
  carried = test_tablet_send_groups (server, carrier, visit_group (server, NULL), NULL);
  g_assert_cmpuint (carried->stop->code, ==, YM_STOP_SIGNATURE);
}

/* After a revocation nothing counts any more, but nothing is thrown away; and the device hears of it, of nothing else. */
static void
test_revoked_device_is_quarantined (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  TestTablet *deputy = test_server_tablet (server, TEST_2003);
  g_autoptr (YmRecord) before = test_visit (&server->force, TEST_2001, &server->force.home_1);
  g_autoptr (YmRecord) deputys = test_visit (&server->force, TEST_2003, &server->force.home_1);
  g_autoptr (YmResponse) response = NULL;

  test_tablet_save (tablet, "visit.sign-off", NULL, before);
  test_tablet_sync (server, tablet);
  test_server_revoke (server, TEST_2001);
  test_tablet_save (deputy, "visit.sign-off", NULL, deputys);
  test_tablet_sync (server, deputy);
  response = test_tablet_send_groups (server, tablet, visit_group (server, NULL), NULL);
  g_assert_null (response->stop);
  g_assert_cmpuint (response->receipts->len, ==, 1);
  assert_outcome (test_server_outcome (server, tablet), YM_DISPOSITION_QUARANTINED, YM_REASON_REVOKED);
  g_assert_cmpint (count (server, VISITS), ==, 2);
  g_assert_cmpuint (response->entries->len, ==, 1);
  test_tablet_sync (server, deputy);
  g_assert_cmpint (test_count (deputy->journal, VISITS), ==, 2); /* every replica comes to the same */
}

typedef struct {
  const char *name;
  YmRecord *(*before) (TestServer *server);
  YmRecord *(*after) (TestServer *server);
  YmReason reason;
} RefusedCase;

static YmRecord *
visit_elsewhere (TestServer *server)
{
  return test_visit (&server->force, TEST_2001, &server->force.home_2);
}

static YmRecord *
visit_as_another (TestServer *server)
{
  return test_visit (&server->force, TEST_2003, &server->force.home_1);
}

static YmRecord *
home_now (TestServer *server)
{
  return ym_tables_read (ym_journal_get_db (server->journal), ym_form (YM_FORM_HOME), &server->force.home_1,
                         &server->force.home_1, NULL);
}

static YmRecord *
home_renamed (TestServer *server)
{
  YmRecord *home = home_now (server);

  ym_record_set_text (home, YM_HOME_NAME, "Mine");
  return home;
}

static YmRecord *
own_assignment (TestServer *server)
{
  YmRecord *record = ym_record_new (ym_form (YM_FORM_ASSIGNMENT), &server->force.home_2, &ym_id_zero);

  ym_record_set_id (record, YM_ASSIGNMENT_HOME, &server->force.home_2);
  ym_record_set_id (record, YM_ASSIGNMENT_OFFICER, &server->force.devices[TEST_2001].officer);
  ym_record_set_integer (record, YM_ASSIGNMENT_ROLE, YM_ASSIGNMENT_NAMED);
  ym_record_set_integer (record, YM_ASSIGNMENT_FROM_DATE, 20000);
  record->id = ym_record_key_id (record, &server->force.force);
  return record;
}

static YmRecord *
own_certificate (TestServer *server)
{
  guint8 key[32] = { 5 };
  YmId id = ym_id_of_public_key ("device", key);
  YmRecord *record = ym_record_new (ym_form (YM_FORM_DEVICE), &server->force.force, &id);
  g_auto (YmValue) value = ym_value_bytes (key, sizeof key);

  ym_record_set_integer (record, YM_DEVICE_KIND, YM_DEVICE_KIND_ADMINISTRATOR);
  ym_record_set (record, YM_DEVICE_PUBLIC_KEY, &value);
  ym_record_set_integer (record, YM_DEVICE_ENROLLED_AT, 0);
  return record;
}

static YmRecord *
the_contact (TestServer *server)
{
  YmRecord *contact = test_record (&server->force, TEST_2003, YM_FORM_CONTACT, &server->force.home_1);

  contact->id = (YmId){ { 0xcc } };
  ym_record_set_integer (contact, YM_CONTACT_AT, 1);
  ym_record_set_integer (contact, YM_CONTACT_HOW, 1);
  ym_record_set_text (contact, YM_CONTACT_WITH_WHOM, "Manager");
  ym_record_set_text (contact, YM_CONTACT_NOTE, "Rang.");
  return contact;
}

static YmRecord *
contact_of_another (TestServer *server)
{
  YmRecord *contact = the_contact (server);

  ym_record_set_text (contact, YM_CONTACT_NOTE, "Never rang.");
  return contact;
}

static YmRecord *
contact_of_nobody (TestServer *server)
{
  YmRecord *contact = the_contact (server);

  contact->id = (YmId){ { 0xcd } };
  return contact;
}

static YmRecord *
contact_of_nobody_changed (TestServer *server)
{
  YmRecord *contact = contact_of_another (server);

  contact->id = (YmId){ { 0xcd } };
  return contact;
}

static YmRecord *
a_debrief (TestServer *server)
{
  YmRecord *debrief = test_record (&server->force, TEST_2001, YM_FORM_DEBRIEF, &server->force.home_1);

  ym_record_set_text (debrief, YM_DEBRIEF_SUBJECT, "A night");
  ym_record_set_text (debrief, YM_DEBRIEF_PARTICIPANTS, "The shift");
  ym_record_set_text (debrief, YM_DEBRIEF_TALKED_THROUGH, "All of it");
  return debrief;
}

static YmRecord *
learning_note (TestServer *server, const char *text)
{
  YmRecord *note = test_record (&server->force, TEST_2001, YM_FORM_LEARNING_NOTE, &server->force.force);

  ym_record_set_integer (note, YM_LEARNING_NOTE_TOPIC, 2);
  ym_record_set_text (note, YM_LEARNING_NOTE_TITLE, "Alternatives first");
  ym_record_set_text (note, YM_LEARNING_NOTE_TEXT, text);
  return note;
}

static YmRecord *
a_learning_note (TestServer *server)
{
  return learning_note (server, "Ask what was tried.");
}

static const RefusedCase refused[] = {
  { "outside-the-officers-homes", NULL, visit_elsewhere, YM_REASON_NOT_ASSIGNED },
  { "in-anothers-name", NULL, visit_as_another, YM_REASON_WRONG_AUTHOR },
  { "reference-data", home_now, home_renamed, YM_REASON_REFERENCE_DATA },
  { "own-assignment", NULL, own_assignment, YM_REASON_REFERENCE_DATA },
  { "own-certificate", NULL, own_certificate, YM_REASON_ROLE },
  { "anothers-contact", the_contact, contact_of_another, YM_REASON_WRONG_AUTHOR },
  { "unknown-record", contact_of_nobody, contact_of_nobody_changed, YM_REASON_UNKNOWN_RECORD },
  { "debrief-by-an-officer", NULL, a_debrief, YM_REASON_ROLE },
  { "learning-by-an-officer", NULL, a_learning_note, YM_REASON_ROLE },
};

/* Each is refused with its reason, kept, receipted and not folded; and the officer's next visit goes through. */
static void
test_refused (TestServer *server, gconstpointer data)
{
  const RefusedCase *c = data;
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  TestTablet *deputy = test_server_tablet (server, TEST_2003);
  g_autoptr (YmRecord) contact = the_contact (server);
  g_autoptr (YmRecord) before = NULL;
  g_autoptr (YmRecord) after = NULL;
  g_autoptr (YmResponse) response = NULL;
  g_autoptr (YmResponse) next = NULL;
  g_autofree char *export_before = NULL;
  g_autofree char *export_after = NULL;
  g_autoptr (GError) error = NULL;

  test_tablet_save (deputy, "contact.save", NULL, contact);
  test_tablet_sync (server, deputy);
  export_before = test_export (server->journal);
  before = c->before == NULL ? NULL : c->before (server);
  after = c->after (server);
  response
      = test_tablet_send_groups (server, tablet, test_server_forge (server, TEST_2001, before, after, NULL), NULL);
  g_assert_null (response->stop);
  g_assert_cmpuint (response->receipts->len, >, 0);
  assert_outcome (test_server_outcome (server, tablet), YM_DISPOSITION_REFUSED, c->reason);
  export_after = test_export (server->journal);
  g_assert_cmpstr (export_before, ==, export_after);
  next = test_tablet_send_groups (server, tablet, visit_group (server, NULL), NULL);
  g_assert_null (next->stop);
  assert_outcome (test_server_outcome (server, tablet), YM_DISPOSITION_ACCEPTED, YM_REASON_NONE);
  test_succeeds (ym_journal_recount (ym_journal_get_db (server->journal), &error), error);
  test_tablet_sync (server, deputy);
  g_assert_cmpint (test_count (deputy->journal, VISITS), ==, 1);
}

/* Broken: a note names a home that its author's tablet has never heard of, or what was learnt stays with one sergeant. */
static void
test_learning_reaches_all_and_names_nobody (TestServer *server, gconstpointer data)
{
  TestTablet *sergeant = test_server_tablet (server, TEST_2000);
  TestTablet *stranger = test_server_tablet (server, TEST_2002);
  g_autoptr (YmRecord) naming = learning_note (server, "It was W2.");
  g_autoptr (YmRecord) good = a_learning_note (server);

  g_assert_cmpint (test_count (sergeant->journal, "SELECT count(*) FROM home WHERE name = 'W2'"), ==, 0);
  test_tablet_save (sergeant, "learning.share", NULL, naming);
  assert_outcome (test_tablet_push (server, sergeant), YM_DISPOSITION_REFUSED, YM_REASON_NAMES_SOMEBODY);
  test_tablet_save (sergeant, "learning.share", NULL, good);
  assert_outcome (test_tablet_push (server, sergeant), YM_DISPOSITION_ACCEPTED, YM_REASON_NONE);
  test_tablet_sync (server, stranger);
  g_assert_cmpint (test_count (stranger->journal, "SELECT count(*) FROM learning_note"), ==, 1);
  g_assert_cmpint (test_count (stranger->journal, "SELECT count(*) FROM envelope WHERE reason = 17 AND change_set IS NOT NULL"), ==, 0);
}

/* R12: a visit that was signed off stands; neither a change nor a second one in its place gets through. */
static void
test_signed_off_visit_is_fixed (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmRecord) visit = test_visit (&server->force, TEST_2001, &server->force.home_1);
  g_autoptr (YmRecord) changed = ym_record_copy (visit);
  g_autoptr (YmResponse) update = NULL;
  g_autoptr (YmResponse) insert = NULL;
  g_autoptr (YmRecord) stands = NULL;

  test_tablet_save (tablet, "visit.sign-off", NULL, visit);
  test_tablet_sync (server, tablet);
  ym_record_set_text (changed, YM_VISIT_NOTES, "All was well.");
  update = test_tablet_send_groups (server, tablet, test_server_forge (server, TEST_2001, visit, changed, NULL), NULL);
  assert_outcome (test_server_outcome (server, tablet), YM_DISPOSITION_REFUSED, YM_REASON_FIXED_RECORD);
  insert = test_tablet_send_groups (server, tablet, test_server_forge (server, TEST_2001, NULL, changed, NULL), NULL);
  assert_outcome (test_server_outcome (server, tablet), YM_DISPOSITION_REFUSED, YM_REASON_FIXED_RECORD);
  stands = ym_tables_read (ym_journal_get_db (server->journal), visit->form, &visit->scope, &visit->id, NULL);
  g_assert_true (ym_record_equal (stands, visit));
}

#define YESTERDAY_OF_THE_FIXTURE 20473

/* Who visited a home before hearing that it is no longer theirs must not lose the visit: it is late, and shown. */
static void
test_late_after_reassignment (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmRecord) offline = test_visit (&server->force, TEST_2001, &server->force.home_1);
  g_autoptr (YmRecord) knowing = test_visit (&server->force, TEST_2001, &server->force.home_1);

  test_tablet_save (tablet, "visit.sign-off", NULL, offline);
  test_server_assign (server, &server->force.home_1, TEST_2001, YESTERDAY_OF_THE_FIXTURE);
  assert_outcome (test_tablet_push (server, tablet), YM_DISPOSITION_LATE, YM_REASON_NOT_ASSIGNED);
  g_assert_cmpint (count (server, VISITS), ==, 1);
  /* By now the tablet has heard of it. */
  test_tablet_save (tablet, "visit.sign-off", NULL, knowing);
  assert_outcome (test_tablet_push (server, tablet), YM_DISPOSITION_REFUSED, YM_REASON_NOT_ASSIGNED);
  g_assert_cmpint (count (server, VISITS), ==, 1);
}

/* What the next test's envelope claims to have seen. */
static YmPosition claimed_base;

static void
claim_base (YmEnvelope *envelope)
{
  envelope->has_base = TRUE;
  envelope->base = claimed_base;
}

/* A device can't go back to an older base to be judged by rights that it knows it has lost. */
static void
test_base_never_goes_back (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmResponse) knowing = NULL;
  g_autoptr (YmResponse) pretending = NULL;
  YmPosition before;

  g_assert_true (ym_journal_get_cursor (tablet->journal, &before));
  test_server_assign (server, &server->force.home_1, TEST_2001, YESTERDAY_OF_THE_FIXTURE);
  claimed_base = (YmPosition){ before.epoch, ym_ledger_get_end (server->ledger) };
  knowing = test_tablet_send_groups (server, tablet, visit_group (server, claim_base), NULL);
  assert_outcome (test_server_outcome (server, tablet), YM_DISPOSITION_REFUSED, YM_REASON_NOT_ASSIGNED);
  claimed_base = before;
  pretending = test_tablet_send_groups (server, tablet, visit_group (server, claim_base), NULL);
  assert_outcome (test_server_outcome (server, tablet), YM_DISPOSITION_REFUSED, YM_REASON_NOT_ASSIGNED);
}

/* A group is one save: if any of it is refused, none of it counts, or a visit would stand without its issue. */
static void
test_group_shares_one_verdict (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmRecord) here = test_visit (&server->force, TEST_2001, &server->force.home_1);
  g_autoptr (YmRecord) elsewhere = test_visit (&server->force, TEST_2001, &server->force.home_2);
  const YmChange changes[] = { { NULL, here }, { NULL, elsewhere } };
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_journal_begin (tablet->journal, &error), error);
  test_succeeds (ym_journal_write (tablet->journal, &tablet->device->author, "visit.sign-off", &here->id, changes, 2,
                                   &error),
                 error);
  test_succeeds (ym_journal_commit (tablet->journal, &error), error);
  assert_outcome (test_tablet_push (server, tablet), YM_DISPOSITION_REFUSED, YM_REASON_NOT_ASSIGNED);
  g_assert_cmpint (count (server, VISITS), ==, 0);
  g_assert_cmpint (count (server, ENVELOPES " WHERE disposition = 3"), ==, 2);
  test_succeeds (ym_journal_recount (ym_journal_get_db (server->journal), &error), error);
}

/* A request that was recorded and sent again yields the expected counter and no data. */
static void
test_replay_yields_nothing (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmRequest) request = test_tablet_request (server, tablet, FALSE);
  g_autoptr (YmResponse) first = NULL;
  g_autoptr (YmResponse) again = NULL;

  request->has_cursor = FALSE;
  g_ptr_array_add (request->groups, visit_group (server, NULL));
  first = test_server_send (server, tablet, request, NULL);
  again = test_server_send (server, tablet, request, NULL);
  g_assert_cmpuint (first->expected_counter, ==, 0);
  g_assert_cmpuint (first->entries->len, >, 0);
  g_assert_cmpuint (again->expected_counter, ==, request->counter + 1);
  g_assert_cmpuint (again->entries->len + again->receipts->len + again->held->len, ==, 0);
}

static GBytes *
sealed_visit (TestServer *server, int device)
{
  TestTablet *tablet = test_server_tablet (server, device);
  g_autoptr (YmRecord) visit = test_visit (&server->force, device, &server->force.home_1);
  g_autoptr (YmRequest) request = test_tablet_request (server, tablet, FALSE);

  g_ptr_array_add (request->groups, test_server_forge (server, device, NULL, visit, NULL));
  return ym_request_seal (request, &tablet->device->author.signer, NULL);
}

/* Many devices share one commit; what one of them sends wrong must cost the others nothing. */
static void
test_one_bad_request_harms_no_other (TestServer *server, gconstpointer data)
{
  g_autoptr (GBytes) good = sealed_visit (server, TEST_2001);
  g_autoptr (GBytes) other = sealed_visit (server, TEST_2003);
  g_autoptr (GBytes) noise = g_bytes_new_static ("noise", 5);
  YmJob *jobs[] = { ym_job_new (YM_JOB_EXCHANGE, noise), ym_job_new (YM_JOB_EXCHANGE, good),
                    ym_job_new (YM_JOB_EXCHANGE, good), ym_job_new (YM_JOB_ENROL, noise),
                    ym_job_new (YM_JOB_EXCHANGE, other), ym_job_new (YM_JOB_ADMINISTER, noise) };
  static const guint wanted[] = { 400, 200, 200, 400, 200, 400 };
  guint64 commits = ym_accept_get_counts (server->ledger).commits;
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_accept_jobs (server->ledger, jobs, G_N_ELEMENTS (jobs), &error), error);
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++)
    {
      g_assert_cmpuint (jobs[i]->status, ==, wanted[i]);
      g_assert_true ((jobs[i]->answer != NULL) == (wanted[i] == 200));
      ym_job_free (jobs[i]);
    }
  g_assert_cmpuint (ym_accept_get_counts (server->ledger).commits, ==, commits + 1);
  g_assert_cmpint (count (server, VISITS), ==, 2);
  g_assert_cmpint (count (server, ENVELOPES), ==, (gint64) ym_ledger_get_end (server->ledger));
}

static YmChainPoint parent;

static void
start_side_branch (YmEnvelope *envelope)
{
  envelope->chain.bytes[0] ^= 1;
  envelope->sequence = 1;
  envelope->previous = (YmHash){ { 0 } };
  envelope->has_parent = TRUE;
  envelope->parent = parent;
}

/* A store that came back from an older copy goes on in a new chain; if the old one then grows too, there are two. */
static void
test_side_branch_and_clone (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmResponse) first = test_tablet_send_groups (server, tablet, visit_group (server, NULL), NULL);
  g_autoptr (GPtrArray) second = visit_group (server, NULL);
  g_autoptr (YmResponse) branch = NULL;
  g_autoptr (YmResponse) clone = NULL;

  parent = g_array_index (first->held, YmChainPoint, 0);
  branch = test_tablet_send_groups (server, tablet, visit_group (server, start_side_branch), NULL);
  g_assert_null (branch->stop);
  assert_outcome (test_server_outcome (server, tablet), YM_DISPOSITION_ACCEPTED, YM_REASON_SIDE_BRANCH);
  g_assert_cmpuint (branch->held->len, ==, 2);
  clone = test_tablet_send_groups (server, tablet, g_steal_pointer (&second), NULL);
  g_assert_cmpuint (clone->stop->code, ==, YM_STOP_SUSPENDED);
  g_assert_cmpint (count (server, VISITS), ==, 2);
}

/* The same identity file again must change nothing, and noise neither. */
static void
test_identity_file (TestServer *server, gconstpointer data)
{
  g_autoptr (GBytes) same = test_server_identity (server);
  g_autoptr (GBytes) noise = g_bytes_new_static ("noise", 5);
  g_autoptr (GError) error = NULL;
  gint64 before = count (server, ENVELOPES);

  test_succeeds (ym_ledger_load_identity (server->ledger, same, &error), error);
  g_assert_cmpint (count (server, ENVELOPES), ==, before);
  g_assert_false (ym_ledger_load_identity (server->ledger, noise, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
  g_assert_true (ym_ledger_is_ready (server->ledger));
}

/* A server that the file does not certify must not begin to serve with it. */
static void
test_identity_of_another_server (TestServer *server, gconstpointer data)
{
  g_autoptr (GBytes) identity = test_server_identity (server);
  g_autoptr (GError) error = NULL;
  TestServer other = { .force = server->force };

  other.server_keys.public_key[0] = 1;
  test_server_open (&other);
  g_assert_false (ym_ledger_load_identity (other.ledger, identity, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  g_assert_false (ym_ledger_is_ready (other.ledger));
  g_assert_cmpint (test_count (other.journal, ENVELOPES), ==, 0);
  test_server_tear_down (&other);
}

int
main (int argc, char **argv)
{
#define TEST(path, run) g_test_add ("/accept/" path, TestServer, NULL, set_up, run, tear_down)

  g_test_init (&argc, &argv, NULL);
  TEST ("visit-reaches-who-may-see-it", test_visit_reaches_who_may_see_it);
  TEST ("administrator-imports", test_administrator_imports);
  TEST ("same-batch-twice", test_same_batch_twice);
  TEST ("cut-group-is-resumed", test_cut_group_is_resumed);
  TEST ("gap-stops", test_gap_stops);
  TEST ("fork-is-kept-as-evidence", test_fork_is_kept_as_evidence);
  TEST ("changed-byte-stops", test_changed_byte_stops);
  TEST ("wrong-signature-stops", test_wrong_signature_stops);
  TEST ("newer-schema-stops", test_newer_schema_stops);
  TEST ("withheld-change-set-stops", test_withheld_change_set_stops);
  TEST ("unknown-devices-are-turned-away", test_unknown_and_expired_devices_are_turned_away);
  TEST ("expired-certificate", test_expired_certificate);
  TEST ("revoked-device-is-quarantined", test_revoked_device_is_quarantined);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/accept/refused/%s", refused[i].name);

      g_test_add (path, TestServer, &refused[i], set_up, test_refused, tear_down);
    }
  TEST ("learning-reaches-all-and-names-nobody", test_learning_reaches_all_and_names_nobody);
  TEST ("signed-off-visit-is-fixed", test_signed_off_visit_is_fixed);
  TEST ("late-after-reassignment", test_late_after_reassignment);
  TEST ("base-never-goes-back", test_base_never_goes_back);
  TEST ("group-shares-one-verdict", test_group_shares_one_verdict);
  TEST ("replay-yields-nothing", test_replay_yields_nothing);
  TEST ("one-bad-request-harms-no-other", test_one_bad_request_harms_no_other);
  TEST ("side-branch-and-clone", test_side_branch_and_clone);
  TEST ("identity-file", test_identity_file);
  TEST ("identity-of-another-server", test_identity_of_another_server);
  return g_test_run ();
}
