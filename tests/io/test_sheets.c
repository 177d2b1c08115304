/*
 * Sheets as they come, written by hand: what GDAL's own writer would never leave behind. Title rows, merged
 * headings, formula errors, numbers that are text, a million empty rows at the end, damage.
 */
#include <cpl_string.h>
#include <cpl_vsi.h>

#include "base/number.h"
#include "harness/harness.h"
#include "io/rows.h"
#include "io/sheet_trim.h"

static const char xlsx[] = "/vsimem/sheets.xlsx";
static const char ods[] = "/vsimem/sheets.ods";

static void write_member(const char *archive, const char *name, const char *const *parts, size_t count) {
    VSILFILE *const file = VSIFOpenL(CPLSPrintf("/vsizip/%s/%s", archive, name), "wb");
    ck_assert_ptr_nonnull(file);
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(VSIFWriteL(parts[i], 1, strlen(parts[i]), file), strlen(parts[i]));
    ck_assert_int_eq(VSIFCloseL(file), 0);
}

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN   "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

/* An XLSX file of one sheet, "data", with these rows of XML. */
static void write_xlsx(const char *rows) {
    static const char *const types[] = {
        "<?xml version=\"1.0\"?><Types "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        "<Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" "
        "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
        "<Override PartName=\"/xl/worksheets/sheet1.xml\" "
        "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></"
        "Types>"};
    static const char *const book[] = {
        "<?xml version=\"1.0\"?><workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE
        "\"><sheets><sheet name=\"data\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"};
    static const char *const relations[] = {
        "<?xml version=\"1.0\"?><Relationships "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
        "Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"};
    const char *const sheet[] = {"<?xml version=\"1.0\"?><worksheet xmlns=\"" MAIN "\"><sheetData>", rows,
                                 "</sheetData></worksheet>"};
    (void)VSIUnlink(xlsx);
    VSILFILE *const whole = VSIFOpenL(CPLSPrintf("/vsizip/%s", xlsx), "wb");
    ck_assert_ptr_nonnull(whole);
    write_member(xlsx, "[Content_Types].xml", types, 1);
    write_member(xlsx, "xl/workbook.xml", book, 1);
    write_member(xlsx, "xl/_rels/workbook.xml.rels", relations, 1);
    write_member(xlsx, "xl/worksheets/sheet1.xml", sheet, 3);
    ck_assert_int_eq(VSIFCloseL(whole), 0);
}

static void write_ods(const char *rows) {
    static const char *const type[] = {"application/vnd.oasis.opendocument.spreadsheet"};
    const char *const content[] = {
        "<?xml version=\"1.0\"?><office:document-content "
        "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
        "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
        "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>"
        "<table:table table:name=\"data\">",
        rows, "</table:table></office:spreadsheet></office:body></office:document-content>"};
    (void)VSIUnlink(ods);
    VSILFILE *const whole = VSIFOpenL(CPLSPrintf("/vsizip/%s", ods), "wb");
    ck_assert_ptr_nonnull(whole);
    write_member(ods, "mimetype", type, 1);
    write_member(ods, "content.xml", content, 3);
    ck_assert_int_eq(VSIFCloseL(whole), 0);
}

/* `code|value` at rows `row`, both as text in XLSX. */
#define TEXT(place, text) "<c r=\"" place "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define HEADINGS          "<row r=\"1\">" TEXT("A1", "code") TEXT("B1", "value") "</row>"

#define ODS_TEXT(text)                                                                                       \
    "<table:table-cell office:value-type=\"string\"><text:p>" text "</text:p></table:table-cell>"
#define ODS_ROW(cells) "<table:table-row>" cells "</table:table-row>"
#define ODS_HEADINGS   ODS_ROW(ODS_TEXT("code") ODS_TEXT("value"))

static hrm_status open_rows(hrm_context *ctx, const char *path, const char *const *wanted, size_t count,
                            hrmi_rows **rows) {
    hrm_source source;
    hrm_source_init(&source, sizeof source);
    source.path = path;
    return hrmi_rows_open(ctx, &source, false, wanted, count, rows);
}

