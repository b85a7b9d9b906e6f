/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Enrolment: a code that survives being typed, and messages that only the code's holder can make. */

#include "app/base/error.h"
#include "sync/exchange/enrolment.h"
#include "tests/journal/bytes.h"
#include "tests/sync/exchange-example.h"

#include <string.h>

/* Otherwise codes on paper would not fit the next version of the app. */
static void
test_code_is_that_of_the_document (void)
{
  YmEnrolmentCode code = example_code ();
  g_autofree char *text = ym_enrolment_code_format (&code);
  g_autofree char *documented = document_block ("text enrolment-code");

  g_assert_cmpstr (text, ==, g_strstrip (documented));
  g_assert_cmpuint (strlen (text), ==, YM_ENROLMENT_CODE_CHARACTERS + 10);
}

/* Otherwise an officer would be turned away for how the code was typed. */
static void
test_code_forgives_how_it_is_typed (void)
{
  YmHash root = fixed_hash (0);

  /* Many codes, so that each character of the alphabet comes up. */
  for (guint i = 0; i < 50; i++)
    {
      g_auto (YmEnrolmentCode) code = { 0 };
      g_autofree char *text = NULL;
      g_autofree char *lower = NULL;
      g_autofree char *alike = NULL;
      g_auto (GStrv) groups = NULL;
      g_autofree char *spaced = NULL;
      g_autofree char *joined = NULL;
      const char *typed[5];

      ym_enrolment_code_init (&code, &root, ym_random_system ());
      text = ym_enrolment_code_format (&code);
      lower = g_ascii_strdown (text, -1);
      alike = g_strdelimit (g_strdelimit (g_strdup (text), "0", 'O'), "1", i % 2 == 0 ? 'l' : 'I');
      groups = g_strsplit (text, "-", -1);
      spaced = g_strjoinv (" \u2013\u00a0", groups);
      joined = g_strjoinv ("", groups);
      typed[0] = text;
      typed[1] = lower;
      typed[2] = alike;
      typed[3] = spaced;
      typed[4] = joined;
      for (guint j = 0; j < G_N_ELEMENTS (typed); j++)
        {
          g_auto (YmEnrolmentCode) parsed = { 0 };
          g_autoptr (GError) error = NULL;

          g_assert_true (ym_enrolment_code_parse (typed[j], &parsed, &error));
          g_assert_no_error (error);
          g_assert_cmpmem (&parsed, sizeof parsed, &code, sizeof code);
        }
      g_assert_true (ym_enrolment_code_fits_root (&code, &root));
    }
}

static void
assert_code_error (const char *text, const char *says)
{
  YmEnrolmentCode parsed;
  g_autoptr (GError) error = NULL;

  if (ym_enrolment_code_parse (text, &parsed, &error))
    g_error ("taken: %s", text);
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  if (strstr (error->message, says) == NULL)
    g_error ("%s: %s", text, error->message);
}

/* Otherwise an officer would not know whether to type on, to compare, or to ask for another code. */
static void
test_code_errors_say_what_is_wrong (void)
{
  YmEnrolmentCode code = example_code ();
  g_autofree char *text = ym_enrolment_code_format (&code);
  g_autofree char *short_by_one = g_strndup (text, strlen (text) - 1);
  g_autofree char *long_by_two = g_strconcat (text, "-00", NULL);
  g_autofree char *with_u = g_strdup (text);

  with_u[0] = 'u';
  assert_code_error ("", "44 characters too short");
  assert_code_error (short_by_one, "1 character too short");
  assert_code_error (long_by_two, "2 characters too long");
  assert_code_error (with_u, "“u”");
  assert_code_error ("ŵ", "“ŵ”");
  assert_code_error ("\xff", "\xef\xbf\xbd");
}

