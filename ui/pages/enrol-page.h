/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/base/secret.h"

G_BEGIN_DECLS

#define YM_TYPE_ENROL_PAGE (ym_enrol_page_get_type ())
G_DECLARE_FINAL_TYPE (YmEnrolPage, ym_enrol_page, YM, ENROL_PAGE, GtkWidget)

/** YmEnrolStep: What the page shows. */
typedef enum {
  YM_ENROL_WHERE,      /* asks for server, code and name of the device */
  YM_ENROL_PASSPHRASE, /* asks for a passphrase, twice */
  YM_ENROL_WORKING,    /* keys are made, the server is asked */
  YM_ENROL_WAITING,    /* the server has it; an administrator must sign */
  YM_ENROL_MAKING_UP,  /* a force is being made up */
} YmEnrolStep;

/** YmEnrolField: Where a problem is said. */
typedef enum {
  YM_ENROL_SERVER,
  YM_ENROL_CODE,
  YM_ENROL_DEVICE,
  YM_N_ENROL_FIELDS,
} YmEnrolField;

/**
 * ym_enrol_page_new:
 *
 * The first run: makes this device somebody's. Emits "enrol-requested" (no arguments) when all is answered and
 * the passphrase is strong enough and typed twice alike; read the answers, take the passphrase, and go on
 * with ym_enrol_page_set_step(). Emits "check-requested" (no arguments) when the officer doesn't want to wait for
 * the next poll, and "try-requested" (no arguments) when somebody wants to see it without a server.
 */
GtkWidget *ym_enrol_page_new (void);

/** ym_enrol_page_get: (transfer full): What was answered, white space at the ends removed; "" if nothing. */
char *ym_enrol_page_get (YmEnrolPage *self, YmEnrolField field);

/** ym_enrol_page_set: Proposes an answer, such as the name of this machine. */
void ym_enrol_page_set (YmEnrolPage *self, YmEnrolField field, const char *text);

/** ym_enrol_page_take_passphrase: (transfer full): Both fields are empty then. */
YmSecret *ym_enrol_page_take_passphrase (YmEnrolPage *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_enrol_page_set_has_passphrase:
 *
 * Whether the passphrase was chosen already, in an earlier try: it is not asked again then.
 */
void ym_enrol_page_set_has_passphrase (YmEnrolPage *self, gboolean has_passphrase);

void ym_enrol_page_set_step (YmEnrolPage *self, YmEnrolStep step);
YmEnrolStep ym_enrol_page_get_step (YmEnrolPage *self);

/** ym_enrol_page_fail: Goes back to the first step and says @message at @field. */
void ym_enrol_page_fail (YmEnrolPage *self, YmEnrolField field, const char *message);

/** ym_enrol_page_set_message: @message: (nullable): while waiting: why the last poll brought nothing. */
void ym_enrol_page_set_message (YmEnrolPage *self, const char *message);

G_END_DECLS
