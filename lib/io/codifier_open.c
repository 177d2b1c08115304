/*
 * Opening a codifier: the official file (five columns of codes, one for each level, of which the last that is
 * filled is the unit's own; category; name), or a table with a unit in each row under the names that such
 * tables usually have. A table of communities may name raion and oblast in each of its rows: these become
 * units of their own.
 */
#include "base/arena.h"
#include "base/index.h"
#include "base/number.h"
#include "base/utf8.h"
#include "community/code.h"
#include "io/rows.h"

/* What a row says. */
enum {
    CODE,
    NAME_UK,
    NAME_EN,
    CATEGORY,
    TYPE,
    OLD_CODE,
    OLD_NAME,
    VALID_FROM,
    VALID_TO,
    SUCCESSOR,
    ASKED_FOR, /* what the caller can name ends here */
    LEVEL_1 = ASKED_FOR,
    RAION_CODE = LEVEL_1 + 5,
    RAION_UK,
    RAION_EN,
    OBLAST_CODE,
    OBLAST_UK,
    OBLAST_EN,
    FIELDS
};

/* What the fields are called in the official file, by OCHA, by the statistical offices and by this library.
 * The first that the table has is taken. */
enum { USUAL = 8 };
static const char *const usual_names[FIELDS][USUAL] = {
    [CODE] = {"hromada_code", "admin3Pcode", "ADM3_PCODE", "katottg", "katotth", "code", "Код КАТОТТГ",
              "Код"},
    [NAME_UK] = {"Назва об’єкта", "Назва об'єкта", "hromada_name", "admin3Name_ua", "ADM3_UA", "name_uk",
                 "name", "Назва"},
    [NAME_EN] = {"admin3Name_eng", "admin3Name_en", "ADM3_EN", "name_en", "hromada_name_en"},
    [CATEGORY] = {"Категорія об’єкта", "Категорія об'єкта", "Категорія", "category"},
    [TYPE] = {"type", "hromada_type", "Тип"},
    [OLD_CODE] = {"old_code", "koatuu", "КОАТУУ"},
    [OLD_NAME] = {"old_name"},
    [VALID_FROM] = {"valid_from"},
    [VALID_TO] = {"valid_to"},
    [SUCCESSOR] = {"successor"},
    [LEVEL_1] = {"Перший рівень"},
    [LEVEL_1 + 1] = {"Другий рівень"},
    [LEVEL_1 + 2] = {"Третій рівень"},
    [LEVEL_1 + 3] = {"Четвертий рівень"},
    [LEVEL_1 + 4] = {"Додатковий рівень"},
    [RAION_CODE] = {"raion_code", "admin2Pcode", "ADM2_PCODE"},
    [RAION_UK] = {"raion_name", "admin2Name_ua", "ADM2_UA", "raion"},
    [RAION_EN] = {"raion_name_en", "admin2Name_eng", "admin2Name_en", "ADM2_EN"},
    [OBLAST_CODE] = {"oblast_code", "admin1Pcode", "ADM1_PCODE"},
    [OBLAST_UK] = {"oblast_name", "admin1Name_ua", "ADM1_UA", "oblast"},
    [OBLAST_EN] = {"oblast_name_en", "admin1Name_eng", "admin1Name_en", "ADM1_EN"},
};

/* A unit as it was read. */
typedef struct record {
    const char *texts[ASKED_FOR];
    int64_t row;
} record;

typedef struct reader {
    hrm_context *ctx;
    const char *path;
    hrmi_rows *rows;
    hrmi_arena arena;
    hrmi_index parents; /* digits of raions and oblasts that were added */
    size_t fields[FIELDS];
    record *records;
    size_t count, capacity;
    size_t without; /* rows without a code */
    int64_t first_without;
} reader;

void hrm_codifier_fields_init(hrm_codifier_fields *fields, size_t struct_size) {
    hrmi_init_struct(fields, struct_size, NULL, sizeof *fields);
}

/* ---- fields ---- */

