/*
 * Oblasts by all names under which tables have them. Their adjectives stand alone (`Вінницька`); nouns, which
 * are those of cities too, only where an oblast is spoken of: in a field of its own, or with `область`,
 * `oblast`. Київ is the city, but `Kyiv oblast` is the oblast. Transliterations need not be listed; listed
 * are the spellings that English had from Russian until the resolution of 1995 on names in Latin letters, and
 * that tables still have (Dnepropetrovsk): the Russian names by the system that BGN and PCGN agreed on in
 * 1947, without its apostrophes.
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
    {5, "Вінницька,Вінниччина;Вінниця,Vinnitsa"},
    {7, "Волинська;Волинь"},
    {12, "Дніпропетровська,Дніпропетровщина;Дніпропетровськ,Dnepropetrovsk"},
    {14, "Донецька,Донеччина;Донецьк"},
    {18, "Житомирська,Житомирщина;Житомир,Zhitomir"},
    {21, "Закарпатська;Закарпаття,Transcarpathia,Zakarpatye"},
    {23, "Запорізька;Запоріжжя,Zaporozhye"},
    {26, "Івано-Франківська,Івано-Франківщина;Івано-Франківськ,Ivano-Frankovsk"},
    {32, "Київська,Київщина"},
    {35, "Кіровоградська,Кіровоградщина;Кіровоград"},
    {44, "Луганська,Луганщина;Луганськ,Lugansk"},
    {46, "Львівська,Львівщина;Львів,Lvov"},
    {48, "Миколаївська,Миколаївщина;Миколаїв,Nikolaev,Nikolayev"},
    {51, "Одеська,Одещина;Одеса,Odessa"},
    {53, "Полтавська,Полтавщина;Полтава"},
    {56, "Рівненська,Рівненщина;Рівне,Rovno"},
    {59, "Сумська,Сумщина;Суми"},
    {61, "Тернопільська,Тернопільщина;Тернопіль,Ternopol"},
    {63, "Харківська,Харківщина;Харків,Kharkov"},
    {65, "Херсонська,Херсонщина;Херсон"},
    {68, "Хмельницька,Хмельниччина;Хмельницький,Khmelnitsky,Khmelnitskiy"},
    {71, "Черкаська,Черкащина;Черкаси,Cherkassy"},
    {73, "Чернівецька;Чернівці,Chernovtsy"},
    {74, "Чернігівська,Чернігівщина;Чернігів,Chernigov"},
    {80, "Київ,Києва,Києві,Kiev"},
    {85, "Севастополь,Севастополя,Севастополі"},
};

const char *hrmi_oblast_names(size_t i, uint8_t *number) {
    if (i >= sizeof oblasts / sizeof *oblasts) return NULL;
    *number = oblasts[i].number;
    return oblasts[i].names;
}

bool hrmi_oblast_lies_in(uint8_t number, uint8_t other) {
    if (number == HRMI_CITY_OF_KYIV && other == HRMI_KYIV_OBLAST) return true;
    return number == other || (number == HRMI_SEVASTOPOL && other == HRMI_CRIMEA);
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
