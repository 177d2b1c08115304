/*
 * What an entry of a join's report says in words: why the row or the cell was not used, and what to do.
 * Written for someone who has a hundred of them to go through: what was written first, then the remedy. Each
 * is written in English and in Ukrainian, side by side, so that both say the same.
 */
#include <inttypes.h>
#include <stdio.h>

#include "table/join_report.h"

/* A sentence being written; the first failure sticks. */
typedef struct writer {
    hrm_context *ctx;
    hrmi_buffer *buffer;
    bool uk;
    hrm_status status;
    bool refuses; /* rows of one community stop the join: none is kept */
} writer;

static void put(writer *w, const char *text) {
    if (w->status == HRM_OK) w->status = hrmi_buffer_text(w->ctx, w->buffer, text);
}

/* In the language of the sentence. */
static void say(writer *w, const char *en, const char *uk) {
    put(w, w->uk ? uk : en);
}

static void put_quoted(writer *w, const char *text) {
    say(w, "\"", "«");
    put(w, text);
    say(w, "\"", "»");
}

static void put_integer(writer *w, int64_t value) {
    char digits[32];
    (void)snprintf(digits, sizeof digits, "%" PRId64, value);
    put(w, digits);
}

static bool is_said(const char *text) {
    return text != NULL && text[0] != '\0';
}

/* What a reader says of a code, a name, a cell, a place or a period. */
static void put_reader(writer *w, const char *why) {
    const char *const uk = w->uk ? hrmi_join_why_uk(why) : NULL;
    put(w, uk != NULL ? uk : why);
}

/* A community as "Сумська (UA5908017)". */
static void put_community(writer *w, const hrm_layer *layer, size_t row) {
    const char *name = hrm_layer_name(layer, row, HRM_UK);
    if (name == NULL) name = hrm_layer_name(layer, row, HRM_EN);
    if (name == NULL) {
        put(w, hrm_layer_code(layer, row));
        return;
    }
    say(w, "", "«");
    put(w, name);
    say(w, " (", "» (");
    put(w, hrm_layer_code(layer, row));
    put(w, ")");
}

/* ---- names ---- */

/* " of the raion "Сумський", "Сумська"", as far as the row says it. */
static void put_parents(writer *w, const hrmi_join_said *said) {
    const bool raion = is_said(said->raion);
    if (raion) {
        say(w, " of the raion ", " у районі ");
        put_quoted(w, said->raion);
    }
    if (!is_said(said->oblast)) return;
    if (raion) say(w, ", ", " (область ");
    else say(w, " of the oblast ", " в області ");
    put_quoted(w, said->oblast);
    if (raion) say(w, "", ")");
}

static void put_unknown_name(writer *w, const hrmi_join_said *said) {
    say(w, "no community", "немає громади");
    if (!w->uk) put_parents(w, said);
    say(w, " is called ", " з назвою ");
    put_quoted(w, said->key);
    if (w->uk) put_parents(w, said);
    say(w, ": correct the name or its parents, or give the code",
        ": виправте назву, область чи район або вкажіть код");
}

/* "відповідає 21 громада", "відповідають 2 громади", "відповідає 5 громад"; fewer than two: several. */
static void put_fitting_uk(writer *w, uint32_t count) {
    const bool teens = count % 100 / 10 == 1;
    const bool few = !teens && count % 10 >= 2 && count % 10 <= 4;
    put(w, few ? " відповідають " : " відповідає ");
    if (count < 2) {
        put(w, "кілька громад");
        return;
    }
    put_integer(w, (int64_t)count);
    if (few) put(w, " громади");
    else put(w, !teens && count % 10 == 1 ? " громада" : " громад");
}

static void put_fitting(writer *w, uint32_t count) {
    if (count < 2) {
        put(w, "several communities");
        return;
    }
    put_integer(w, (int64_t)count);
    put(w, " communities");
}

static void put_ambiguous(writer *w, const hrmi_join_entry *entry) {
    const hrmi_join_said *const said = entry->said;
    if (w->uk) {
        put(w, "назві ");
        put_quoted(w, said->key);
        put_parents(w, said);
        put_fitting_uk(w, entry->candidates);
    } else {
        put_fitting(w, entry->candidates);
        put_parents(w, said);
        put(w, " fit the name ");
        put_quoted(w, said->key);
    }
    say(w, ": say ", ": вкажіть ");
    if (!is_said(said->oblast)) say(w, "the oblast, ", "область, ");
    if (!is_said(said->raion)) say(w, "the raion, ", "район, ");
    say(w, "the type or the code", "тип або код");
}

