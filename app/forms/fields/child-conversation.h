/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A conversation with a child at a visit (R2): what inspectors found that officers often fail to record. */
FIELD (YM_CHILD_CONVERSATION_VISIT, 1, "visit", REFERENCE, N_ ("Visit"), .refers_to = YM_FORM_VISIT,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_CHILD_CONVERSATION_WHY, 2, "why", TEXT, N_ ("Why you spoke"), .maximum = 240,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_CHILD_CONVERSATION_ASKED_BY, 3, "asked_by", TEXT, N_ ("Who asked for it"), .maximum = 120,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_CHILD_CONVERSATION_VIEWS, 4, "views", NOTE, N_ ("The child's own views"), .maximum = 4000,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_CHILD_CONVERSATION_DEMEANOUR, 5, "demeanour", NOTE, N_ ("The child's behaviour and demeanour"),
       .maximum = 4000, .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
