/* The keys of a recipe: see keys.h. */
#include "recipe/keys.h"

enum {
    TEXT = HRMI_KEY_TEXT,
    NUMBER = HRMI_KEY_NUMBER,
    YES_NO = HRMI_KEY_YES_NO,
    LIST = HRMI_KEY_LIST,
    MAP = HRMI_KEY_MAP
};

typedef hrmi_rule rule;

#define END                                                                                                  \
    { .key = NULL }

static const rule language_rules[] = {{.key = "uk", .kinds = TEXT}, {.key = "en", .kinds = TEXT}, END};

static const char *const better_words[] = {"higher", "lower", "neutral", NULL};
static const char *const column_rollups[] = {"sum", "min", "max", "mean", "none", NULL};
static const char *const indicator_rollups[] = {"recompute", "sum", "min", "max", "mean", "none", NULL};
static const char *const decimal_words[] = {"auto", "point", "comma", NULL};
static const char *const duplicate_words[] = {"error", "first", "last", "sum", "mean", "hold", NULL};
static const char *const type_words[] = {"number", "text", NULL};
static const char *const format_words[] = {"table", "dream", NULL};

static const rule measured_field_rules[] = {
    {.key = "field", .kinds = TEXT, .needed = true}, {.key = "unit", .kinds = TEXT, .needed = true}, END};

static const rule amount_rules[] = {{.key = "field", .kinds = TEXT, .needed = true},
                                    {.key = "unit", .kinds = TEXT},
                                    {.key = "scale", .kinds = NUMBER},
                                    END};

static const rule sum_rules[] = {{.key = "field", .kinds = TEXT, .needed = true},
                                 {.key = "id", .kinds = TEXT},
                                 {.key = "unit", .kinds = TEXT},
                                 {.key = "scale", .kinds = NUMBER},
                                 END};

static const rule field_rules[] = {{.key = "field", .kinds = TEXT, .needed = true}, END};

static const rule community_rules[] = {{.key = "source", .kinds = TEXT, .needed = true},
                                       {.key = "layer", .kinds = TEXT},
                                       {.key = "where", .kinds = TEXT},
                                       {.key = "crs", .kinds = TEXT},
                                       {.key = "encoding", .kinds = TEXT},
                                       {.key = "note", .kinds = TEXT},
                                       {.key = "code", .kinds = TEXT},
                                       {.key = "name", .kinds = TEXT | MAP, .map = language_rules},
                                       {.key = "raion", .kinds = TEXT | MAP, .map = language_rules},
                                       {.key = "oblast", .kinds = TEXT | MAP, .map = language_rules},
                                       {.key = "official_area", .kinds = MAP, .map = measured_field_rules},
                                       {.key = "topology", .kinds = YES_NO},
                                       END};

static const rule column_rules[] = {{.key = "field", .kinds = TEXT, .needed = true},
                                    {.key = "unit", .kinds = TEXT},
                                    {.key = "scale", .kinds = NUMBER},
                                    {.key = "type", .kinds = TEXT, .words = type_words},
                                    {.key = "title", .kinds = TEXT | MAP, .map = language_rules},
                                    {.key = "better", .kinds = TEXT, .words = better_words},
                                    {.key = "rollup", .kinds = TEXT, .words = column_rollups},
                                    {.key = "weight", .kinds = TEXT},
                                    END};

static const rule columns_rules[] = {{.key = "*", .kinds = TEXT | MAP, .map = column_rules}, END};

