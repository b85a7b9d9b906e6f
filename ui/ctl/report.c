/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Giving out a visit: as a report or as evidence; and verifying what somebody was given. */

#include "ui/ctl/report.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/returns/visit-report.h"
#include "sync/evidence/give.h"
#include "sync/evidence/verify.h"
#include "ui/ctl/file.h"
#include "ui/ctl/words.h"

#define FILE_MAX_BYTES (80 * 1024 * 1024)

static gboolean
read_choice (YmCtlCall *call, const char *option, const YmChoices *choices, guint otherwise, guint *number, GError **error)
{
  const char *code = ym_ctl_option (call, option);
  const YmChoice *choice = code == NULL ? NULL : ym_choices_by_code (choices, code);

  *number = choice != NULL ? choice->number : otherwise;
  if (code == NULL || choice != NULL)
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("--%s takes %s or %s."), option, choices->items[0].code,
               choices->items[1].code);
  return FALSE;
}

static gboolean
read_giving (YmDesk *desk, YmCtlCall *call, YmGiving *giving, GError **error)
{
  giving->recipient = ym_ctl_option (call, "recipient");
  giving->justification = ym_ctl_option (call, "justification");
  giving->with_addenda = ym_ctl_option (call, "with-addenda") != NULL;
  return ym_ctl_find_record (desk, ym_form (YM_FORM_VISIT), call->arguments[0], &giving->visit, error)
         && read_choice (call, "for", &ym_choices_audience, YM_AUDIENCE_FILE, &giving->audience, error)
         && read_choice (call, "lang", &ym_choices_language, YM_LANGUAGE_EN, &giving->language, error);
}

/* The pages where they are asked for, the title in any case. */
static gboolean
draw (YmDesk *desk, YmGiving *giving, GBytes **pages, char **title, GError **error)
{
  const char *language = ym_choices_by_number (&ym_choices_language, giving->language)->code;
  g_autoptr (YmWords) words = ym_words_new (language, NULL, error);
  g_autoptr (YmVisitReport) report = NULL;

  if (words == NULL)
    return FALSE;
  report = ym_visit_report_read (desk, &giving->visit, giving->audience, giving->with_addenda, error);
  if (report == NULL)
    return FALSE;
  *title = ym_visit_report_title (report, words);
  giving->title = *title;
  if (giving->what == YM_DISCLOSED_VISIT_REPORT)
    *pages = ym_visit_report_to_pdf (report, words, error);
  return giving->what != YM_DISCLOSED_VISIT_REPORT || *pages != NULL;
}

static gboolean
give (YmDesk *desk, YmCtlCall *call, guint what, GError **error)
{
  const char *path = ym_ctl_option (call, "out");
  YmGiving giving = { .what = what };
  g_autofree char *title = NULL;
  g_autoptr (GBytes) pages = NULL;
  g_autoptr (GBytes) file = NULL;

  /* Before anything is logged as given out. */
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("“%s” is there already; name a new file."), path);
      return FALSE;
    }
  if (!read_giving (desk, call, &giving, error) || !draw (desk, &giving, &pages, &title, error))
    return FALSE;
  file = ym_evidence_give (desk, &giving, pages, error);
  if (file == NULL || !ym_ctl_write_file (path, file, error))
    return FALSE;
  ym_out_text (call->out, "file", _ ("File"), path);
  ym_out_text (call->out, "title", _ ("Title"), title);
  ym_out_text (call->out, "recipient", _ ("Recipient"), giving.recipient);
  ym_out_integer (call->out, "bytes", _ ("Bytes"), (gint64) g_bytes_get_size (file));
  ym_out_say (call->out, _ ("The file is signed but not encrypted. That it was given out is logged."));
  return TRUE;
}

static gboolean
give_report (YmDesk *desk, YmCtlCall *call, GError **error)
{
  return give (desk, call, YM_DISCLOSED_VISIT_REPORT, error);
}

static gboolean
give_evidence (YmDesk *desk, YmCtlCall *call, GError **error)
{
  return give (desk, call, YM_DISCLOSED_EVIDENCE, error);
}

gboolean
ym_ctl_check_founded (YmDesk *desk, GError **error)
{
  if (ym_journal_is_founded (desk->journal))
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                       _ ("This device is not enrolled yet. Enrol it first, with “ymweldctl enrol”."));
  return FALSE;
}

static gpointer
read_root_key (YmDesk *desk, gpointer data, GError **error)
{
  if (!ym_ctl_check_founded (desk, error))
    return NULL;
  memcpy (data, ym_journal_get_root_key (desk->journal), YM_PUBLIC_KEY_BYTES);
  return data;
}

