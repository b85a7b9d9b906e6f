/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/calls.h"
#include "app/rules/trigger.h"

G_BEGIN_DECLS

/*
 * What is given out about homes and their calls (R7), as plain data: there is a place for closed answers, counts, dates and
 * the names of homes, and none for anything that names a child.
 */

/* The answers of a call that are given out, as field ids of fields/call-facts.h. */
#define YM_RETURN_N_ANSWERS 9
extern const guint ym_return_answers[YM_RETURN_N_ANSWERS];

/**
 * YmReturnCall:
 * @incident_ref: (nullable): its reference with the control room
 * @received_at_us: when it was received
 * @answer: in the order of ym_return_answers; 0 where nothing is known
 */
typedef struct {
  char *incident_ref;
  gint64 received_at_us;
  gint64 answer[YM_RETURN_N_ANSWERS];
} YmReturnCall;

/** YmReturnNumber: What is counted of a home; -1 where it is not known. */
typedef enum {
  YM_RETURN_CALLS,
  YM_RETURN_APPROPRIATE,     /* of those judged yes or no */
  YM_RETURN_NOT_APPROPRIATE,
  YM_RETURN_VISITS_MADE,     /* windows of R1 kept */
  YM_RETURN_VISITS_DUE,      /* windows of R1 that ended */
  YM_RETURN_POLICE,          /* the last reconciliation: calls by police record, */
  YM_RETURN_LOGGED,          /* of them in the home's log, */
  YM_RETURN_NOT_LOGGED,      /* and only with the police */
  YM_RETURN_RECONCILED_FROM, /* its first and last day */
  YM_RETURN_RECONCILED_UNTIL,
  YM_RETURN_OPEN_ISSUES,
  YM_RETURN_MISSING,
  YM_RETURN_NOTIFIABLE,
  YM_RETURN_CALL_OUTS,
  YM_RETURN_RESTRAINTS,
  YM_RETURN_N_NUMBERS,
} YmReturnNumber;

#define YM_RETURN_UNKNOWN (-1)
#define YM_RETURN_N_REASONS 12 /* choice numbers of ym_choices_call_reason, and 0 for none given */
#define YM_RETURN_N_CATEGORIES 15 /* choice numbers of ym_choices_issue_category */

/**
 * YmReturnInspection:
 * @month: the month that raised it
 * @state: how far it has come
 * @n_calls: the calls of that month
 */
typedef struct {
  YmMonth month;
  YmInspectionState state;
  guint n_calls;
} YmReturnInspection;

/**
 * YmReturnHome:
 * @registration_no: as the register says; names the home
 * @number: by #YmReturnNumber
 * @by_reason: calls, by the number of the reason
 * @by_category: issues not settled, by the number of the category
 * @inspections: (element-type YmReturnInspection): of the months of the period
 * @calls: (element-type YmReturnCall): by time received
 * @other: (nullable): other relevant information, checked to name no child
 */
typedef struct {
  char *registration_no;
  char *name;
  char *provider;
  char *area;
  char *local_authority;
  char *other;
  gint64 number[YM_RETURN_N_NUMBERS];
  guint by_reason[YM_RETURN_N_REASONS];
  guint by_category[YM_RETURN_N_CATEGORIES];
  GArray *inspections;
  GPtrArray *calls;
} YmReturnHome;

/**
 * YmReturn:
 * @period: its days, in London
 * @force: the force's name
 * @homes: (element-type YmReturnHome): by registration number
 */
typedef struct {
  YmPeriod period;
  char *force;
  GPtrArray *homes;
} YmReturn;

YmReturn *ym_return_new (const YmPeriod *period, const char *force);
YmReturnHome *ym_return_home_new (void);
YmReturnCall *ym_return_call_new (void);
void ym_return_free (YmReturn *given);

/**
 * ym_return_build:
 * @home: (nullable): of one home, or of every home on this device for %NULL
 *
 * The return as the records now stand. On either lane. Errors: YM_ERROR_INVALID where a home's line of other information
 * names a child, YM_ERROR_NOT_FOUND for an unknown home.
 *
 * Returns: (transfer full) (nullable): the return
 */
YmReturn *ym_return_build (YmDesk *desk, const YmPeriod *period, const YmId *home, GError **error);

/**
 * ym_return_encode:
 *
 * Returns: (transfer full): the return as lines of text that ym_return_decode() reads back, the same for the same return:
 * what is frozen when it is issued, and fingerprinted
 */
char *ym_return_encode (const YmReturn *given);

/** ym_return_decode: (transfer full) (nullable): Errors: YM_ERROR_MALFORMED. */
YmReturn *ym_return_decode (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** YmReturnChangeKind: What a re-issue says. */
typedef enum {
  YM_RETURN_HOME_ADDED,
  YM_RETURN_HOME_LEFT,
  YM_RETURN_CALL_ADDED,
  YM_RETURN_CALL_LEFT,
  YM_RETURN_CALL_CHANGED,   /* `what` is the index in ym_return_answers, or -1 for the time received */
  YM_RETURN_NUMBER_CHANGED, /* `what` is a YmReturnNumber */
  YM_RETURN_TEXT_CHANGED,   /* the line of other information */
  YM_RETURN_INSPECTION_CHANGED, /* `what` is the month, the values are states */
} YmReturnChangeKind;

/**
 * YmReturnChange:
 * @home: the registration number
 * @incident_ref: (nullable): the call's reference
 * @at_us: when the call was received, where it is about a call
 * @before: the number, choice or state before; for a call that was added or left nothing
 * @after: and after
 */
typedef struct {
  YmReturnChangeKind kind;
  char *home;
  char *incident_ref;
  gint64 at_us;
  int what;
  gint64 before;
  gint64 after;
} YmReturnChange;

void ym_return_change_free (YmReturnChange *change);

/** ym_return_compare: (transfer full) (element-type YmReturnChange): What @after says otherwise than @before. */
GPtrArray *ym_return_compare (const YmReturn *before, const YmReturn *after);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmReturn, ym_return_free)

G_END_DECLS
