/* Separated text: what is read, and that damage is an error with its line. */
#include <cpl_vsi.h>

#include "io/csv.h"
#include "io/files.h"
#include "io/gdal.h"

typedef struct opened {
    hrm_context *ctx;
    hrmi_gdal gdal;
    hrmi_csv *csv;
    char *bytes;
} opened;

static const char path[] = "/vsimem/test.csv";

#define BYTES(text) (text), sizeof(text) - 1

static hrm_status open_bytes(opened *o, const void *bytes, size_t size, const char *encoding) {
    memset(o, 0, sizeof *o);
    o->ctx = hrmt_context();
    hrmi_gdal_enter(&o->gdal, o->ctx, path);
    o->bytes = malloc(size + 1);
    ck_assert_ptr_nonnull(o->bytes);
    memcpy(o->bytes, bytes, size);
    (void)VSIFCloseL(VSIFileFromMemBuffer(path, (GByte *)o->bytes, size, FALSE));
    return hrmi_csv_open(o->ctx, path, encoding, &o->csv);
}

static void close_csv(opened *o) {
    hrmi_csv_free(o->csv);
    (void)VSIUnlink(path);
    hrmi_gdal_leave(&o->gdal);
    hrm_context_free(o->ctx);
    free(o->bytes);
}

/* All cells as "a|b\nc|d\n". */
static void check_bytes(const void *bytes, size_t size, const char *encoding, const char *expected) {
    opened o;
    char seen[4000] = "";
    bool more = true;
    hrm_status status = open_bytes(&o, bytes, size, encoding);
    hrmt_ok(o.ctx, status);
    for (;;) {
        status = hrmi_csv_next(o.ctx, o.csv, &more);
        hrmt_ok(o.ctx, status);
        if (!more) break;
        for (size_t i = 0; i < hrmi_csv_cell_count(o.csv); i++) {
            size_t length = 0;
            const char *const cell = hrmi_csv_cell(o.csv, i, &length);
            ck_assert_uint_eq(strlen(cell), length);
            (void)strncat(seen, cell, 400);
            (void)strncat(seen, i + 1 < hrmi_csv_cell_count(o.csv) ? "|" : "\n", 2);
        }
    }
    ck_assert_str_eq(seen, expected);
    close_csv(&o);
}

static void check(const char *text, const char *expected) {
    check_bytes(text, strlen(text), NULL, expected);
}

START_TEST(cells_are_read_after_rfc_4180) {
    check("a,b\n1,2\n", "a|b\n1|2\n");
    check("a,b\r\n1,2\r\n", "a|b\n1|2\n");
    check("a,b\r1,2\r", "a|b\n1|2\n");
    check("a,b\n1,2", "a|b\n1|2\n");
    check("a,b\n\"1,\"\"x\"\"\",\"line\r\nbreak\"\n", "a|b\n1,\"x\"|line\nbreak\n");
    check("a,b\n,\n1,\n,2\n", "a|b\n|\n1|\n|2\n");
    check("a,b\n\n\n1,2\n\n", "a|b\n\n\n1|2\n\n");
    check("a,b\n 1 ,\" 2 \" \n", "a|b\n 1 | 2 \n"); /* blanks stay, but for those behind a quote */
    check("a,b\nx\"y\"z,2\n", "a|b\nx\"y\"z|2\n");  /* a quote inside is a quote */
    check("a\n1\n\"\"\n2\n", "a\n1\n\n2\n");        /* one column */
    check("a,b", "a|b\n");
}
END_TEST

