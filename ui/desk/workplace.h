/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/desk/place.h"
#include "ui/reminder.h"
#include "ui/session.h"
#include "ui/window.h"

G_BEGIN_DECLS

#define YM_TYPE_WORKPLACE (ym_workplace_get_type ())
G_DECLARE_FINAL_TYPE (YmWorkplace, ym_workplace, YM, WORKPLACE, GObject)

/**
 * ym_workplace_new:
 * @window: in the phase %YM_PHASE_WORKING; outlives the workplace
 *
 * What happens on the working page: fills the list of homes, opens what is chosen, says what became of it. Leave it
 * with ym_workplace_leave() before the window shows something else.
 */
YmWorkplace *ym_workplace_new (YmSession *session, YmWindow *window);

/** ym_workplace_set_reminder: @reminder: is told which visits are due whenever the homes were read. */
void ym_workplace_set_reminder (YmWorkplace *self, YmReminder *reminder);

/** ym_workplace_go_to: Back to where the officer was; what is not there any more is passed over. */
void ym_workplace_go_to (YmWorkplace *self, const YmPlace *place);

/**
 * ym_workplace_go_on:
 *
 * After the program died: opens the visit that was being written within the last hour, if there is one.
 */
void ym_workplace_go_on (YmWorkplace *self);

/** ym_workplace_get_place: Where the officer is. */
void ym_workplace_get_place (YmWorkplace *self, YmPlace *place);

/**
 * ym_workplace_leave:
 *
 * Drops every page: what was typed is on its way to the store when this returns, and nothing is shown any more.
 */
void ym_workplace_leave (YmWorkplace *self);

G_END_DECLS