static const rule codifier_rules[] = {{.key = "source", .kinds = TEXT, .needed = true},
                                      {.key = "layer", .kinds = TEXT},
                                      {.key = "sheet", .kinds = TEXT},
                                      {.key = "header_row", .kinds = NUMBER},
                                      {.key = "header_rows", .kinds = NUMBER},
                                      {.key = "where", .kinds = TEXT},
                                      {.key = "sql", .kinds = TEXT},
                                      {.key = "encoding", .kinds = TEXT},
                                      {.key = "note", .kinds = TEXT},
                                      {.key = "code", .kinds = TEXT},
                                      {.key = "name", .kinds = TEXT | MAP, .map = language_rules},
                                      {.key = "category", .kinds = TEXT},
                                      {.key = "type", .kinds = TEXT},
                                      {.key = "old_code", .kinds = TEXT},
                                      {.key = "old_name", .kinds = TEXT},
                                      {.key = "valid_from", .kinds = TEXT},
                                      {.key = "valid_to", .kinds = TEXT},
                                      {.key = "successor", .kinds = TEXT},
                                      END};

/* Crosswalks and aliases. */
static const rule crosswalk_rules[] = {{.key = "source", .kinds = TEXT, .needed = true},
                                       {.key = "layer", .kinds = TEXT},
                                       {.key = "sheet", .kinds = TEXT},
                                       {.key = "header_row", .kinds = NUMBER},
                                       {.key = "header_rows", .kinds = NUMBER},
                                       {.key = "where", .kinds = TEXT},
                                       {.key = "sql", .kinds = TEXT},
                                       {.key = "encoding", .kinds = TEXT},
                                       {.key = "note", .kinds = TEXT},
                                       {.key = "written", .kinds = TEXT},
                                       {.key = "code", .kinds = TEXT},
                                       {.key = "oblast", .kinds = TEXT},
                                       {.key = "raion", .kinds = TEXT},
                                       {.key = "row", .kinds = TEXT},
                                       END};

static const rule key_rules[] = {{.key = "code", .kinds = TEXT},  {.key = "oblast", .kinds = TEXT},
                                 {.key = "raion", .kinds = TEXT}, {.key = "name", .kinds = TEXT},
                                 {.key = "type", .kinds = TEXT},  {.key = "x", .kinds = TEXT},
                                 {.key = "y", .kinds = TEXT},     END};

static const rule table_rules[] = {{.key = "source", .kinds = TEXT, .needed = true},
                                   {.key = "id", .kinds = TEXT},
                                   {.key = "layer", .kinds = TEXT},
                                   {.key = "sheet", .kinds = TEXT},
                                   {.key = "where", .kinds = TEXT},
                                   {.key = "encoding", .kinds = TEXT},
                                   {.key = "note", .kinds = TEXT},
                                   {.key = "key", .kinds = TEXT | MAP, .needed = true, .map = key_rules},
                                   {.key = "crs", .kinds = TEXT},
                                   {.key = "codifier", .kinds = TEXT | MAP, .map = codifier_rules},
                                   {.key = "crosswalk", .kinds = TEXT | MAP, .map = crosswalk_rules},
                                   {.key = "aliases", .kinds = TEXT | MAP, .map = crosswalk_rules},
                                   {.key = "keep_totals", .kinds = YES_NO},
                                   {.key = "duplicates", .kinds = TEXT, .words = duplicate_words},
                                   {.key = "decimal", .kinds = TEXT, .words = decimal_words},
                                   {.key = "period", .kinds = TEXT},
                                   {.key = "columns", .kinds = MAP, .needed = true, .map = columns_rules},
                                   {.key = "header_row", .kinds = NUMBER},
                                   {.key = "header_rows", .kinds = NUMBER},
                                   {.key = "sql", .kinds = TEXT},
                                   END};

static const rule proximity_rules[] = {
    {.key = "id", .kinds = TEXT, .needed = true},
    {.key = "source", .kinds = TEXT, .needed = true},
    {.key = "title", .kinds = TEXT | MAP, .map = language_rules},
    {.key = "layer", .kinds = TEXT},
    {.key = "where", .kinds = TEXT},
    {.key = "crs", .kinds = TEXT},
    {.key = "encoding", .kinds = TEXT},
    {.key = "note", .kinds = TEXT},
    {.key = "bands_km",
     .kinds = LIST,
     .items = NUMBER,
     .later = "leave it out; the distance itself is in the column <id>_distance_m"},
    END};

