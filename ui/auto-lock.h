/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/base/clock.h"

G_BEGIN_DECLS

#define YM_TYPE_AUTO_LOCK (ym_auto_lock_get_type ())
G_DECLARE_FINAL_TYPE (YmAutoLock, ym_auto_lock, YM, AUTO_LOCK, GObject)

/**
 * ym_auto_lock_new:
 * @clock: (transfer none): its boot time counts the idle minutes, suspend included; outlives the object
 *
 * Says when to lock: emits "lock" (no arguments) after the idle minutes, before the machine suspends, and
 * when the session is locked. Says nothing until it is armed, and once only until it is armed again.
 */
YmAutoLock *ym_auto_lock_new (const YmClock *clock);

/** ym_auto_lock_arm: From now on something is open that must not stay open. */
void ym_auto_lock_arm (YmAutoLock *self);

/**
 * ym_auto_lock_disarm:
 *
 * It is locked: keys are wiped, the window is blank. If the machine is waiting to suspend, it may now.
 */
void ym_auto_lock_disarm (YmAutoLock *self);

/** ym_auto_lock_set_idle_minutes: Takes effect at once. */
void ym_auto_lock_set_idle_minutes (YmAutoLock *self, int minutes);

/** ym_auto_lock_touch: The officer did something. Cheap enough for each event. */
void ym_auto_lock_touch (YmAutoLock *self);

/** ym_auto_lock_check: Compares with the clock now; the timer calls it. */
void ym_auto_lock_check (YmAutoLock *self);

/**
 * ym_auto_lock_watch:
 * @bus: the system bus
 *
 * Follows logind on @bus: holds suspend back until ym_auto_lock_disarm() while armed, and hears the session's
 * Lock. Without logind nothing happens.
 */
void ym_auto_lock_watch (YmAutoLock *self, GDBusConnection *bus);

/** ym_auto_lock_watch_system: ym_auto_lock_watch() with the system bus, when and if there is one. */
void ym_auto_lock_watch_system (YmAutoLock *self);

G_END_DECLS
