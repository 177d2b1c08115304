/* The region of four communities: see region.h. */
#include <dirent.h>

#include "recipe/region.h"

const char region_everything[] =
    "title: {uk: Спроба, en: A trial}\n"
    "tables:\n"
    "  - source: statistics.csv\n"
    "    key: code\n"
    "    decimal: comma\n"
    "    columns:\n"
    "      population: {field: pop, unit: persons}\n"
    "      income: {field: income, unit: kUAH}\n"
    "      kind: {field: kind, type: text}\n"
    "  - source: budget.csv\n"
    "    key: code\n"
    "    period: year\n"
    "    columns: {budget: {field: total, unit: UAH}}\n"
    "proximity:\n"
    "  - {id: front, source: 'front_*.geojson'}\n"
    "points:\n"
    "  - {id: damage, source: damage.csv, x: lon, y: lat, crs: 'EPSG:4326', by: class, covers: [UA05],\n"
    "     sum: [{id: cost, field: cost, unit: kUAH}]}\n"
    "projects:\n"
    "  - {source: projects.csv, key: code, amount: amount, actor: {field: actor}, period: year, id: id}\n"
    "money: {currency: UAH, price_year: 2021}\n"
    "indicators:\n"
    "  - investment_per_person\n"
    "  - {id: cost_per_person, formula: damage_cost_sum / population, unit: UAH per person, better: lower}\n"
    "  - {id: growth, formula: 100 * (budget@2022 / budget@2021 - 1), unit: '%'}\n"
    "output: [a.gpkg, {file: a.csv, reasons: true}]\n";

void region_write(const char *folder, const char *name, const char *text) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *const file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    (void)fputs(text, file);
    (void)fclose(file);
}

void region_write_squares(const char *folder, const char *name, size_t count, const region_square *squares) {
    char text[8192];
    size_t used = (size_t)snprintf(text, sizeof text, "{\"type\": \"FeatureCollection\", \"features\": [");
    for (size_t i = 0; i < count; i++) {
        char geometry[256] = "null";
        const int w = squares[i].west;
        if (w != 0)
            (void)snprintf(
                geometry, sizeof geometry,
                "{\"type\": \"Polygon\", \"coordinates\": [[[%d.%d, 50], [%d.%d, 50], [%d.%d, 50.1], "
                "[%d.%d, 50.1], [%d.%d, 50]]]}",
                w / 10, w % 10, (w + 1) / 10, (w + 1) % 10, (w + 1) / 10, (w + 1) % 10, w / 10, w % 10,
                w / 10, w % 10);
        used +=
            (size_t)snprintf(text + used, sizeof text - used,
                             "%s{\"type\": \"Feature\", \"properties\": {\"code\": \"%s\", \"name\": \"%s\", "
                             "\"km2\": %zu}, \"geometry\": %s}",
                             i > 0 ? ", " : "", squares[i].code, squares[i].name, 80 + i, geometry);
    }
    (void)snprintf(text + used, sizeof text - used, "]}\n");
    region_write(folder, name, text);
}

static void write_boundaries(const char *folder) {
    static const region_square squares[] = {{"UA0501001", "Перша", 300},
                                            {"UA0501002", "Друга", 301},
                                            {"UA0502001", "Третя", 302},
                                            {"UA0701001", "Четверта", 303}};
    region_write_squares(folder, "boundaries.geojson", 4, squares);
}

/* A front west of this longitude. */
static void write_front(const char *folder, const char *name, const char *east) {
    char text[1024];
    (void)snprintf(
        text, sizeof text,
        "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": {}, "
        "\"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[[29, 49], [%s, 49], [%s, 51], [29, 51], "
        "[29, 49]]]}}]}\n",
        east, east);
    region_write(folder, name, text);
}

char *region_make(void) {
    char *const folder = hrmt_folder("region");
    write_boundaries(folder);
    write_front(folder, "front_20240101.geojson", "30.1");
    write_front(folder, "front_20240201.geojson", "30.15");
    region_write(folder, "statistics.csv",
                 "code,pop,income,kind\n"
                 "UA0501001,1000,\"10,5\",міська\n"
                 "UA05010020000012345,500,\"1 234,5\",сільська\n"
                 "UA0502001,NA,багато,селищна\n"
                 "UA0909001,77,3,міська\n"
                 "невідомо,1,1,міська\n");
    region_write(
        folder, "budget.csv",
        "code,year,total\n"
        "UA0501001,2021,200\nUA0501001,2022,300\nUA0501002,2021,0\nUA0501002,2022,5\nUA0502001,2022,70\n");
    region_write(
        folder, "damage.csv",
        "lon,lat,class,cost\n"
        "30.05,50.05,house,\"1.5\"\n30.05,50.06,road,NA\n30.15,50.05,house,2\n40,40,house,9\n,,house,1\n");
    region_write(folder, "projects.csv",
                 "id,code,amount,actor,year\n"
                 "1,UA0501001,100,state,2021\n1,UA0501001,50,local,2021\n2,UA0502001,10,state,2022\n"
                 "3,UA0909001,5,state,2022\n4,,7,state,2022\n5,UA0701001,,state,2022\n");
    return folder;
}

hrm_recipe *region_recipe(hrm_context *ctx, const char *folder, const char *rest) {
    char text[8192];
    char path[4096];
    hrm_recipe *recipe = NULL;
    (void)snprintf(
        text, sizeof text,
        "hromada: 1\ncommunities: {source: boundaries.geojson, name: name, official_area: {field: km2, unit: "
        "km2}}\n%s",
        rest);
    region_write(folder, "recipe.yaml", text);
    (void)snprintf(path, sizeof path, "%s/recipe.yaml", folder);
    hrmt_ok(ctx, hrm_recipe_open(ctx, path, &recipe));
    return recipe;
}

bool region_has_beginning(const char *folder, const char *beginning) {
    bool found = false;
    DIR *const stream = opendir(folder);
    if (stream == NULL) return false;
    for (const struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream))
        if (strncmp(entry->d_name, beginning, strlen(beginning)) == 0) found = true;
    (void)closedir(stream);
    return found;
}

bool region_has(const char *folder, const char *name) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *const file = fopen(path, "rb");
    if (file != NULL) (void)fclose(file);
    return file != NULL;
}

char *region_read(const char *folder, const char *name) {
    char path[4096];
    enum { MOST = 1 << 20 };
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *const file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    char *const text = malloc(MOST);
    ck_assert_ptr_nonnull(text);
    text[fread(text, 1, MOST - 1, file)] = '\0';
    (void)fclose(file);
    return text;
}