/* A field by what the caller calls it, or else by a usual name; HRM_NONE where there is none. */
static hrm_status find_field(reader *r, const char *asked_for, size_t which) {
    const char *name = asked_for;
    r->fields[which] = HRM_NONE;
    for (size_t i = 0; i < USUAL && name == NULL && usual_names[which][i] != NULL; i++)
        if (hrmi_rows_has(r->rows, usual_names[which][i])) name = usual_names[which][i];
    return hrmi_rows_find(r->ctx, r->rows, name, &r->fields[which]);
}

static hrm_status find_fields(reader *r, const char *const *asked_for) {
    hrm_status status = HRM_OK;
    for (size_t i = 0; i < FIELDS && status == HRM_OK; i++)
        status = find_field(r, i < ASKED_FOR ? asked_for[i] : NULL, i);
    return status;
}

static bool has_codes(const reader *r) {
    return r->fields[CODE] != HRM_NONE || r->fields[LEVEL_1] != HRM_NONE;
}

/* Opens the table by the fields that the caller names. Where none is named and the first row of headings is
 * of another kind, the official file's headings are looked for below. */
static hrm_status open_rows(reader *r, const hrm_source *source, const char *const *asked_for) {
    static const char *const official[] = {"Перший рівень", "Другий рівень", "Третій рівень"};
    bool any = false;
    for (size_t i = 0; i < ASKED_FOR; i++) any |= asked_for[i] != NULL;
    hrm_status status = hrmi_rows_open(r->ctx, source, false, asked_for, ASKED_FOR, &r->rows);
    if (status != HRM_OK) return status;
    const char *const path = hrmi_rows_path(r->rows); /* which is told after the rows are closed */
    r->path = hrmi_arena_text(r->ctx, &r->arena, path, strlen(path));
    if (r->path == NULL) return HRM_ERROR_MEMORY;
    status = find_fields(r, asked_for);
    if (status != HRM_OK || any || has_codes(r)) return status;
    hrmi_rows_close(r->rows);
    status = hrmi_rows_open(r->ctx, source, false, official, 3, &r->rows);
    if (status == HRM_OK) return find_fields(r, asked_for);
    if (status != HRM_ERROR_FIELD) return status;
    return hrmi_fail(r->ctx, HRM_ERROR_FIELD,
                     "%s: neither the headings of the official codifier (Перший рівень …) nor a field of "
                     "codes (katottg, code, hromada_code, admin3Pcode …) were found; say which field holds "
                     "the codes",
                     r->path);
}

static hrm_status check_fields(const reader *r) {
    if (!has_codes(r))
        return hrmi_fail(r->ctx, HRM_ERROR_FIELD,
                         "%s: no field of codes was found; say which one it is with code", r->path);
    if (r->fields[NAME_UK] != HRM_NONE) return HRM_OK;
    return hrmi_fail(r->ctx, HRM_ERROR_FIELD,
                     "%s: no field of names was found; say which one it is with name_uk", r->path);
}

/* ---- rows ---- */

/* A cell as text of the arena; NULL where it is empty or says that nothing is known (NA, -). */
static hrm_status take_text(reader *r, size_t field, const char **out) {
    const char *text = NULL;
    hrmi_cell cell;
    *out = NULL;
    const hrm_status status = hrmi_rows_text(r->ctx, r->rows, field, &text);
    if (status != HRM_OK || text == NULL) return status;
    const size_t length = hrmi_utf8_trim(&text, strlen(text));
    if (hrmi_number_read_cell(text, length, HRMI_DECIMAL_AUTO, &cell) == HRMI_CELL_MISSING) return HRM_OK;
    *out = hrmi_arena_text(r->ctx, &r->arena, text, length);
    return *out == NULL ? HRM_ERROR_MEMORY : HRM_OK;
}

static bool are_digits(const char *text, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text[i] < '0' || text[i] > '9') return false;
    return true;
}

/* A day as 2024-09-26, also where it is written 26.09.2024 or 2024/09/26, perhaps with a time behind it. In
 * place; what is none of these stays as it is, for the codifier to refuse. */
