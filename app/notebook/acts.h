/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/choices.h"
#include "app/forms/form.h"
#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/** YmActKind: What the log tells apart (R13, Data Protection Act 2018 s.62). Numbers of ym_choices_act_kind. */
typedef enum {
  YM_ACT_COLLECTION = 1,
  YM_ACT_ALTERATION = 2,
  YM_ACT_CONSULTATION = 3,
  YM_ACT_DISCLOSURE = 4,
  YM_ACT_COMBINATION = 5,
  YM_ACT_ERASURE = 6,
} YmActKind;

extern const YmChoices ym_choices_act_kind;

/**
 * YmAct:
 * @kind: what was done
 * @form: to what kind of record
 * @scope: its home, or the force
 * @record: its id; of a consultation the record that was read
 * @home: (nullable): the name of the home
 * @title: (nullable): what the record is called; nothing of what is about a child
 * @why: (nullable): the justification of a consultation or disclosure, in the language of the moment
 * @recipient: (nullable): of a disclosure
 * @at_us: when, by the device's clock
 * @received_at_us: when the server had it, by its clock; 0 while it is only here
 * @counts: %FALSE if it was refused
 */
typedef struct {
  YmActKind kind;
  const YmForm *form;
  YmId scope;
  YmId record;
  char *home;
  char *title;
  char *why;
  char *recipient;
  gint64 at_us;
  gint64 received_at_us;
  gboolean counts;
} YmAct;

/**
 * YmActsQuery:
 * @kinds: a mask with the bit 1 << kind for each that is asked for; 0 for all
 * @from_us: the first instant that is asked for
 * @until_us: the first that is not any more
 * @most: how many at most
 */
typedef struct {
  guint kinds;
  gint64 from_us;
  gint64 until_us;
  guint most;
} YmActsQuery;

/** YM_ACTS_MOST: No export has more. */
#define YM_ACTS_MOST 100000

/**
 * ym_acts_read:
 *
 * Returns: (transfer full) (element-type YmAct) (nullable): what the desk's officer did on any device of theirs, as it was
 *   signed, the latest first. On either lane.
 */
GPtrArray *ym_acts_read (YmDesk *desk, const YmActsQuery *query, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_acts_to_csv: (transfer full): A spreadsheet of them that runs nothing. */
GBytes *ym_acts_to_csv (const GPtrArray *acts);

/**
 * ym_acts_give_out:
 * @recipient: for whom, such as the Commissioner
 * @justification: and why
 *
 * The acts as CSV, after it was logged as a disclosure at every home that is named in it, in one save. On the writing lane.
 * Errors: YM_ERROR_AUTHORITY where no home in it is the officer's any more, YM_ERROR_INVALID.
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *ym_acts_give_out (YmDesk *desk, const YmActsQuery *query, const char *recipient, const char *justification,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
