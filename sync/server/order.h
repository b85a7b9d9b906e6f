/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/id.h"

G_BEGIN_DECLS

/*
 * The order of a force's envelopes where it is kept outside of the server process: one order, any number of processes,
 * each with a fold of its own that it can throw away. What is in here is what accept needs of it and no more: to have the
 * order to oneself, to read what others have put there, to add to it whole or not at all, and to hear that there is news.
 */

/**
 * YmOrderPoint:
 * @epoch: whose positions these are; zero: there is no such order yet
 * @end: the last position given out
 * @facts: the number of the last fact
 * @running: over every entry up to @end: two folds that have come to one point by different ways differ here
 *
 * How far an order goes, or how far somebody has followed it.
 */
typedef struct {
  YmId epoch;
  guint64 end;
  guint64 facts;
  YmHash running;
} YmOrderPoint;

/**
 * YmOrderEntry:
 * @author: with @chain and @sequence the place that no two entries may have; only given with what is added
 * @body: the envelope, its change set and what the server made of them
 *
 * One envelope in its place.
 */
typedef struct {
  guint64 position;
  YmId author;
  YmId chain;
  guint64 sequence;
  GBytes *body;
} YmOrderEntry;

/**
 * YmOrderFact:
 * @number: grows with each change, so that who follows asks for what is later
 * @kind: with @key what it is about
 * @body: (nullable): %NULL once it holds no more
 *
 * What servers remember beside the envelopes: receipts, each device's counter, enrolments under way, evidence.
 */
typedef struct {
  guint64 number;
  guint kind;
  GBytes *key;
  GBytes *body;
} YmOrderFact;

/**
 * YmOrderPart:
 * @end: where the order stands with this in it
 * @entries: (element-type YmOrderEntry): one position after the other
 * @facts: (element-type YmOrderFact): by number
 */
typedef struct {
  YmOrderPoint end;
  GPtrArray *entries;
  GPtrArray *facts;
} YmOrderPart;

void ym_order_part_init (YmOrderPart *part);
void ym_order_part_clear (YmOrderPart *part);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmOrderPart, ym_order_part_clear)

/** ym_order_part_add_entry: @body (transfer full). */
void ym_order_part_add_entry (YmOrderPart *part, guint64 position, const YmId *author, const YmId *chain,
                              guint64 sequence, GBytes *body);

/** ym_order_part_add_fact: @key and @body (transfer full). */
void ym_order_part_add_fact (YmOrderPart *part, guint64 number, guint kind, GBytes *key, GBytes *body);

/** ym_order_point_pass: @point moved on by the entry that comes next. */
void ym_order_point_pass (YmOrderPoint *point, GBytes *body);
gboolean ym_order_point_equal (const YmOrderPoint *a, const YmOrderPoint *b);

/**
 * YmOrder:
 * @context: handed to each; all but @watch are called by one thread
 * @begin: has the order of @force to itself until @commit or @rollback. @epoch is that of an order that is new. *@now: how
 *   far it goes
 * @read: what comes after @after, as much as is good to take at once, and how far the order goes by the same look. Also
 *   without @begin
 * @commit: adds @part, which follows what @begin said. TRUE only if it is durable and everybody will see it; FALSE if it
 *   is not, or if nobody can say: then whoever reads on finds it or does not
 * @rollback: gives the order back as it was
 * @watch: @news is called, on any thread, when there may be something to read; %NULL ends that, and waits for a call under
 *   way
 *
 * Errors: YM_ERROR_NETWORK if it can't be reached, or this process was fenced off since: nothing was done, later it may
 * be. YM_ERROR_DAMAGED if what is there is not what was written. Whatever else is for the operator.
 */
typedef struct {
  gpointer context;
  gboolean (*begin) (gpointer context, const YmId *force, const YmId *epoch, YmOrderPoint *now, GError **error);
  gboolean (*read) (gpointer context, const YmId *force, const YmOrderPoint *after, YmOrderPart *part, YmOrderPoint *now,
                    GError **error);
  gboolean (*commit) (gpointer context, const YmOrderPart *part, GError **error);
  void (*rollback) (gpointer context);
  void (*watch) (gpointer context, void (*news) (gpointer data), gpointer data);
} YmOrder;

G_END_DECLS