/* The root key that is given, or that this device trusts. */
static gboolean
find_root_key (YmCtlCall *call, guint8 root_key[YM_PUBLIC_KEY_BYTES], GError **error)
{
  const char *text = ym_ctl_option (call, "root-key");
  gsize length;

  if (text == NULL)
    return ym_ctl_session_open (call->session, error)
           && ym_notebook_run (call->session->notebook, YM_LANE_WRITE, read_root_key, root_key, error) != NULL;
  if (sodium_hex2bin (root_key, YM_PUBLIC_KEY_BYTES, text, strlen (text), ": ", &length, NULL) == 0
      && length == YM_PUBLIC_KEY_BYTES)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("A root key is 64 hexadecimal digits."));
  return FALSE;
}

static void
out_envelope (YmOut *out, const YmProvenEnvelope *proven)
{
  g_autofree char *officer = proven->collar_no == NULL
                                 ? NULL
                                 : g_strdup_printf ("%s (%s)", proven->name, proven->collar_no);

  ym_out_begin_item (out);
  ym_out_text (out, "collar_no", NULL, proven->collar_no);
  ym_out_text (out, "officer", _ ("Who"), officer);
  ym_out_text (out, "device", _ ("Device"), proven->device);
  ym_out_text (out, "intent", _ ("What"), proven->header.intent);
  ym_out_instant (out, "written_at", _ ("Written, by the device's clock"), proven->header.wall_us);
  ym_out_instant (out, "received_at", _ ("Received, by the server's receipt"), proven->received_at_us);
  ym_out_boolean (out, "given", _ ("Its words are in the file"), proven->given);
  if (proven->is_vouched_for || ym_out_is_json (out))
    ym_out_boolean (out, "vouched_for", _ ("Device revoked since; that this is older is the discloser's word"),
                    proven->is_vouched_for);
  ym_out_hash (out, "hash", _ ("Fingerprint"), &proven->header.hash);
  ym_out_end_item (out);
}

static void
out_proof (YmOut *out, const YmProof *proof)
{
  ym_out_boolean (out, "verified", NULL, TRUE);
  ym_out_id (out, "visit", _ ("Visit"), &proof->record);
  ym_out_boolean (out, "has_pages", NULL, proof->has_pages);
  ym_out_begin (out, "given_out", _ ("Given out"));
  ym_out_answers (out, proof->disclosure);
  ym_out_text (out, "collar_no", _ ("By"), proof->seal->collar_no);
  ym_out_end (out);
  ym_out_begin_list (out, "envelopes", _ ("Signed"), YM_OUT_BLOCKS);
  for (guint i = 0; i < proof->envelopes->len; i++)
    {
      const YmProvenEnvelope *proven = g_ptr_array_index (proof->envelopes, i);

      if (!proven->is_link)
        out_envelope (out, proven);
    }
  ym_out_end_list (out);
  ym_out_say (out, proof->has_pages ? _ ("Every signature verifies, and neither the pages nor the evidence have changed.")
                                    : _ ("Every signature verifies, and the evidence has not changed."));
}

gboolean
ym_ctl_verify_file (YmCtlCall *call, GError **error)
{
  guint8 root_key[YM_PUBLIC_KEY_BYTES];
  g_autoptr (GBytes) file = ym_ctl_read_file (call->arguments[0], FILE_MAX_BYTES, error);
  g_autoptr (YmProof) proof = NULL;

  if (file == NULL || !find_root_key (call, root_key, error))
    return FALSE;
  proof = ym_evidence_verify (file, root_key, error);
  if (proof == NULL)
    {
      ym_out_boolean (call->out, "verified", NULL, FALSE);
      return FALSE;
    }
  out_proof (call->out, proof);
  return TRUE;
}

#define GIVING_OPTIONS                                                                                                 \
  { "for", "file|home" }, { "lang", "en|cy" }, { "out", "FILE", TRUE }, { "recipient", "NAME", TRUE },                 \
      { "justification", "TEXT", TRUE }, { "with-addenda", NULL }

const YmCtlCommand ym_ctl_report_commands[] = {
  { .name = "report",
    .arguments = "VISIT",
    .summary = N_ ("Give out a visit as a PDF that carries its evidence, for the file or for the home; it is logged"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = give_report,
    .options = { GIVING_OPTIONS } },
  { .name = "evidence",
    .arguments = "VISIT",
    .summary = N_ ("Give out what proves a visit, without pages; it is logged"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = give_evidence,
    .options = { GIVING_OPTIONS } },
  { NULL },
};
