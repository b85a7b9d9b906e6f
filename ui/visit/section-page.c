/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One section of a visit, generated from the forms: its questions, the rows that belong to it, and, where the form
 * allows it, "not discussed" as an answer to the whole. */

#include "ui/visit/section-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/rules/training.h"
#include "ui/widgets/row.h"

struct _YmSectionPage
{
  GtkWidget parent_instance;

  YmDraft *draft;
  const YmSection *section;
  GtkSwitch *not_discussed; /* (nullable) */
  AdwActionRow *not_discussed_row;
  GtkWidget *body;
  YmRecordForm *form;
  GtkLabel *training; /* (nullable): R8, where its numbers are asked */
  GPtrArray *rows;    /* of YmRowCards, owned by body */
};

G_DEFINE_FINAL_TYPE (YmSectionPage, ym_section_page, GTK_TYPE_WIDGET)

enum {
  SIGNAL_CHANGED,
  SIGNAL_ENTERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* R8, as soon as both numbers are there. */
static void
show_training (YmSectionPage *self)
{
  int staff = (int) ym_record_get_integer (self->draft->record, YM_VISIT_STAFF_TOTAL, -1);
  int trained = (int) ym_record_get_integer (self->draft->record, YM_VISIT_STAFF_TRAINED, -1);
  int target, short_by;
  g_autofree char *aim = NULL;
  g_autofree char *text = NULL;

  if (self->training == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->training), staff >= 0);
  if (staff < 0)
    return;
  target = ym_training_target (staff);
  short_by = ym_training_short_by (staff, MAX (trained, 0));
  aim = g_strdup_printf (ngettext ("Restorative training: %d member of staff should have it.",
                                   "Restorative training: %d of the staff should have it.", (gulong) target),
                         target);
  if (trained < 0)
    text = g_strdup (aim);
  else if (short_by == 0)
    text = g_strdup_printf (_ ("%s The target is met."), aim);
  else
    {
      g_autofree char *lack
          = g_strdup_printf (ngettext ("Short by %d.", "Short by %d.", (gulong) short_by), short_by);

      text = g_strdup_printf ("%s %s", aim, lack);
    }
  gtk_label_set_text (self->training, text);
}

static void
show_rows (YmSectionPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      YmRowCards *cards = g_ptr_array_index (self->rows, i);

      gtk_widget_set_visible (GTK_WIDGET (cards), ym_visit_asks_rows (self->draft, ym_row_cards_get_form (cards)));
    }
}

static gboolean
has_answers (YmSectionPage *self)
{
  const YmRecord *record = self->draft->record;

  for (guint i = 0; i < record->form->n_fields; i++)
    if (record->form->fields[i].section == self->section->number && record->values[i].kind != YM_VALUE_NULL)
      return TRUE;
  for (guint i = 0; i < self->draft->rows->len; i++)
    if (((const YmRecord *) g_ptr_array_index (self->draft->rows, i))->form->rows_section == self->section->number)
      return TRUE;
  return FALSE;
}

static void
show_discussed (YmSectionPage *self)
{
  gboolean hidden = ym_record_is_not_discussed (self->draft->record, self->section->number);

  gtk_widget_set_visible (self->body, !hidden);
  if (self->not_discussed != NULL)
    ym_row_set_text (self->not_discussed_row, _ ("Not discussed"),
                     hidden && has_answers (self) ? _ ("What was answered stays in the draft and is not signed.") : NULL);
}

static void
refresh (YmSectionPage *self)
{
  show_discussed (self);
  show_rows (self);
  show_training (self);
}