/* The one that stands equally often in most rows: commas of decimals and of texts are none. */
START_TEST(separators_are_found) {
    check("a;b\n1,5;2\n", "a|b\n1,5|2\n");
    check("a\tb\n1,5\t2;\n", "a|b\n1,5|2;\n");
    check("a|b\n1|2\n", "a|b\n1|2\n");
    check("\"a,x,y\";b\n1;2\n", "a,x,y|b\n1|2\n"); /* not those inside quotes */
    check("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", "a|b|c\n1,5|2,5|3,5\n1,5|2,5|3,5\n");
    check("Звіт, за рік, тис. грн\n\na;b\n1;2\n3;4\n", "Звіт, за рік, тис. грн\n\na|b\n1|2\n3|4\n");
    check("a,b,\n1;x,2,3\n4;y,5,6\n", "a|b|\n1;x|2|3\n4;y|5|6\n");
    check("one\ntwo\n", "one\ntwo\n");
    check("title;;\n\n\"a\nb\";c;d\n1;2;3\n", "title||\n\na\nb|c|d\n1|2|3\n");
}
END_TEST

/* A row has its number in the file, blank ones and those before the headings counted; a cell with line breaks
 * does not make it two. */
START_TEST(rows_have_their_numbers_in_the_file) {
    static const char text[] = "title\n\na,b,c\n1\n\n\"1\n1\",2\n1,2,3\n,,\n4,5,6,,\n";
    static const char *const list[] = {"a", "b", "c"};
    static const hrmi_names names = {list, 3};
    static const int64_t rows[] = {4, 6, 7, 9};
    static const int64_t lines[] = {4, 6, 8, 10};
    opened o;
    bool more = true;
    size_t length = 9;
    hrm_status status = open_bytes(&o, BYTES(text), NULL);
    hrmt_ok(o.ctx, status);
    for (int turn = 0; turn < 2; turn++) {
        hrmi_csv_set_names(o.csv, NULL);
        for (int i = 1; i <= 3; i++) {
            hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
            ck_assert_int_eq(hrmi_csv_row(o.csv), i);
        }
        hrmi_csv_set_names(o.csv, &names); /* now blank rows are none, and short ones counted */
        for (size_t i = 0; i < 4; i++) {
            hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
            ck_assert(more);
            ck_assert_int_eq(hrmi_csv_row(o.csv), rows[i]);
            ck_assert_int_eq(hrmi_csv_line(o.csv), lines[i]);
            ck_assert_uint_le(hrmi_csv_cell_count(o.csv), 3);
        }
        ck_assert_int_eq(hrmi_csv_short_rows(o.csv), 2);
        ck_assert_str_eq(hrmi_csv_cell(o.csv, 7, &length), "");
        ck_assert_uint_eq(length, 0);
        hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
        ck_assert(!more);
        hrmt_ok(o.ctx, hrmi_csv_rewind(o.ctx, o.csv));
    }
    close_csv(&o);
}
END_TEST

START_TEST(encodings_that_are_said_are_used) {
    check_bytes(BYTES("\xEF\xBB\xBFкод,назва\nUA,Бар\n"), NULL, "код|назва\nUA|Бар\n");
    /* "назва,сума\nБар,1\n" and "Ґі" in CP1251 and KOI8-U */
    check_bytes(BYTES("\xED\xE0\xE7\xE2\xE0,\xF1\n\xC1\xE0\xF0,\xA5\xB3\n"), "CP1251", "назва|с\nБар|Ґі\n");
    check_bytes(BYTES("a,b\n\xE2\xC1\xD2,\xBD\xA6\n"), "KOI8-U", "a|b\nБар|Ґі\n");
    check_bytes(BYTES("a,b\nБ,1\n"), "utf-8", "a|b\nБ|1\n");
}
END_TEST

/* Excel's "Unicode text": UTF-16 with its mark, in both orders; letters beyond the first plane; what is no
 * character is no text. */
