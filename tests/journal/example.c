/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The worked example of docs/protocol.md, as the document tells it. */

#include "tests/journal/example.h"

#include "app/forms/fields.h"
#include "tests/journal/fixed-keys.h"

/* 00 01 02 ... instead of random bytes. */
static void
fill_counting (gpointer context, guint8 *buffer, gsize length)
{
  for (gsize i = 0; i < length; i++)
    buffer[i] = i;
}

static void
set (YmOperation *operation, guint field, YmValue old, YmValue new)
{
  ym_operation_set (operation, field, &old, &new);
  ym_value_clear (&old);
  ym_value_clear (&new);
}

YmChangeSet *
example_change_set (void)
{
  const YmRandom counting = { .fill = fill_counting };
  const YmValue none = YM_VALUE_INIT;
  YmId issue_id = fixed_id (EXAMPLE_ISSUE), update_id = fixed_id (EXAMPLE_UPDATE), officer = fixed_id (EXAMPLE_OFFICER);
  YmChangeSet *change_set = ym_change_set_new (&counting);
  YmOperation *step = ym_operation_new (YM_FORM_ISSUE_UPDATE, YM_OPERATION_INSERT, &update_id);
  YmOperation *issue = ym_operation_new (YM_FORM_ISSUE, YM_OPERATION_UPDATE, &issue_id);

  set (step, YM_ISSUE_UPDATE_ISSUE, none, ym_value_id (&issue_id));
  set (step, YM_ISSUE_UPDATE_OFFICER, none, ym_value_id (&officer));
  set (step, YM_ISSUE_UPDATE_AT, none, ym_value_integer (EXAMPLE_WALL_US));
  set (step, YM_ISSUE_UPDATE_STATE, none, ym_value_integer (2));
  set (step, YM_ISSUE_UPDATE_NOTE, none, ym_value_text ("Dim staff nos dros y Sul; dŵr poeth wedi'i drwsio."));
  set (issue, YM_ISSUE_SEVERITY, ym_value_integer (2), ym_value_integer (3));
  ym_change_set_add (change_set, step);
  ym_change_set_add (change_set, issue);
  return change_set;
}

YmEnvelope
example_envelope (GBytes *change_set)
{
  YmEnvelope envelope = {
    .author = fixed_id (EXAMPLE_DEVICE),
    .chain = fixed_id (EXAMPLE_CHAIN),
    .sequence = 3,
    .previous = fixed_hash (0x20),
    .stream_previous_sequence = 1,
    .stream_previous_hash = fixed_hash (0x10),
    .scope = fixed_id (EXAMPLE_HOME),
    .stream_class = YM_CLASS_ORDINARY,
    .group = fixed_id (EXAMPLE_GROUP),
    .group_index = 0,
    .group_count = 1,
    .subject = fixed_id (EXAMPLE_ISSUE),
    .wall_us = EXAMPLE_WALL_US,
    .boot_us = 5400000000,
    .schema = 1,
    .has_base = TRUE,
    .base = { .epoch = fixed_id (EXAMPLE_EPOCH), .number = 41 },
    .base_hash = fixed_hash (0x40),
  };

  g_assert_true (ym_envelope_set_intent (&envelope, "issue.step"));
  ym_envelope_set_change_set (&envelope, change_set);
  return envelope;
}