/* The wanted cells of all rows as "2:a|b 3:c|d". */
static void check_rows(const char *path, const char *const *wanted, size_t count, const char *expected) {
    hrm_context *const ctx = hrmt_context();
    hrmi_rows *rows = NULL;
    char seen[1000] = "";
    char one[100];
    bool more = true;
    hrmt_ok(ctx, open_rows(ctx, path, wanted, count, &rows));
    for (;;) {
        hrmt_ok(ctx, hrmi_rows_next(ctx, rows, &more));
        if (!more) break;
        (void)snprintf(one, sizeof one, "%s%d%s", seen[0] != '\0' ? " " : "", (int)hrmi_rows_row(rows),
                       hrmi_rows_kept_out(rows) != 0 ? "-" : "");
        (void)strcat(seen, one);
        for (size_t i = 0; i < count; i++) {
            size_t field = 0;
            const char *cell = NULL;
            hrmt_ok(ctx, hrmi_rows_find(ctx, rows, wanted[i], &field));
            hrmt_ok(ctx, hrmi_rows_text(ctx, rows, field, &cell));
            (void)snprintf(one, sizeof one, "%s%s", i == 0 ? ":" : "|", cell != NULL ? cell : "");
            (void)strcat(seen, one);
        }
    }
    ck_assert_str_eq(seen, expected);
    hrmi_rows_close(rows);
    hrm_context_free(ctx);
}

static const char *const both[] = {"code", "value"};

/* A title over merged cells, headings over two rows, column numbers, data, a total, and a cell beyond. */
START_TEST(titles_and_merged_headings_are_read) {
    static const char *const wanted[] = {"Код", "Доходи, тис. грн / власні", "field_5"};
    write_xlsx(
        "<row r=\"1\">" TEXT("A1", "Довідка") "</row><row r=\"3\">" TEXT("A3", "Код") TEXT(
            "B3", "Доходи,\ntис. грн") TEXT("D3", "Площа") "</row><row r=\"4\">" TEXT("B4", "Усього")
            TEXT("C4", "власні ") "</row><row r=\"5\"><c r=\"A5\"><v>1</v></c><c r=\"B5\"><v>2</v></c><c "
                                  "r=\"C5\"><v>3</v></c><c r=\"D5\"><v>4</v></c></row><row r=\"6\">" TEXT(
                                      "A6",
                                      "UA0502003") "<c r=\"B6\"><v>2.5</v></c><c r=\"C6\"><v>1.25</v></c><c "
                                                   "r=\"E6\"><v>7</v></c></row>"
                                                   "<row r=\"8\">" TEXT(
                                                       "A8", "Всього") "<c r=\"C8\"><v>1.25</v></c></row>");
    const char *fixed[] = {wanted[0], "Доходи, tис. грн / власні"};
    check_rows(xlsx, fixed, 2, "5-:1|3 6:UA0502003|1.25 8-:Всього|1.25");
    static const char *const beyond[] = {"Код", "власні", "field_5"};
    check_rows(xlsx, beyond, 3, "5-:1|3| 6:UA0502003|1.25|7 8-:Всього|1.25|");
}
END_TEST

