/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The state of an issue in R11's words. Never by colour alone: icon and word say the same. */

#include "ui/issue/issue-chip.h"

#include "app/forms/choices.h"

struct _YmIssueChip
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *word;
};

G_DEFINE_FINAL_TYPE (YmIssueChip, ym_issue_chip, GTK_TYPE_WIDGET)

/* The colours are those of a home's state: calm, to do, pressing, done. */
static const struct {
  const char *css_class;
  const char *icon;
} looks[] = {
  [YM_ISSUE_OPEN] = { "due", "issue-open-symbolic" },
  [YM_ISSUE_IN_PROGRESS] = { "due-soon", "issue-in-progress-symbolic" },
  [YM_ISSUE_RESOLVED] = { "visited", "issue-resolved-symbolic" },
  [YM_ISSUE_ESCALATED] = { "overdue", "issue-escalated-symbolic" },
  [YM_ISSUE_REOPENED] = { "due", "issue-reopened-symbolic" },
};

static void
ym_issue_chip_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_issue_chip_parent_class)->dispose (object);
}

static void
ym_issue_chip_class_init (YmIssueChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_issue_chip_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "statechip");
}

static void
ym_issue_chip_init (YmIssueChip *self)
{
  self->icon = GTK_IMAGE (gtk_image_new ());
  self->word = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_parent (GTK_WIDGET (self->icon), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->word), GTK_WIDGET (self));
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
}

GtkWidget *
ym_issue_chip_new (void)
{
  return g_object_new (YM_TYPE_ISSUE_CHIP, NULL);
}

const char *
ym_issue_state_word (int state)
{
  const YmChoice *choice = ym_choices_by_number (&ym_choices_issue_state, state);

  return choice != NULL ? ym_label (choice->label) : "";
}

void
ym_issue_chip_set (YmIssueChip *self, int state)
{
  gboolean known = state > 0 && state < (int) G_N_ELEMENTS (looks);

  g_return_if_fail (YM_IS_ISSUE_CHIP (self));
  gtk_widget_set_visible (GTK_WIDGET (self), known);
  if (!known)
    return;
  for (guint i = YM_ISSUE_OPEN; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), looks[state].css_class);
  gtk_image_set_from_icon_name (self->icon, looks[state].icon);
  gtk_label_set_text (self->word, ym_issue_state_word (state));
}
