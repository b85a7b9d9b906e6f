/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The line for other relevant information of the monthly return (R7): an officer's own words, read by others. */
FIELD (YM_MONTHLY_FIGURES_OTHER, 10, "other_information", TEXT, N_ ("Other information for the monthly return"),
       .maximum = 240, .hint = N_ ("Nothing that names a child."))