static void put_unknown_parent(writer *w, const hrmi_join_entry *entry) {
    const hrmi_join_said *const said = entry->said;
    if (is_said(entry->why)) {
        put_reader(w, entry->why);
    } else if (!is_said(said->raion) && !is_said(said->oblast)) {
        say(w, "the oblast or the raion beside the name ", "область або район поруч із назвою ");
        put_quoted(w, said->key);
        say(w, " is not known, or they exclude each other: correct them",
            " невідомі або суперечать одне одному: виправте їх");
    } else if (is_said(said->raion) && is_said(said->oblast)) {
        say(w, "there is no raion ", "немає району ");
        put_quoted(w, said->raion);
        say(w, " in an oblast ", " в області ");
        put_quoted(w, said->oblast);
        say(w, ": correct them", ": виправте назви");
    } else if (is_said(said->raion)) {
        say(w, "no raion is called ", "немає району з назвою ");
        put_quoted(w, said->raion);
        say(w, ": correct it (raions are those of 2020)", ": виправте її (райони — за поділом 2020 року)");
    } else {
        say(w, "no oblast is called ", "немає області з назвою ");
        put_quoted(w, said->oblast);
        say(w, ": correct it", ": виправте її");
    }
}

static void put_type(writer *w, const hrmi_join_said *said) {
    say(w, "a community called ", "громада з назвою ");
    put_quoted(w, said->key);
    say(w, " is there, but it is of another type (міська, селищна, сільська): correct the one or the other",
        " є, але вона іншого типу (міська, селищна, сільська): виправте назву або тип");
}

/* The code means one community, and the name another. */
static void put_differing(writer *w, const hrm_layer *layer, const hrmi_join_entry *entry) {
    const size_t row = hrm_layer_find(layer, entry->said->key);
    say(w, "the code is that of ", "код належить ");
    if (row == HRM_NONE) {
        say(w, "one community", "одній громаді");
    } else {
        say(w, "", "громаді ");
        put_community(w, layer, row);
    }
    say(w, ", and the name ", ", а назва ");
    put_quoted(w, entry->cell);
    say(w, " fits only another: correct the one or the other",
        " відповідає лише іншій: виправте код або назву");
}

/* ---- rows ---- */

static void put_why(writer *w, const hrmi_join_entry *entry, const char *en, const char *uk) {
    if (is_said(entry->why)) put_reader(w, entry->why);
    else say(w, en, uk);
}

/* "rows 2, 5 and 7 more" */
static void put_claim_rows(writer *w, const hrmi_join_claim *claim) {
    const size_t named = claim->count < HRMI_JOIN_CLAIM_ROWS ? claim->count : HRMI_JOIN_CLAIM_ROWS;
    say(w, "rows ", "рядки ");
    for (size_t i = 0; i < named; i++) {
        if (i > 0 && i + 1 == claim->count) say(w, " and ", " і ");
        else if (i > 0) put(w, ", ");
        put_integer(w, claim->rows[i]);
    }
    if (claim->count == named) return;
    say(w, " and ", " та ще ");
    put_integer(w, (int64_t)(claim->count - named));
    say(w, " more", "");
}

static void put_claim(writer *w, const hrm_layer *layer, const hrmi_join_entry *entry) {
    put_claim_rows(w, entry->claim);
    say(w, entry->claim->count == 2 ? " both claim " : " all claim ", " стосуються однієї громади ");
    put_community(w, layer, entry->community);
    if (is_said(entry->period)) {
        say(w, " for the period ", " за період ");
        put_quoted(w, entry->period);
    }
    say(w,
        ", so none of them is used: correct the wrong ones, or say that rows of one community are to be "
        "added up",
        ", тому жоден із них не враховано: виправте хибні або вкажіть, що рядки однієї громади слід "
        "додавати");
}

static void put_other_row(writer *w, const hrmi_join_entry *entry) {
    if (entry->kind == HRMI_ENTRY_REPLACED) say(w, "replaced by row ", "замінено рядком ");
    else say(w, "row ", w->refuses ? "рядок " : "залишено рядок ");
    put_integer(w, entry->other_row);
    if (w->refuses) say(w, " is of the same community", " — тієї самої громади");
    else say(w, " of the same community", " тієї самої громади");
    if (is_said(entry->period)) {
        say(w, " and period (", " за той самий період (");
        put(w, entry->period);
        put(w, ")");
    }
    if (entry->kind != HRMI_ENTRY_REPLACED && !w->refuses) say(w, " is kept", "");
}

/* Reasons whose sentence is always the same; NULL for the others. */
static const char *fixed_sentence(uint8_t reason, bool uk) {
    switch (reason) {
    case HRM_REASON_NO_KEY:
        return uk ? "рядок не містить ні коду, ні назви, ні координат громади"
                  : "there is no key: the row says neither code, name nor place";
    case HRM_REASON_NOT_IN_LAYER:
        return uk ? "у шарі немає громади з таким кодом" : "no community of the layer has this code";
    case HRM_REASON_OLD_CODE:
        return uk ? "колишній код (КОАТУУ або бюджетний): вкажіть таблицю його відповідності коду КАТОТТГ"
                  : "a former code (KOATUU or budget): name a crosswalk that leads from it to a KATOTTG code";
    case HRM_REASON_NOT_IN_CROSSWALK:
        return uk ? "у таблиці відповідності немає цього колишнього коду: додайте його туди"
                  : "the crosswalk does not have this former code: add it there";
    case HRM_REASON_CROSSWALK_AMBIGUOUS:
        return uk ? "таблиця або перелік відповідностей дає дві різні громади: залиште там лише правильну"
                  : "the crosswalk or alias file leads to two different communities: leave the right one "
                    "there";
    case HRM_REASON_NO_PERIOD:
        return uk ? "період не вказано" : "there is no period";
    case HRM_REASON_NOT_UTF8:
        return uk ? "текст не в кодуванні UTF-8: вкажіть кодування файлу (часто це CP1251)"
                  : "it is not UTF-8: name the file's encoding (often CP1251)";
    case HRM_REASON_TOTAL:
        return uk ? "підсумковий рядок: це не дані громади, його чисел ніде не враховано"
                  : "a row of totals, kept out: its numbers are in no account";
    case HRM_REASON_HEADING:
        return uk ? "повторені заголовки або номери стовпців: рядок не враховано"
                  : "headings again, or numbers of columns: kept out";
    default:
        return NULL;
    }
}

