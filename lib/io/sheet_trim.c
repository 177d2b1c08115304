/*
 * Leaving out empty rows at the end of sheets. The XML of a sheet is walked through tag by tag, as far as
 * that takes: where rows begin and end, and whether anything stands in them. A row is held back until
 * something is found in it; rows without anything are only counted, and written shortly when one with
 * something follows.
 *
 * GDAL 3.6 reads a million formatted rows of an XLSX file into 250 MB in 2 s, refuses one whose last row is
 * number 1,048,576, and an ODS file with a million empty rows before one more.
 *
 * Files are not trusted: what is refused here GDAL would read without end. A tag may be as long as a cell,
 * and what an archive holds is bounded once unpacked, as a file of a megabyte may unpack to gigabytes.
 */
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/buffer.h"
#include "io/path.h"
#include "io/sheet_trim.h"

enum { READ_SIZE = 256 * 1024, FEWEST_ROWS = 1000, ROWS_PER_QUESTION = 4096, NAME_SIZE = 32 };
enum { LONGEST_TAG = 1024 * 1024, LONGEST_EMPTY_ROW = 4 * 1024 * 1024, LARGEST_ARCHIVE = 1024 * 1024 * 1024 };
enum { LAST_ROW = 1048576 }; /* of XLSX */

/* How the two formats call things, without the prefixes of their names. */
typedef struct kind_of_file {
    const char *row;   /* the element of a row … */
    const char *sheet; /* … and of what holds them all */
    const char *value; /* the element of what a cell holds … */
    const char *text;  /* … or this */
    const char *typed; /* or the attribute of a cell that holds something; NULL for none */
    bool numbered;     /* rows have their number in the attribute r */
} kind_of_file;

static const kind_of_file xlsx = {"row", "sheetData", "v", "is", NULL, true};
static const kind_of_file ods = {"table-row", "table", "p", "p", "value-type=", false};

typedef struct filter {
    hrm_context *ctx;
    const kind_of_file *kind; /* NULL: no sheet, only the length of tags counts */
    VSILFILE *in;
    VSILFILE *out;    /* NULL: only count */
    hrmi_buffer tag;  /* the tag at hand */
    hrmi_buffer held; /* the row at hand, as long as nothing was found in it */
    bool in_row;      /* … and nothing was found in it */
    int64_t row;      /* its number; of ODS how many rows it stands for */
    int64_t seen;     /* the number of the row before it */
    int64_t last;     /* the number of the last row with something in it */
    int64_t empty;    /* rows without, since then */
    int64_t trailing; /* the most that a sheet ends in */
    int64_t unpacked; /* bytes read so far */
    bool failed;
    char quote;       /* the tag at hand is in quotes of this kind; 0: in none */
    char first[2];    /* its first characters, behind the bracket … */
    char last_two[2]; /* … and the latest */
    size_t at, length;
    char block[READ_SIZE];
} filter;

static void put(filter *f, const char *bytes, size_t length) {
    if (f->out != NULL && length > 0 && VSIFWriteL(bytes, 1, length, f->out) != length) f->failed = true;
}

/* ---- tags ---- */

/* The name of the tag without its prefix, and whether it closes. */
static void name_of(const hrmi_buffer *tag, char name[NAME_SIZE], bool *closes) {
    size_t n = 0;
    size_t at = 1;
    *closes = tag->length > 1 && tag->data[1] == '/';
    at += *closes;
    for (; at < tag->length && strchr(" \t\r\n/>", tag->data[at]) == NULL; at++) {
        if (tag->data[at] == ':') n = 0;
        else if (n + 1 < NAME_SIZE) name[n++] = tag->data[at];
    }
    name[n] = '\0';
}

static bool is_self_closing(const hrmi_buffer *tag) {
    return tag->length > 2 && tag->data[tag->length - 2] == '/';
}

/* The number in an attribute, or `otherwise`. */
static int64_t number_in(const hrmi_buffer *tag, const char *attribute, int64_t otherwise) {
    const char *at = strstr(tag->data, attribute);
    int64_t number = 0;
    size_t digits = 0;
    if (at == NULL) return otherwise;
    for (at += strlen(attribute); *at >= '0' && *at <= '9' && digits < 9; at++, digits++)
        number = number * 10 + (*at - '0');
    return digits > 0 ? number : otherwise;
}

/* ---- rows ---- */

