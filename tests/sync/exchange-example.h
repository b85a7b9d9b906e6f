/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/exchange/administration.h"
#include "sync/exchange/bundle.h"
#include "sync/exchange/enrolment.h"
#include "sync/exchange/receipt.h"
#include "sync/exchange/request.h"
#include "sync/exchange/response.h"
#include "tests/journal/fixed-keys.h"

/*
 * The exchange of docs/protocol.md: the officer's device pushes the example envelope, which gets position 43, and
 * gets a colleague's at 42. An administrator's tool asks for what was posted under the example code.
 */
typedef struct {
  YmId force;
  FixedKeys device;
  FixedKeys colleague;
  FixedKeys server;
  YmParcel *parcel;
  YmParcel *colleagues_parcel;
  YmRequest *request;
  GBytes *request_bytes;
  YmReceipt *receipt;
  GBytes *receipt_bytes;
  YmResponse *response;
  GBytes *response_bytes;
  YmBundle *bundle;
  GBytes *bundle_bytes;
  FixedKeys administrator;
  YmAdministration administration;
  GBytes *administration_bytes;
  YmAdministered *administered;
  GBytes *administered_bytes;
} Exchange;

/* @exchange must not move afterwards. */
void exchange_init (Exchange *exchange);
void exchange_clear (Exchange *exchange);

/* The code and the device's post of the document's enrolment. */
YmEnrolmentCode example_code (void);
YmEnrolmentPost *example_post (void);
