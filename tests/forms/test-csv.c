/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CSV: what spreadsheets and control rooms write must come in whole, and what is wrong must be said by line
 * and column. */

#include "app/forms/csv.h"

#include <string.h>

static YmCsv *
parse_bytes (const char *data, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);

  return ym_csv_parse (bytes, error);
}

static YmCsv *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  YmCsv *csv = parse_bytes (text, strlen (text), &error);

  g_assert_no_error (error);
  return csv;
}

/* The whole table as "line:value|value / ...", header first. */
static char *
describe (const YmCsv *csv)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ym_csv_n_columns (csv); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", ym_csv_column_name (csv, i));
  for (guint row = 0; row < ym_csv_n_rows (csv); row++)
    {
      g_string_append_printf (text, " / %u:", ym_csv_row_line (csv, row));
      for (guint i = 0; i < ym_csv_n_columns (csv); i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", ym_csv_get_at (csv, row, i));
    }
  return g_string_free (text, FALSE);
}

/* A file that opens well in a spreadsheet would be refused or read askew. */
static void
test_as_spreadsheets_write_it (void)
{
  static const struct {
    const char *text, *expected;
  } cases[] = {
    { "a,b\n1,2\n", "a|b / 2:1|2" },
    { "a,b\r\n1,2\r\n", "a|b / 2:1|2" },
    { "a,b\r1,2\r", "a|b / 2:1|2" },
    { "a,b\n1,2", "a|b / 2:1|2" },
    { "\xEF\xBB\xBF"
      "a,b\r\n1,2\r\n",
      "a|b / 2:1|2" },
    { "\xEF\xBB\xBF\"a\",b\r\n1,2\r\n", "a|b / 2:1|2" },
    /* separators */
    { "a;b\r\n1,5;2\r\n", "a|b / 2:1,5|2" },
    { "a\tb\n1;5\t2,5\n", "a|b / 2:1;5|2,5" },
    { "\"a,x,y\";b\n1;2\n", "a,x,y|b / 2:1|2" },
    { "sep=;\r\na;b\r\n1;2\r\n", "a|b / 3:1|2" },
    { "\xEF\xBB\xBFSEP=;\r\na,x;b\r\n1;2\r\n", "a,x|b / 3:1|2" },
    { "\"sep=|\"\na|b\n1|2\n", "a|b / 3:1|2" },
    { "sep=\ta\n1\n", "sep=|a / 2:1|" },
    { "a\n1\n2\n", "a / 2:1 / 3:2" },
    { "\r\n\r\na;b\r\n1;2\r\n", "a|b / 4:1|2" },
    /* quotation marks */
    { "a,b\n\"1\",\"2\"\n", "a|b / 2:1|2" },
    { "a,b\n\"say \"\"yes\"\"\",\"\"\"\"\n", "a|b / 2:say \"yes\"|\"" },
    { "a,b\n\"x,y\",\"\"\n", "a|b / 2:x,y|" },
    { "a,b\n\"one\r\ntwo\rthree\n\nfour\",2\n5,6\n", "a|b / 2:one\ntwo\nthree\n\nfour|2 / 7:5|6" },
    /* empty lines and lines of separators, and what Excel leaves out at the end */
    { "a,b\n\n1,2\n\r\n,\n , \n\"\",\"\"\n3,4\n\n", "a|b / 3:1|2 / 8:3|4" },
    { "a,b,c\n1\n1,2\n,,3\n", "a|b|c / 2:1|| / 3:1|2| / 4:||3" },
    { "a,b,,\n1,2,,\n1,2,,,,\n", "a|b / 2:1|2 / 3:1|2" },
    /* white space */
    { " a ,\tb\n  1 , 2 3 \n", "a|b / 2:1|2 3" },
    { "a,b\n\xC2\xA0"
      "1\xC2\xA0,\xE2\x80\x89\xE2\x80\x89\n",
      "a|b / 2:1|" },
    { "a,b\n\" 1 \",\"\n2\n\"\n", "a|b / 2:1|2" },
    /* Welsh letters */
    { "enw,tref\nTŷ Gwyn,Aberteifi\nŴŵŶŷ,Môn\n", "enw|tref / 2:Tŷ Gwyn|Aberteifi / 3:ŴŵŶŷ|Môn" },
    /* a header and nothing else */
    { "a,b", "a|b" },
    { "a,b\r\n", "a|b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YmCsv) csv = parse (cases[i].text);
      g_autofree char *text = describe (csv), *report = ym_csv_report (csv);

      g_assert_cmpstr (text, ==, cases[i].expected);
      g_assert_cmpstr (report, ==, "");
    }
}

/* A file that can't be read would be taken for something else, or the person not told what to do. */
static void
test_files_that_are_no_table (void)
{
  static const struct {
    const char *data;
    gsize length;
    const char *says;
  } cases[] = {
#define BYTES(text) text, sizeof (text) - 1
    { BYTES (""), "empty" },
    { BYTES ("\xEF\xBB\xBF"), "empty" },
    { BYTES ("\r\n\r\n,,\r\n"), "empty" },
    { BYTES ("sep=;\r\n"), "empty" },
    { BYTES ("\xFF\xFE"
             "a\0,\0b\0"),
      "UTF-16" },
    { BYTES ("\xFE\xFF\0a\0,\0b"), "UTF-16" },
    { BYTES ("a\0,\0b\0"), "Line 1 holds a zero byte" },
    { BYTES ("a,b\n1,2\n3,\0\n"), "Line 3 holds a zero byte" },
    { BYTES ("PK\x03\x04 and so on"), "workbook" },
    { BYTES ("\xD0\xCF\x11\xE0 and so on"), "workbook" },
    { BYTES ("enw\r\nLl\xC5\xB7n\r\n\"T\xFF\r\n\"\r\n"), "Line 3 is not in UTF-8" },
    { BYTES ("enw\rT\xC5\xB7\rCaf\xE9\r"), "Line 3 is not in UTF-8" },
    { BYTES ("\xEF\xBB\xBF"
             "enw\nM\xF4n"),
      "Line 2 is not in UTF-8" },
    { BYTES ("a\n\xC5\xB7\xC5"), "Line 2 is not in UTF-8" },
    { BYTES ("a\n\xED\xA0\x81"), "Line 2 is not in UTF-8" },
#undef BYTES
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse_bytes (cases[i].data, cases[i].length, &error));
      g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

/* The control room's older spreadsheet writes one byte a letter: names would be spoilt, or nobody told that they may be. */
static void
test_windows_1252 (void)
{
  static const char text[] = "enw;nodyn\r\nT\xF4n;\x93" "cyfeillgar\x94 \x96 \x80" "5\r\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (YmCsv) csv = parse_bytes (text, sizeof text - 1, &error);
  const YmCsvProblem *remark;

  g_assert_no_error (error);
  g_assert_cmpstr (ym_csv_get (csv, 0, "ENW"), ==, "Tôn");
  g_assert_cmpstr (ym_csv_get (csv, 0, "nodyn"), ==, "“cyfeillgar” – €5");
  g_assert_cmpuint (ym_csv_n_errors (csv), ==, 0);
  g_assert_cmpuint (ym_csv_problems (csv)->len, ==, 1);
  remark = g_ptr_array_index (ym_csv_problems (csv), 0);
  g_assert_cmpuint (remark->line, ==, 2);
  g_assert_nonnull (strstr (remark->message, "Windows-1252"));
}

/* Somebody with twenty mistakes in a file would have to try twenty times. */
static void
test_problems_of_rows (void)
{
  static const struct {
    const char *text;
    const char *problems; /* "line:column:word of the message", those of one file joined by " / " */
  } cases[] = {
    { "a,b\n1,x\"y\n3,4\n", "2:b:within" },
    { "a,b\n\"x\"y,2\n3,4\n", "2:a:within" },
    { "a,b\n \"x\",2\n", "2:a:within" },
    { "a,b\n\"x\" ,2\n", "2:a:within" },
    { "a,b\n1,2\n3,\"x\n5,6\n7,8\n", "3:b:never closed" },
    { "a,b\n1,2,3\n1,2,\n", "2::3 fields" },
    { "a,,c\n1,2,3\n1,,3\n", "2::without a name" },
    { "a,A\n1,2\n", "1:A:Two columns" },
    { "Ŵ,ŵ\n1,2\n", "1:ŵ:Two columns" },
    { "a,b\n\"1\n\n\",2\n3,\"4\"5\n6\"\n", "5:b:within / 6:a:within" },
    { "a,b\n1,2,3\n\"x\"y,2\n3,\"4\n", "2::3 fields / 3:a:within / 4:b:never closed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YmCsv) csv = parse (cases[i].text);
      g_auto (GStrv) expected = g_strsplit (cases[i].problems, " / ", -1);
      const GPtrArray *problems = ym_csv_problems (csv);

      g_assert_cmpuint (problems->len, ==, g_strv_length (expected));
      g_assert_cmpuint (ym_csv_n_errors (csv), ==, problems->len);
      for (guint j = 0; j < problems->len; j++)
        {
          const YmCsvProblem *problem = g_ptr_array_index (problems, j);
          g_auto (GStrv) parts = g_strsplit (expected[j], ":", 3);

          g_assert_cmpint (problem->line, ==, g_ascii_strtoll (parts[0], NULL, 10));
          g_assert_cmpstr (problem->column != NULL ? problem->column : "", ==, parts[1]);
          g_assert_nonnull (strstr (problem->message, parts[2]));
        }
    }
}

/* A column would be missed because of a capital letter, or a misspelt one dropped without a word. */
static void
test_expected_columns (void)
{
  static const char *const required[] = { "registration_no", "name", "status", NULL };
  static const char *const optional[] = { "area", "tŷ", NULL };
  g_autoptr (YmCsv) csv = parse ("\n\xEF\xBB\xBF Name ,REGISTRATION_NO,aera,TŶ,\nBryn Awel,W013000,East,x\n");
  g_autofree char *report = NULL;

  ym_csv_expect (csv, required, optional);
  report = ym_csv_report (csv);
  /* a byte order mark that is not at the start is a letter like any other, and spoils the name */
  g_assert_nonnull (strstr (report, "Line 2, name: This column is missing"));
  g_clear_pointer (&csv, ym_csv_free);
  g_clear_pointer (&report, g_free);

  csv = parse (" Name ,REGISTRATION_NO,aera,TŶ,\nBryn Awel,W013000,East,x\n");
  ym_csv_add_problem (csv, 0, "name", "No.");
  ym_csv_expect (csv, required, optional);
  report = ym_csv_report (csv);
  g_assert_cmpstr (report, ==,
                   "Line 1, status: This column is missing from the header. Add it.\n"
                   "Line 1, aera: This column is not known, and is not read.\n"
                   "Line 2, name: No.\n");
  g_assert_cmpuint (ym_csv_n_errors (csv), ==, 2);
  g_assert_cmpstr (ym_csv_get (csv, 0, "name"), ==, "Bryn Awel");
  g_assert_cmpstr (ym_csv_get (csv, 0, "Registration_No"), ==, "W013000");
  g_assert_cmpstr (ym_csv_get (csv, 0, "tŷ"), ==, "x");
  g_assert_null (ym_csv_get (csv, 0, "status"));
}

/* A huge or hostile file would take the memory of the tablet, or fail without saying why. */
static void
test_limits (void)
{
  g_autofree char *large = g_malloc (YM_CSV_MAX_BYTES + 1);
  g_autofree char *commas = g_strnfill (YM_CSV_MAX_COLUMNS, ',');
  g_autofree char *wide = g_strdup_printf ("a%sb\n1\n", commas);
  g_autofree char *widest = g_strdup_printf ("a%sb\n1\n", commas + 1);
  g_autofree char *field = g_strnfill (YM_CSV_MAX_FIELD_BYTES + 1, 'x');
  g_autofree char *long_field = g_strdup_printf ("a,b\n1,%s\n2,%s\n", field, field + 1);
  g_autoptr (GString) many_rows = g_string_new ("a\n");
  g_autoptr (GString) many_problems = g_string_new ("a,b\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (YmCsv) csv = NULL;
  g_autofree char *report = NULL;

  memset (large, 'a', YM_CSV_MAX_BYTES + 1);
  g_assert_null (parse_bytes (large, YM_CSV_MAX_BYTES + 1, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
  g_clear_error (&error);

  g_assert_null (parse_bytes (wide, strlen (wide), &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
  g_clear_error (&error);
  csv = parse (widest);
  g_assert_cmpuint (ym_csv_n_columns (csv), ==, YM_CSV_MAX_COLUMNS);
  g_clear_pointer (&csv, ym_csv_free);

  csv = parse (long_field);
  g_assert_cmpuint (ym_csv_n_errors (csv), ==, 1);
  g_assert_cmpuint (((YmCsvProblem *) g_ptr_array_index (ym_csv_problems (csv), 0))->line, ==, 2);
  g_clear_pointer (&csv, ym_csv_free);

  for (guint i = 0; i < YM_CSV_MAX_ROWS; i++)
    g_string_append (many_rows, "1\n");
  csv = parse (many_rows->str);
  g_assert_cmpuint (ym_csv_n_rows (csv), ==, YM_CSV_MAX_ROWS);
  g_clear_pointer (&csv, ym_csv_free);
  g_string_append (many_rows, "1\n");
  g_assert_null (parse_bytes (many_rows->str, many_rows->len, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);

  for (guint i = 0; i < YM_CSV_MAX_PROBLEMS + 5; i++)
    g_string_append (many_problems, "1,2,3\n");
  csv = parse (many_problems->str);
  g_assert_cmpuint (ym_csv_n_errors (csv), ==, YM_CSV_MAX_PROBLEMS + 5);
  g_assert_cmpuint (ym_csv_problems (csv)->len, ==, YM_CSV_MAX_PROBLEMS);
  report = ym_csv_report (csv);
  g_assert_true (g_str_has_suffix (report, "And 5 more.\n"));
}

/* A home could put a formula into a return that runs on an inspector's computer. */
static void
test_writer (void)
{
  static const struct {
    const char *text, *written;
  } cases[] = {
    { "plain", "plain" },
    { NULL, "" },
    { "", "" },
    { "a,b", "\"a,b\"" },
    { "a;b", "\"a;b\"" },
    { "say \"yes\"", "\"say \"\"yes\"\"\"" },
    { "one\ntwo", "\"one\ntwo\"" },
    { " x", "\" x\"" },
    { "x ", "\"x \"" },
    { "Tŷ Gwyn", "Tŷ Gwyn" },
    /* formulas */
    { "=1+1", "'=1+1" },
    { "=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"" },
    { "+44 1970 000000", "'+44 1970 000000" },
    { "-x", "'-x" },
    { "@SUM(A1)", "'@SUM(A1)" },
    { "\t=1", "\"'\t=1\"" },
    { "\r=1", "\"'\r=1\"" },
    { "\n=1", "\"'\n=1\"" },
    { "=\"a\"", "\"'=\"\"a\"\"\"" },
    { "＝1", "'＝1" },
    { "-", "'-" },
    { "-1-1", "'-1-1" },
    { "-1.5.2", "'-1.5.2" },
    { "+.", "'+." },
    { "-1.", "'-1." },
    /* plain numbers */
    { "-1", "-1" },
    { "+1", "+1" },
    { "-12.50", "-12.50" },
    { "-12,50", "\"-12,50\"" },
    { "12", "12" },
    { "a=b", "a=b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmCsvWriter *writer = ym_csv_writer_new (',');
      g_autoptr (GBytes) bytes = NULL;
      g_autofree char *expected = g_strdup_printf ("\xEF\xBB\xBF%s,x\r\n", cases[i].written);

      ym_csv_writer_add (writer, cases[i].text);
      ym_csv_writer_add (writer, "x");
      ym_csv_writer_end_row (writer);
      bytes = ym_csv_writer_finish (writer);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, strlen (expected));
    }
}

/* What is exported would not come back as it was. */
static void
test_round_trip (void)
{
  static const char *const values[]
      = { "a", "", "x,y;z\tw", "\"", "\"\"", "one\n\ntwo", "Tŷ Gwyn, Aberteifi", "-7", "'", "’" };
  static const char separators[] = { ',', ';' };

  for (guint s = 0; s < G_N_ELEMENTS (separators); s++)
    {
      YmCsvWriter *writer = ym_csv_writer_new (separators[s]);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (YmCsv) csv = NULL;

      ym_csv_writer_add (writer, "value");
      ym_csv_writer_add (writer, "number");
      ym_csv_writer_end_row (writer);
      for (guint i = 0; i < G_N_ELEMENTS (values); i++)
        {
          ym_csv_writer_add (writer, values[i]);
          ym_csv_writer_add_integer (writer, G_MININT64 + i);
          ym_csv_writer_end_row (writer);
        }
      bytes = ym_csv_writer_finish (writer);
      csv = ym_csv_parse (bytes, NULL);
      g_assert_cmpuint (ym_csv_n_rows (csv), ==, G_N_ELEMENTS (values));
      g_assert_cmpuint (ym_csv_problems (csv)->len, ==, 0);
      for (guint i = 0; i < G_N_ELEMENTS (values); i++)
        {
          g_assert_cmpstr (ym_csv_get (csv, i, "value"), ==, values[i]);
          g_assert_cmpint (g_ascii_strtoll (ym_csv_get (csv, i, "number"), NULL, 10), ==, G_MININT64 + i);
        }
    }
}

/* Some mixture of quotes, breaks and separators would read or write outside the file's bytes. */
static void
test_any_bytes_do_no_harm (void)
{
  static const char *const pieces[] = { "\"", "\"\"", ",", ";",     "\t",           "\r", "\n",      "\r\n",
                                        "a",  " ",    "ŵ", "sep=;", "\xEF\xBB\xBF", "=",  "\xC2\xA0" };

  for (int round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *exact = NULL, *report = NULL, *table = NULL;
      g_autoptr (YmCsv) csv = NULL;
      g_autoptr (GBytes) bytes = NULL;

      for (int n = g_test_rand_int_range (0, 30); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      exact = g_memdup2 (text->str, text->len); /* no NUL after it */
      bytes = g_bytes_new_static (exact, text->len);
      csv = ym_csv_parse (bytes, NULL);
      if (csv == NULL)
        continue;
      report = ym_csv_report (csv);
      table = describe (csv);
      for (guint row = 0; row < ym_csv_n_rows (csv); row++)
        g_assert_cmpuint (ym_csv_row_line (csv, row), >, row == 0 ? 0 : ym_csv_row_line (csv, row - 1));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/csv/as-spreadsheets-write-it", test_as_spreadsheets_write_it);
  g_test_add_func ("/forms/csv/files-that-are-no-table", test_files_that_are_no_table);
  g_test_add_func ("/forms/csv/windows-1252", test_windows_1252);
  g_test_add_func ("/forms/csv/problems-of-rows", test_problems_of_rows);
  g_test_add_func ("/forms/csv/expected-columns", test_expected_columns);
  g_test_add_func ("/forms/csv/limits", test_limits);
  g_test_add_func ("/forms/csv/writer", test_writer);
  g_test_add_func ("/forms/csv/round-trip", test_round_trip);
  g_test_add_func ("/forms/csv/any-bytes-do-no-harm", test_any_bytes_do_no_harm);
  return g_test_run ();
}
