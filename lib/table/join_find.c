/*
 * Where a row belongs. A row is kept out when it is one of totals; else its code and names are asked of the
 * gazetteer, or, when it says neither, its place is looked up; then its period is read.
 *
 * Codes that stand as the layer has them are found without the gazetteer, unless it has a codifier, which
 * knows whether there is such a code: most tables have nothing else.
 */
#include "base/utf8.h"
#include "community/gazetteer_parts.h"
#include "community/layer.h"
#include "table/join.h"

/* What becomes of a row that is not used for a reason. */
static uint8_t outcome_of(int32_t reason) {
    switch (reason) {
    case HRM_REASON_NONE:
        return HRM_ROW_MATCHED;
    case HRM_REASON_NO_KEY:
    case HRM_REASON_BAD_CODE:
    case HRM_REASON_SPREADSHEET_CODE:
    case HRM_REASON_HIGHER_LEVEL:
    case HRM_REASON_BAD_PLACE:
    case HRM_REASON_NO_PERIOD:
    case HRM_REASON_BAD_PERIOD:
    case HRM_REASON_NOT_UTF8:
        return HRM_ROW_UNUSABLE;
    case HRM_REASON_CLAIMED_TWICE:
    case HRM_REASON_OTHER_ROW_KEPT:
        return HRM_ROW_DUPLICATE;
    case HRM_REASON_TOTAL:
    case HRM_REASON_HEADING:
        return HRM_ROW_KEPT_OUT;
    default:
        return HRM_ROW_UNMATCHED;
    }
}

/* ---- what a row says ---- */

static bool says_nothing(const char *text) {
    hrmi_cell cell;
    return hrmi_number_read_cell(text, strlen(text), HRMI_DECIMAL_AUTO, &cell) == HRMI_CELL_MISSING;
}

/* An element of a list that may be NULL; NULL where it is empty. */
static const char *element(const char *const *list, size_t i) {
    return list == NULL || list[i] == NULL || list[i][0] == '\0' ? NULL : list[i];
}

/* The same, NULL also for words that mean "no data". */
static const char *said(const char *const *list, size_t i) {
    const char *const text = element(list, i);
    return text == NULL || says_nothing(text) ? NULL : text;
}

static void read_words(hrmi_join_reader *r) {
    const hrm_join_batch *const b = r->batch;
    r->words = (hrm_place_words){
        .struct_size = (uint32_t)sizeof r->words,
        .wants_parent = b->oblasts != NULL, /* the table states oblasts */
        .code = element(b->codes, r->at),   /* an opaque code may be "NA" */
        .oblast = said(b->oblasts, r->at),
        .raion = said(b->raions, r->at),
        .name = said(b->names, r->at),
        .type = said(b->types, r->at),
        .row = r->number,
    };
    r->x = b->x == NULL ? (double)NAN : b->x[r->at];
    r->y = b->y == NULL ? (double)NAN : b->y[r->at];
    r->candidates = 0;
    r->why = NULL;
    r->said = NULL;
}

static bool is_utf8(const char *text) {
    return text == NULL || hrmi_utf8_first_invalid(text, strlen(text)) == strlen(text);
}

static bool all_utf8(const hrm_place_words *w) {
    return is_utf8(w->code) && is_utf8(w->oblast) && is_utf8(w->raion) && is_utf8(w->name) &&
           is_utf8(w->type);
}

/* ---- by place ---- */

/* What is wrong with coordinates that lie in no community: exchanged ones are told. */
static const char *why_outside(const hrm_join *join, double x, double y) {
    bool several = false;
    return hrmi_locate(&join->locator, y, x, &several) == HRM_NONE
               ? ""
               : "; with x and y exchanged it would lie in one: are the fields the right way round?";
}

static hrm_status open_place(hrmi_join_reader *r) {
    hrm_join *const join = r->join;
    if (!join->has_locator) {
        const hrm_status status = hrmi_locator_build(r->ctx, hrmi_layer_shapes(join->layer), &join->locator);
        if (status != HRM_OK) {
            hrmi_locator_free(&join->locator);
            memset(&join->locator, 0, sizeof join->locator);
            return status;
        }
        join->has_locator = true;
    }
    if (r->crs != NULL) return HRM_OK;
    const hrm_status status = hrmi_crs_open(r->ctx, join->crs, &r->crs);
    return status == HRM_OK ? HRM_OK : hrmi_fail_in(r->ctx, status, "%s", join->source);
}

