/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A service that officers ring or write to: imported, never typed on a device. Names no child and no officer. */
FIELD (YM_PARTNER_NAME, 1, "name", TEXT, N_ ("Name"), .maximum = 120, .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_PARTNER_KIND, 2, "kind", CHOICE, N_ ("Kind of service"), .choices = &ym_choices_partner_kind,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_PARTNER_AREA, 3, "area", TEXT, N_ ("Area"), .maximum = 80, .flags = YM_FIELD_SEARCH)
FIELD (YM_PARTNER_LOCAL_AUTHORITY, 4, "local_authority", TEXT, N_ ("Local authority"), .maximum = 80,
       .flags = YM_FIELD_SEARCH)
FIELD (YM_PARTNER_PHONE, 5, "phone", TEXT, N_ ("Telephone"), .maximum = 40)
FIELD (YM_PARTNER_EMAIL, 6, "email", TEXT, N_ ("E-mail"), .maximum = 120)
FIELD (YM_PARTNER_HOURS, 7, "hours", TEXT, N_ ("When they answer"), .maximum = 120)
FIELD (YM_PARTNER_NOTE, 8, "note", TEXT, N_ ("Good to know"), .maximum = 240, .flags = YM_FIELD_SEARCH)
FIELD (YM_PARTNER_LISTED, 9, "listed", CHOICE, N_ ("Still listed"), .choices = &ym_choices_yes_no)
