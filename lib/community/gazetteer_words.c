/* The names of ways and reasons, for reports. */
#include "community/gazetteer_parts.h"

typedef struct words {
    const char *en, *uk;
} words;

static const words ways[HRM_MATCH_WAYS] = {
    [HRM_MATCH_NONE] = {"none", "жоден"},
    [HRM_MATCH_CODE] = {"code", "код"},
    [HRM_MATCH_CODE_MENDED] = {"mended code", "виправлений код"},
    [HRM_MATCH_CROSSWALK] = {"former code", "колишній код"},
    [HRM_MATCH_ALIAS] = {"alias", "перелік відповідностей"},
    [HRM_MATCH_NAME_RAION] = {"name + raion", "назва + район"},
    [HRM_MATCH_NAME_OBLAST] = {"name + oblast", "назва + область"},
    [HRM_MATCH_NAME_UNIQUE] = {"unique name", "єдина назва"},
    [HRM_MATCH_PLACE] = {"place", "координати"},
};

static const words reasons[HRM_REASONS] = {
    [HRM_REASON_NONE] = {"none", "немає"},
    [HRM_REASON_NO_KEY] = {"no code, name or place", "немає ні коду, ні назви, ні координат"},
    [HRM_REASON_BAD_CODE] = {"unreadable code", "код не читається"},
    [HRM_REASON_SPREADSHEET_CODE] = {"code rounded by a spreadsheet", "код округлено електронною таблицею"},
    [HRM_REASON_HIGHER_LEVEL] = {"an oblast or a raion", "область або район"},
    [HRM_REASON_NOT_IN_LAYER] = {"not in the layer", "немає в шарі"},
    [HRM_REASON_OLD_CODE] = {"former code without a crosswalk", "колишній код без таблиці відповідності"},
    [HRM_REASON_NOT_IN_CROSSWALK] = {"not in the crosswalk", "немає в таблиці відповідності"},
    [HRM_REASON_CROSSWALK_AMBIGUOUS] = {"several in the crosswalk", "кілька в таблиці відповідності"},
    [HRM_REASON_UNKNOWN_NAME] = {"unknown name", "невідома назва"},
    [HRM_REASON_AMBIGUOUS_NAME] = {"ambiguous name", "неоднозначна назва"},
    [HRM_REASON_UNKNOWN_PARENT] = {"unknown oblast or raion", "невідома область або район"},
    [HRM_REASON_TYPE_CONTRADICTS] = {"another type of community", "інший тип громади"},
    [HRM_REASON_CODE_AND_NAME_DIFFER] = {"code and name differ", "код і назва розходяться"},
    [HRM_REASON_CLAIMED_TWICE] = {"claimed by several rows", "на громаду претендують кілька рядків"},
    [HRM_REASON_OTHER_ROW_KEPT] = {"another row was kept", "взято інший рядок"},
    [HRM_REASON_OUTSIDE] = {"outside all communities", "поза межами громад"},
    [HRM_REASON_BAD_PLACE] = {"unusable coordinates", "непридатні координати"},
    [HRM_REASON_NO_PERIOD] = {"no period", "немає періоду"},
    [HRM_REASON_BAD_PERIOD] = {"unusable period", "непридатний період"},
    [HRM_REASON_NOT_UTF8] = {"text that is not UTF-8", "текст не в UTF-8"},
    [HRM_REASON_TOTAL] = {"a row of totals", "підсумковий рядок"},
    [HRM_REASON_HEADING] = {"a row of headings", "рядок заголовків"},
};

static const char *word_of(const words *list, int32_t count, int32_t i, int32_t language) {
    if (i < 0 || i >= count) return language == HRM_UK ? "невідомо" : "unknown";
    return language == HRM_UK ? list[i].uk : list[i].en;
}

const char *hrm_match_way_name(int32_t way, int32_t language) {
    return word_of(ways, HRM_MATCH_WAYS, way, language);
}

const char *hrm_match_reason_name(int32_t reason, int32_t language) {
    return word_of(reasons, HRM_REASONS, reason, language);
}
