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

static hrm_status open_bytes(opened *o, const void *bytes, size_t size, const char *encoding,
                             size_t header_row) {
    memset(o, 0, sizeof *o);
    o->ctx = hrmt_context();
    hrmi_gdal_enter(&o->gdal, o->ctx, path);
    o->bytes = malloc(size + 1);
    ck_assert_ptr_nonnull(o->bytes);
    memcpy(o->bytes, bytes, size);
    (void)VSIFCloseL(VSIFileFromMemBuffer(path, (GByte *)o->bytes, size, FALSE));
    return hrmi_csv_open(o->ctx, path, encoding, header_row, &o->csv);
}

static void close_csv(opened *o) {
    hrmi_csv_free(o->csv);
    (void)VSIUnlink(path);
    hrmi_gdal_leave(&o->gdal);
    hrm_context_free(o->ctx);
    free(o->bytes);
}

/* All cells as "a|b\nc|d\n", the headings first. */
static void check_bytes(const void *bytes, size_t size, const char *encoding, size_t header_row,
                        const char *expected) {
    opened o;
    char seen[4000] = "";
    bool more = true;
    hrm_status status = open_bytes(&o, bytes, size, encoding, header_row);
    hrmt_ok(o.ctx, status);
    const hrmi_names *const names = hrmi_csv_names(o.csv);
    for (size_t i = 0; i < names->count; i++) {
        (void)strncat(seen, names->names[i], 400);
        (void)strncat(seen, i + 1 < names->count ? "|" : "\n", 2);
    }
    for (;;) {
        status = hrmi_csv_next(o.ctx, o.csv, &more);
        hrmt_ok(o.ctx, status);
        if (!more) break;
        for (size_t i = 0; i < names->count; i++) {
            size_t length = 0;
            const char *const cell = hrmi_csv_cell(o.csv, i, &length);
            ck_assert_uint_eq(strlen(cell), length);
            (void)strncat(seen, cell, 400);
            (void)strncat(seen, i + 1 < names->count ? "|" : "\n", 2);
        }
    }
    ck_assert_str_eq(seen, expected);
    close_csv(&o);
}

static void check(const char *text, const char *expected) {
    check_bytes(text, strlen(text), NULL, 1, expected);
}

START_TEST(cells_are_read_after_rfc_4180) {
    check("a,b\n1,2\n", "a|b\n1|2\n");
    check("a,b\r\n1,2\r\n", "a|b\n1|2\n");
    check("a,b\r1,2\r", "a|b\n1|2\n");
    check("a,b\n1,2", "a|b\n1|2\n");
    check("a,b\n\"1,\"\"x\"\"\",\"line\r\nbreak\"\n", "a|b\n1,\"x\"|line\nbreak\n");
    check("a,b\n,\n1,\n,2\n", "a|b\n1|\n|2\n");
    check("a,b\n\n\n1,2\n\n", "a|b\n1|2\n");        /* blank lines are no rows */
    check("a,b\n 1 ,\" 2 \" \n", "a|b\n 1 | 2 \n"); /* blanks stay, but for those behind a quote */
    check("a,b\nx\"y\"z,2\n", "a|b\nx\"y\"z|2\n");  /* a quote inside is a quote */
    check("a\n1\n\"\"\n2\n", "a\n1\n2\n");          /* one column */
    check("a,b\n", "a|b\n");
    check("a,b", "a|b\n");
}
END_TEST

START_TEST(separators_marks_and_headings_are_found) {
    check("a;b\n1,5;2\n", "a|b\n1,5|2\n");
    check("a\tb\n1,5\t2;\n", "a|b\n1,5|2;\n");
    check("a|b\n1|2\n", "a|b\n1|2\n");
    check("\"a,x,y\";b\n1;2\n", "a,x,y|b\n1|2\n"); /* not those inside quotes */
    check("\xEF\xBB\xBF"
          "код,назва\nUA,Бар\n",
          "код|назва\nUA|Бар\n");
    check("a,,c\n1,2,3\n", "a|field_2|c\n1|2|3\n");
    check("a,b\n1,2,\n3,4,,\n", "a|b\n1|2\n3|4\n"); /* empty cells beyond the headings */
    check_bytes(BYTES("title;;\n\n\"a\nb\";c;d\n1;2;3\n"), NULL, 3, "a\nb|c|d\n1|2|3\n");
}
END_TEST

