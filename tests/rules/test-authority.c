/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may write and see what: a hole here lets one officer's device rewrite another's homes. */

#include "app/rules/authority.h"

static const YmActor root = { .device_kind = YM_DEVICE_KIND_ROOT };
static const YmActor administrator = { .device_kind = YM_DEVICE_KIND_ADMINISTRATOR };
static const YmActor named = { YM_DEVICE_KIND_OFFICER, YM_ROLE_NAMED_OFFICER, TRUE, TRUE, FALSE };
static const YmActor stranger = { YM_DEVICE_KIND_OFFICER, YM_ROLE_NAMED_OFFICER, FALSE, FALSE, FALSE };
static const YmActor sergeant = { YM_DEVICE_KIND_OFFICER, YM_ROLE_SUPERVISOR, FALSE, FALSE, TRUE };
static const YmActor lead = { YM_DEVICE_KIND_OFFICER, YM_ROLE_FORCE_LEAD, FALSE, FALSE, FALSE };

static const struct {
  const YmActor *actor;
  guint form;
  YmActionKind kind;
  gboolean own;
  YmReason reason;
} writes[] = {
  { &named, YM_FORM_VISIT, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_NONE },
  { &named, YM_FORM_VISIT, YM_ACTION_KIND_UPDATE, TRUE, YM_REASON_FIXED_RECORD },
  { &sergeant, YM_FORM_VISIT, YM_ACTION_KIND_UPDATE, FALSE, YM_REASON_FIXED_RECORD },
  { &root, YM_FORM_VISIT, YM_ACTION_KIND_INSERT, FALSE, YM_REASON_ROLE },
  { &administrator, YM_FORM_VISIT, YM_ACTION_KIND_INSERT, FALSE, YM_REASON_ROLE },
  { &stranger, YM_FORM_VISIT, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_NOT_ASSIGNED },
  { &stranger, YM_FORM_ISSUE, YM_ACTION_KIND_UPDATE, FALSE, YM_REASON_NOT_ASSIGNED },
  { &lead, YM_FORM_ISSUE_UPDATE, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_NOT_ASSIGNED },
  { &sergeant, YM_FORM_ISSUE_UPDATE, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_NONE },
  { &named, YM_FORM_CONTACT, YM_ACTION_KIND_UPDATE, TRUE, YM_REASON_NONE },
  { &named, YM_FORM_CONTACT, YM_ACTION_KIND_UPDATE, FALSE, YM_REASON_WRONG_AUTHOR },
  { &named, YM_FORM_HOME, YM_ACTION_KIND_UPDATE, FALSE, YM_REASON_REFERENCE_DATA },
  { &administrator, YM_FORM_HOME, YM_ACTION_KIND_UPDATE, FALSE, YM_REASON_NONE },
  { &administrator, YM_FORM_DEVICE, YM_ACTION_KIND_INSERT, FALSE, YM_REASON_ROLE },
  { &root, YM_FORM_DEVICE, YM_ACTION_KIND_INSERT, FALSE, YM_REASON_NONE },
  { &root, YM_FORM_DEVICE, YM_ACTION_KIND_UPDATE, FALSE, YM_REASON_FIXED_RECORD },
  { &named, YM_FORM_ARREST_REVIEW, YM_ACTION_KIND_UPDATE, FALSE, YM_REASON_NONE },
  { &sergeant, YM_FORM_ARREST_REVIEW, YM_ACTION_KIND_UPDATE, FALSE, YM_REASON_NONE },
  { &lead, YM_FORM_ARREST_REVIEW, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_NOT_ASSIGNED },
  { &named, YM_FORM_DEBRIEF, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_ROLE },
  { &sergeant, YM_FORM_DEBRIEF, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_NONE },
  { &named, YM_FORM_LEARNING_NOTE, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_ROLE },
  { &administrator, YM_FORM_LEARNING_NOTE, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_ROLE },
  { &sergeant, YM_FORM_LEARNING_NOTE, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_NONE },
  { &lead, YM_FORM_LEARNING_NOTE, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_NONE },
  { &lead, YM_FORM_LEARNING_NOTE, YM_ACTION_KIND_UPDATE, TRUE, YM_REASON_FIXED_RECORD },
  { &lead, YM_FORM_DISCLOSURE, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_NOT_ASSIGNED },
  { &named, YM_FORM_PLANNED_VISIT, YM_ACTION_KIND_UPDATE, FALSE, YM_REASON_NONE },
  { &lead, YM_FORM_PLANNED_VISIT, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_NOT_ASSIGNED },
  { &named, 9999, YM_ACTION_KIND_INSERT, TRUE, YM_REASON_UNKNOWN_RECORD_TYPE },
};

static void
test_writes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (ym_authority_judge (writes[i].actor, writes[i].form, writes[i].kind, writes[i].own), ==,
                       writes[i].reason);
    }
}

/* What is about a child goes to the home's own people only. */
static void
test_sees (void)
{
  static const YmActor successor = { YM_DEVICE_KIND_OFFICER, YM_ROLE_NAMED_OFFICER, FALSE, TRUE, FALSE };
  static const struct {
    const YmActor *actor;
    gboolean ordinary, child, reference;
  } cases[] = {
    { &named, TRUE, TRUE, TRUE },     { &successor, TRUE, TRUE, TRUE },        { &sergeant, TRUE, TRUE, TRUE },
    { &lead, TRUE, FALSE, TRUE },     { &administrator, FALSE, FALSE, TRUE },  { &stranger, FALSE, FALSE, FALSE },
    { &root, FALSE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (ym_authority_may_see (cases[i].actor, YM_CLASS_ORDINARY, YM_SCOPE_HOME), ==, cases[i].ordinary);
      g_assert_cmpint (ym_authority_may_see (cases[i].actor, YM_CLASS_CHILD, YM_SCOPE_HOME), ==, cases[i].child);
      g_assert_cmpint (ym_authority_may_see (cases[i].actor, YM_CLASS_REFERENCE, YM_SCOPE_HOME), ==,
                       cases[i].reference);
      g_assert_true (ym_authority_may_see (cases[i].actor, YM_CLASS_REFERENCE, YM_SCOPE_FORCE));
      g_assert_true (ym_authority_may_see (cases[i].actor, YM_CLASS_IDENTITY, YM_SCOPE_FORCE));
    }
}

/* A record type that nobody thought about must not be open to all. */
static void
test_every_form_has_a_rule (void)
{
  guint n_forms, n_rules;
  const YmForm *const *forms = ym_forms (&n_forms);
  const YmAuthorityRule *rules = ym_authority_rules (&n_rules);

  g_assert_cmpuint (n_forms, ==, n_rules);
  for (guint i = 0; i < n_forms; i++)
    {
      g_assert_cmpuint (forms[i]->id, ==, rules[i].form);
      g_assert_cmpint (forms[i]->fixed, ==, rules[i].update == YM_ALLOWED_NOBODY);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/authority/writes", test_writes);
  g_test_add_func ("/rules/authority/sees", test_sees);
  g_test_add_func ("/rules/authority/every-form-has-a-rule", test_every_form_has_a_rule);
  return g_test_run ();
}
