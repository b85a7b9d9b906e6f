/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of an envelope: the same two numbers in a receipt and in an entry. */

#include "sync/exchange/outcome.h"

#define REASON_MAX 65535

void
ym_outcome_write_judgement (const YmOutcome *outcome, YmCborWriter *writer)
{
  ym_cbor_write_unsigned (writer, outcome->disposition);
  ym_cbor_write_unsigned (writer, outcome->reason);
}

void
ym_outcome_read_judgement (YmOutcome *outcome, YmCborReader *reader)
{
  outcome->disposition = ym_cbor_read_unsigned (reader, YM_DISPOSITION_ACCEPTED, YM_DISPOSITION_QUARANTINED);
  outcome->reason = ym_cbor_read_unsigned (reader, 0, REASON_MAX);
  ym_cbor_reader_require (reader,
                          outcome->reason != YM_REASON_NONE || outcome->disposition == YM_DISPOSITION_ACCEPTED,
                          "not accepted, without a reason");
}
