/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The judgement on an envelope, as a sentence for the officer who wrote it. */

#include "app/rules/judgement.h"

#include <glib/gi18n-lib.h>

static const char *const messages[] = {
  [YM_REASON_NOT_ASSIGNED]
  = N_ ("This home was not yours when you wrote this. Ask your supervisor to check the assignment, then save it again."),
  [YM_REASON_WRONG_AUTHOR]
  = N_ ("This was written in another officer's name. Save it again in your own."),
  [YM_REASON_FIXED_RECORD]
  = N_ ("This changes something that was signed off. Write an addendum instead."),
  [YM_REASON_REFERENCE_DATA]
  = N_ ("Only an administrator can change this. Tell your administrator what is wrong."),
  [YM_REASON_CLASS_MISMATCH]
  = N_ ("This was put in the wrong place by the app. Update the app, then save it again."),
  [YM_REASON_SCOPE_MISMATCH]
  = N_ ("This belongs to another home. Save it again under the right one."),
  [YM_REASON_REVOKED]
  = N_ ("This device was revoked before this was written. Hand it to your administrator."),
  [YM_REASON_SIDE_BRANCH]
  = N_ ("This device went on from an older copy of itself. It was taken, and your administrator will look."),
  [YM_REASON_ILLEGAL_STEP]
  = N_ ("The issue can't go from the state it was in to this one. Look at it again and choose another."),
  [YM_REASON_UNKNOWN_RECORD_TYPE]
  = N_ ("The server is older than this app and does not know this kind of record. Tell your administrator."),
  [YM_REASON_UNKNOWN_FIELD]
  = N_ ("The server is older than this app and does not know one of the answers. Tell your administrator."),
  [YM_REASON_INVALID_VALUE]
  = N_ ("One of the answers is missing or out of range. Open it, correct it and save it again."),
  [YM_REASON_UNKNOWN_RECORD]
  = N_ ("This is about something that the server does not have. Sync again, then save it again."),
  [YM_REASON_ROLE]
  = N_ ("Your role does not allow this. Ask your supervisor."),
  [YM_REASON_ERASED]
  = N_ ("This is about something that was erased. It can't be added to."),
  [YM_REASON_MALFORMED_CHANGE_SET]
  = N_ ("The server could not read this. Update the app, then save it again."),
  [YM_REASON_NAMES_SOMEBODY]
  = N_ ("This names a home, an officer or a child, and everybody in the force would read it. Say it without, then save it "
        "again."),
};

const char *
ym_reason_get_message (guint reason)
{
  if (reason >= G_N_ELEMENTS (messages) || messages[reason] == NULL)
    return _ ("The server did not take this. Ask your administrator why.");
  return _ (messages[reason]);
}
