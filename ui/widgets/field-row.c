/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One question on a form, whatever its kind.
 *
 *   title                       [ control ]     beside, where the control takes up to half of the width
 *   hint
 *   Last time: 4   [As before]
 *   ! what is wrong
 *
 * and stacked where there is less room. The row is not a list row: Tab goes from control to control
 * without stopping at the rows. */

#include "ui/widgets/field-row.h"

#include <glib/gi18n-lib.h>

#define GAP_PX 12

typedef struct {
  GtkWidget *heading; /* box: title, hint */
  GtkWidget *title;
  GtkWidget *hint;
  GtkWidget *control;
  GtkWidget *spoken;
  GtkWidget *footer; /* box: previous, error */
  GtkWidget *previous_box;
  GtkWidget *previous_label;
  GtkWidget *previous_button;
  GtkWidget *error_box;
  GtkWidget *error_label;

  YmValue previous;
  char *error;   /* from outside */
  char *problem; /* what the row itself can't read */
  gboolean beside;
  guint setting; /* > 0 while the program changes the control */
} YmFieldRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (YmFieldRow, ym_field_row, GTK_TYPE_WIDGET)

#define PRIVATE(row) ((YmFieldRowPrivate *) ym_field_row_get_instance_private (row))

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* The footer takes room only while it says something. */
static void
show_footer (YmFieldRowPrivate *priv)
{
  gtk_widget_set_visible (priv->footer, gtk_widget_get_visible (priv->previous_box)
                                            || gtk_widget_get_visible (priv->error_box));
}

static const char *
shown_error (YmFieldRowPrivate *priv)
{
  return priv->problem != NULL ? priv->problem : priv->error;
}

/* Title, hint and error belong to the control: that is where a screen reader's focus is. */
static void
tell_accessibility (YmFieldRow *row)
{
  YmFieldRowPrivate *priv = PRIVATE (row);
  const char *error = shown_error (priv);
  const char *hint = gtk_label_get_text (GTK_LABEL (priv->hint));
  g_autofree char *description = NULL;

  if (priv->spoken == NULL)
    return;
  description = error != NULL && *hint != '\0' ? g_strdup_printf ("%s %s", error, hint)
                                               : g_strdup (error != NULL ? error : hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->spoken), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (priv->title)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->spoken), GTK_ACCESSIBLE_STATE_INVALID,
                               error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
show_error (YmFieldRow *row)
{
  YmFieldRowPrivate *priv = PRIVATE (row);
  const char *error = shown_error (priv);

  gtk_label_set_text (GTK_LABEL (priv->error_label), error != NULL ? error : "");
  gtk_widget_set_visible (priv->error_box, error != NULL);
  show_footer (priv);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "invalid");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "invalid");
  tell_accessibility (row);
}

