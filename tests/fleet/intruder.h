/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/fleet/network.h"
#include "tests/fleet/staff.h"

G_BEGIN_DECLS

/**
 * Intruder:
 * @officer: number of the one whose second tablet it was
 * @number: of its line
 *
 * Somebody with the key of a certified tablet and a program of their own, who sends what no honest program would: what the
 * rules forbid, what others should have signed, what was overheard.
 */
typedef struct {
  World *world;
  Book *book;
  Staff *staff;
  Network *network;
  guint number;
  guint officer;
  guint8 public_key[YM_PUBLIC_KEY_BYTES];
  guint8 secret_key[64];
  guint8 stranger_key[64];
  YmAuthor author;
  YmAuthor stranger;
  YmId victim; /* an honest device */
  guint64 counter;
  Line line;
} Intruder;

/** intruder_init: @intruder must not move afterwards. @machine: of the victim, for the line */
void intruder_init (Intruder *intruder, World *world, Book *book, Staff *staff, Network *network, guint officer,
                    Machine *machine, const YmId *victim);

/** intruder_act: Does one wicked thing, as the ledger stands now. */
void intruder_act (Intruder *intruder, Server *server);

G_END_DECLS
