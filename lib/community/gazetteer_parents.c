/*
 * Oblasts by all names under which tables have them. Their adjectives stand alone (`Вінницька`); nouns, which
 * are those of cities too, only where an oblast is spoken of: in a field of its own, or with `область`,
 * `oblast`. Київ is the city, but `Kyiv oblast` is the oblast. Transliterations need not be listed.
 *
 * Raions of 2020 that were renamed, under all their names: tables, layers and codifiers of different years
 * have different ones. Two were renamed with their cities in 2021 and 2022, four by the Verkhovna Rada on 19
 * September 2024. Raions from before 2020 are not listed: their lands were divided anew.
 */
#include "community/gazetteer_parts.h"

static const struct oblast {
    uint8_t number;
    const char *names;
} oblasts[] = {
    {1, "Автономна Республіка Крим,Автономної Республіки Крим,АР Крим,АРК,Autonomous Republic of Crimea,AR "
        "Crimea;Крим,Crimea"},
    {5, "Вінницька,Вінниччина;Вінниця"},
    {7, "Волинська;Волинь"},
    {12, "Дніпропетровська,Дніпропетровщина;Дніпропетровськ"},
    {14, "Донецька,Донеччина;Донецьк"},
    {18, "Житомирська,Житомирщина;Житомир"},
    {21, "Закарпатська;Закарпаття,Transcarpathia"},
    {23, "Запорізька;Запоріжжя"},
    {26, "Івано-Франківська,Івано-Франківщина;Івано-Франківськ"},
    {32, "Київська,Київщина"},
    {35, "Кіровоградська,Кіровоградщина;Кіровоград"},
    {44, "Луганська,Луганщина;Луганськ"},
    {46, "Львівська,Львівщина;Львів"},
    {48, "Миколаївська,Миколаївщина;Миколаїв"},
    {51, "Одеська,Одещина;Одеса"},
    {53, "Полтавська,Полтавщина;Полтава"},
    {56, "Рівненська,Рівненщина;Рівне"},
    {59, "Сумська,Сумщина;Суми"},
    {61, "Тернопільська,Тернопільщина;Тернопіль"},
    {63, "Харківська,Харківщина;Харків"},
    {65, "Херсонська,Херсонщина;Херсон"},
    {68, "Хмельницька,Хмельниччина;Хмельницький"},
    {71, "Черкаська,Черкащина;Черкаси"},
    {73, "Чернівецька;Чернівці"},
    {74, "Чернігівська,Чернігівщина;Чернігів"},
    {80, "Київ,Києва,Києві,Kiev"},
    {85, "Севастополь,Севастополя,Севастополі"},
};

const char *hrmi_oblast_names(size_t i, uint8_t *number) {
    if (i >= sizeof oblasts / sizeof *oblasts) return NULL;
    *number = oblasts[i].number;
    return oblasts[i].names;
}

static const struct raion {
    const char *digits;
    const char *names;
} raions[] = {
    {"0702", "Володимир-Волинський,Володимирський"}, {"1210", "Новомосковський,Самарівський"},
    {"1808", "Новоград-Волинський,Звягельський"},    {"4412", "Сєвєродонецький,Сіверськодонецький"},
    {"4612", "Червоноградський,Шептицький"},         {"6306", "Красноградський,Берестинський"},
};

const char *hrmi_renamed_raion(size_t i, const char **digits) {
    if (i >= sizeof raions / sizeof *raions) return NULL;
    *digits = raions[i].digits;
    return raions[i].names;
}
