/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "sync/exchange/bundle.h"
#include "sync/exchange/enrolment-code.h"

G_BEGIN_DECLS

#define YM_ENROLMENT_NAME_MAX_BYTES 128
#define YM_ENROLMENT_REASON_MAX_BYTES 64
#define YM_ENROLMENT_PROOF_BYTES 32
#define YM_ENROLMENT_POST_MAX_BYTES 512
#define YM_ENROLMENT_ANSWER_MAX_BYTES (YM_BUNDLE_MAX_BYTES + 512)

/**
 * YmEnrolmentPost:
 * @code_id: public part of the one-time code
 * @signing_key: the device's Ed25519 public key
 * @sealing_key: the device's X25519 public key
 * @device_name: what people call the tablet; not empty
 * @proof: HMAC over all of the above under the code's secret
 *
 * What a new device sends, again and again, until it is answered.
 */
typedef struct {
  guint8 code_id[YM_ENROLMENT_ID_BYTES];
  guint8 signing_key[32];
  guint8 sealing_key[32];
  char *device_name;
  guint8 proof[YM_ENROLMENT_PROOF_BYTES];
} YmEnrolmentPost;

/** ym_enrolment_post_new: With its proof. */
YmEnrolmentPost *ym_enrolment_post_new (const YmEnrolmentCode *code, const guint8 signing_key[32],
                                        const guint8 sealing_key[32], const char *device_name);
void ym_enrolment_post_free (YmEnrolmentPost *post);

/** ym_enrolment_post_prove: In constant time, whether the sender knew @secret. */
gboolean ym_enrolment_post_prove (const YmEnrolmentPost *post,
                                  const guint8 secret[YM_ENROLMENT_SECRET_BYTES]) G_GNUC_WARN_UNUSED_RESULT;

/** ym_enrolment_post_encode: (transfer full): NULL with YM_ERROR_INVALID if the name is too long or not UTF-8. */
GBytes *ym_enrolment_post_encode (const YmEnrolmentPost *post, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_enrolment_post_decode: (transfer full): Takes hostile bytes; the proof is not looked at. */
YmEnrolmentPost *ym_enrolment_post_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum {
  YM_ENROLMENT_WAITING = 1, /* the administrator's tool has not signed yet: ask again */
  YM_ENROLMENT_REFUSED = 2,
  YM_ENROLMENT_GRANTED = 3,
} YmEnrolmentStatus;

/**
 * YmEnrolmentAnswer:
 * @reason: (nullable): why refused, such as "code-expired"; [a-z.-]; only if refused
 * @bundle: (nullable): an encoded YmBundle with the identity file; only if granted
 * @device: the id that the device now has; only if granted
 */
typedef struct {
  YmEnrolmentStatus status;
  char *reason;
  GBytes *bundle;
  YmId device;
} YmEnrolmentAnswer;

YmEnrolmentAnswer *ym_enrolment_answer_new_waiting (void);
YmEnrolmentAnswer *ym_enrolment_answer_new_refused (const char *reason);
YmEnrolmentAnswer *ym_enrolment_answer_new_granted (GBytes *bundle, const YmId *device);
void ym_enrolment_answer_free (YmEnrolmentAnswer *answer);

GBytes *ym_enrolment_answer_encode (const YmEnrolmentAnswer *answer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_enrolment_answer_decode: (transfer full): Takes hostile bytes. YM_ERROR_MALFORMED or YM_ERROR_NEWER. */
YmEnrolmentAnswer *ym_enrolment_answer_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmEnrolmentPost, ym_enrolment_post_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmEnrolmentAnswer, ym_enrolment_answer_free)

G_END_DECLS