/* Numbers that are text, text that is a number, and errors of formulas, each for what it is. */
START_TEST(cells_are_what_they_say) {
    static const struct {
        const char *cell;
        hrmi_cell_kind kind;
        double value;
        const char *why;
    } cells[] = {
        {"<c r=\"B2\"><v>1234.5</v></c>", HRMI_CELL_NUMBER, 1234.5, NULL},
        {TEXT("B2", " 1 234,5 "), HRMI_CELL_NUMBER, 1234.5, NULL},
        {"<c r=\"B2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", HRMI_CELL_UNUSABLE, 0, "divides by zero"},
        {"<c r=\"B2\" t=\"e\"><v>#REF!</v></c>", HRMI_CELL_UNUSABLE, 0, "a cell that is gone"},
        {"<c r=\"B2\" t=\"e\"><v>#N/A</v></c>", HRMI_CELL_MISSING, 0, NULL},
        {"<c r=\"B2\" t=\"str\"><f>A1</f><v>17</v></c>", HRMI_CELL_NUMBER, 17, NULL},
        {"<c r=\"B2\"><f>A1</f></c>", HRMI_CELL_MISSING, 0, NULL}};
    hrm_context *const ctx = hrmt_context();
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char sheet[600];
        bool more = true;
        size_t field = 0;
        hrmi_rows *rows = NULL;
        hrmi_cell cell;
        (void)snprintf(sheet, sizeof sheet, HEADINGS "<row r=\"2\">" TEXT("A2", "UA1") "%s</row>",
                       cells[i].cell);
        write_xlsx(sheet);
        hrmt_ok(ctx, open_rows(ctx, xlsx, both, 2, &rows));
        hrmt_ok(ctx, hrmi_rows_next(ctx, rows, &more));
        ck_assert(more);
        hrmt_ok(ctx, hrmi_rows_find(ctx, rows, "value", &field));
        ck_assert_int_eq(hrmi_rows_number_cell(rows, field, HRMI_DECIMAL_AUTO, &cell), cells[i].kind);
        if (cells[i].kind == HRMI_CELL_NUMBER) ck_assert_double_eq(cell.value, cells[i].value);
        if (cells[i].why != NULL) ck_assert_ptr_nonnull(strstr(cell.why, cells[i].why));
        hrmi_rows_close(rows);
    }
    hrm_context_free(ctx);
}
END_TEST

/* A column of codes that are numbers keeps all their digits. */
START_TEST(keys_that_are_numbers_are_exact_text) {
    write_xlsx(HEADINGS "<row r=\"2\"><c r=\"A2\"><v>250100000</v></c><c r=\"B2\"><v>1</v></c></row>"
                        "<row r=\"3\"><c r=\"A3\"><v>1234567890123456</v></c><c r=\"B3\"><v>2</v></c></row>");
    check_rows(xlsx, both, 2, "2:250100000|1 3:1234567890123456|2");
}
END_TEST

static void append(char *text, size_t size, size_t *length, const char *part) {
    const size_t n = strlen(part);
    ck_assert_uint_lt(*length + n, size);
    memcpy(text + *length, part, n + 1);
    *length += n;
}

static size_t files_in_memory(void) {
    char **const names = VSIReadDir("/vsimem/");
    const size_t count = (size_t)CSLCount(names);
    CSLDestroy(names);
    return count;
}

/* As a format that was given to whole columns leaves them. They are never kept, and the copy without them is
 * gone afterwards. */
START_TEST(a_million_empty_rows_are_passed_over) {
    enum { LAST = 1048576 };
    const size_t size = (size_t)80 * LAST;
    char *const sheet = malloc(size);
    char one[100];
    size_t length = 0;
    ck_assert_ptr_nonnull(sheet);
    append(sheet, size, &length, HEADINGS "<row r=\"2\">" TEXT("A2", "UA1") "</row><row r=\"5\">");
    append(sheet, size, &length, TEXT("A5", "UA2") "</row>");
    for (int i = 6; i <= LAST; i++) {
        (void)snprintf(one, sizeof one, "<row r=\"%d\"><c r=\"A%d\" s=\"0\"/><c r=\"B%d\" s=\"0\"/></row>", i,
                       i, i);
        append(sheet, size, &length, one);
    }
    write_xlsx(sheet);
    free(sheet);
    const size_t before = files_in_memory();
    check_rows(xlsx, both, 2, "2:UA1| 5:UA2|");
    ck_assert_uint_eq(files_in_memory(), before);
    write_ods(ODS_HEADINGS
              "<table:table-row table:number-rows-repeated=\"1048560\"><table:table-cell "
              "table:style-name=\"ce1\" table:number-columns-repeated=\"3\"/></table:table-row>" ODS_ROW(
                  "<table:table-cell/>"));
    check_rows(ods, both, 2, "");
    (void)VSIUnlink(xlsx);
}
END_TEST

