/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Agenda:
 *
 * The one clock of a simulation and what happens when. Nothing takes time but waiting: the clock goes from event to
 * event. Of two at one moment the one noted first comes first.
 */
typedef struct _Agenda Agenda;

/** AgendaEvent: @who and @data as they were noted; @data is the event's to free. */
typedef void (*AgendaEvent) (gpointer who, gpointer data);

Agenda *agenda_new (void);
void agenda_free (Agenda *agenda);

/** agenda_now_us: Since the beginning. */
gint64 agenda_now_us (Agenda *agenda);

/**
 * agenda_add:
 * @data: (transfer full) (nullable)
 * @data_free: (nullable): frees @data of an event that never happens
 */
void agenda_add (Agenda *agenda, gint64 delay_us, AgendaEvent event, gpointer who, gpointer data,
                 GDestroyNotify data_free);

/**
 * agenda_step:
 *
 * Lets the next event happen. FALSE if there is none up to @until_us; then it is @until_us.
 */
gboolean agenda_step (Agenda *agenda, gint64 until_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Agenda, agenda_free)

G_END_DECLS