/* Rows without anything are behind us, and one with something comes: they are written, shortly. */
static hrm_status put_empty_rows(filter *f) {
    char text[160];
    int n = 0;
    hrm_status status = HRM_OK;
    const int64_t rows = f->out != NULL ? f->empty : 0;
    if (!f->kind->numbered && rows > 0) {
        n = snprintf(text, sizeof text,
                     "<table:table-row table:number-rows-repeated=\"%" PRId64
                     "\"><table:table-cell/></table:table-row>",
                     rows);
        put(f, text, (size_t)n);
    }
    for (int64_t i = 1; f->kind->numbered && i <= rows && status == HRM_OK; i++) {
        if (i % ROWS_PER_QUESTION == 0) status = hrmi_go_on(f->ctx, "reading the spreadsheet");
        n = snprintf(text, sizeof text, "<row r=\"%" PRId64 "\"/>", f->last + i);
        put(f, text, (size_t)n);
    }
    f->empty = 0;
    return status;
}

/* Something stands in the row at hand. */
static hrm_status release_row(filter *f) {
    const hrm_status status = put_empty_rows(f);
    put(f, f->held.data, f->held.length);
    f->held.length = 0;
    f->in_row = false;
    f->last = f->row;
    return status;
}

static void end_empty_row(filter *f) {
    if (!f->kind->numbered) f->empty += f->row;
    else if (f->row > f->last) f->empty = f->row - f->last;
    f->held.length = 0;
    f->in_row = false;
}

static hrm_status begin_row(filter *f) {
    f->in_row = true;
    f->row =
        f->kind->numbered ? number_in(&f->tag, " r=\"", 0) : number_in(&f->tag, "number-rows-repeated=\"", 1);
    if (!f->kind->numbered) return HRM_OK;
    if (f->row <= f->seen) f->failed = true; /* GDAL knows no rows without a number either */
    f->seen = f->row;
    if (f->row <= LAST_ROW) return HRM_OK;
    return hrmi_fail(f->ctx, HRM_ERROR_FORMAT, "row %" PRId64 ": a sheet has %d rows at most", f->row,
                     LAST_ROW);
}

static void end_sheet(filter *f) {
    if (f->empty > f->trailing) f->trailing = f->empty;
    f->empty = 0;
    f->seen = 0;
    f->last = 0;
}

/* What the tag means. While a row is held back its tags go to `held`, else to the output. */
static hrm_status take_tag(filter *f) {
    char name[NAME_SIZE];
    bool closes = false;
    hrm_status status = HRM_OK;
    if (f->kind == NULL) return HRM_OK;
    name_of(&f->tag, name, &closes);
    const bool is_row = strcmp(name, f->kind->row) == 0;
    if (is_row && !closes && !f->in_row) status = begin_row(f);
    if (f->in_row && !is_row && !closes) {
        const bool value = (strcmp(name, f->kind->value) == 0 || strcmp(name, f->kind->text) == 0) &&
                           !is_self_closing(&f->tag);
        const bool typed = f->kind->typed != NULL && strstr(f->tag.data, f->kind->typed) != NULL;
        if (value || typed || f->held.length > LONGEST_EMPTY_ROW) status = release_row(f);
    }
    if (status != HRM_OK) return status;
    if (closes && strcmp(name, f->kind->sheet) == 0) end_sheet(f);
    if (!f->in_row) {
        put(f, f->tag.data, f->tag.length);
        return HRM_OK;
    }
    if (is_row && (closes || is_self_closing(&f->tag))) {
        end_empty_row(f);
        return HRM_OK;
    }
    return hrmi_buffer_add(f->ctx, &f->held, f->tag.data, f->tag.length);
}

/* ---- walking ---- */

static hrm_status fail_size(hrm_context *ctx) {
    return hrmi_fail(ctx, HRM_ERROR_LIMIT, "more than 1 GiB when unpacked; save what is needed as CSV");
}

static hrm_status fill(filter *f, bool *more) {
    const hrm_status status = hrmi_go_on(f->ctx, "reading the spreadsheet");
    f->at = 0;
    f->length = VSIFReadL(f->block, 1, READ_SIZE, f->in);
    f->unpacked += (int64_t)f->length;
    *more = f->length > 0;
    return status == HRM_OK && f->unpacked > LARGEST_ARCHIVE ? fail_size(f->ctx) : status;
}

/* Text between tags goes where the tags go; in a row that is held back it is nothing but blanks. */
static hrm_status take_text(filter *f) {
    const char *const from = f->block + f->at;
    const char *const end = memchr(from, '<', f->length - f->at);
    const size_t n = end != NULL ? (size_t)(end - from) : f->length - f->at;
    hrm_status status = HRM_OK;
    f->at += n;
    if (f->in_row && f->held.length > LONGEST_EMPTY_ROW) status = release_row(f);
    if (status == HRM_OK && f->in_row) return hrmi_buffer_add(f->ctx, &f->held, from, n);
    put(f, from, n);
    return status;
}

