/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/change-set.h"
#include "app/journal/envelope.h"

/* The worked example of docs/protocol.md: an officer notes a step of an issue and raises its severity. */

#define EXAMPLE_DEVICE_SEED 0x01
#define EXAMPLE_SERVER_SEED 0x02

#define EXAMPLE_FORCE 0x00
#define EXAMPLE_SERVER 0x50
#define EXAMPLE_GROUP 0x60
#define EXAMPLE_OFFICER 0x70
#define EXAMPLE_UPDATE 0x80
#define EXAMPLE_ISSUE 0x90
#define EXAMPLE_HOME 0xa0
#define EXAMPLE_CHAIN 0xc0
#define EXAMPLE_DEVICE 0xd0
#define EXAMPLE_EPOCH 0xe0
#define EXAMPLE_PAST_EPOCH 0x48

/* 2026-03-14 15:09:26.535897 UTC */
#define EXAMPLE_WALL_US G_GINT64_CONSTANT (1773500966535897)

YmChangeSet *example_change_set (void);

/* The third envelope of its chain, the second in its stream, for @change_set. */
YmEnvelope example_envelope (GBytes *change_set);