static void
changed_cb (YmSectionPage *self)
{
  refresh (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
not_discussed_cb (YmSectionPage *self)
{
  gint64 bit = G_GINT64_CONSTANT (1) << self->section->number;
  gint64 said = ym_record_get_integer (self->draft->record, YM_VISIT_NOT_DISCUSSED, 0);

  said = gtk_switch_get_active (self->not_discussed) ? said | bit : said & ~bit;
  ym_record_set_integer (self->draft->record, YM_VISIT_NOT_DISCUSSED, said);
  changed_cb (self);
}

static void
form_entered_cb (YmSectionPage *self, const YmField *field)
{
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0, field->name);
}

static char *
place_in_row (const YmId *row, const YmField *field)
{
  g_autofree char *id = ym_id_to_string (row);

  return g_strdup_printf ("%s.%s", id, field->name);
}

static void
row_entered_cb (YmSectionPage *self, const YmRecord *row, const YmField *field)
{
  g_autofree char *place = place_in_row (&row->id, field);

  g_signal_emit (self, signals[SIGNAL_ENTERED], 0, place);
}

static gboolean
ym_section_page_grab_focus (GtkWidget *widget)
{
  YmSectionPage *self = YM_SECTION_PAGE (widget);

  if (gtk_widget_get_visible (self->body) && gtk_widget_grab_focus (GTK_WIDGET (self->form)))
    return TRUE;
  return self->not_discussed != NULL && gtk_widget_grab_focus (GTK_WIDGET (self->not_discussed));
}

static void
ym_section_page_dispose (GObject *object)
{
  GtkWidget *child;

  g_ptr_array_set_size (YM_SECTION_PAGE (object)->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ym_section_page_parent_class)->dispose (object);
}

static void
ym_section_page_finalize (GObject *object)
{
  g_ptr_array_unref (YM_SECTION_PAGE (object)->rows);
  G_OBJECT_CLASS (ym_section_page_parent_class)->finalize (object);
}

static void
ym_section_page_class_init (YmSectionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ym_section_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ym_section_page_finalize;
  widget_class->grab_focus = ym_section_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", YM_TYPE_SECTION_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENTERED] = g_signal_new ("entered", YM_TYPE_SECTION_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ym_section_page_init (YmSectionPage *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 18);
  self->rows = g_ptr_array_new ();
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
}

static void
build_not_discussed (YmSectionPage *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = ym_row_new (_ ("Not discussed"), NULL);

  self->not_discussed = GTK_SWITCH (gtk_switch_new ());
  self->not_discussed_row = ADW_ACTION_ROW (row);
  gtk_switch_set_active (self->not_discussed,
                         ym_record_is_not_discussed (self->draft->record, self->section->number));
  gtk_widget_set_valign (GTK_WIDGET (self->not_discussed), GTK_ALIGN_CENTER);
  ym_say (self->not_discussed, _ ("Not discussed"));
  adw_action_row_add_suffix (self->not_discussed_row, GTK_WIDGET (self->not_discussed));
  adw_action_row_set_activatable_widget (self->not_discussed_row, GTK_WIDGET (self->not_discussed));
  /* The switch has the focus, the line round it none of its own. */
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "touch");
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_widget_set_parent (list, GTK_WIDGET (self));
  g_signal_connect_object (self->not_discussed, "notify::active", G_CALLBACK (not_discussed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
build_training (YmSectionPage *self)
{
  if (ym_record_form_get_row (self->form, YM_VISIT_STAFF_TRAINED) == NULL)
    return;
  self->training = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->training, 0);
  gtk_label_set_wrap (self->training, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->training), "note-line");
  gtk_box_append (GTK_BOX (self->body), GTK_WIDGET (self->training));
}

static void
build_rows (YmSectionPage *self, const YmClock *clock)
{
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    {
      GtkWidget *cards;

      if (forms[i]->rows_of != self->draft->record->form->id || forms[i]->rows_section != self->section->number)
        continue;
      cards = ym_row_cards_new (self->draft, forms[i], clock);
      g_ptr_array_add (self->rows, cards);
      gtk_box_append (GTK_BOX (self->body), cards);
      g_signal_connect_object (cards, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (cards, "entered", G_CALLBACK (row_entered_cb), self, G_CONNECT_SWAPPED);
    }
}

GtkWidget *
ym_section_page_new (YmDraft *draft, const YmSection *section, const YmClock *clock)
{
  YmSectionPage *self = g_object_new (YM_TYPE_SECTION_PAGE, NULL);

  self->draft = draft;
  self->section = section;
  ym_say (self, ym_label (section->label));
  if (section->may_be_not_discussed)
    build_not_discussed (self);
  self->form = YM_RECORD_FORM (ym_record_form_new (draft->record, section->number, clock));
  gtk_box_append (GTK_BOX (self->body), GTK_WIDGET (self->form));
  g_signal_connect_object (self->form, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "entered", G_CALLBACK (form_entered_cb), self, G_CONNECT_SWAPPED);
  build_training (self);
  build_rows (self, clock);
  gtk_widget_set_parent (self->body, GTK_WIDGET (self));
  refresh (self);
  return GTK_WIDGET (self);
}

const YmSection *
ym_section_page_get_section (YmSectionPage *self)
{
  g_return_val_if_fail (YM_IS_SECTION_PAGE (self), NULL);
  return self->section;
}

void
ym_section_page_add (YmSectionPage *self, GtkWidget *widget)
{
  g_return_if_fail (YM_IS_SECTION_PAGE (self));
  gtk_box_append (GTK_BOX (self->body), widget);
}

void
ym_section_page_set_previous (YmSectionPage *self, const YmVisit *previous)
{
  g_return_if_fail (YM_IS_SECTION_PAGE (self));
  ym_record_form_set_previous (self->form, previous != NULL ? previous->visit : NULL);
  for (guint i = 0; i < self->rows->len; i++)
    ym_row_cards_set_previous (g_ptr_array_index (self->rows, i), previous != NULL ? previous->rows : NULL);
}

void
ym_section_page_set_known (YmSectionPage *self, const char *const *known)
{
  g_return_if_fail (YM_IS_SECTION_PAGE (self));
  ym_record_form_set_known (self->form, known);
}

void
ym_section_page_propose (YmSectionPage *self, guint field, const YmValue *value)
{
  YmFieldRow *row;

  g_return_if_fail (YM_IS_SECTION_PAGE (self));
  row = ym_record_form_get_row (self->form, field);
  if (row != NULL)
    ym_field_row_set_proposed (row, value);
}

/* The button that adds rows of a kind is a place too: where one is missing. */
static gboolean
go_to_rows (YmSectionPage *self, const char *place)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      YmRowCards *cards = g_ptr_array_index (self->rows, i);

      if (!g_str_equal (ym_row_cards_get_form (cards)->name, place))
        continue;
      gtk_widget_grab_focus (GTK_WIDGET (cards));
      return TRUE;
    }
  return FALSE;
}

