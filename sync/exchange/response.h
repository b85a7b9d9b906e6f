/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/journal/envelope.h"
#include "sync/exchange/backfill.h"
#include "sync/exchange/limits.h"
#include "sync/exchange/outcome.h"
#include "sync/exchange/parcel.h"

G_BEGIN_DECLS

#define YM_STOP_TEXT_MAX_BYTES 1024

/**
 * YmStopCode:
 *
 * Why the server took nothing from some group on. Nothing is lost: the device mends what it can and sends
 * again. A number that this program does not know is carried.
 */
typedef enum {
  YM_STOP_MALFORMED = 1, /* does not decode */
  YM_STOP_SIGNATURE = 2, /* signature, certificate, or change set does not fit */
  YM_STOP_GAP = 3,       /* the envelope before this one is not there; see expected */
  YM_STOP_NEWER = 4,     /* written by a schema that this server does not know yet */
  YM_STOP_FORK = 5,      /* another envelope has that place in the chain */
  YM_STOP_SUSPENDED = 6, /* two copies of the device are writing; an administrator must decide */
  YM_STOP_WITHHELD = 7,  /* the change set is missing, and nothing erased it */
  YM_STOP_EPOCH = 8,     /* the ledger is another since the device's cursor */
} YmStopCode;

/**
 * YmStop:
 * @text: for a log or an engineer, in English; the app words @code itself
 * @group: index of the group in the request that was not taken
 * @has_expected: whether @expected says the last envelope that the server has of that chain
 */
typedef struct {
  guint code;
  char *text;
  guint group;
  gboolean has_expected;
  YmChainPoint expected;
} YmStop;

/** ym_stop_new: A stop without an expected point. */
YmStop *ym_stop_new (guint code, guint group, const char *text);
void ym_stop_free (YmStop *stop);

/**
 * YmEntry:
 * @received_us: when the server appended it, by its clock
 *
 * One envelope of the ledger, as the server judged it.
 */
typedef struct {
  YmParcel *parcel;
  YmOutcome outcome;
  gint64 received_us;
} YmEntry;

/** ym_entry_new: @parcel: (transfer full) */
YmEntry *ym_entry_new (YmParcel *parcel, const YmOutcome *outcome, gint64 received_us);
void ym_entry_free (YmEntry *entry);

/**
 * YmResponse:
 * @request: hash of the whole request that this answers
 * @expected_counter: if not 0, the request's counter was too low: send this or higher. Nothing below is
 *   given then
 * @past: (element-type YmPosition): the last position of each epoch that went before @epoch, see #YmLineage
 * @held: (element-type YmChainPoint): the last the server has of each chain of this device
 * @receipts: (element-type GBytes): signed receipts for what the request brought, and for the entries
 * @entries: (element-type YmEntry): in ledger order
 * @through: the position reached, also past entries that the device may not see
 * @more: whether there is more after @through
 * @oldest_backup: every backup still kept holds the ledger up to here; 0 if none is kept
 * @stop: (nullable): why groups of the request were not taken
 * @backfills: (element-type YmBackfill): homes opened by this response, or continued, and how far; while one is
 *   not complete, @through does not move
 *
 * What the server answers. Verify with ym_cose_verify (YM_MESSAGE_RESPONSE, ...), and compare @request and
 * @device.
 */
typedef struct {
  YmHash request;
  YmId device;
  guint64 expected_counter;
  YmId epoch;
  GArray *past;
  GArray *held;
  GPtrArray *receipts;
  GPtrArray *entries;
  guint64 through;
  gboolean more;
  gint64 server_us;
  guint64 oldest_backup;
  YmStop *stop;
  GArray *backfills;
} YmResponse;

YmResponse *ym_response_new (void);
void ym_response_free (YmResponse *response);

/**
 * ym_response_seal:
 *
 * Returns: (transfer full): the signed bytes; NULL with YM_ERROR_INVALID if over a limit or out of ledger
 *   order, or the signer's error
 */
GBytes *ym_response_seal (const YmResponse *response, const YmId *force, const YmSigner *signer,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_response_decode:
 *
 * Takes hostile bytes; the signature is not looked at, parcels and receipts are not looked into.
 *
 * Returns: (transfer full): NULL with YM_ERROR_MALFORMED or YM_ERROR_NEWER
 */
YmResponse *ym_response_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmStop, ym_stop_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmEntry, ym_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmResponse, ym_response_free)

G_END_DECLS
