/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one case teaches everybody (R9): names no home, no officer and no child, and not its author either. */
FIELD (YM_LEARNING_NOTE_AT, 1, "at", INSTANT, N_ ("Shared"), .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_LEARNING_NOTE_TOPIC, 2, "topic", CHOICE, N_ ("Topic"), .choices = &ym_choices_learning_topic,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_LEARNING_NOTE_TITLE, 3, "title", TEXT, N_ ("In a few words"), .maximum = 120,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_LEARNING_NOTE_TEXT, 4, "text", NOTE, N_ ("What others can learn"), .maximum = 4000,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH, .hint = N_ ("Name no home, no officer and no child."))
