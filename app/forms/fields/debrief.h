/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a supervisor and those who were there make of something afterwards. What it teaches others becomes a learning note. */
FIELD (YM_DEBRIEF_OFFICER, 1, "officer", REFERENCE, N_ ("Led by"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_DEBRIEF_REVIEW, 2, "review", REFERENCE, N_ ("Arrest review"), .refers_to = YM_FORM_ARREST_REVIEW,
       .flags = YM_FIELD_AUTOMATIC)
FIELD (YM_DEBRIEF_HELD_AT, 3, "held_at", INSTANT, N_ ("Held"), .flags = YM_FIELD_REQUIRED | YM_FIELD_MOMENT)
FIELD (YM_DEBRIEF_SUBJECT, 4, "subject", TEXT, N_ ("What it was about"), .maximum = 240,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_DEBRIEF_PARTICIPANTS, 5, "participants", NOTE, N_ ("Who took part"), .maximum = 2000,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH, .hint = N_ ("Officers and partners; never a child."))
FIELD (YM_DEBRIEF_TALKED_THROUGH, 6, "talked_through", NOTE, N_ ("What was talked through"), .maximum = 8000,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_DEBRIEF_DIFFERENTLY, 7, "differently", NOTE, N_ ("What we would do differently"), .maximum = 4000,
       .flags = YM_FIELD_SEARCH)
FIELD (YM_DEBRIEF_LEARNING, 8, "learning", NOTE, N_ ("What others can learn"), .maximum = 4000, .flags = YM_FIELD_SEARCH,
       .hint = N_ ("Shared as a learning note, which names nobody."))
