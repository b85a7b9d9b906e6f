/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A visit that was given out, as a report or as evidence alone: what proves it, and what must never pass for proof. */

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app/journal/tables.h"
#include "app/notebook/save.h"
#include "app/returns/visit-report.h"
#include "sync/evidence/evidence.h"
#include "sync/evidence/give.h"
#include "sync/evidence/pdf-attachment.h"
#include "sync/evidence/verify.h"
#include "tests/sync/client-fixture.h"

#define CHILD_WORDS "gwallt coch hir"
#define POLICE_WORDS "ask the neighbours"
#define HOME_WORDS "The rota was gone through"
#define ADDENDUM_WORDS "there were four on duty"

typedef struct {
  TestServer server;
  TestWire wire;
  TestUnit unit;
  YmDesk desk;
  YmId visit;
} World;

static YmRecord *
row_of_visit (World *world, guint form, guint parent)
{
  YmRecord *row = test_record (&world->server.force, TEST_2001, form, &world->server.force.home_1);

  ym_record_set_id (row, parent, &world->visit);
  return row;
}

static YmRecord *
make_concern (World *world)
{
  YmRecord *concern = row_of_visit (world, YM_FORM_CHILD_CONCERN, YM_CHILD_CONCERN_VISIT);

  ym_record_set_integer (concern, YM_CHILD_CONCERN_CATEGORY, 1);
  ym_record_set_text (concern, YM_CHILD_CONCERN_REASON, CHILD_WORDS);
  ym_record_set_text (concern, YM_CHILD_CONCERN_PERSON_REF, "NP77231");
  ym_record_set_text (concern, YM_CHILD_CONCERN_INITIALS, "QZX");
  ym_record_set_integer (concern, YM_CHILD_CONCERN_YEAR_OF_BIRTH, 2011);
  ym_record_set_text (concern, YM_CHILD_CONCERN_ACTION, "None yet");
  ym_record_set_integer (concern, YM_CHILD_CONCERN_REFERRAL, 1);
  ym_record_set_text (concern, YM_CHILD_CONCERN_REFERRAL_WHY, "R1");
  ym_record_set_integer (concern, YM_CHILD_CONCERN_REVIEW_ON, 25000);
  return concern;
}

/* A visit with a person met and a concern, in one save as the app makes it, and an addendum after a contact. */
static void
sign_off (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmRecord) visit = test_visit (&world->server.force, TEST_2001, &world->server.force.home_1);
  g_autoptr (YmRecord) person = NULL;
  g_autoptr (YmRecord) concern = NULL;

  world->visit = visit->id;
  ym_record_set_text (visit, YM_VISIT_NOTES, HOME_WORDS);
  ym_record_set_text (visit, YM_VISIT_INTERNAL_NOTES, POLICE_WORDS);
  ym_record_set_integer (visit, YM_VISIT_NOT_DISCUSSED, 0x2e); /* all but the children */
  ym_record_set_integer (visit, YM_VISIT_CONCERN_RAISED, YM_YES);
  person = row_of_visit (world, YM_FORM_PERSON_MET, YM_PERSON_MET_VISIT);
  ym_record_set_text (person, YM_PERSON_MET_NAME, "B. Lloyd");
  ym_record_set_text (person, YM_PERSON_MET_ROLE, "Rheolwr");
  concern = make_concern (world);
  {
    const YmChange changes[] = { { NULL, visit }, { NULL, person }, { NULL, concern } };

    test_succeeds (ym_journal_begin (world->unit.journal, &error), error);
    test_succeeds (ym_journal_write (world->unit.journal, &world->desk.author, "visit.sign-off", &visit->id, changes, 3,
                                     &error),
                   error);
    test_succeeds (ym_journal_commit (world->unit.journal, &error), error);
  }
  test_succeeds (ym_visit_add_addendum (&world->desk, &world->visit, ADDENDUM_WORDS, "Miscounted", &error), error);
}

