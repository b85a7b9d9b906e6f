/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An order that several ledgers of one process stand on, and that fails when told to. */

#include "sync/server/order.h"

typedef enum {
  TEST_ORDER_GOOD,
  TEST_ORDER_AWAY,   /* nothing reaches it */
  TEST_ORDER_LOSES,  /* a commit fails, and nothing of it is there */
  TEST_ORDER_UNSURE, /* a commit fails for who made it, and is there for all */
} TestOrderMode;

typedef struct {
  YmOrder order; /* hand this over */
  TestOrderMode mode;
  gboolean taken;
  YmId force;
  YmOrderPoint now;
  YmOrderPart all;
  void (*news) (gpointer data);
  gpointer news_data;
} TestOrder;

void test_order_init (TestOrder *order);
void test_order_clear (TestOrder *order);

/* How often it holds an envelope of @author's at @sequence, whatever the chain. */
guint test_order_count (const TestOrder *order, const YmId *author, guint64 sequence);