static void make_day(char *text) {
    const size_t length = strlen(text);
    char day[11];
    if (length < 10 || (length > 10 && text[10] != ' ' && text[10] != 'T')) return;
    if (are_digits(text, 2) && text[2] == '.' && are_digits(text + 3, 2) && text[5] == '.' &&
        are_digits(text + 6, 4)) {
        memcpy(day, text + 6, 4);
        memcpy(day + 5, text + 3, 2);
        memcpy(day + 8, text, 2);
    } else if (are_digits(text, 4) && text[4] == text[7] && (text[4] == '-' || text[4] == '/')) {
        memcpy(day, text, 10);
    } else {
        return;
    }
    day[4] = day[7] = '-';
    day[10] = '\0';
    memcpy(text, day, sizeof day);
}

static hrm_status take_days(reader *r, record *it) {
    for (size_t i = VALID_FROM; i <= VALID_TO; i++) {
        if (it->texts[i] == NULL) continue;
        char *const copy = hrmi_arena_text(r->ctx, &r->arena, it->texts[i], strlen(it->texts[i]));
        if (copy == NULL) return HRM_ERROR_MEMORY;
        make_day(copy);
        it->texts[i] = copy;
    }
    return HRM_OK;
}

/* The code of the present row: of the official file the last level's that is filled. */
static hrm_status take_code(reader *r, const char **out) {
    hrm_status status = HRM_OK;
    if (r->fields[CODE] != HRM_NONE) return take_text(r, r->fields[CODE], out);
    *out = NULL;
    for (size_t i = 5; i-- > 0 && status == HRM_OK && *out == NULL;)
        status = take_text(r, r->fields[LEVEL_1 + i], out);
    return status;
}

static hrm_status add_record(reader *r, const record *it) {
    const hrm_status status =
        hrmi_array_grow(r->ctx, &r->records, &r->capacity, r->count + 1, sizeof *r->records);
    if (status == HRM_OK) r->records[r->count++] = *it;
    return status;
}

/* The raion or the oblast that a row names beside its community, once. */
static hrm_status take_parent(reader *r, size_t code_field, size_t uk_field, size_t en_field) {
    record it = {.row = hrmi_rows_row(r->rows)};
    hrmi_code code;
    hrm_status status = take_text(r, r->fields[code_field], &it.texts[CODE]);
    if (status != HRM_OK || it.texts[CODE] == NULL) return status;
    hrmi_code_read(it.texts[CODE], strlen(it.texts[CODE]), &code);
    const size_t length = strlen(code.digits); /* a code that cannot be read is refused with its row */
    if (length > 0 && hrmi_index_find(&r->parents, code.digits, length) != HRM_NONE) return HRM_OK;
    status = take_text(r, r->fields[uk_field], &it.texts[NAME_UK]);
    if (status == HRM_OK) status = take_text(r, r->fields[en_field], &it.texts[NAME_EN]);
    if (status == HRM_OK) status = add_record(r, &it);
    if (status != HRM_OK || length == 0) return status;
    const char *const kept = hrmi_arena_text(r->ctx, &r->arena, code.digits, length);
    return kept == NULL ? HRM_ERROR_MEMORY : hrmi_index_add(r->ctx, &r->parents, kept, length, r->count - 1);
}

static hrm_status take_row(reader *r) {
    record it = {.row = hrmi_rows_row(r->rows)};
    hrm_status status = take_code(r, &it.texts[CODE]);
    if (status != HRM_OK) return status;
    if (it.texts[CODE] == NULL) {
        if (r->without++ == 0) r->first_without = it.row;
        return HRM_OK;
    }
    for (size_t i = CODE + 1; i < ASKED_FOR && status == HRM_OK; i++)
        status = take_text(r, r->fields[i], &it.texts[i]);
    if (status == HRM_OK) status = take_days(r, &it);
    if (status == HRM_OK) status = take_parent(r, OBLAST_CODE, OBLAST_UK, OBLAST_EN);
    if (status == HRM_OK) status = take_parent(r, RAION_CODE, RAION_UK, RAION_EN);
    return status == HRM_OK ? add_record(r, &it) : status;
}