static hrm_status find_place(hrmi_join_reader *r, hrmi_join_row *row) {
    double x = r->x;
    double y = r->y;
    size_t failed = 0;
    if (isnan(x) && isnan(y)) {
        row->reason = HRM_REASON_NO_KEY;
        return HRM_OK;
    }
    row->reason = HRM_REASON_BAD_PLACE;
    r->why = "one of them is missing or no number";
    if (!isfinite(x) || !isfinite(y)) return HRM_OK;
    hrm_status status = open_place(r);
    if (status == HRM_OK) status = hrmi_crs_to_wgs84(r->ctx, r->crs, 1, &x, &y, NULL, &failed);
    r->why = "they are not within the range of their reference system: is `crs` the right one?";
    if (status != HRM_OK || failed > 0) return status;
    row->community = hrmi_locate(&r->join->locator, x, y, &row->several);
    row->reason = row->community == HRM_NONE ? HRM_REASON_OUTSIDE : HRM_REASON_NONE;
    row->way = row->community == HRM_NONE ? HRM_MATCH_NONE : HRM_MATCH_PLACE;
    r->why = row->community == HRM_NONE ? why_outside(r->join, x, y) : NULL;
    return HRM_OK;
}

/* ---- by words ---- */

static hrm_status ask_gazetteer(hrmi_join_reader *r, hrmi_join_row *row) {
    hrm_match match = {.struct_size = (uint32_t)sizeof match, .row = HRM_NONE};
    row->reason = HRM_REASON_NOT_UTF8;
    if (!all_utf8(&r->words)) return HRM_OK;
    const hrm_status status = hrmi_join_gazetteer(r->ctx, r->join);
    if (status != HRM_OK) return status;
    (void)hrm_gazetteer_find(r->join->gazetteer, &r->words, &match);
    row->community = match.row;
    row->reason = (uint8_t)match.reason;
    row->way = (uint8_t)match.way;
    row->mended = match.way == HRM_MATCH_CODE_MENDED ? match.why : NULL;
    r->candidates = match.candidates;
    r->why = match.why;
    return HRM_OK;
}

static bool is_total(const hrmi_join_reader *r) {
    return hrmi_join_says_total(r->words.name) || hrmi_join_says_total(r->words.oblast) ||
           hrmi_join_says_total(r->words.raion);
}

static bool has_codifier(const hrm_join *join) {
    return join->gazetteer != NULL && join->gazetteer->codifier != NULL;
}

static hrm_status find_community(hrmi_join_reader *r, hrmi_join_row *row) {
    const bool keep_totals = r->batch->keep_totals != 0;
    const char *const code = r->words.code;
    const char *why = NULL;
    if (!keep_totals && is_total(r)) {
        row->reason = HRM_REASON_TOTAL;
        return HRM_OK;
    }
    if (code != NULL) row->community = hrmi_layer_find_code(r->join->layer, code, strlen(code), &why);
    if (row->community != HRM_NONE && r->words.name == NULL && !has_codifier(r->join)) {
        row->way = HRM_MATCH_CODE;
        return HRM_OK;
    }
    if (code != NULL && row->community == HRM_NONE) {
        if (says_nothing(code)) r->words.code = NULL;
        if (!keep_totals && hrmi_join_says_total(code)) row->reason = HRM_REASON_TOTAL;
    }
    if (row->reason != HRM_REASON_NONE) return HRM_OK;
    return r->words.code == NULL && r->words.name == NULL ? find_place(r, row) : ask_gazetteer(r, row);
}

/* ---- its period ---- */

static hrm_status find_period(hrmi_join_reader *r, hrmi_join_row *row) {
    char period[HRMI_PERIOD_SIZE];
    const char *const text = said(r->batch->periods, r->at);
    row->reason = HRM_REASON_NO_PERIOD;
    if (text == NULL) return HRM_OK;
    const char *const fault = hrmi_period_read(text, strlen(text), period);
    row->reason = HRM_REASON_BAD_PERIOD;
    r->why = fault;
    if (fault != NULL) return HRM_OK;
    row->reason = HRM_REASON_NONE;
    return hrmi_join_block_of(r->ctx, r->join, period, &row->block);
}

hrm_status hrmi_join_find(hrmi_join_reader *r, hrmi_join_row *row) {
    const uint8_t *const kept_out = r->batch->kept_out;
    hrm_status status = HRM_OK;
    *row = (hrmi_join_row){.community = HRM_NONE, .form = HRM_NONE, .number = r->number};
    read_words(r);
    if (kept_out != NULL && kept_out[r->at] != 0) row->reason = kept_out[r->at];
    else status = find_community(r, row);
    if (status == HRM_OK && row->reason == HRM_REASON_NONE && r->join->has_period)
        status = find_period(r, row);
    if (row->reason != HRM_REASON_NONE) row->way = HRM_MATCH_NONE;
    row->outcome = outcome_of(row->reason);
    return status;
}
