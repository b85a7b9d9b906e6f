/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody who was asked says of an arrest, for the accused child or for the alleged victim (R9). */
FIELD (YM_ARREST_VIEW_OFFICER, 1, "officer", REFERENCE, N_ ("Officer"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ARREST_VIEW_REVIEW, 2, "review", REFERENCE, N_ ("Arrest review"), .refers_to = YM_FORM_ARREST_REVIEW,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ARREST_VIEW_SIDE, 3, "side", CHOICE, N_ ("For whom"), .choices = &ym_choices_arrest_side,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_ARREST_VIEW_FROM, 4, "asked", CHOICE, N_ ("Who was asked"), .choices = &ym_choices_arrest_view_from,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_ARREST_VIEW_NAME, 5, "name", TEXT, N_ ("Name, unless it is a child"), .maximum = 120)
FIELD (YM_ARREST_VIEW_ON, 6, "asked_on", DATE, N_ ("Asked on"), .flags = YM_FIELD_REQUIRED)
FIELD (YM_ARREST_VIEW_SAID, 7, "said", NOTE, N_ ("What they said"), .maximum = 4000,
       .hint = N_ ("Leave it empty until there is an answer."))
