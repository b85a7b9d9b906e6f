/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An officer as the force says: imported. A supervisor's area may list several, with semicolons. */
FIELD (YM_OFFICER_COLLAR_NO, 1, "collar_no", TEXT, N_ ("Collar number"), .maximum = 16, .flags = YM_FIELD_REQUIRED)
FIELD (YM_OFFICER_NAME, 2, "name", TEXT, N_ ("Name"), .maximum = 120, .flags = YM_FIELD_REQUIRED)
FIELD (YM_OFFICER_RANK, 3, "rank", TEXT, N_ ("Rank"), .maximum = 40)
FIELD (YM_OFFICER_ROLE, 4, "role", CHOICE, N_ ("Role"), .choices = &ym_choices_officer_role,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_OFFICER_STATION, 5, "station", TEXT, N_ ("Station"), .maximum = 80)
FIELD (YM_OFFICER_AREA, 6, "area", TEXT, N_ ("Area"), .maximum = 240)
