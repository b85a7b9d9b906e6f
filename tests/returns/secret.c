/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/returns/secret.h"

#include "app/notebook/monthly-figures.h"
#include "app/notebook/reconciliation.h"
#include "app/notebook/save.h"

static void
record_child (Demo *demo)
{
  g_autoptr (YmRecord) concern = test_record (&demo->force, TEST_2001, YM_FORM_CHILD_CONCERN, &demo->force.home_1);

  ym_record_set_integer (concern, YM_CHILD_CONCERN_CATEGORY, 1);
  ym_record_set_text (concern, YM_CHILD_CONCERN_REASON, "Missing: " SECRET_WORDS);
  ym_record_set_text (concern, YM_CHILD_CONCERN_PERSON_REF, SECRET_REFERENCE);
  ym_record_set_text (concern, YM_CHILD_CONCERN_INITIALS, SECRET_INITIALS);
  ym_record_set_integer (concern, YM_CHILD_CONCERN_YEAR_OF_BIRTH, 2011);
  ym_record_set_text (concern, YM_CHILD_CONCERN_ACTION, "Strategy meeting about " SECRET_INITIALS);
  ym_record_set_integer (concern, YM_CHILD_CONCERN_REFERRAL, 1);
  ym_record_set_text (concern, YM_CHILD_CONCERN_REFERRAL_WHY, SECRET_REFERENCE);
  ym_record_set_integer (concern, YM_CHILD_CONCERN_REVIEW_ON, demo_day ("2027-01-01"));
  test_write (demo->journal, &demo->force.devices[TEST_2001], "concern.save", NULL, concern);
}

static void
classify_first_call (Demo *demo)
{
  const YmPeriod october = ym_period_of_month (demo_month ("2026-10"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = ym_calls_list (&demo->desk, &demo->force.home_1, &october, &error);
  g_autoptr (YmRecord) review = ym_call_review_begin (g_ptr_array_index (calls, 0));

  ym_record_set_integer (review, YM_CALL_APPROPRIATE, YM_APPROPRIATE_NO);
  ym_record_set_text (review, YM_CALL_REVIEW_APPROPRIATE_WHY, SECRET_INITIALS " was in the garden, " SECRET_WORDS);
  ym_record_set_text (review, YM_CALL_REVIEW_ALTERNATIVES, SECRET_REFERENCE);
  ym_record_set_integer (review, YM_CALL_REVIEW_ETHNICITY, 2);
  ym_record_set_integer (review, YM_CALL_REVIEW_GENDER, 3);
  test_succeeds (ym_call_review_save (&demo->desk, review, &error), error);
}

static void
type_figures (Demo *demo)
{
  g_autoptr (GError) error = NULL;
  g_auto (YmMonthlyFigures) figures = { NULL, NULL };
  g_autoptr (YmRecord) typed
      = ym_monthly_figures_begin (&demo->desk, &demo->force.home_1, demo_month ("2026-10"), &figures);

  ym_record_set_integer (typed, YM_MONTHLY_FIGURES_MISSING, 4);
  ym_record_set_text (typed, YM_MONTHLY_FIGURES_OTHER, "Rheolwr newydd ers y 10fed; tŷ llawn.");
  test_succeeds (ym_monthly_figures_save (&demo->desk, NULL, typed, &error), error);
}

static void
reconcile (Demo *demo)
{
  const YmPeriod october = ym_period_of_month (demo_month ("2026-10"));
  g_autoptr (GError) error = NULL;
  g_autoptr (YmHomeReconciliation) result = ym_home_reconcile (&demo->desk, &demo->force.home_1, &october, 30, &error);
  g_autoptr (YmRecord) issue = ym_reconciliation_issue (&demo->desk, result, NULL);

  g_assert_no_error (error);
  test_succeeds (ym_reconciliation_save (&demo->desk, result, NULL, &error), error);
  test_succeeds (ym_desk_save (&demo->desk, "issue.open", NULL, issue, &error), error);
}

void
secret_set_up (Demo *demo)
{
  demo_import_text (demo, "home",
                    "registration_no,name,provider,local_authority,status\n"
                    "W1,Tŷ Gwyn,Gofal Cyf,Powys,open\n"
                    "W2,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",+Care & Co <Ltd>,@Gwynedd,open\n");
  demo_import_text (demo, "call",
                    "incident_ref,registration_no,received_at,reason,child_part,done_before,attended,appropriate\n"
                    "C1,W1,2026-10-02T08:05+01:00,missing,missing,\"contacted_child,checked_room\",yes,yes\n"
                    "C2,W1,2026-10-25T01:30+01:00,theft,suspect,nothing,no,yes\n"
                    "C3,W1,2026-10-25T01:30+00:00,disorder,none,nothing,no,undecided\n"
                    "-C4,W2,2026-10-31T23:59+00:00,other,none,nothing,no,no\n"
                    "C5,W2,2026-11-01T00:00+00:00,other,none,nothing,no,no\n");
  demo_import_text (demo, "imported_log_entry",
                    "registration_no,logged_at,reason\nW1,2026-10-02T08:20+01:00,missing\n");
  record_child (demo);
  classify_first_call (demo);
  type_figures (demo);
  reconcile (demo);
}
