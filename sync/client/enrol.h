/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/client/store.h"
#include "sync/transport/transport.h"

G_BEGIN_DECLS

/**
 * YmEnrolLink:
 * @transport: to the address that the officer typed, over TLS with whatever key the server has
 * @get_key: SHA-256 of the SubjectPublicKeyInfo that the server showed, as ym_https_get_key()
 * @context: handed to @get_key
 *
 * The way to a server that is not known yet.
 */
typedef struct {
  const YmTransport *transport;
  gboolean (*get_key) (gpointer context, YmHash *key);
  gpointer context;
} YmEnrolLink;

/**
 * YmEnrolPending:
 * @address: of the server, "https://host[:port]"
 * @code: the one-time code, as it is written on paper
 * @device_name: what people call the tablet
 *
 * An enrolment that was begun. Kept in the store, so that asking goes on after a restart.
 */
typedef struct {
  char *address;
  char *code;
  char *device_name;
} YmEnrolPending;

void ym_enrol_pending_clear (YmEnrolPending *pending);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmEnrolPending, ym_enrol_pending_clear)

/**
 * ym_enrol_begin:
 * @store: of a new device: nothing is founded in it, or it is another device's, whose passphrase was forgotten
 * @public_key: the device's, from ym_store_public_key()
 *
 * Checks what the officer typed and keeps it. An earlier try is replaced. Errors: YM_ERROR_INVALID.
 */
gboolean ym_enrol_begin (const YmSyncStore *store, const guint8 public_key[YM_PUBLIC_KEY_BYTES], const char *address, const char *code, const char *device_name,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_enrol_read_pending: YM_ERROR_NOT_FOUND if no enrolment was begun, or it has come to its end. */
gboolean ym_enrol_read_pending (sqlite3 *db, YmEnrolPending *pending, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_enrol_abandon: Forgets what was begun. */
gboolean ym_enrol_abandon (const YmSyncStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** YmEnrolStep: How far it has come. */
typedef enum {
  YM_ENROL_WAITING, /* the administrator has not signed yet: ask again in a few seconds */
  YM_ENROL_DONE,    /* the store is founded, and the first sync may start */
} YmEnrolStep;

/**
 * ym_enrol_ask:
 * @store: with a pending enrolment
 * @public_key: the device's, from ym_store_public_key()
 * @step: (out)
 *
 * Asks the server once. What it grants is believed only if the root key is the one that the code names, the root
 * key signed every envelope of the identity bundle, one of them certifies this device's key for an officer, and another
 * the server, with the TLS key that was seen on this link. Then the store is founded with all of it, or with
 * nothing; a store that another device has founded goes over to this one, if both are the same officer's. Blocks: for a network thread. Errors: YM_ERROR_UNREACHABLE, YM_ERROR_NETWORK (try again), YM_ERROR_SIGNATURE (somebody else
 * answers in the server's name), YM_ERROR_AUTHORITY (the server refuses; the message says why).
 */
gboolean ym_enrol_ask (const YmSyncStore *store, const guint8 public_key[YM_PUBLIC_KEY_BYTES],
                       const YmEnrolLink *link, GCancellable *cancellable, YmEnrolStep *step,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