static gboolean
go_to_row (YmSectionPage *self, const char *place)
{
  const char *point = strchr (place, '.');
  g_autofree char *hex = point != NULL ? g_strndup (place, (gsize) (point - place)) : NULL;
  YmId id;

  if (hex == NULL || !ym_id_parse (hex, &id))
    return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      YmRowCard *card = ym_row_cards_get_card (g_ptr_array_index (self->rows, i), &id);
      const YmField *field = card != NULL ? ym_form_field_by_name (ym_row_card_get_row (card)->form, point + 1) : NULL;

      if (field == NULL)
        continue;
      ym_row_card_set_open (card, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (ym_record_form_get_row (ym_row_card_get_form (card), field->id)));
      return TRUE;
    }
  return FALSE;
}

gboolean
ym_section_page_go_to (YmSectionPage *self, const char *place)
{
  const YmField *field;
  YmFieldRow *row;

  g_return_val_if_fail (YM_IS_SECTION_PAGE (self), FALSE);
  field = ym_form_field_by_name (self->draft->record->form, place);
  row = field != NULL ? ym_record_form_get_row (self->form, field->id) : NULL;
  if (row == NULL)
    return go_to_row (self, place) || go_to_rows (self, place);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return TRUE;
}

char *
ym_section_page_place_of (const YmVisitProblem *problem)
{
  if (problem->field == NULL)
    return g_strdup (problem->rows->name);
  if (ym_form_field_by_name (ym_form (YM_FORM_VISIT), problem->field->name) == problem->field)
    return g_strdup (problem->field->name);
  return place_in_row (&problem->record, problem->field);
}

