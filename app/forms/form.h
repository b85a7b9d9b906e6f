/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/value.h"

G_BEGIN_DECLS

/**
 * YmFieldKind:
 *
 * What a field holds; decides its SQL type, its check, its row on the screen and how it is printed.
 */
typedef enum {
  YM_FIELD_TEXT,      /* one line; length in characters */
  YM_FIELD_NOTE,      /* several lines; length in characters */
  YM_FIELD_INTEGER,   /* a count or amount, minimum to maximum */
  YM_FIELD_CHOICE,    /* the number of one choice */
  YM_FIELD_CHOICES,   /* a bit mask: bit n stands for choice number n */
  YM_FIELD_DATE,      /* days since 1970-01-01, Europe/London */
  YM_FIELD_INSTANT,   /* microseconds since 1970-01-01 UTC */
  YM_FIELD_REFERENCE, /* the id of a record of type `refers_to` */
  YM_FIELD_BYTES,     /* exactly `maximum` bytes */
} YmFieldKind;

typedef enum {
  YM_FIELD_REQUIRED = 1 << 0, /* never empty, from the first save on */
  YM_FIELD_SIGN_OFF = 1 << 1, /* asked for at sign-off, unless its section is "not discussed" */
  YM_FIELD_SEARCH = 1 << 2,   /* found by the full-text search */
  YM_FIELD_AUTOMATIC = 1 << 3, /* filled by the program, never typed */
  YM_FIELD_MOMENT = 1 << 4,    /* when it happened: lists of a home are ordered by it */
  YM_FIELD_MONTH = 1 << 5,     /* a date that stands for its month: always the first */
} YmFieldFlags;

/**
 * YmClass:
 *
 * Who a record may travel to, and how long it is kept. An envelope carries records of one class;
 * (scope, class) is its stream.
 */
typedef enum {
  YM_CLASS_ORDINARY = 1,
  YM_CLASS_CHILD = 2,
  YM_CLASS_REFERENCE = 3,
  YM_CLASS_IDENTITY = 4,
} YmClass;

/** YmScopeKind: Whether a record belongs to one home or to the whole force. */
typedef enum {
  YM_SCOPE_HOME,
  YM_SCOPE_FORCE,
} YmScopeKind;

/** YmChoice: @number is stored and signed and never reused; @code is for CSV and JSON; @label for people. */
typedef struct {
  guint number;
  const char *code;
  const char *label;
} YmChoice;

/** YmChoices: A closed list, in the order it is shown. */
typedef struct {
  const YmChoice *items;
  guint n_items;
} YmChoices;

/**
 * YmField:
 * @id: names the field in every signed change set; never reused within its form
 * @name: the SQL column, CSV header and JSON key
 * @label: for people; translate with ym_label()
 * @kind: what it holds
 * @flags: see #YmFieldFlags
 * @section: the number of the section it is asked in, or 0
 * @choices: for the choice kinds
 * @minimum: smallest integer
 * @maximum: largest integer, longest text in characters, or exact number of bytes
 * @refers_to: for references, the form id
 * @only_if: the id of a choice field of the same form; this field is asked only while that has @only_if_is
 * @only_if_is: a choice number
 * @hint: a line that helps to answer, or %NULL
 */
typedef struct {
  guint id;
  const char *name;
  YmFieldKind kind;
  const char *label;
  guint flags;
  guint section;
  const YmChoices *choices;
  gint64 minimum;
  gint64 maximum;
  guint refers_to;
  guint only_if;
  guint only_if_is;
  const char *hint;
} YmField;

/**
 * YmSection:
 * @number: stored in the "not discussed" set; never reused
 * @label: for people
 * @may_be_not_discussed: whether *not discussed* is an honest answer here
 */
typedef struct {
  guint number;
  const char *name;
  const char *label;
  gboolean may_be_not_discussed;
} YmSection;

#define YM_FORM_MAX_KEY 4

/**
 * YmForm:
 * @id: the record type, in every signed change set; never reused
 * @name: the SQL table, and the name in CSV, JSON and derived ids
 * @label: one such record, for people
 * @record_class: who it may travel to
 * @scope: one home's, or the force's
 * @fields: in the order they are shown
 * @sections: empty for forms without sections
 * @key: ids of the fields that make the natural key; empty where ids are random
 * @fixed: written once, never updated: corrections are records of their own (R12)
 * @rows_of: the form this is a row of (a person met is a row of a visit), or 0
 * @parent_field: where @rows_of is set, the reference to the parent
 * @rows_section: the section of the parent that asks for these rows
 *
 * One record type, as data. Columns, validation, screen, search, history, export and translation follow.
 */
typedef struct {
  guint id;
  const char *name;
  const char *label;
  YmClass record_class;
  YmScopeKind scope;
  const YmField *fields;
  guint n_fields;
  const YmSection *sections;
  guint n_sections;
  guint key[YM_FORM_MAX_KEY];
  gboolean fixed;
  guint rows_of;
  guint parent_field;
  guint rows_section;
} YmForm;

/** ym_forms: (array length=n_forms): Every form, ordered by id. */
const YmForm *const *ym_forms (guint *n_forms);

/** ym_form: (nullable): The form with this record type id. */
const YmForm *ym_form (guint id);
const YmForm *ym_form_by_name (const char *name);

/** ym_form_field: (nullable): A field by its id, by its name, and its place in the table (or -1). */
const YmField *ym_form_field (const YmForm *form, guint field_id);
const YmField *ym_form_field_by_name (const YmForm *form, const char *name);
int ym_form_field_index (const YmForm *form, guint field_id);
const YmSection *ym_form_section (const YmForm *form, guint number);

/** ym_form_moment: (nullable): The field by which a home's records of this form are ordered. */
const YmField *ym_form_moment (const YmForm *form);

/** ym_choices_by_number: (nullable): One choice. */
const YmChoice *ym_choices_by_number (const YmChoices *choices, gint64 number);
const YmChoice *ym_choices_by_code (const YmChoices *choices, const char *code);

/** ym_label: (transfer none): @label in the language of the moment. */
const char *ym_label (const char *label);

/** ym_schema_version: Grows by one whenever a form or a field is added. */
#define YM_SCHEMA_VERSION 5

G_END_DECLS