static void
set_up (World *world, gconstpointer data)
{
  test_server_set_up (&world->server);
  test_wire_init (&world->wire, &world->server);
  test_unit_init (&world->unit, &world->wire, TEST_2001);
  test_unit_sync (&world->unit);
  world->desk = (YmDesk){ .db = ym_journal_get_db (world->unit.journal),
                          .journal = world->unit.journal,
                          .author = world->unit.device->author,
                          .officer = world->unit.device->officer,
                          .clock = &world->server.force.clock,
                          .random = &world->server.force.random };
  sign_off (world);
  test_unit_sync (&world->unit);
}

static void
tear_down (World *world, gconstpointer data)
{
  test_unit_clear (&world->unit);
  test_wire_clear (&world->wire);
  test_server_tear_down (&world->server);
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The smallest PDF that cairo makes: for tests that look at every byte. */
static GBytes *
blank_page (void)
{
  GByteArray *file = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (collect, file, 100, 100);

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  cairo_surface_show_page (surface);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (file);
}

static YmGiving
giving_to (World *world, guint audience)
{
  return (YmGiving){ .visit = world->visit,
                     .what = YM_DISCLOSED_VISIT_REPORT,
                     .audience = audience,
                     .language = YM_LANGUAGE_EN,
                     .title = "Visit report: W1",
                     .recipient = "The manager",
                     .justification = "Agreed at the visit" };
}

static GBytes *
give (World *world, const YmGiving *giving, GBytes *pages)
{
  g_autoptr (GError) error = NULL;
  GBytes *file = ym_evidence_give (&world->desk, giving, pages, &error);

  g_assert_no_error (error);
  return file;
}

/* A report as it is given out, in English or Welsh. */
static GBytes *
give_report (World *world, guint audience, const char *language)
{
  g_autofree char *catalogues = g_build_filename (g_getenv ("YM_BUILD_ROOT"), "po", NULL);
  const YmGiving giving = giving_to (world, audience);
  g_autoptr (GError) error = NULL;
  g_autoptr (YmWords) words = ym_words_new (language, catalogues, &error);
  g_autoptr (YmVisitReport) report = NULL;
  g_autoptr (GBytes) pages = NULL;

  g_assert_no_error (error);
  report = ym_visit_report_read (&world->desk, &world->visit, audience, FALSE, &error);
  g_assert_no_error (error);
  pages = ym_visit_report_to_pdf (report, words, &error);
  g_assert_no_error (error);
  return give (world, &giving, pages);
}

static const guint8 *
root_key (World *world)
{
  return world->server.force.devices[TEST_ROOT].public_key;
}

static YmProof *
prove (World *world, GBytes *file)
{
  g_autoptr (GError) error = NULL;
  YmProof *proof = ym_evidence_verify (file, root_key (world), &error);

  g_assert_no_error (error);
  return proof;
}

static void
assert_fails (World *world, GBytes *file)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ym_evidence_verify (file, root_key (world), &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == YM_ERROR);
}

static gboolean
holds (GBytes *bytes, const char *text)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  return memmem (data, length, text, strlen (text)) != NULL;
}