/* Otherwise a mistyped code would cost one of the five tries at the server, or enrol by someone else's code. */
static void
test_code_finds_typing_mistakes (void)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  YmEnrolmentCode code = example_code ();
  g_autofree char *text = ym_enrolment_code_format (&code);
  guint missed = 0;

  for (char *place = text; *place != '\0'; place++)
    {
      char right = *place;

      if (right == '-')
        continue;
      for (const char *wrong = alphabet; *wrong != '\0'; wrong++)
        {
          YmEnrolmentCode parsed;

          *place = *wrong;
          if (*wrong != right && ym_enrolment_code_parse (text, &parsed, NULL))
            missed++;
        }
      *place = right;
    }
  /* 16 bits of checksum: 44 times 31 wrong codes, of which one in 65,536 would pass. */
  g_assert_cmpuint (missed, ==, 0);
  text[strlen (text) - 1] ^= 1;
  assert_code_error (text, "typing mistake");
}

/* Otherwise a device would go on with the server of another force, or a false one. */
static void
test_code_names_its_root (void)
{
  YmHash root = fixed_hash (0), other = fixed_hash (0);
  g_auto (YmEnrolmentCode) code = { 0 };

  ym_enrolment_code_init (&code, &root, ym_random_system ());
  g_assert_true (ym_enrolment_code_fits_root (&code, &root));
  other.bytes[YM_ENROLMENT_ROOT_BYTES - 1] ^= 1;
  g_assert_false (ym_enrolment_code_fits_root (&code, &other));
}

/* Otherwise devices and servers of different builds could not enrol with each other. */
static void
test_post_is_that_of_the_document (void)
{
  g_autoptr (YmEnrolmentPost) post = example_post ();
  g_autoptr (GBytes) bytes = ym_enrolment_post_encode (post, NULL);
  g_autoptr (GBytes) documented = bytes_from_document ("enrolment-post");

  assert_same_bytes (bytes, documented);
}

static void
check_proves_nothing (GBytes *bytes, gpointer data)
{
  YmEnrolmentCode code = example_code ();
  g_autoptr (YmEnrolmentPost) post = ym_enrolment_post_decode (bytes, NULL);

  g_assert_true (post == NULL || !ym_enrolment_post_prove (post, code.secret));
}

/* Otherwise somebody on the way could put keys of their own into the officer's enrolment. */
static void
test_proof_binds_every_field (void)
{
  YmEnrolmentCode code = example_code ();
  g_autoptr (YmEnrolmentPost) post = example_post ();
  g_autoptr (GBytes) bytes = ym_enrolment_post_encode (post, NULL);

  g_assert_true (ym_enrolment_post_prove (post, code.secret));
  for_each_flip (bytes, check_proves_nothing, NULL);
  for_each_truncation (bytes, check_proves_nothing, NULL);
  code.secret[9] ^= 1;
  g_assert_false (ym_enrolment_post_prove (post, code.secret));
}

/* Otherwise a device could be enrolled that nobody can tell from another, or a post be endless. */
static void
test_device_name_has_limits (void)
{
  static const struct {
    guint length;
    gboolean good;
  } cases[] = { { 0, FALSE }, { 1, TRUE }, { YM_ENROLMENT_NAME_MAX_BYTES, TRUE },
                { YM_ENROLMENT_NAME_MAX_BYTES + 1, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YmEnrolmentPost) post = example_post ();
      g_autoptr (GBytes) bytes = NULL;

      g_free (post->device_name);
      post->device_name = g_strnfill (cases[i].length, 'x');
      bytes = ym_enrolment_post_encode (post, NULL);
      g_assert_cmpint (bytes != NULL, ==, cases[i].good);
    }
}