static hrm_status read_rows(reader *r) {
    hrm_status status = HRM_OK;
    for (;;) {
        bool more = false;
        status = hrmi_rows_next(r->ctx, r->rows, &more);
        if (status != HRM_OK || !more) break;
        if (hrmi_rows_kept_out(r->rows) != HRM_REASON_HEADING) status = take_row(r);
        if (status != HRM_OK) break;
    }
    if (status == HRM_OK && r->without > 0)
        hrmi_log(r->ctx, HRM_LOG_WARNING, "%s: %zu rows without a code (the first: row %lld): left out",
                 r->path, r->without, (long long)r->first_without);
    if (status == HRM_OK && r->count == 0)
        status = hrmi_fail(r->ctx, HRM_ERROR_FORMAT, "%s: not one row has a code", r->path);
    return status;
}

/* ---- the whole ---- */

/* One text of all records side by side; NULL where no record can have it. */
static hrm_status gather(reader *r, size_t which, const char *const **out) {
    const char **list = NULL;
    *out = NULL;
    if (which > NAME_EN && r->fields[which] == HRM_NONE) return HRM_OK;
    list = hrmi_arena_new(r->ctx, &r->arena, r->count, sizeof *list);
    if (list == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < r->count; i++) list[i] = r->records[i].texts[which];
    *out = list;
    return HRM_OK;
}

static hrm_status make_codifier(reader *r, hrm_codifier **out) {
    hrm_codifier_input input;
    hrm_status status = HRM_OK;
    hrm_codifier_input_init(&input, sizeof input);
    const char *const **const texts[ASKED_FOR] = {
        &input.codes,     &input.names_uk,  &input.names_en,   &input.categories, &input.types,
        &input.old_codes, &input.old_names, &input.valid_from, &input.valid_to,   &input.successors};
    for (size_t i = 0; i < ASKED_FOR && status == HRM_OK; i++) status = gather(r, i, texts[i]);
    if (status != HRM_OK) return status;
    int64_t *const rows = hrmi_arena_new(r->ctx, &r->arena, r->count, sizeof *rows);
    if (rows == NULL) return HRM_ERROR_MEMORY;
    for (size_t i = 0; i < r->count; i++) rows[i] = r->records[i].row;
    input.rows = rows;
    input.count = r->count;
    input.source = r->path;
    return hrm_codifier_new(r->ctx, &input, out);
}

hrm_status hrm_codifier_open(hrm_context *ctx, const hrm_source *source, const hrm_codifier_fields *fields,
                             hrm_codifier **out) {
    reader r;
    hrm_codifier_fields f;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_codifier_open: out is NULL");
    *out = NULL;
    memset(&r, 0, sizeof r);
    r.ctx = ctx;
    hrmi_arena_init(&r.arena, ctx);
    hrmi_index_init(&r.parents, ctx);
    hrm_codifier_fields_init(&f, sizeof f);
    status = hrmi_read_struct(ctx, &f, sizeof f, fields, "hrm_codifier_fields");
    if (status == HRM_OK && f.reserved != 0) status = hrmi_fail_reserved(ctx, "hrm_codifier_fields");
    if (status != HRM_OK) goto done;
    const char *const asked_for[ASKED_FOR] = {f.code,     f.name_uk,  f.name_en,    f.category, f.type,
                                              f.old_code, f.old_name, f.valid_from, f.valid_to, f.successor};
    status = open_rows(&r, source, asked_for);
    if (status != HRM_OK) goto done;
    status = check_fields(&r);
    if (status != HRM_OK) goto done;
    status = read_rows(&r);
    if (status != HRM_OK) goto done;
    hrmi_rows_close(r.rows);
    r.rows = NULL;
    status = make_codifier(&r, out);
done:
    hrmi_rows_close(r.rows);
    hrmi_free(ctx, r.records);
    hrmi_index_free(&r.parents);
    hrmi_arena_free(&r.arena);
    return status;
}