static const rule point_rules[] = {{.key = "id", .kinds = TEXT, .needed = true},
                                   {.key = "source", .kinds = TEXT, .needed = true},
                                   {.key = "title", .kinds = TEXT | MAP, .map = language_rules},
                                   {.key = "layer", .kinds = TEXT},
                                   {.key = "sheet", .kinds = TEXT},
                                   {.key = "where", .kinds = TEXT},
                                   {.key = "sql", .kinds = TEXT},
                                   {.key = "header_row", .kinds = NUMBER},
                                   {.key = "header_rows", .kinds = NUMBER},
                                   {.key = "crs", .kinds = TEXT},
                                   {.key = "encoding", .kinds = TEXT},
                                   {.key = "note", .kinds = TEXT},
                                   {.key = "x", .kinds = TEXT},
                                   {.key = "y", .kinds = TEXT},
                                   {.key = "by", .kinds = TEXT},
                                   {.key = "sum", .kinds = LIST, .items = TEXT | MAP, .item_map = sum_rules},
                                   {.key = "decimal", .kinds = TEXT, .words = decimal_words},
                                   {.key = "covers", .kinds = TEXT | LIST, .items = TEXT},
                                   END};

static const char *const kind_words[] = {"extensive", "intensive", NULL};
static const char *const gap_words[] = {"leave", "share", NULL};

static const rule area_column_rules[] = {{.key = "field", .kinds = TEXT, .needed = true},
                                         {.key = "kind", .kinds = TEXT, .needed = true, .words = kind_words},
                                         {.key = "unit", .kinds = TEXT},
                                         {.key = "scale", .kinds = NUMBER},
                                         {.key = "title", .kinds = TEXT | MAP, .map = language_rules},
                                         {.key = "better", .kinds = TEXT, .words = better_words},
                                         {.key = "rollup", .kinds = TEXT, .words = column_rollups},
                                         {.key = "weight", .kinds = TEXT},
                                         END};

static const rule area_columns_rules[] = {{.key = "*", .kinds = MAP, .map = area_column_rules}, END};

/* Points whose weights say where in an area its people are. */
static const rule area_weight_rules[] = {{.key = "source", .kinds = TEXT, .needed = true},
                                         {.key = "layer", .kinds = TEXT},
                                         {.key = "sheet", .kinds = TEXT},
                                         {.key = "header_row", .kinds = NUMBER},
                                         {.key = "header_rows", .kinds = NUMBER},
                                         {.key = "where", .kinds = TEXT},
                                         {.key = "sql", .kinds = TEXT},
                                         {.key = "crs", .kinds = TEXT},
                                         {.key = "encoding", .kinds = TEXT},
                                         {.key = "note", .kinds = TEXT},
                                         {.key = "x", .kinds = TEXT},
                                         {.key = "y", .kinds = TEXT},
                                         {.key = "weight", .kinds = TEXT},
                                         {.key = "decimal", .kinds = TEXT, .words = decimal_words},
                                         {.key = "fall_back_to_area", .kinds = YES_NO},
                                         END};

static const rule area_rules[] = {{.key = "source", .kinds = TEXT, .needed = true},
                                  {.key = "layer", .kinds = TEXT},
                                  {.key = "where", .kinds = TEXT},
                                  {.key = "sql", .kinds = TEXT},
                                  {.key = "crs", .kinds = TEXT},
                                  {.key = "encoding", .kinds = TEXT},
                                  {.key = "note", .kinds = TEXT},
                                  {.key = "columns", .kinds = MAP, .needed = true, .map = area_columns_rules},
                                  {.key = "decimal", .kinds = TEXT, .words = decimal_words},
                                  {.key = "weights", .kinds = MAP, .map = area_weight_rules},
                                  {.key = "gaps", .kinds = TEXT, .words = gap_words},
                                  {.key = "least_covered_share", .kinds = NUMBER},
                                  END};

