/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A home as the register says: imported, never typed on a device. */
FIELD (YM_HOME_REGISTRATION_NO, 1, "registration_no", TEXT, N_ ("Registration number"), .maximum = 32,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_HOME_NAME, 2, "name", TEXT, N_ ("Name"), .maximum = 120, .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_HOME_PROVIDER, 3, "provider", TEXT, N_ ("Provider"), .maximum = 120, .flags = YM_FIELD_SEARCH)
FIELD (YM_HOME_ADDRESS, 4, "address", TEXT, N_ ("Address"), .maximum = 240, .flags = YM_FIELD_SEARCH)
FIELD (YM_HOME_POSTCODE, 5, "postcode", TEXT, N_ ("Postcode"), .maximum = 10, .flags = YM_FIELD_SEARCH)
FIELD (YM_HOME_LOCAL_AUTHORITY, 6, "local_authority", TEXT, N_ ("Local authority"), .maximum = 80,
       .flags = YM_FIELD_SEARCH)
FIELD (YM_HOME_CAPACITY, 7, "capacity", INTEGER, N_ ("Places"), .minimum = 0, .maximum = 99)
FIELD (YM_HOME_MANAGER, 8, "manager", TEXT, N_ ("Registered manager"), .maximum = 120, .flags = YM_FIELD_SEARCH)
FIELD (YM_HOME_PHONE, 9, "phone", TEXT, N_ ("Telephone"), .maximum = 40)
FIELD (YM_HOME_LANGUAGE, 10, "language", CHOICE, N_ ("Language of letters"), .choices = &ym_choices_language)
FIELD (YM_HOME_STATUS, 11, "status", CHOICE, N_ ("Status"), .choices = &ym_choices_home_status,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_HOME_AREA, 12, "area", TEXT, N_ ("Area"), .maximum = 80)
