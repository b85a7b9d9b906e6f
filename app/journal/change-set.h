/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "app/base/random.h"
#include "app/base/value.h"

G_BEGIN_DECLS

#define YM_CHANGE_SET_SALT_BYTES 32
#define YM_CHANGE_SET_MAX_BYTES (64 * 1024)
#define YM_CHANGE_SET_MAX_OPERATIONS 4096
#define YM_OPERATION_MAX_FIELDS 512

/* Record types and fields are numbered from 1 to this, for ever. */
#define YM_FIELD_MAX 65535

typedef enum {
  YM_OPERATION_INSERT = 1,
  YM_OPERATION_UPDATE = 2,
} YmOperationKind;

/**
 * YmFieldChange:
 * @old: what the author saw; null in an insert
 * @new: what it became
 */
typedef struct {
  guint field;
  YmValue old;
  YmValue new;
} YmFieldChange;

/**
 * YmOperation:
 * @type: the record type's number; may be one that this program does not know
 * @changes: (element-type YmFieldChange): sorted by field, each field once
 *
 * What happens to one record. Says nothing of which types and fields exist; the forms do.
 */
typedef struct {
  guint type;
  YmOperationKind kind;
  YmId record;
  GArray *changes;
} YmOperation;

YmOperation *ym_operation_new (guint type, YmOperationKind kind, const YmId *record);
void ym_operation_free (YmOperation *operation);

/**
 * ym_operation_set:
 * @old: (nullable): copied; NULL is the null value, and an insert has no other
 * @new: copied
 *
 * Adds a change of @field, in its sorted place. A field set before keeps its first old value and takes
 * the new one.
 */
void ym_operation_set (YmOperation *operation, guint field, const YmValue *old, const YmValue *new);

/** ym_operation_find: (transfer none) (nullable): The change of @field, valid until the next set. */
const YmFieldChange *ym_operation_find (const YmOperation *operation, guint field);

/**
 * YmChangeSet:
 * @salt: random, so that the hash in the envelope tells nothing once the change set is erased (R14)
 * @operations: (element-type YmOperation): in the order they apply
 */
typedef struct {
  guint8 salt[YM_CHANGE_SET_SALT_BYTES];
  GPtrArray *operations;
} YmChangeSet;

/** ym_change_set_new: An empty one with a fresh salt. */
YmChangeSet *ym_change_set_new (const YmRandom *random);
void ym_change_set_free (YmChangeSet *change_set);

/** ym_change_set_add: @operation: (transfer full) */
void ym_change_set_add (YmChangeSet *change_set, YmOperation *operation);

/**
 * ym_change_set_encode:
 *
 * The bytes that travel beside an envelope; see docs/protocol.md.
 *
 * Returns: (transfer full): NULL with YM_ERROR_INVALID if it is over a limit, has no operation, has an
 *   update of nothing, or a text that is not UTF-8
 */
GBytes *ym_change_set_encode (const YmChangeSet *change_set, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_change_set_decode:
 *
 * Takes hostile bytes. What decodes encodes to the same bytes.
 *
 * Returns: (transfer full): NULL with YM_ERROR_MALFORMED
 */
YmChangeSet *ym_change_set_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmOperation, ym_operation_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmChangeSet, ym_change_set_free)

G_END_DECLS