static void
unmark (YmSectionPage *self)
{
  ym_record_form_unmark (self->form);
  for (guint i = 0; i < self->rows->len; i++)
    {
      YmRowCards *cards = g_ptr_array_index (self->rows, i);

      ym_row_cards_mark (cards, NULL);
      for (GtkWidget *card = ym_row_cards_get_first (cards); card != NULL; card = gtk_widget_get_next_sibling (card))
        ym_record_form_unmark (ym_row_card_get_form (YM_ROW_CARD (card)));
    }
}

static void
mark_rows (YmSectionPage *self, const YmVisitProblem *problem)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      YmRowCards *cards = g_ptr_array_index (self->rows, i);
      YmRowCard *card = problem->field != NULL ? ym_row_cards_get_card (cards, &problem->record) : NULL;

      if (card != NULL)
        {
          ym_row_card_set_open (card, TRUE);
          ym_record_form_mark (ym_row_card_get_form (card), problem->field->id, problem->message);
        }
      else if (problem->rows == ym_row_cards_get_form (cards))
        ym_row_cards_mark (cards, problem->message);
    }
}

void
ym_section_page_mark (YmSectionPage *self, GPtrArray *problems)
{
  g_return_if_fail (YM_IS_SECTION_PAGE (self));
  unmark (self);
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      const YmVisitProblem *problem = g_ptr_array_index (problems, i);

      if (problem->section != self->section->number)
        continue;
      if (problem->field != NULL && ym_id_equal (&problem->record, &self->draft->record->id))
        ym_record_form_mark (self->form, problem->field->id, problem->message);
      else
        mark_rows (self, problem);
    }
}

static gboolean
is_known (GPtrArray *problems, const YmId *record, const YmField *field)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const YmVisitProblem *problem = g_ptr_array_index (problems, i);

      if (problem->field == field && ym_id_equal (&problem->record, record))
        return TRUE;
    }
  return FALSE;
}

static void
add_unreadable_of (YmSectionPage *self, YmRecordForm *form, GPtrArray *problems)
{
  const YmRecord *record = ym_record_form_get_record (form);
  g_autoptr (GPtrArray) unreadable = ym_record_form_unreadable (form);

  for (guint i = 0; i < unreadable->len; i++)
    {
      const YmField *field = g_ptr_array_index (unreadable, i);
      YmVisitProblem *problem;

      if (is_known (problems, &record->id, field))
        continue;
      problem = g_new (YmVisitProblem, 1);
      *problem = (YmVisitProblem){ record->id, self->section->number, field, NULL,
                                   g_strdup (ym_field_row_get_error (ym_record_form_get_row (form, field->id))) };
      g_ptr_array_add (problems, problem);
    }
}

void
ym_section_page_add_unreadable (YmSectionPage *self, GPtrArray *problems)
{
  g_return_if_fail (YM_IS_SECTION_PAGE (self));
  if (!gtk_widget_get_visible (self->body))
    return;
  add_unreadable_of (self, self->form, problems);
  for (guint i = 0; i < self->rows->len; i++)
    {
      YmRowCards *cards = g_ptr_array_index (self->rows, i);

      for (GtkWidget *card = ym_row_cards_get_first (cards);
           card != NULL && gtk_widget_get_visible (GTK_WIDGET (cards)); card = gtk_widget_get_next_sibling (card))
        add_unreadable_of (self, ym_row_card_get_form (YM_ROW_CARD (card)), problems);
    }
}