START_TEST(utf16_is_read_by_its_mark) {
    check_bytes(BYTES("\xFF\xFE"
                      "a\0\t\0\x3E\x04\r\0\n\0"
                      "1\0\t\0\x3D\xD8\x00\xDE\r\0\n\0"),
                NULL, "a|о\n1|😀\n");
    check_bytes(BYTES("\xFE\xFF"
                      "\0a\0\t\x04\x3E\0\r\0\n"
                      "\0001\0\t\xD8\x3D\xDE\x00"),
                NULL, "a|о\n1|😀\n");
    check_bytes(BYTES("\xFF\xFE"
                      "a\0,\0\x3D\xD8,\0b\0,\0\x00\xDEx"),
                NULL, "a|\xFF|b|\xFF\xFF\n");
    check_bytes(BYTES("\xFF\xFE"
                      "a\0,\0\x3D\xD8"),
                NULL, "a|\xFF\n");
}
END_TEST

/* The longest blocks: 100,000 letters of each kind, across their borders. */
START_TEST(utf16_leaves_no_trace_of_blocks) {
    enum { ROWS = 20000 };
    unsigned char *const bytes = malloc(2 + ROWS * 14);
    size_t n = 0;
    opened o;
    bool more = true;
    ck_assert_ptr_nonnull(bytes);
    bytes[n++] = 0xFF;
    bytes[n++] = 0xFE;
    for (int i = 0; i < ROWS; i++) {
        memcpy(bytes + n,
               "\xAC\x20\x3D\xD8\x00\xDE\t\0"
               "a\0\x3E\x04\n\0",
               14); /* €😀 tab aо */
        n += 14;
    }
    const hrm_status status = open_bytes(&o, bytes, n, NULL);
    hrmt_ok(o.ctx, status);
    for (int i = 0; i < ROWS; i++) {
        size_t length = 0;
        hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
        ck_assert_str_eq(hrmi_csv_cell(o.csv, 0, &length), "€😀");
        ck_assert_str_eq(hrmi_csv_cell(o.csv, 1, &length), "aо");
    }
    hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
    ck_assert(!more);
    close_csv(&o);
    free(bytes);
}
END_TEST

static void check_remark(const void *bytes, size_t size, const char *encoding, const char *words,
                         const char *expected) {
    opened o;
    const hrm_status status = open_bytes(&o, bytes, size, encoding);
    hrmt_ok(o.ctx, status);
    if (words == NULL) ck_assert_ptr_null(hrmi_csv_remark(o.csv));
    else {
        ck_assert_ptr_nonnull(hrmi_csv_remark(o.csv));
        ck_assert_ptr_nonnull(strstr(hrmi_csv_remark(o.csv), words));
    }
    close_csv(&o);
    check_bytes(bytes, size, encoding, expected);
}

START_TEST(windows_1251_is_found_and_told) {
    /* "назва;сума", "Вінницька;1", "м. Київ – „Є“;2" */
    check_remark(BYTES("\xED\xE0\xE7\xE2\xE0;\xF1\xF3\xEC\xE0\n\xC2\xB3\xED\xED\xE8\xF6\xFC\xEA\xE0;1\n"
                       "\xEC. \xCA\xE8\xBF\xE2 \x96 \xAB\xAA\xBB;2\n"),
                 NULL, "Windows-1251", "назва|сума\nВінницька|1\nм. Київ – «Є»|2\n");
    check_remark(BYTES("a;b\nx;1\n"), NULL, NULL, "a|b\nx|1\n");
    check_remark(BYTES("a;b\nЇжак;1\n"), NULL, NULL, "a|b\nЇжак|1\n");
    check_remark(BYTES("\xED\xE0\xE7\xE2\xE0\n"), "CP1251", NULL, "назва\n"); /* said: nothing to tell */
    /* one letter, Latin words, KOI8-U "назва громади", DOS, and a file of two encodings are not guessed */
    check_remark(BYTES("a,b\n\xC1,1\n"), NULL, "say the encoding", "a|b\n\xC1|1\n");
    check_remark(BYTES("a\nM\xFCller\nM\xE4rz\nK\xF6nig\n"), NULL, "say the encoding",
                 "a\nM\xFCller\nM\xE4rz\nK\xF6nig\n");
    check_remark(BYTES("\xCE\xC1\xDA\xD7\xC1 \xC7\xD2\xCF\xCD\xC1\xC4\xC9\n"), NULL, "say the encoding",
                 "\xCE\xC1\xDA\xD7\xC1 \xC7\xD2\xCF\xCD\xC1\xC4\xC9\n");
    check_remark(BYTES("\xAD\xA0\xA7\xA2\xA0\n"), NULL, "say the encoding", "\xAD\xA0\xA7\xA2\xA0\n");
    check_remark(BYTES("назва\n\xED\xE0\xE7\xE2\xE0\n"), NULL, "say the encoding",
                 "назва\n\xED\xE0\xE7\xE2\xE0\n");
}
END_TEST

