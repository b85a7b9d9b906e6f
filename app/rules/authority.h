/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/fields.h"
#include "app/rules/judgement.h"

G_BEGIN_DECLS

/**
 * YmActor:
 * @device_kind: YM_DEVICE_KIND_ROOT, _ADMINISTRATOR or _OFFICER
 * @role: the officer's role (YM_ROLE_NAMED_OFFICER, ...), 0 for who is no officer
 * @assigned: the home in question is the officer's, as named officer or deputy
 * @expected: it is, or will be from a day to come: the officer may read up on it
 * @supervises: the home lies in the supervisor's area
 *
 * Who wants to write or see something, in relation to one scope. Somebody else has looked this up.
 */
typedef struct {
  guint device_kind;
  guint role;
  gboolean assigned;
  gboolean expected;
  gboolean supervises;
} YmActor;

/** YmAction: What is done to a record. */
typedef enum {
  YM_ACTION_KIND_INSERT,
  YM_ACTION_KIND_UPDATE,
} YmActionKind;

/** YmAllowed: Who may; a mask. */
typedef enum {
  YM_ALLOWED_NOBODY = 0,
  YM_ALLOWED_ROOT = 1 << 0,
  YM_ALLOWED_ADMINISTRATOR = 1 << 1,
  YM_ALLOWED_ASSIGNED = 1 << 2,
  YM_ALLOWED_SUPERVISOR = 1 << 3,
  YM_ALLOWED_OWN_ONLY = 1 << 4, /* and it must be the officer's own record */
  YM_ALLOWED_FORCE_LEAD = 1 << 5,
  YM_ALLOWED_ANY_SUPERVISOR = 1 << 6, /* whatever the area: for what belongs to the force */
} YmAllowed;

/** YmAuthorityRule: One line of the table that docs/protocol.md prints. */
typedef struct {
  guint form;
  guint insert;
  guint update;
} YmAuthorityRule;

/** ym_authority_rules: (array length=n_rules): The whole table. */
const YmAuthorityRule *ym_authority_rules (guint *n_rules);

/**
 * ym_authority_judge:
 * @actor: who
 * @form: the record type
 * @kind: insert or update
 * @own: whether the record is the officer's own
 *
 * Returns: %YM_REASON_NONE if allowed, else why not
 */
YmReason ym_authority_judge (const YmActor *actor, guint form, YmActionKind kind, gboolean own);

/**
 * ym_authority_kind_may_write:
 * @form: the record type
 * @device_kind: YM_DEVICE_KIND_ROOT, _ADMINISTRATOR or _OFFICER
 *
 * Whether a device of this kind may write such a record at all, whoever holds it.
 */
gboolean ym_authority_kind_may_write (guint form, guint device_kind);

/**
 * ym_authority_may_see:
 * @record_class: the stream's class
 * @scope: whether it is one home's stream or the force's
 *
 * Whether a device of @actor receives the stream: identity and the force's reference data go to all; what is
 * about a home goes to its officers and supervisor, and what is about a child to nobody else; an
 * administrator sees reference data of every home, a force lead everything but children.
 */
gboolean ym_authority_may_see (const YmActor *actor, YmClass record_class, YmScopeKind scope);

G_END_DECLS
