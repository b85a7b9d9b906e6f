/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many children another authority placed here, as counted at a visit. */
FIELD (YM_PLACEMENT_VISIT, 1, "visit", REFERENCE, N_ ("Visit"), .refers_to = YM_FORM_VISIT,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_PLACEMENT_AUTHORITY, 2, "authority", TEXT, N_ ("Placing authority"), .maximum = 80,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_PLACEMENT_CHILDREN, 3, "children", INTEGER, N_ ("Children"), .minimum = 1, .maximum = 99,
       .flags = YM_FIELD_REQUIRED)