static void check_fails(const void *bytes, size_t size, const char *encoding, hrm_status expected,
                        const char *words) {
    opened o;
    bool more = true;
    hrmi_names names = {NULL, 0};
    const char *list[40];
    hrm_status status = open_bytes(&o, bytes, size, encoding);
    if (status == HRM_OK) status = hrmi_csv_next(o.ctx, o.csv, &more);
    if (status == HRM_OK) { /* the first row as headings */
        names.count = hrmi_csv_cell_count(o.csv);
        ck_assert_uint_le(names.count, 40);
        for (size_t i = 0; i < names.count; i++) list[i] = i == 0 ? "code" : "text";
        names.names = list;
        hrmi_csv_set_names(o.csv, &names);
    }
    while (status == HRM_OK && more) status = hrmi_csv_next(o.ctx, o.csv, &more);
    hrmt_fails(o.ctx, status, expected, words);
    ck_assert_ptr_nonnull(strstr(hrm_error_message(o.ctx), path));
    close_csv(&o);
}

START_TEST(damage_is_an_error_with_its_line) {
    check_fails(BYTES("a,b\n1,2\n3,\"x\n4,5\n"), NULL, HRM_ERROR_FORMAT, "line 3: a quote is opened here");
    check_fails(BYTES("a,b\n1,2,3\n"), NULL, HRM_ERROR_FORMAT, "line 2: the row has 3 cells");
    check_fails(BYTES("a,b\n1,2\n1,\"2\"x\n"), NULL, HRM_ERROR_FORMAT, "line 3: text stands behind");
    check_fails(BYTES("a,b\n1,\0"
                      "2\n"),
                NULL, HRM_ERROR_FORMAT, "line 2: a zero byte");
    check_fails(BYTES("\xFF\xFE"
                      "a\0,\0\0\0b\0"),
                NULL, HRM_ERROR_FORMAT, "line 1: a zero byte");
    check_fails(BYTES("a,b\n"), "UTF-16", HRM_ERROR_UNSUPPORTED, "UTF-16");
    check_fails(BYTES("a,b\n"), "CP9999", HRM_ERROR_UNSUPPORTED, "CP9999");
    check_fails(BYTES("a,b\n\x98,1\n"), "CP1251", HRM_ERROR_FORMAT, "0x98");
}
END_TEST

/* Two encodings in one file: never text that nobody wrote. What is not UTF-8 in a file of UTF-8 stays as it
 * is, and is unusable where it is asked for. */
START_TEST(mixed_encodings_are_an_error) {
    check_fails(BYTES("\xED\xE0\xE7\xE2\xE0,b\n\xC1\xE0\xF0,1\nБар,2\n"), "CP1251", HRM_ERROR_FORMAT,
                "line 3: a cell is in UTF-8, but the file is said to be CP1251");
    enum { ASCII_TO_HERE = 1100000 }; /* beyond what is looked at to find the encoding */
    char *const big = malloc(ASCII_TO_HERE + 100);
    ck_assert_ptr_nonnull(big);
    size_t n = 0;
    memcpy(big, "\xED\xE0\xE7\xE2\xE0,b\n", 8);
    for (n = 8; n < ASCII_TO_HERE; n += 4) memcpy(big + n, "x,1\n", 4);
    memcpy(big + n, "Бар,2\n", 9);
    check_fails(big, n + 9, NULL, HRM_ERROR_FORMAT,
                "line 275000: a cell is in UTF-8, but the file begins as CP1251");
    free(big);
}
END_TEST