START_TEST(short_rows_are_filled_and_counted) {
    opened o;
    bool more = true;
    size_t length = 9;
    static const char text[] = "a,b,c\n1\n1,2\n1,2,3\n";
    hrm_status status = open_bytes(&o, text, strlen(text), NULL, 1);
    hrmt_ok(o.ctx, status);
    for (int i = 0; i < 3; i++) hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
    ck_assert(more);
    ck_assert_int_eq(hrmi_csv_row(o.csv), 3);
    ck_assert_int_eq(hrmi_csv_line(o.csv), 4);
    ck_assert_int_eq(hrmi_csv_short_rows(o.csv), 2);
    ck_assert_str_eq(hrmi_csv_cell(o.csv, 7, &length), "");
    ck_assert_uint_eq(length, 0);
    close_csv(&o);
}
END_TEST

START_TEST(one_byte_encodings_are_recoded) {
    /* "назва,сума\nБар,1\n" and "Ґі" in CP1251 and KOI8-U */
    check_bytes(BYTES("\xED\xE0\xE7\xE2\xE0,\xF1\n\xC1\xE0\xF0,\xA5\xB3\n"), "CP1251", 1,
                "назва|с\nБар|Ґі\n");
    check_bytes(BYTES("a,b\n\xE2\xC1\xD2,\xBD\xA6\n"), "KOI8-U", 1, "a|b\nБар|Ґі\n");
    check_bytes(BYTES("a,b\nБ,1\n"), "utf-8", 1, "a|b\nБ|1\n");
    check_bytes(BYTES("a,b\n\xC1,1\n"), NULL, 1, "a|b\n\xC1|1\n"); /* not UTF-8: passed on as it is */
}
END_TEST

static void check_fails(const void *bytes, size_t size, const char *encoding, size_t header_row,
                        hrm_status expected, const char *words) {
    opened o;
    bool more = true;
    hrm_status status = open_bytes(&o, bytes, size, encoding, header_row);
    while (status == HRM_OK && more) status = hrmi_csv_next(o.ctx, o.csv, &more);
    hrmt_fails(o.ctx, status, expected, words);
    ck_assert_ptr_nonnull(strstr(hrm_error_message(o.ctx), path));
    close_csv(&o);
}

START_TEST(damage_is_an_error_with_its_line) {
    check_fails(BYTES("a,b\n1,2\n3,\"x\n4,5\n"), NULL, 1, HRM_ERROR_FORMAT, "line 3: a quote is opened here");
    check_fails(BYTES("a,b\n1,2,3\n"), NULL, 1, HRM_ERROR_FORMAT, "line 2: the row has 3 cells");
    check_fails(BYTES("a,b\n1,2\n1,\"2\"x\n"), NULL, 1, HRM_ERROR_FORMAT, "line 3: text stands behind");
    check_fails(BYTES("a,b\n1,\0"
                      "2\n"),
                NULL, 1, HRM_ERROR_FORMAT, "line 2: a zero byte");
    check_fails(BYTES("\xFF\xFE"
                      "a\0,\0b\0"),
                NULL, 1, HRM_ERROR_UNSUPPORTED, "UTF-16");
    check_fails(BYTES("a,b\n1,2\n"), NULL, 3, HRM_ERROR_FORMAT, "no headings in row 3");
    check_fails(BYTES(",,\n1,2\n"), NULL, 1, HRM_ERROR_FORMAT, "no headings in row 1");
    check_fails(BYTES("a,b\n"), "UTF-16", 1, HRM_ERROR_UNSUPPORTED, "UTF-16");
    check_fails(BYTES("a,b\n"), "CP9999", 1, HRM_ERROR_UNSUPPORTED, "CP9999");
    check_fails(BYTES("a,b\n\x98,1\n"), "CP1251", 1, HRM_ERROR_FORMAT, "0x98");
}
END_TEST

/* The limit names row and field; just below it, all is read, across the borders of blocks. */
START_TEST(cells_are_bounded) {
    enum { MIB = 1024 * 1024 };
    const size_t size = 11 * MIB;
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
            hrm_status status = open_bytes(&o, big, n, NULL, 1);
            hrmt_ok(o.ctx, status);
            hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
            status = hrmi_csv_next(o.ctx, o.csv, &more);
            if (over) {
                hrmt_fails(o.ctx, status, HRM_ERROR_LIMIT, "row 2 (line 3), field \"text\"");
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
    check_fails(big, size, NULL, 1, HRM_ERROR_LIMIT, "1 MiB");
    memset(big, ',', size);
    check_fails(big, size, NULL, 1, HRM_ERROR_FORMAT, "32,767 cells");
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
        hrm_status status = open_bytes(&o, text, n + strlen(row), NULL, 1);
        hrmt_ok(o.ctx, status);
        hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
        hrmt_ok(o.ctx, hrmi_csv_next(o.ctx, o.csv, &more));
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

HRMT_SUITE("csv", &cells_are_read_after_rfc_4180, &separators_marks_and_headings_are_found,
           &short_rows_are_filled_and_counted, &one_byte_encodings_are_recoded,
           &damage_is_an_error_with_its_line, &cells_are_bounded, &blocks_leave_no_trace)
