/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "app/journal/cose.h"
#include "sync/exchange/enrolment-code.h"

G_BEGIN_DECLS

/* An enrolment stands open for at most 24 hours, and keeps at most so many different posts. */
#define YM_ADMINISTRATION_MOST_OPEN_US (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)
#define YM_ADMINISTRATION_MOST_POSTS 5
#define YM_ADMINISTRATION_MAX_BYTES 1024
#define YM_ADMINISTERED_MAX_BYTES 8192

typedef enum {
  YM_ADMINISTRATION_OPEN = 1,  /* posts for this code are kept from now on */
  YM_ADMINISTRATION_FETCH = 2, /* what was posted so far */
  YM_ADMINISTRATION_CLOSE = 3, /* no further posts; those kept are still answered */
} YmAdministrationAction;

/**
 * YmAdministration:
 * @force: must be the server's own; the caller compares
 * @device: an administrator's
 * @server: id of the server's certificate
 * @counter: higher than in any request of this device before, exchanges included
 * @code_id: which enrolment
 * @expires_us: by the server's clock, when an enrolment that is opened closes by itself; 0 for other actions
 *
 * What an administrator tells the server to do that is not a record. A plain value. Verify with
 * ym_cose_verify (YM_MESSAGE_ADMINISTRATION, ...).
 */
typedef struct {
  YmId force;
  YmId device;
  YmId server;
  guint64 counter;
  YmAdministrationAction action;
  guint8 code_id[YM_ENROLMENT_ID_BYTES];
  gint64 expires_us;
} YmAdministration;

/** ym_administration_seal: (transfer full): NULL with YM_ERROR_INVALID or the signer's error. */
GBytes *ym_administration_seal (const YmAdministration *administration, const YmSigner *signer,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_administration_decode: Takes hostile bytes; the signature is not looked at. YM_ERROR_MALFORMED or _NEWER. */
gboolean ym_administration_decode (GBytes *bytes, YmAdministration *administration,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * YmAdministered:
 * @request: hash of the whole request that this answers
 * @posts: (element-type GBytes): each an encoded YmEnrolmentPost; only after a fetch
 * @expected_counter: if not 0, the request's counter was too low and nothing was done: send this or higher
 *
 * What the server answers. Verify with ym_cose_verify (YM_MESSAGE_ADMINISTERED, ...), and compare @request.
 */
typedef struct {
  YmHash request;
  GPtrArray *posts;
  guint64 expected_counter;
} YmAdministered;

YmAdministered *ym_administered_new (void);
void ym_administered_free (YmAdministered *administered);

/** ym_administered_seal: (transfer full): NULL with YM_ERROR_INVALID or the signer's error. */
GBytes *ym_administered_seal (const YmAdministered *administered, const YmId *force, const YmSigner *signer,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_administered_decode: (transfer full): Takes hostile bytes. NULL with YM_ERROR_MALFORMED or YM_ERROR_NEWER. */
YmAdministered *ym_administered_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmAdministered, ym_administered_free)

G_END_DECLS