static const rule project_rules[] = {
    {.key = "source", .kinds = TEXT, .needed = true},
    {.key = "format", .kinds = TEXT, .words = format_words},
    {.key = "layer", .kinds = TEXT},
    {.key = "sheet", .kinds = TEXT},
    {.key = "where", .kinds = TEXT},
    {.key = "sql", .kinds = TEXT},
    {.key = "header_row", .kinds = NUMBER},
    {.key = "header_rows", .kinds = NUMBER},
    {.key = "encoding", .kinds = TEXT},
    {.key = "note", .kinds = TEXT},
    {.key = "key", .kinds = TEXT, .needed = true},
    {.key = "amount", .kinds = TEXT | MAP, .needed = true, .map = amount_rules},
    {.key = "actor", .kinds = TEXT | MAP, .map = field_rules},
    {.key = "sector", .kinds = TEXT},
    {.key = "period", .kinds = TEXT},
    {.key = "id", .kinds = TEXT},
    {.key = "decimal", .kinds = TEXT, .words = decimal_words},
    {.key = "covers", .kinds = TEXT | LIST, .items = TEXT},
    {.key = "currency", .kinds = TEXT},
    {.key = "price_year", .kinds = NUMBER},
    END};

static const rule money_rules[] = {{.key = "currency", .kinds = TEXT, .needed = true},
                                   {.key = "price_year", .kinds = NUMBER},
                                   {.key = "rates",
                                    .kinds = TEXT,
                                    .later =
                                        "amounts are not converted: bring all sources to one currency and "
                                        "price year, and leave it out"},
                                   END};

static const rule indicator_rules[] = {{.key = "id", .kinds = TEXT, .needed = true},
                                       {.key = "formula", .kinds = TEXT, .needed = true},
                                       {.key = "unit", .kinds = TEXT},
                                       {.key = "title", .kinds = TEXT | MAP, .map = language_rules},
                                       {.key = "better", .kinds = TEXT, .words = better_words},
                                       {.key = "rollup", .kinds = TEXT, .words = indicator_rollups},
                                       {.key = "weight", .kinds = TEXT},
                                       {.key = "note", .kinds = TEXT},
                                       END};

static const rule output_rules[] = {
    {.key = "file", .kinds = TEXT, .needed = true}, {.key = "reasons", .kinds = YES_NO}, END};

const rule hrmi_recipe_rules[] = {
    {.key = "hromada", .kinds = NUMBER, .needed = true},
    {.key = "title", .kinds = TEXT | MAP, .map = language_rules},
    {.key = "communities", .kinds = MAP, .needed = true, .map = community_rules},
    {.key = "codifier", .kinds = TEXT | MAP, .map = codifier_rules},
    {.key = "crosswalk", .kinds = TEXT | MAP, .map = crosswalk_rules},
    {.key = "aliases", .kinds = TEXT | MAP, .map = crosswalk_rules},
    {.key = "tables", .kinds = LIST, .items = MAP, .item_map = table_rules},
    {.key = "proximity", .kinds = LIST, .items = MAP, .item_map = proximity_rules},
    {.key = "points", .kinds = LIST, .items = MAP, .item_map = point_rules},
    {.key = "areas", .kinds = LIST, .items = MAP, .item_map = area_rules},
    {.key = "rasters",
     .kinds = LIST,
     .items = MAP,
     .later = "sum the raster per community with another tool and give the result under 'tables'"},
    {.key = "projects", .kinds = LIST, .items = MAP, .item_map = project_rules},
    {.key = "money", .kinds = MAP, .map = money_rules},
    {.key = "indicators", .kinds = TEXT | LIST, .items = TEXT | MAP, .item_map = indicator_rules},
    {.key = "output", .kinds = LIST, .items = TEXT | MAP, .item_map = output_rules},
    END};