static void put_bad_code(writer *w, const hrmi_join_entry *entry) {
    const bool is_name = is_said(entry->cell); /* of an oblast or a raion */
    if (!is_name) say(w, "the code cannot be used: ", "код непридатний: ");
    if (entry->reason == HRM_REASON_BAD_CODE)
        put_why(w, entry, "it cannot be read", "його неможливо прочитати");
    else
        put_why(w, entry, "it is the code of an oblast or a raion, not of a community",
                "це код області або району, а не громади");
}

static void put_bad_place(writer *w, const hrmi_join_entry *entry) {
    if (entry->reason == HRM_REASON_OUTSIDE) {
        say(w, "its place lies in no community", "його місце не лежить у жодній громаді");
        if (is_said(entry->why)) put_reader(w, entry->why);
    } else {
        say(w, "its coordinates cannot be used: ", "координати непридатні: ");
        put_why(w, entry, "they are no place", "вони не є місцем на Землі");
    }
}

static void put_cell(writer *w, const hrmi_join_entry *entry) {
    put_quoted(w, entry->cell);
    put(w, ": ");
    put_reader(w, entry->why);
}

static void put_row_reason(writer *w, const hrm_layer *layer, const hrmi_join_entry *entry) {
    switch (entry->reason) {
    case HRM_REASON_BAD_CODE:
    case HRM_REASON_HIGHER_LEVEL:
        put_bad_code(w, entry);
        break;
    case HRM_REASON_SPREADSHEET_CODE:
        say(w,
            "a spreadsheet took the code for a number and lost its end: make the column text and fill in "
            "the codes again",
            "електронна таблиця сприйняла код як число і втратила його кінець: задайте стовпцю текстовий "
            "формат і введіть коди знову");
        break;
    case HRM_REASON_UNKNOWN_NAME:
        put_unknown_name(w, entry->said);
        break;
    case HRM_REASON_AMBIGUOUS_NAME:
        put_ambiguous(w, entry);
        break;
    case HRM_REASON_UNKNOWN_PARENT:
        put_unknown_parent(w, entry);
        break;
    case HRM_REASON_TYPE_CONTRADICTS:
        put_type(w, entry->said);
        break;
    case HRM_REASON_CODE_AND_NAME_DIFFER:
        put_differing(w, layer, entry);
        break;
    case HRM_REASON_CLAIMED_TWICE:
        put_claim(w, layer, entry);
        break;
    case HRM_REASON_OTHER_ROW_KEPT:
        put_other_row(w, entry);
        break;
    case HRM_REASON_OUTSIDE:
    case HRM_REASON_BAD_PLACE:
        put_bad_place(w, entry);
        break;
    case HRM_REASON_BAD_PERIOD:
        put_cell(w, entry);
        break;
    default:
        put(w, hrm_match_reason_name(entry->reason, w->uk ? HRM_UK : HRM_EN));
        break;
    }
}

/* The text that another row had and that is kept may be long. */
static void put_contradiction(writer *w, const hrmi_join_entry *entry) {
    char kept[HRMI_CLEAN_SIZE];
    (void)hrmi_clean(entry->why, strlen(entry->why), kept);
    put_quoted(w, entry->cell);
    say(w, ": an earlier row of the same community says ", ": у попередньому рядку тієї самої громади ");
    put_quoted(w, kept);
    say(w, ", which is kept", ", це значення й залишено");
}

const char *hrmi_join_sentence(hrm_context *ctx, hrm_join_report *report, const hrm_layer *layer,
                               hrmi_buffer *buffer, const hrmi_join_entry *entry, int32_t language) {
    writer w = {ctx, buffer, language == HRM_UK, HRM_OK, report->refuses};
    const bool of_row = entry->kind == HRMI_ENTRY_ROW || entry->kind == HRMI_ENTRY_REPLACED;
    const char *const fixed = of_row ? fixed_sentence(entry->reason, w.uk) : NULL;
    if (fixed != NULL) return fixed;
    buffer->length = 0;
    if (of_row) put_row_reason(&w, layer, entry);
    else if (entry->kind == HRMI_ENTRY_CONTRADICTION) put_contradiction(&w, entry);
    else put_cell(&w, entry);
    return w.status == HRM_OK ? hrmi_arena_text(ctx, &report->arena, buffer->data, buffer->length) : NULL;
}
