/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/base/clock.h"

/** harness_init: gtk_test_init() and all that the app does before its first window; English, light. */
void harness_init (int *argc, char ***argv);

/** harness_settle: Runs the main loop until nothing is left to do and the window has been drawn. */
void harness_settle (void);

/** harness_show: A window of that size with @child, drawn. (transfer full): give it to harness_close(). */
GtkWindow *harness_show (GtkWidget *child, int width, int height);
void harness_close (GtkWindow *window);

/** harness_press: As if @widget's button were pressed. */
void harness_press (GtkWidget *widget);

/** harness_find: The first control or container below @root whose accessible label is @label; fails the test if none is. */
GtkWidget *harness_find (GtkWidget *root, const char *label);

/** harness_text: (transfer full): All text shown in labels below @root, one line each. */
char *harness_text (GtkWidget *root);

/** harness_clock: Stands still at 2026-03-14 10:30 GMT, a Saturday; @boot_us counts from 0 and can be set. */
extern YmClock harness_clock;
extern gint64 harness_boot_us;
extern gint64 harness_wall_us;

/**
 * harness_picture:
 * @name: without ending; the picture goes to YM_PICTURES, by default pictures/ in the build tree
 *
 * Draws @window as it is now to a PNG file.
 */
void harness_picture (GtkWindow *window, const char *name);

/** HarnessLook: One way the app can look. */
typedef struct {
  const char *name;
  int width;
  int height;
  const char *language;
  gboolean dark;
  int text_percent;
} HarnessLook;

/** harness_looks: Phone, tablet, landscape; both languages; light, dark; large text. */
extern const HarnessLook harness_looks[];
extern const guint harness_n_looks;

/** harness_use_look: @look: (nullable): from now on; %NULL for English, light */
void harness_use_look (const HarnessLook *look);

/** harness_pictures: @make builds the page anew for every look; its picture is NAME-LOOK.png. */
void harness_pictures (const char *name, GtkWidget *(*make) (void));