/* Empty rows between others are rows still, in both formats. */
START_TEST(rows_keep_their_numbers_without_the_empty_ones) {
    enum { MANY = 3000 };
    const size_t size = (size_t)200 * MANY;
    char *const sheet = malloc(size);
    char one[200];
    ck_assert_ptr_nonnull(sheet);
    size_t length = 0;
    append(sheet, size, &length, HEADINGS);
    for (int i = 2; i <= 40; i++) {
        (void)snprintf(one, sizeof one, "<row r=\"%d\" spans='1:2'>", i);
        append(sheet, size, &length, one);
        (void)snprintf(one, sizeof one, "<c r=\"A%d\" t=\"inlineStr\"><is><t>UA</t></is></c>", i);
        if (i % 13 == 0) append(sheet, size, &length, one);
        else append(sheet, size, &length, i % 2 ? "<c s=\"1\"/>" : " \n <c s=\"&gt;\" x='>'></c>");
        append(sheet, size, &length, "</row>");
    }
    for (int i = 41; i < MANY; i++) {
        (void)snprintf(one, sizeof one, "<row r=\"%d\"/>", i);
        append(sheet, size, &length, one);
    }
    write_xlsx(sheet);
    check_rows(xlsx, both, 1, "13:UA 26:UA 39:UA");
    free(sheet);
    write_ods(ODS_HEADINGS "<table:table-row "
                           "table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row>"
                           "<table:table-row table:x=\"a>b\"><table:table-cell/></table:table-row>" ODS_ROW(
                               ODS_TEXT("UA1") "<table:table-cell office:value-type=\"float\" "
                                               "office:value=\"7\"/>") "<table:table-row "
                                                                       "table:number-rows-repeated="
                                                                       "\"100000\"><table:table-cell/>"
                                                                       "</table:table-row>");
    check_rows(ods, both, 2, "6:UA1|7");
}
END_TEST

/* What goes wrong inside a sheet is an error, never a shorter table. */
START_TEST(damage_is_an_error) {
    hrm_context *const ctx = hrmt_context();
    hrmi_rows *rows = NULL;
    write_xlsx(HEADINGS "<row r=\"2\">" TEXT("A2", "UA1") "</row><row r=\"3\">" TEXT("A3", "UA2"));
    hrmt_fails(ctx, open_rows(ctx, xlsx, both, 2, &rows), HRM_ERROR_FORMAT, "sheet \"data\": cannot be read");
    write_xlsx(HEADINGS "<row r=\"1048576\">" TEXT("A1048576", "UA1") "</row>");
    hrmt_fails(ctx, open_rows(ctx, xlsx, both, 2, &rows), HRM_ERROR_FORMAT, "gap");
    write_xlsx(HEADINGS "<row>" TEXT("A2", "UA1") "</row>"); /* GDAL wants the numbers of rows */
    hrmt_fails(ctx, open_rows(ctx, xlsx, both, 2, &rows), HRM_ERROR_FORMAT, "Invalid row");
    write_xlsx("");
    hrmt_fails(ctx, open_rows(ctx, xlsx, both, 2, &rows), HRM_ERROR_FORMAT, "there are no headings");
    hrm_context_free(ctx);
}
END_TEST

/* So many blanks, or so many times another byte. */
static char *many(size_t count, char byte, const char *before, const char *after) {
    const size_t head = strlen(before);
    char *const text = malloc(head + count + strlen(after) + 1);
    ck_assert_ptr_nonnull(text);
    memcpy(text, before, head);
    memset(text + head, byte, count);
    memcpy(text + head + count, after, strlen(after) + 1);
    return text;
}

