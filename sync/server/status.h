/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"
#include "app/journal/missing.h"
#include "sync/server/verify.h"

G_BEGIN_DECLS

/**
 * YmStatusDevice:
 * @officer: (nullable): name and collar number
 * @synced_at_us: 0 if never
 */
typedef struct {
  YmId id;
  guint kind;
  char *name;
  char *officer;
  gint64 synced_at_us;
  gboolean revoked;
} YmStatusDevice;

/**
 * YmStatusMissing:
 * @officer: (nullable): whose device, name and collar number
 */
typedef struct {
  YmMissing gap;
  char *officer;
} YmStatusMissing;

/** YmStatusEnrolment: An enrolment that stands open, and how many devices have posted for it. */
typedef struct {
  gint64 opened_at_us;
  gint64 expires_at_us;
  guint posts;
} YmStatusEnrolment;

/**
 * YmServerStatus:
 * @force_name: (nullable): %NULL before the server has an identity
 * @running: whether a server answers, or the folder was read while none runs
 * @end: the last position of the ledger
 * @envelopes: by YmDisposition
 * @forks: two envelopes with one place in a chain
 * @contradictions: bases that tell another story than this ledger
 * @devices: (element-type YmStatusDevice)
 * @enrolments: (element-type YmStatusEnrolment)
 * @missing: (element-type YmStatusMissing): what an earlier ledger had and nobody has brought back
 * @awaits_identity: whether it was restored and has no current identity yet
 * @disk_bytes: of everything in the folder
 *
 * How a server stands.
 */
typedef struct {
  char *force_name;
  YmId force;
  YmId epoch;
  gboolean running;
  guint64 end;
  guint64 envelopes[5];
  guint64 forks;
  guint64 contradictions;
  GPtrArray *devices;
  GPtrArray *enrolments;
  GPtrArray *missing;
  gboolean awaits_identity;
  guint64 disk_bytes;
} YmServerStatus;

void ym_server_status_clear (YmServerStatus *status);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmServerStatus, ym_server_status_clear)

/**
 * ym_server_status_read:
 * @db: any connection to the ledger
 * @directory: of the server
 * @now_us: enrolments that ended before are not told
 * @status: (out): clear it whatever is returned
 */
gboolean ym_server_status_read (sqlite3 *db, const char *directory, gint64 now_us, gboolean running,
                                YmServerStatus *status, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_server_status_print: (transfer full): For a person, in their language, or for a script. */
char *ym_server_status_print (const YmServerStatus *status, gboolean json);

/** ym_verification_print: (transfer full): Likewise. */
char *ym_verification_print (const YmVerification *verification, gboolean json);

G_END_DECLS