/* What poppler reads of a file: its text, or its attachment for `pdfdetach`. */
static GBytes *
read_by_poppler (GBytes *file, const char *program)
{
  g_autofree char *directory = g_dir_make_tmp ("ymweld-evidence-XXXXXX", NULL);
  g_autofree char *in = g_build_filename (directory, "in.pdf", NULL);
  g_autofree char *out = g_build_filename (directory, "out", NULL);
  const char *const text[] = { "pdftotext", "-layout", in, out, NULL };
  const char *const detach[] = { "pdfdetach", "-save", "1", "-o", out, in, NULL };
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (file, &length);
  char *contents;
  int status;

  g_assert_true (g_file_set_contents (in, data, (gssize) length, &error));
  g_assert_true (g_spawn_sync (NULL, (char **) (g_str_equal (program, "pdftotext") ? text : detach), NULL,
                               G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  g_assert_true (g_file_get_contents (out, &contents, &length, &error));
  g_remove (in);
  g_remove (out);
  g_rmdir (directory);
  return g_bytes_new_take (contents, length);
}

/* Broken: a court can't be shown who wrote a visit and when, or is shown somebody else. */
static void
test_report_proves_the_visit (World *world, gconstpointer data)
{
  g_autoptr (GBytes) file = give_report (world, YM_AUDIENCE_FILE, "en");
  g_autoptr (YmProof) proof = prove (world, file);
  g_autoptr (GBytes) text = read_by_poppler (file, "pdftotext");
  g_autoptr (GBytes) detached = read_by_poppler (file, "pdfdetach");
  g_autoptr (GBytes) pages = NULL;
  g_autoptr (GBytes) evidence = NULL;
  g_autoptr (GError) error = NULL;
  guint n_own = 0;

  g_assert_true (ym_id_equal (&proof->record, &world->visit));
  g_assert_true (proof->has_pages);
  g_assert_cmpstr (ym_record_get_text (proof->disclosure, YM_DISCLOSURE_RECIPIENT), ==, "The manager");
  g_assert_cmpstr (proof->seal->collar_no, ==, "2001");
  for (guint i = 0; i < proof->envelopes->len; i++)
    {
      const YmProvenEnvelope *proven = g_ptr_array_index (proof->envelopes, i);

      n_own += !proven->is_link;
      g_assert_cmpstr (proven->collar_no, ==, "2001");
      g_assert_cmpint (proven->received_at_us, >, 0);
      g_assert_true (proven->is_link || proven->given);
    }
  g_assert_cmpuint (n_own, ==, 3); /* the visit, the concern, the addendum */
  for (guint i = 0; i < 5; i++)
    {
      static const char *const words[] = { HOME_WORDS, POLICE_WORDS, CHILD_WORDS, ADDENDUM_WORDS, "B. Lloyd" };

      g_assert_true (holds (text, words[i]));
    }
  test_succeeds (ym_pdf_detach (file, &pages, &evidence, &error), error);
  g_assert_true (g_bytes_equal (detached, evidence)); /* what other programs detach is the evidence, to be verified alone */
  assert_fails (world, detached);                     /* which it is not: its disclosure is of pages too */
}

/* Broken: a home reads what was said of a child, or what was for the police only, in its copy or inside the attachment. */
static void
test_home_copy_keeps_its_silence (World *world, gconstpointer data)
{
  static const char *const secrets[] = { CHILD_WORDS, POLICE_WORDS, ADDENDUM_WORDS, "NP77231", "QZX" };
  static const char *const languages[] = { "en", "cy" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (GBytes) file = give_report (world, YM_AUDIENCE_HOME, languages[i]);
      g_autoptr (YmProof) proof = prove (world, file);
      g_autoptr (GBytes) text = read_by_poppler (file, "pdftotext");
      g_autoptr (GBytes) evidence = read_by_poppler (file, "pdfdetach");

      g_assert_true (holds (text, HOME_WORDS));
      g_assert_true (holds (text, i == 0 ? "Visit report" : "Adroddiad ymweliad"));
      g_assert_false (holds (text, "Child at risk"));
      for (guint j = 0; j < G_N_ELEMENTS (secrets); j++)
        {
          g_assert_false (holds (text, secrets[j]));
          g_assert_false (holds (evidence, secrets[j]));
        }
      for (guint j = 0; j < proof->envelopes->len; j++)
        {
          const YmProvenEnvelope *proven = g_ptr_array_index (proof->envelopes, j);

          g_assert_false (proven->given);
          g_assert_cmpint (proven->header.stream_class, !=, YM_CLASS_CHILD);
        }
    }
}

/* @file with the byte at @offset changed in one bit. */
static GBytes *
flip (GBytes *file, gsize offset, guint bit)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (file, &length);
  guint8 *copy = g_memdup2 (data, length);

  copy[offset] ^= (guint8) (1u << bit);
  return g_bytes_new_take (copy, length);
}

static void
assert_every_flip_fails (World *world, GBytes *file, gsize from, gsize step)
{
  for (gsize i = from; i < g_bytes_get_size (file); i += step)
    {
      g_autoptr (GBytes) changed = flip (file, i, (guint) (i % 8));
      g_autoptr (YmProof) proof = ym_evidence_verify (changed, root_key (world), NULL);

      if (proof != NULL)
        g_error ("byte %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " may be changed", i, g_bytes_get_size (file));
    }
}

/* Broken: somebody changes a byte of the pages, of the attachment or between them, and it still verifies. */
static void
test_every_byte_counts (World *world, gconstpointer data)
{
  const YmGiving giving = giving_to (world, YM_AUDIENCE_HOME);
  g_autoptr (GBytes) blank = blank_page ();
  g_autoptr (GBytes) small = give (world, &giving, blank);
  g_autoptr (GBytes) bare = give (world, &giving, NULL);
  g_autoptr (GBytes) report = give_report (world, YM_AUDIENCE_FILE, "cy");
  g_autoptr (YmProof) small_proof = prove (world, small);
  g_autoptr (YmProof) bare_proof = prove (world, bare);

  assert_every_flip_fails (world, small, 0, 1);
  assert_every_flip_fails (world, bare, 0, 1);
  assert_every_flip_fails (world, report, 11, 211);
  for (gsize length = 0; length < g_bytes_get_size (small); length += 37)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (small, 0, length);

      assert_fails (world, cut);
    }
}

static GBytes *
append (GBytes *file, const char *text)
{
  GByteArray *longer = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (file, &length);

  g_byte_array_append (longer, data, (guint) length);
  g_byte_array_append (longer, (const guint8 *) text, (guint) strlen (text));
  return g_byte_array_free_to_bytes (longer);
}

/* Broken: evidence is passed off for what it isn't: more pages, other pages, another force, or an addendum left out. */
static void
test_nothing_else_passes (World *world, gconstpointer data)
{
  const YmGiving giving = giving_to (world, YM_AUDIENCE_FILE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) blank = blank_page ();
  g_autoptr (GBytes) file = give (world, &giving, blank);
  g_autoptr (GBytes) report = give_report (world, YM_AUDIENCE_FILE, "en");
  g_autoptr (GBytes) longer = append (file, "\n% more\n");
  g_autoptr (GBytes) pages = NULL;
  g_autoptr (GBytes) other_pages = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) other_bytes = NULL;
  g_autoptr (GBytes) swapped = NULL;
  g_autoptr (YmEvidence) evidence = NULL;

  assert_fails (world, longer);
  assert_fails (world, blank);
  g_assert_null (ym_evidence_verify (file, world->server.server_keys.public_key, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_SIGNATURE);
  g_clear_error (&error);
  test_succeeds (ym_pdf_detach (file, &pages, &bytes, &error), error);
  test_succeeds (ym_pdf_detach (report, &other_pages, &other_bytes, &error), error);
  swapped = ym_pdf_attach (other_pages, bytes, &error);
  g_assert_no_error (error);
  assert_fails (world, swapped);

  evidence = ym_evidence_decode (bytes, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < evidence->parcels->len; i++)
    {
      g_autoptr (YmEvidence) less = ym_evidence_decode (bytes, &error);
      g_autoptr (GBytes) less_bytes = NULL;
      g_autoptr (GBytes) less_file = NULL;

      g_ptr_array_remove_index (less->parcels, i);
      test_succeeds (ym_evidence_encode_body (less, &error), error);
      less_bytes = ym_evidence_encode (less, &error);
      less_file = ym_pdf_attach (pages, less_bytes, &error);
      assert_fails (world, less_file);
    }
}

/* Takes the tablet from its officer, as the administrator's tool does: what the ledger has stays. */
static void
revoke_tablet (World *world)
{
  const TestDevice *device = &world->server.force.devices[TEST_2001];
  YmId id = ym_id_random (&world->server.force.random);
  g_autoptr (YmRecord) revocation = ym_record_new (ym_form (YM_FORM_REVOCATION), &world->server.force.force, &id);

  ym_record_set_id (revocation, YM_REVOCATION_DEVICE, &device->author.device);
  ym_record_set_integer (revocation, YM_REVOCATION_LAST_SEQUENCE, 0);
  ym_record_set_text (revocation, YM_REVOCATION_REASON, "lost");
  ym_record_set_integer (revocation, YM_REVOCATION_STOLEN, YM_YES);
  ym_record_set_integer (revocation, YM_REVOCATION_AT, world->server.force.world.wall_us);
  test_write (world->server.source, &world->server.force.devices[TEST_ROOT], "device.revoke", NULL, revocation);
  test_tablet_sync (&world->server, test_server_tablet (&world->server, TEST_ADMINISTRATOR));
}

static guint
count_vouched_for (const YmProof *proof)
{
  guint n = 0;

  for (guint i = 0; i < proof->envelopes->len; i++)
    n += ((YmProvenEnvelope *) g_ptr_array_index (proof->envelopes, i))->is_vouched_for;
  return n;
}

/* Broken: what a stolen and revoked tablet signs is taken for proof, or what it signed before can't be given out any more. */
static void
test_revoked_device (World *world, gconstpointer data)
{
  const YmGiving giving = giving_to (world, YM_AUDIENCE_FILE);
  g_autoptr (GBytes) before = give (world, &giving, NULL);
  g_autoptr (GBytes) by_deputy = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (YmProof) then = NULL;
  g_autoptr (YmProof) now = NULL;
  g_autoptr (GError) error = NULL;
  const YmDesk own = world->desk;
  TestUnit deputy;

  test_unit_init (&deputy, &world->wire, TEST_2003);
  test_unit_sync (&deputy);
  revoke_tablet (world);
  then = prove (world, before); /* the file can't know of what came later */
  g_assert_cmpuint (count_vouched_for (then), ==, 0);
  test_unit_sync (&deputy);
  world->desk.journal = deputy.journal;
  world->desk.db = ym_journal_get_db (deputy.journal);
  world->desk.author = deputy.device->author;
  world->desk.officer = deputy.device->officer;
  by_deputy = give (world, &giving, NULL);
  now = prove (world, by_deputy);
  g_assert_cmpstr (now->seal->collar_no, ==, "2003");
  g_assert_cmpuint (count_vouched_for (now), ==, 0); /* the deputy has the receipts too, which are older */
  test_copy (&world->server.force, world->server.journal, world->unit.journal, 0);
  world->desk = own;
  after = ym_evidence_give (&world->desk, &giving, NULL, &error);
  g_assert_null (after);
  g_assert_error (error, YM_ERROR, YM_ERROR_AUTHORITY);
  test_unit_clear (&deputy);
}

/* Broken: a report is given out and nobody can say to whom, or by somebody who has nothing to do with the home. */
static void
test_giving_is_logged (World *world, gconstpointer data)
{
  YmGiving giving = giving_to (world, YM_AUDIENCE_HOME);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  YmDesk stranger = world->desk;

  giving.recipient = "";
  g_assert_null (ym_evidence_give (&world->desk, &giving, NULL, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  g_clear_error (&error);
  giving.recipient = "CIW";
  stranger.author = world->server.force.devices[TEST_2002].author;
  stranger.officer = world->server.force.devices[TEST_2002].officer;
  g_assert_null (ym_evidence_give (&stranger, &giving, NULL, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_AUTHORITY);
  g_clear_error (&error);
  g_assert_cmpint (test_count (world->unit.journal, "SELECT count(*) FROM disclosure"), ==, 0);
  file = give (world, &giving, NULL);
  g_assert_cmpint (test_count (world->unit.journal, "SELECT count(*) FROM disclosure WHERE recipient = 'CIW'"), ==, 1);
  test_unit_sync (&world->unit);
  g_assert_cmpint (test_count (world->server.journal, "SELECT count(*) FROM disclosure WHERE audience = 2"), ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (World *, gconstpointer);
  } tests[] = {
    { "/evidence/report-proves-the-visit", test_report_proves_the_visit },
    { "/evidence/home-copy-keeps-its-silence", test_home_copy_keeps_its_silence },
    { "/evidence/every-byte-counts", test_every_byte_counts },
    { "/evidence/nothing-else-passes", test_nothing_else_passes },
    { "/evidence/revoked-device", test_revoked_device },
    { "/evidence/giving-is-logged", test_giving_is_logged },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, World, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
