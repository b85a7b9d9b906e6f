/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/clock.h"
#include "app/vault/files.h"

G_BEGIN_DECLS

/* The delay after wrong passphrases: none before the first, then 1 s, doubling up to 15 minutes. */

#define YM_TRIES_LONGEST_WAIT_US (15 * 60 * G_USEC_PER_SEC)

/** ym_tries_prepare: Makes the file with no try in it, so that counting needs no room later, also on a full disk. */
gboolean ym_tries_prepare (const YmFiles *files, const char *directory, const YmClock *clock,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_tries_get_wait_us: How long until the next try, by a clock that can't be set; 0 if it may be made now. */
gint64 ym_tries_get_wait_us (const YmFiles *files, const char *directory, const YmClock *clock);

/** ym_tries_check: Whether a try may be made now; YM_ERROR_DELAYED, with how long to wait, if not. */
gboolean ym_tries_check (const YmFiles *files, const char *directory, const YmClock *clock,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_tries_begin: Counts a try as a wrong one, durably. Before it is judged, so that pulling the battery gains nothing. */
gboolean ym_tries_begin (const YmFiles *files, const char *directory, const YmClock *clock,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_tries_clear: The passphrase was right. */
void ym_tries_clear (const YmFiles *files, const char *directory, const YmClock *clock);

G_END_DECLS