/* The limit names row and field; just below it, all is read, across the borders of blocks. */
START_TEST(cells_are_bounded) {
    enum { MIB = 1024 * 1024 };
    const size_t size = 11 * MIB;
    static const char *const list[] = {"code", "text"};
    static const hrmi_names names = {list, 2};
    char *const big = malloc(size);
    ck_assert_ptr_nonnull(big);
    for (int quoted = 0; quoted < 2; quoted++) {
        for (int over = 0; over < 2; over++) {
            opened o;
            bool more = true;
            size_t n = 0;
            memcpy(big, "code,text\nUA1,1\nUA2,", 20);
            n = 20;
            if (quoted) big[n++] = '"';
            memset(big + n, 'x', (size_t)MIB + (size_t)over);
            n += (size_t)MIB + (size_t)over;
            if (quoted) big[n++] = '"';
            big[n++] = '\n';
            hrm_status status = open_bytes(&o, big, n, NULL);
            hrmt_ok(o.ctx, status);
            hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
            hrmi_csv_set_names(o.csv, &names);
            hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
            status = hrmi_csv_next(o.ctx, o.csv, &more);
            if (over) {
                hrmt_fails(o.ctx, status, HRM_ERROR_LIMIT, "row 3 (line 3), field \"text\"");
            } else {
                size_t length = 0;
                hrmt_ok(o.ctx, status);
                (void)hrmi_csv_cell(o.csv, 1, &length);
                ck_assert_uint_eq(length, MIB);
            }
            close_csv(&o);
        }
    }
    memset(big, 'x', size); /* 11 MB without a line end */
    check_fails(big, size, NULL, HRM_ERROR_LIMIT, "1 MiB");
    memset(big, ',', size);
    check_fails(big, size, NULL, HRM_ERROR_FORMAT, "32,767 cells");
    free(big);
}
END_TEST

/* What is read does not depend on where blocks of 64 KiB end. */
START_TEST(blocks_leave_no_trace) {
    static const char row[] = "\"a\"\"b\",Ж,\"c\r\nd\"\r\n";
    const size_t start = 64 * 1024 - 16;
    for (size_t shift = 0; shift < 20; shift++) {
        opened o;
        bool more = true;
        size_t length = 0;
        const size_t n = start - 2 + shift;
        char *const text = malloc(n + 200);
        ck_assert_ptr_nonnull(text);
        memcpy(text, "x,y,z\n", 6);
        memset(text + 6, 'p', n - 7);
        text[n - 1] = '\n';
        (void)strcpy(text + n, row);
        hrm_status status = open_bytes(&o, text, n + strlen(row), NULL);
        hrmt_ok(o.ctx, status);
        for (int i = 0; i < 3; i++) hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
        ck_assert_str_eq(hrmi_csv_cell(o.csv, 0, &length), "a\"b");
        ck_assert_str_eq(hrmi_csv_cell(o.csv, 1, &length), "Ж");
        ck_assert_str_eq(hrmi_csv_cell(o.csv, 2, &length), "c\nd");
        hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
        ck_assert(!more);
        close_csv(&o);
        free(text);
    }
}
END_TEST

HRMT_SUITE("csv", &cells_are_read_after_rfc_4180, &separators_are_found, &rows_have_their_numbers_in_the_file,
           &encodings_that_are_said_are_used, &utf16_is_read_by_its_mark, &utf16_leaves_no_trace_of_blocks,
           &windows_1251_is_found_and_told, &damage_is_an_error_with_its_line, &mixed_encodings_are_an_error,
           &cells_are_bounded, &blocks_leave_no_trace)