/* The most memory that opening takes of the caller's allocator. */
static hrm_status open_within(const char *path, size_t most, const char *words) {
    hrmt_memory memory;
    hrmt_memory_init(&memory);
    const hrm_allocator allocator = hrmt_allocator(&memory);
    hrm_context *ctx = NULL;
    hrmi_rows *rows = NULL;
    ck_assert_int_eq(hrm_context_new(&allocator, &ctx), HRM_OK);
    const hrm_status status = open_rows(ctx, path, both, 2, &rows);
    ck_assert_msg(strstr(hrm_error_message(ctx), words) != NULL, "%s", hrm_error_message(ctx));
    hrmi_rows_close(rows);
    ck_assert_uint_lt(memory.peak_bytes, most);
    hrm_context_free(ctx);
    ck_assert_uint_eq(memory.live, 0);
    return status;
}

enum { MEBIBYTE = 1024 * 1024 };

/* A sheet has 1,048,576 rows; what says it has more is no sheet, and is not gone through row by row. */
START_TEST(rows_that_no_sheet_has) {
    hrm_context *const ctx = hrmt_context();
    hrmi_rows *rows = NULL;
    write_xlsx(HEADINGS "<row r=\"999990000\"/><row r=\"999990001\">" TEXT("A999990001", "UA1") "</row>");
    hrmt_fails(ctx, open_rows(ctx, xlsx, both, 2, &rows), HRM_ERROR_FORMAT, "sheets.xlsx: row 999990000");
    write_xlsx(HEADINGS "<row r=\"1048577\"/>");
    hrmt_fails(ctx, open_rows(ctx, xlsx, both, 2, &rows), HRM_ERROR_FORMAT, "row 1048577");
    hrm_context_free(ctx);
}
END_TEST

/* Each step back would bring a million empty rows once more: such sheets are left as they are. */
START_TEST(rows_that_go_back_are_not_filled_up) {
    hrm_context *const ctx = hrmt_context();
    char trimmed[HRMI_TRIMMED_PATH_SIZE];
    write_xlsx(HEADINGS "<row r=\"1048576\"/><row r=\"1\">" TEXT("A1", "x") "</row><row r=\"1048576\"/>");
    hrmt_ok(ctx, hrmi_sheet_trim(ctx, xlsx, trimmed));
    ck_assert_str_eq(trimmed, "");
    hrm_context_free(ctx);
}
END_TEST

/* A tag has no business to be longer than a cell may be; wherever it stands, it is not collected. */
START_TEST(endless_tags_are_refused) {
    char *sheet = many(8 * MEBIBYTE, ' ', HEADINGS "<row r=\"2\" ", "/>");
    write_xlsx(sheet);
    free(sheet);
    ck_assert_int_eq(open_within(xlsx, 4 * MEBIBYTE, "sheets.xlsx: a tag"), HRM_ERROR_LIMIT);
    sheet =
        many(8 * MEBIBYTE, ' ', "<row r=\"0\"/>" HEADINGS "<row r=\"2\" ", "/>"); /* not the first fault */
    write_xlsx(sheet);
    free(sheet);
    ck_assert_int_eq(open_within(xlsx, 4 * MEBIBYTE, "a tag"), HRM_ERROR_LIMIT);
    write_xlsx(HEADINGS);
    char *const strings = many(8 * MEBIBYTE, ' ', "<sst", "/>");
    const char *const parts[] = {strings};
    write_member(xlsx, "xl/sharedStrings.xml", parts, 1);
    free(strings);
    ck_assert_int_eq(open_within(xlsx, 4 * MEBIBYTE, "a tag"), HRM_ERROR_LIMIT);
}
END_TEST

/* Blanks in a row in which nothing stands: it is held back only so far. */
START_TEST(endless_blanks_are_not_held) {
    char *const sheet = many(40 * MEBIBYTE, ' ', HEADINGS "<row r=\"2\">",
                             "</row><row r=\"3\">" TEXT("A3", "UA1") "</row><row r=\"4000\"/>");
    write_xlsx(sheet);
    free(sheet);
    ck_assert_int_eq(open_within(xlsx, 20 * MEBIBYTE, ""), HRM_OK);
    check_rows(xlsx, both, 1, "3:UA1");
}
END_TEST