/* Whether the tag ends with the > at hand: not in quotes, in a comment behind --, in CDATA behind ]]. */
static bool ends_here(const filter *f) {
    const char end = f->first[0] != '!' ? '\0' : f->first[1] == '-' ? '-' : f->first[1] == '[' ? ']' : '\0';
    if (end == '\0') return f->quote == '\0';
    return f->last_two[0] == end && f->last_two[1] == end;
}

/* The rest of a tag, as far as it is in the block; *done where it ends. */
static hrm_status collect_tag(filter *f, bool *done) {
    const size_t from = f->at;
    *done = false;
    while (f->at < f->length && !*done) {
        const size_t place = f->tag.length + (f->at - from);
        const char c = f->block[f->at++];
        if (place == 1 || place == 2) f->first[place - 1] = c;
        if (c == '>') *done = ends_here(f);
        else if (f->quote != '\0' && c == f->quote) f->quote = '\0';
        else if (f->quote == '\0' && f->first[0] != '!' && (c == '"' || c == '\'')) f->quote = c;
        f->last_two[0] = f->last_two[1];
        f->last_two[1] = c;
    }
    if (f->tag.length + (f->at - from) > LONGEST_TAG)
        return hrmi_fail(f->ctx, HRM_ERROR_LIMIT, "a tag of its XML is longer than 1 MiB");
    return hrmi_buffer_add(f->ctx, &f->tag, f->block + from, f->at - from);
}

static void next_tag(filter *f) {
    f->tag.length = 0;
    f->quote = '\0';
    memset(f->first, 0, sizeof f->first);
    memset(f->last_two, 0, sizeof f->last_two);
}

/* To the end also where it failed already, as long as nothing is written: GDAL will read all of it. */
static hrm_status walk(filter *f) {
    bool more = true;
    hrm_status status = fill(f, &more);
    next_tag(f);
    while (status == HRM_OK && more && (!f->failed || f->out == NULL)) {
        if (f->at == f->length) {
            status = fill(f, &more);
        } else if (f->tag.length == 0 && f->block[f->at] != '<') {
            status = take_text(f);
        } else {
            bool done = false;
            status = collect_tag(f, &done);
            if (status == HRM_OK && done) status = take_tag(f);
            if (done) next_tag(f);
        }
    }
    if (f->tag.length > 0 || f->in_row) f->failed = true; /* cut off: GDAL is to say so */
    return status;
}

static hrm_status run(filter *f, const char *in, const char *out) {
    hrm_status status = HRM_OK;
    f->in = VSIFOpenL(in, "rb");
    f->out = out != NULL ? VSIFOpenL(out, "wb") : NULL;
    if (f->in == NULL || (out != NULL && f->out == NULL)) f->failed = true;
    else status = walk(f);
    if (f->in != NULL) (void)VSIFCloseL(f->in);
    if (f->out != NULL && VSIFCloseL(f->out) != 0) f->failed = true;
    return status;
}

static filter *new_filter(hrm_context *ctx, const kind_of_file *kind) {
    filter *const f = hrmi_array_new(ctx, 1, sizeof *f);
    if (f == NULL) return NULL;
    f->ctx = ctx;
    f->kind = kind;
    hrmi_buffer_init(&f->tag, ctx);
    hrmi_buffer_init(&f->held, ctx);
    return f;
}

static void free_filter(filter *f) {
    if (f == NULL) return;
    hrm_context *const ctx = f->ctx;
    hrmi_buffer_free(&f->tag);
    hrmi_buffer_free(&f->held);
    hrmi_free(ctx, f);
}

/* ---- the archive ---- */

static bool is_sheet(const char *name, const kind_of_file *kind) {
    if (kind == &ods) return strcmp(name, "content.xml") == 0;
    return strncmp(name, "xl/worksheets/", 14) == 0 && strchr(name + 14, '/') == NULL && name[14] != '\0';
}

static bool is_xml(const char *name) {
    return hrmi_path_has_extension(name, "xml") || hrmi_path_has_extension(name, "rels");
}

/* What the archive says of a member's size. */
static uint64_t size_of(const char *path) {
    VSILFILE *const file = VSIFOpenL(path, "rb");
    uint64_t size = 0;
    if (file == NULL) return 0;
    if (VSIFSeekL(file, 0, SEEK_END) == 0) size = VSIFTellL(file);
    (void)VSIFCloseL(file);
    return size;
}

/* Looks through one member. `trailing` becomes -1 where the archive is better left as it is. */
static hrm_status look_through(hrm_context *ctx, const char *path, const kind_of_file *kind,
                               int64_t *trailing) {
    filter *const f = new_filter(ctx, kind);
    if (f == NULL) return HRM_ERROR_MEMORY;
    const hrm_status status = run(f, path, NULL);
    if (kind != NULL && f->failed) *trailing = -1;
    else if (*trailing >= 0 && f->trailing > *trailing) *trailing = f->trailing;
    free_filter(f);
    return status;
}