static void
show_previous (YmFieldRow *row, const YmValue *value)
{
  YmFieldRowPrivate *priv = PRIVATE (row);
  gboolean wanted = priv->previous.kind != YM_VALUE_NULL && !ym_value_equal (value, &priv->previous);

  if (wanted)
    {
      g_autofree char *words = YM_FIELD_ROW_GET_CLASS (row)->describe (row, &priv->previous);
      g_autofree char *text = g_strdup_printf (_("Last time: %s"), words);
      g_autofree char *name = g_strdup_printf (_("%s: as before, %s"),
                                               gtk_label_get_text (GTK_LABEL (priv->title)), words);

      gtk_label_set_text (GTK_LABEL (priv->previous_label), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (priv->previous_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name, -1);
    }
  /* The button that was pressed goes away with its question answered: the focus goes to the answer. */
  if (!wanted && gtk_widget_is_focus (priv->previous_button))
    gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_widget_set_visible (priv->previous_box, wanted);
  show_footer (priv);
}

/* Reads the control and shows what follows from it. */
static gboolean
refresh (YmFieldRow *row, YmValue *value)
{
  YmFieldRowPrivate *priv = PRIVATE (row);
  gboolean readable;

  g_clear_pointer (&priv->problem, g_free);
  readable = YM_FIELD_ROW_GET_CLASS (row)->get_value (row, value, &priv->problem);
  show_error (row);
  show_previous (row, value);
  return readable;
}

static void
as_before_clicked_cb (YmFieldRow *row)
{
  ym_field_row_answer (row, &PRIVATE (row)->previous);
}

static int
stands_beside (YmFieldRowPrivate *priv, int width)
{
  int natural;

  if (!priv->beside || priv->control == NULL || width < 0)
    return FALSE;
  gtk_widget_measure (priv->control, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural + GAP_PX <= width / 2;
}

static int
height_of (GtkWidget *widget, int width)
{
  int height = 0;

  if (widget != NULL && gtk_widget_should_layout (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static int
natural_width_of (GtkWidget *widget)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static void
ym_field_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  YmFieldRowPrivate *priv = PRIVATE (YM_FIELD_ROW (widget));
  GtkWidget *parts[] = { priv->heading, priv->control, priv->footer };

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = 0;
      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        {
          int min = 0, nat = 0;

          if (parts[i] == NULL)
            continue;
          gtk_widget_measure (parts[i], orientation, -1, &min, &nat, NULL, NULL);
          *minimum = MAX (*minimum, min);
          *natural = MAX (*natural, nat);
        }
      return;
    }

  if (stands_beside (priv, for_size))
    {
      int control = natural_width_of (priv->control);

      *minimum = MAX (height_of (priv->heading, for_size - control - GAP_PX), height_of (priv->control, control));
    }
  else
    {
      *minimum = height_of (priv->heading, for_size);
      if (priv->control != NULL)
        *minimum += GAP_PX / 2 + height_of (priv->control, for_size);
    }
  if (gtk_widget_get_visible (priv->footer))
    *minimum += GAP_PX / 2 + height_of (priv->footer, for_size);
  *natural = *minimum;
}

static void
place (GtkWidget *widget, int x, int y, int width, int height)
{
  gtk_widget_size_allocate (widget, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
ym_field_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  YmFieldRowPrivate *priv = PRIVATE (YM_FIELD_ROW (widget));
  int y;

  if (stands_beside (priv, width))
    {
      gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
      int control = natural_width_of (priv->control);
      int heading = width - control - GAP_PX;
      int control_height = height_of (priv->control, control);
      int heading_height = height_of (priv->heading, heading);

      y = MAX (control_height, heading_height);
      place (priv->heading, rtl ? control + GAP_PX : 0, (y - heading_height) / 2, heading, heading_height);
      place (priv->control, rtl ? 0 : heading + GAP_PX, (y - control_height) / 2, control, control_height);
    }
  else
    {
      y = height_of (priv->heading, width);
      place (priv->heading, 0, 0, width, y);
      if (priv->control != NULL)
        {
          int control_height = height_of (priv->control, width);

          place (priv->control, 0, y + GAP_PX / 2, width, control_height);
          y += GAP_PX / 2 + control_height;
        }
    }
  if (gtk_widget_get_visible (priv->footer))
    place (priv->footer, 0, y + GAP_PX / 2, width, height_of (priv->footer, width));
}

static GtkSizeRequestMode
ym_field_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Asked for the focus, a row gives it to what answers the question, never to "as before". */
static gboolean
ym_field_row_grab_focus (GtkWidget *widget)
{
  YmFieldRowPrivate *priv = PRIVATE (YM_FIELD_ROW (widget));

  if (priv->control == NULL)
    return FALSE;
  if (gtk_widget_get_focusable (priv->control))
    return gtk_widget_grab_focus (priv->control);
  return gtk_widget_child_focus (priv->control, GTK_DIR_TAB_FORWARD);
}

static gboolean
ym_field_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  YmFieldRowPrivate *priv = PRIVATE (YM_FIELD_ROW (widget));
  GtkWidget *order[] = { priv->control, priv->footer };
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP || direction == GTK_DIR_LEFT;
  gboolean reached = gtk_widget_get_focus_child (widget) == NULL;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      GtkWidget *part = order[back ? G_N_ELEMENTS (order) - 1 - i : i];

      if (part == gtk_widget_get_focus_child (widget))
        reached = TRUE;
      if (reached && part != NULL && gtk_widget_child_focus (part, direction))
        return TRUE;
    }
  return FALSE;
}

static void
ym_field_row_dispose (GObject *object)
{
  YmFieldRowPrivate *priv = PRIVATE (YM_FIELD_ROW (object));

  g_clear_pointer (&priv->heading, gtk_widget_unparent);
  g_clear_pointer (&priv->control, gtk_widget_unparent);
  g_clear_pointer (&priv->footer, gtk_widget_unparent);
  priv->spoken = NULL;
  G_OBJECT_CLASS (ym_field_row_parent_class)->dispose (object);
}

static void
ym_field_row_finalize (GObject *object)
{
  YmFieldRowPrivate *priv = PRIVATE (YM_FIELD_ROW (object));

  ym_value_clear (&priv->previous);
  g_free (priv->error);
  g_free (priv->problem);
  G_OBJECT_CLASS (ym_field_row_parent_class)->finalize (object);
}

static void
ym_field_row_class_init (YmFieldRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ym_field_row_dispose;
  object_class->finalize = ym_field_row_finalize;
  widget_class->measure = ym_field_row_measure;
  widget_class->size_allocate = ym_field_row_size_allocate;
  widget_class->get_request_mode = ym_field_row_get_request_mode;
  widget_class->grab_focus = ym_field_row_grab_focus;
  widget_class->focus = ym_field_row_focus;
  gtk_widget_class_set_css_name (widget_class, "fieldrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GENERIC);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", YM_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
build_footer (YmFieldRow *row)
{
  YmFieldRowPrivate *priv = PRIVATE (row);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  priv->footer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  priv->previous_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP_PX);
  priv->previous_label = new_label ("quiet");
  gtk_widget_set_hexpand (priv->previous_label, TRUE);
  priv->previous_button = gtk_button_new_with_label (_("As before"));
  gtk_widget_add_css_class (priv->previous_button, "touch");
  gtk_widget_set_valign (priv->previous_button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (priv->previous_button, "clicked", G_CALLBACK (as_before_clicked_cb), row);
  gtk_box_append (GTK_BOX (priv->previous_box), priv->previous_label);
  gtk_box_append (GTK_BOX (priv->previous_box), priv->previous_button);
  gtk_widget_set_visible (priv->previous_box, FALSE);

  priv->error_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (priv->error_box, "field-error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  priv->error_label = new_label ("field-error-text");
  gtk_box_append (GTK_BOX (priv->error_box), icon);
  gtk_box_append (GTK_BOX (priv->error_box), priv->error_label);
  gtk_widget_set_visible (priv->error_box, FALSE);

  gtk_box_append (GTK_BOX (priv->footer), priv->previous_box);
  gtk_box_append (GTK_BOX (priv->footer), priv->error_box);
  show_footer (priv);
}

static void
ym_field_row_init (YmFieldRow *row)
{
  YmFieldRowPrivate *priv = PRIVATE (row);

  priv->heading = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  priv->title = new_label ("field-title");
  priv->hint = new_label ("quiet");
  gtk_widget_add_css_class (priv->hint, "caption");
  gtk_widget_set_visible (priv->hint, FALSE);
  gtk_box_append (GTK_BOX (priv->heading), priv->title);
  gtk_box_append (GTK_BOX (priv->heading), priv->hint);
  build_footer (row);
  gtk_widget_set_parent (priv->heading, GTK_WIDGET (row));
  gtk_widget_set_parent (priv->footer, GTK_WIDGET (row));
}

gboolean
ym_field_row_get_value (YmFieldRow *row, YmValue *value)
{
  g_autofree char *problem = NULL;

  g_return_val_if_fail (YM_IS_FIELD_ROW (row), FALSE);
  ym_value_clear (value);
  return YM_FIELD_ROW_GET_CLASS (row)->get_value (row, value, &problem);
}

void
ym_field_row_set_value (YmFieldRow *row, const YmValue *value)
{
  g_auto (YmValue) shown = YM_VALUE_INIT;
  YmFieldRowPrivate *priv;

  g_return_if_fail (YM_IS_FIELD_ROW (row));
  g_return_if_fail (value != NULL);
  priv = PRIVATE (row);
  priv->setting++;
  YM_FIELD_ROW_GET_CLASS (row)->set_value (row, value);
  priv->setting--;
  refresh (row, &shown);
}

void
ym_field_row_set_title (YmFieldRow *row, const char *title)
{
  g_return_if_fail (YM_IS_FIELD_ROW (row));
  gtk_label_set_text (GTK_LABEL (PRIVATE (row)->title), title);
  tell_accessibility (row);
}

const char *
ym_field_row_get_title (YmFieldRow *row)
{
  g_return_val_if_fail (YM_IS_FIELD_ROW (row), NULL);
  return gtk_label_get_text (GTK_LABEL (PRIVATE (row)->title));
}

void
ym_field_row_set_hint (YmFieldRow *row, const char *hint)
{
  g_return_if_fail (YM_IS_FIELD_ROW (row));
  gtk_label_set_text (GTK_LABEL (PRIVATE (row)->hint), hint != NULL ? hint : "");
  gtk_widget_set_visible (PRIVATE (row)->hint, hint != NULL && *hint != '\0');
  tell_accessibility (row);
}

void
ym_field_row_set_error (YmFieldRow *row, const char *error)
{
  YmFieldRowPrivate *priv;

  g_return_if_fail (YM_IS_FIELD_ROW (row));
  priv = PRIVATE (row);
  if (g_strcmp0 (priv->error, error) == 0)
    return;
  g_free (priv->error);
  priv->error = g_strdup (error);
  show_error (row);
}

const char *
ym_field_row_get_error (YmFieldRow *row)
{
  g_return_val_if_fail (YM_IS_FIELD_ROW (row), NULL);
  return shown_error (PRIVATE (row));
}

void
ym_field_row_set_previous (YmFieldRow *row, const YmValue *previous)
{
  g_auto (YmValue) value = YM_VALUE_INIT;
  YmFieldRowPrivate *priv;

  g_return_if_fail (YM_IS_FIELD_ROW (row));
  priv = PRIVATE (row);
  ym_value_clear (&priv->previous);
  if (previous != NULL)
    priv->previous = ym_value_copy (previous);
  ym_field_row_get_value (row, &value);
  show_previous (row, &value);
}

void
ym_field_row_set_control (YmFieldRow *row, GtkWidget *control, GtkWidget *spoken, gboolean beside)
{
  YmFieldRowPrivate *priv = PRIVATE (row);

  g_return_if_fail (priv->control == NULL);
  priv->control = control;
  priv->spoken = spoken != NULL ? spoken : control;
  priv->beside = beside;
  gtk_widget_insert_after (control, GTK_WIDGET (row), priv->heading);
  tell_accessibility (row);
}

void
ym_field_row_edited (YmFieldRow *row)
{
  g_auto (YmValue) value = YM_VALUE_INIT;

  if (PRIVATE (row)->setting > 0)
    return;
  refresh (row, &value);
  g_signal_emit (row, signals[SIGNAL_CHANGED], 0);
}

void
ym_field_row_answer (YmFieldRow *row, const YmValue *value)
{
  g_auto (YmValue) copy = ym_value_copy (value);

  ym_field_row_set_value (row, &copy);
  g_signal_emit (row, signals[SIGNAL_CHANGED], 0);
}