/* Quotes and brackets in comments and CDATA say nothing. */
START_TEST(comments_are_no_tags) {
    char *const sheet =
        many(3 * MEBIBYTE, ' ', HEADINGS "<!-- don't > <row r=\"7\"> -->",
             "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t><![CDATA[<U> \"A1]]></t></is></c>"
             "</row><row r=\"4000\"/>");
    hrm_context *const ctx = hrmt_context();
    char trimmed[HRMI_TRIMMED_PATH_SIZE];
    write_xlsx(sheet);
    free(sheet);
    check_rows(xlsx, both, 1, "3:<U> \"A1");
    hrmt_ok(ctx, hrmi_sheet_trim(ctx, xlsx, trimmed));
    ck_assert_str_ne(trimmed, "");
    (void)VSIUnlink(trimmed);
    hrm_context_free(ctx);
}
END_TEST

static void put_size(GByte *bytes, size_t length, const char *mark, size_t offset, uint32_t size) {
    size_t at = length;
    for (size_t i = 0; i + 30 < length; i++)
        if (memcmp(bytes + i, mark, 4) == 0) at = i;
    ck_assert_uint_lt(at, length);
    for (size_t i = 0; i < 4; i++) bytes[at + offset + i] = (GByte)(size >> (8 * i));
}

/* Makes the archive say that its last member is of this size: before it and in the directory, whose layouts
 * are in sections 4.3.7 and 4.3.12 of APPNOTE.TXT, the ZIP file format specification. */
static void say_size(const char *path, uint32_t size) {
    vsi_l_offset length = 0;
    GByte *const bytes = VSIGetMemFileBuffer(path, &length, FALSE);
    put_size(bytes, (size_t)length, "PK\3\4", 22, size);
    put_size(bytes, (size_t)length, "PK\1\2", 24, size);
}

START_TEST(archives_that_unpack_without_end_are_refused) {
    write_xlsx(HEADINGS "<row r=\"2\">" TEXT("A2", "UA77") "</row>");
    say_size(xlsx, 0x7fffffff);
    ck_assert_int_eq(open_within(xlsx, MEBIBYTE, "sheets.xlsx: more than 1 GiB"), HRM_ERROR_LIMIT);
}
END_TEST

static bool never(double share, const char *step, void *user) {
    (void)share;
    (void)step;
    (void)user;
    return true;
}

static hrm_status open_and_close(hrm_context *ctx, void *user) {
    hrmi_rows *rows = NULL;
    hrm_context_set_progress(ctx, never, NULL);
    const hrm_status status = open_rows(ctx, user, both, 1, &rows);
    hrmi_rows_close(rows);
    return status;
}

START_TEST(every_allocation_may_fail_and_all_can_be_stopped) {
    hrm_context *const ctx = hrmt_context();
    hrmi_rows *rows = NULL;
    write_xlsx(HEADINGS "<row r=\"2\">" TEXT("A2", "UA1") "</row><row r=\"3000\"/>");
    const size_t before = files_in_memory();
    hrmt_fail_each(open_and_close, (void *)(uintptr_t)xlsx);
    ck_assert_uint_eq(files_in_memory(), before);
    hrm_context_cancel(ctx);
    hrmt_fails(ctx, open_rows(ctx, xlsx, both, 1, &rows), HRM_ERROR_CANCELLED, "reading the spreadsheet");
    hrm_context_free(ctx);
}
END_TEST

HRMT_SUITE("sheets", &titles_and_merged_headings_are_read, &cells_are_what_they_say,
           &keys_that_are_numbers_are_exact_text, &a_million_empty_rows_are_passed_over,
           &rows_keep_their_numbers_without_the_empty_ones, &damage_is_an_error, &rows_that_no_sheet_has,
           &rows_that_go_back_are_not_filled_up, &endless_tags_are_refused, &endless_blanks_are_not_held,
           &comments_are_no_tags, &archives_that_unpack_without_end_are_refused,
           &every_allocation_may_fail_and_all_can_be_stopped)