/* Empty rows that a sheet of the archive ends in, at most over all sheets; -1 where one cannot be read. What
 * would take more memory than a file may is an error. */
static hrm_status count_trailing(hrm_context *ctx, const char *archive, char **names,
                                 const kind_of_file *kind, int64_t *trailing) {
    hrm_status status = HRM_OK;
    uint64_t size = 0;
    *trailing = 0;
    for (size_t i = 0; names != NULL && names[i] != NULL && status == HRM_OK; i++) {
        size += size_of(CPLSPrintf("%s/%s", archive, names[i]));
        if (size > LARGEST_ARCHIVE) status = fail_size(ctx);
    }
    for (size_t i = 0; names != NULL && names[i] != NULL && status == HRM_OK; i++) {
        const bool sheet = is_sheet(names[i], kind);
        if (!sheet && !is_xml(names[i])) continue;
        status = look_through(ctx, CPLSPrintf("%s/%s", archive, names[i]), sheet ? kind : NULL, trailing);
    }
    return status;
}

static bool copy_member(const char *from, const char *to) {
    char block[8192];
    bool right = true;
    VSILFILE *const in = VSIFOpenL(from, "rb");
    VSILFILE *const out = in != NULL ? VSIFOpenL(to, "wb") : NULL;
    right = out != NULL;
    while (right) {
        const size_t n = VSIFReadL(block, 1, sizeof block, in);
        if (n == 0) break;
        right = VSIFWriteL(block, 1, n, out) == n;
    }
    if (in != NULL) (void)VSIFCloseL(in);
    if (out != NULL && VSIFCloseL(out) != 0) right = false;
    return right;
}

/* The archive again, its sheets filtered; *right is false where that fails. */
static hrm_status copy_archive(hrm_context *ctx, const char *archive, char **names, const kind_of_file *kind,
                               const char *copy, bool *right) {
    hrm_status status = HRM_OK;
    char *const from = CPLStrdup(CPLSPrintf("/vsizip/%s", copy));
    VSILFILE *const whole = VSIFOpenL(from, "wb"); /* kept open while members are added */
    *right = whole != NULL;
    for (size_t i = 0; *right && status == HRM_OK && names[i] != NULL; i++) {
        const size_t length = strlen(names[i]);
        if (length == 0 || names[i][length - 1] == '/') continue;
        char *const in = CPLStrdup(CPLSPrintf("%s/%s", archive, names[i]));
        char *const out = CPLStrdup(CPLSPrintf("%s/%s", from, names[i]));
        if (is_sheet(names[i], kind)) {
            filter *const f = new_filter(ctx, kind);
            status = f != NULL ? run(f, in, out) : HRM_ERROR_MEMORY;
            *right = f != NULL && !f->failed;
            free_filter(f);
        } else {
            *right = copy_member(in, out);
        }
        CPLFree(in);
        CPLFree(out);
    }
    if (whole != NULL && VSIFCloseL(whole) != 0) *right = false;
    CPLFree(from);
    return status;
}

hrm_status hrmi_sheet_trim(hrm_context *ctx, const char *path, char out[HRMI_TRIMMED_PATH_SIZE]) {
    const bool is_ods = hrmi_path_has_extension(path, "ods");
    const bool is_xlsx = hrmi_path_has_extension(path, "xlsx") || hrmi_path_has_extension(path, "xlsm");
    const kind_of_file *const kind = is_ods ? &ods : &xlsx;
    int64_t trailing = 0;
    hrm_status status = HRM_OK;
    out[0] = '\0';
    if (!is_ods && !is_xlsx) return HRM_OK;
    CPLPushErrorHandler(CPLQuietErrorHandler); /* what is wrong with the file GDAL says when it opens it */
    char *const archive = CPLStrdup(CPLSPrintf("/vsizip/{%s}", path));
    char **const names = VSIReadDirRecursive(archive);
    status = count_trailing(ctx, archive, names, kind, &trailing);
    if (status == HRM_OK && trailing > FEWEST_ROWS) {
        bool right = false;
        (void)snprintf(out, HRMI_TRIMMED_PATH_SIZE, "/vsimem/hromada-%p.%s", (void *)out,
                       is_ods ? "ods" : "xlsx");
        status = copy_archive(ctx, archive, names, kind, out, &right);
        if (status != HRM_OK || !right) {
            (void)VSIUnlink(out);
            out[0] = '\0';
        }
    }
    CSLDestroy(names);
    CPLFree(archive);
    CPLPopErrorHandler();
    if (status == HRM_ERROR_LIMIT || status == HRM_ERROR_FORMAT) return hrmi_fail_in(ctx, status, "%s", path);
    return status;
}
