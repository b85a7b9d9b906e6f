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

#include "ui/widgets/field-footer.h"

#define GAP_PX 12

typedef struct {
  GtkWidget *heading; /* box: title, hint */
  GtkWidget *title;
  GtkWidget *hint;
  GtkWidget *control;
  GtkWidget *spoken;
  GtkWidget *footer;

  YmValue suggested;
  gboolean is_proposal; /* not the answer of last time */
  char *question;
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

static const char *
shown_error (YmFieldRowPrivate *priv)
{
  return priv->problem != NULL ? priv->problem : priv->error;
}

/* Title, hint, doubt and error belong to the control: that is where a screen reader's focus is. */
static void
tell_accessibility (YmFieldRow *row)
{
  YmFieldRowPrivate *priv = PRIVATE (row);
  const char *error = shown_error (priv);
  const char *parts[] = { error, priv->question, gtk_label_get_text (GTK_LABEL (priv->hint)) };
  g_autoptr (GString) description = g_string_new (NULL);

  if (priv->spoken == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (description, "%s%s", description->len > 0 ? " " : "", parts[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->spoken), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (priv->title)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description->str, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->spoken), GTK_ACCESSIBLE_STATE_INVALID,
                               error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
show_error (YmFieldRow *row)
{
  YmFieldRowPrivate *priv = PRIVATE (row);
  const char *error = shown_error (priv);

  ym_field_footer_set_error (YM_FIELD_FOOTER (priv->footer), error);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "invalid");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "invalid");
  tell_accessibility (row);
}

static void
show_suggestion (YmFieldRow *row, const YmValue *value)
{
  YmFieldRowPrivate *priv = PRIVATE (row);
  YmFieldFooter *footer = YM_FIELD_FOOTER (priv->footer);
  const char *title = gtk_label_get_text (GTK_LABEL (priv->title));
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  if (priv->suggested.kind == YM_VALUE_NULL || ym_value_equal (value, &priv->suggested))
    {
      /* The button that was pressed goes away with its question answered: the focus goes to the answer. */
      if (gtk_widget_is_focus (ym_field_footer_get_button (footer)))
        gtk_widget_grab_focus (GTK_WIDGET (row));
      ym_field_footer_suggest (footer, NULL, NULL, NULL);
      return;
    }
  words = YM_FIELD_ROW_GET_CLASS (row)->describe (row, &priv->suggested);
  if (priv->is_proposal)
    {
      text = g_strdup_printf (_ ("Proposed: %s"), words);
      name = g_strdup_printf (_ ("%s: take what is proposed, %s"), title, words);
      ym_field_footer_suggest (footer, text, _ ("Take It"), name);
    }
  else
    {
      text = g_strdup_printf (_("Last time: %s"), words);
      name = g_strdup_printf (_("%s: as before, %s"), title, words);
      ym_field_footer_suggest (footer, text, _ ("As before"), name);
    }
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
  show_suggestion (row, value);
  return readable;
}

static void
taken_cb (YmFieldRow *row)
{
  ym_field_row_answer (row, &PRIVATE (row)->suggested);
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

  ym_value_clear (&priv->suggested);
  g_free (priv->question);
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
  priv->footer = ym_field_footer_new ();
  g_signal_connect_swapped (priv->footer, "taken", G_CALLBACK (taken_cb), row);
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
ym_field_row_set_question (YmFieldRow *row, const char *question)
{
  YmFieldRowPrivate *priv;

  g_return_if_fail (YM_IS_FIELD_ROW (row));
  priv = PRIVATE (row);
  if (g_strcmp0 (priv->question, question) == 0)
    return;
  g_free (priv->question);
  priv->question = g_strdup (question);
  ym_field_footer_set_question (YM_FIELD_FOOTER (priv->footer), question);
  tell_accessibility (row);
}

static void
suggest (YmFieldRow *row, const YmValue *value, gboolean is_proposal)
{
  YmFieldRowPrivate *priv = PRIVATE (row);
  g_auto (YmValue) now = YM_VALUE_INIT;

  ym_value_clear (&priv->suggested);
  if (value != NULL)
    priv->suggested = ym_value_copy (value);
  priv->is_proposal = is_proposal;
  ym_field_row_get_value (row, &now);
  show_suggestion (row, &now);
}

void
ym_field_row_set_previous (YmFieldRow *row, const YmValue *previous)
{
  g_return_if_fail (YM_IS_FIELD_ROW (row));
  suggest (row, previous, FALSE);
}

void
ym_field_row_set_proposed (YmFieldRow *row, const YmValue *proposed)
{
  g_return_if_fail (YM_IS_FIELD_ROW (row));
  suggest (row, proposed, TRUE);
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