/* Otherwise a device would take a grant without certificates, or wait for what was refused. */
static void
test_answers (void)
{
  static const struct {
    const char *hex;
    int status; /* 0: refused by the decoder */
  } cases[] = {
    { "a5 0101 0201 03f6 04f6 05f6", YM_ENROLMENT_WAITING },
    { "a5 0101 0202 036c636f64652d65787069726564 04f6 05f6", YM_ENROLMENT_REFUSED },
    { "a5 0101 0203 03f6 0441aa 0550000102030405060708090a0b0c0d0e0f", YM_ENROLMENT_GRANTED },
    { "a5 0101 0200 03f6 04f6 05f6", 0 },
    { "a5 0101 0204 03f6 04f6 05f6", 0 },
    { "a5 0101 0201 036161 04f6 05f6", 0 },
    { "a5 0101 0202 03f6 04f6 05f6", 0 },
    { "a5 0101 0202 0360 04f6 05f6", 0 },
    { "a5 0101 0202 03614e 04f6 05f6", 0 },
    { "a5 0101 0202 036161 0441aa 05f6", 0 },
    { "a5 0101 0203 03f6 04f6 0550000102030405060708090a0b0c0d0e0f", 0 },
    { "a5 0101 0203 03f6 0441aa 05f6", 0 },
    { "a5 0101 0203 03f6 0440 0550000102030405060708090a0b0c0d0e0f", 0 },
    { "a5 0102 0201 03f6 04f6 05f6", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = bytes_from_hex (cases[i].hex);
      g_autoptr (YmEnrolmentAnswer) answer = ym_enrolment_answer_decode (bytes, NULL);
      g_autoptr (GBytes) again = NULL;

      g_assert_cmpint (answer == NULL ? 0 : answer->status, ==, cases[i].status);
      if (answer == NULL)
        continue;
      again = ym_enrolment_answer_encode (answer, NULL);
      assert_same_bytes (again, bytes);
    }
}

/* Otherwise the server's three answers would not be what it meant. */
static void
test_answers_are_made_whole (void)
{
  YmId device = fixed_id (0xd0);
  g_autoptr (GBytes) bundle = g_bytes_new_static ("bundle", 6);
  YmEnrolmentAnswer *made[3];

  made[0] = ym_enrolment_answer_new_waiting ();
  made[1] = ym_enrolment_answer_new_refused ("too-many-tries");
  made[2] = ym_enrolment_answer_new_granted (bundle, &device);
  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = ym_enrolment_answer_encode (made[i], &error);
      g_autoptr (YmEnrolmentAnswer) decoded = NULL;

      g_assert_no_error (error);
      decoded = ym_enrolment_answer_decode (bytes, &error);
      g_assert_no_error (error);
      g_assert_cmpint (decoded->status, ==, YM_ENROLMENT_WAITING + i);
      g_assert_cmpstr (decoded->reason, ==, i == 1 ? "too-many-tries" : NULL);
      g_assert_true (i == 2 ? g_bytes_equal (decoded->bundle, bundle) : decoded->bundle == NULL);
      g_assert_cmpint (ym_id_equal (&decoded->device, &device), ==, i == 2);
      ym_enrolment_answer_free (made[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/enrolment/code-is-that-of-the-document", test_code_is_that_of_the_document);
  g_test_add_func ("/sync/enrolment/code-forgives-how-it-is-typed", test_code_forgives_how_it_is_typed);
  g_test_add_func ("/sync/enrolment/code-errors-say-what-is-wrong", test_code_errors_say_what_is_wrong);
  g_test_add_func ("/sync/enrolment/code-finds-typing-mistakes", test_code_finds_typing_mistakes);
  g_test_add_func ("/sync/enrolment/code-names-its-root", test_code_names_its_root);
  g_test_add_func ("/sync/enrolment/post-is-that-of-the-document", test_post_is_that_of_the_document);
  g_test_add_func ("/sync/enrolment/proof-binds-every-field", test_proof_binds_every_field);
  g_test_add_func ("/sync/enrolment/device-name-has-limits", test_device_name_has_limits);
  g_test_add_func ("/sync/enrolment/answers", test_answers);
  g_test_add_func ("/sync/enrolment/answers-are-made-whole", test_answers_are_made_whole);
  return g_test_run ();
}
