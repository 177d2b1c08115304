/*
 * The recipe as it is in memory: what the YAML said, with defaults in place, every text in one arena, and the
 * place in the text of everything that a later message may be about.
 */
#ifndef HRMI_RECIPE_H
#define HRMI_RECIPE_H

#include "base/arena.h"
#include "hromada/recipe.h"
#include "io/hash.h"
#include "recipe/yaml.h"

/* A file, and where in it the rows are. Texts that were not given are NULL. */
typedef struct hrmi_recipe_source {
    hrmi_place place;
    const char *path; /* as written */
    const char *layer;
    const char *where;
    const char *sql;
    uint32_t header_row;  /* 0: found */
    uint32_t header_rows; /* 0: found */
    const char *crs;
    const char *encoding;
    const char *note; /* a remark for whoever reads the columns: goes into their source notes */
} hrmi_recipe_source;

/* What tables are joined through beside the layer: a codifier, a crosswalk, or names that a person settled.
 * Each is opened once, however many tables name it. Fields that were not given are NULL: found. */
enum { HRMI_LOOKUP_CODIFIER = 0, HRMI_LOOKUP_CROSSWALK = 1, HRMI_LOOKUP_ALIASES = 2, HRMI_LOOKUP_KINDS = 3 };
enum {
    HRMI_LOOKUP_CODE,
    HRMI_LOOKUP_NAME_UK, /* from here on of codifiers … */
    HRMI_LOOKUP_NAME_EN,
    HRMI_LOOKUP_CATEGORY,
    HRMI_LOOKUP_TYPE,
    HRMI_LOOKUP_OLD_CODE,
    HRMI_LOOKUP_OLD_NAME,
    HRMI_LOOKUP_VALID_FROM,
    HRMI_LOOKUP_VALID_TO,
    HRMI_LOOKUP_SUCCESSOR,
    HRMI_LOOKUP_WRITTEN, /* … and from here on of crosswalks and aliases */
    HRMI_LOOKUP_OBLAST,
    HRMI_LOOKUP_RAION,
    HRMI_LOOKUP_ROW,
    HRMI_LOOKUP_FIELDS
};
typedef struct hrmi_recipe_lookup {
    hrmi_recipe_source source;
    int32_t kind; /* HRMI_LOOKUP_CODIFIER … */
    const char *fields[HRMI_LOOKUP_FIELDS];
} hrmi_recipe_lookup;

/* Places in the recipe's lookups, by kind; HRM_NONE: none. */
typedef struct hrmi_recipe_lookups {
    size_t of[HRMI_LOOKUP_KINDS];
} hrmi_recipe_lookups;

typedef struct hrmi_recipe_communities {
    hrmi_recipe_source source;
    const char *code;
    const char *name[2]; /* [HRM_UK], [HRM_EN] */
    const char *raion[2];
    const char *oblast[2];
    const char *area_field; /* of the official area; NULL: none */
    double area_scale;      /* m² in one of its units */
    bool topology;
} hrmi_recipe_communities;

typedef struct hrmi_recipe_column {
    hrmi_place place;
    const char *id;
    const char *field;
    const char *given_unit; /* as written; NULL: not given */
    const char *unit;       /* of the column: the base unit; "" where not given */
    const char *title[2];
    const char *weight;
    double scale;
    int32_t direction;
    int32_t rollup;
    bool rollup_assumed; /* by the unit, not said */
    bool is_text;
    bool is_wide;          /* `field` is a pattern: it has a {period} */
    bool is_doubtful_unit; /* looks like a multiple, and is none that is known */
} hrmi_recipe_column;

/* How the rows of a table say which community they mean: fields; NULL where there is none. */
typedef struct hrmi_recipe_key {
    const char *code;
    const char *oblast;
    const char *raion;
    const char *name;
    const char *type;
    const char *x;
    const char *y;
} hrmi_recipe_key;

typedef struct hrmi_recipe_table {
    hrmi_recipe_source source;
    const char *id; /* NULL: none */
    hrmi_recipe_key key;
    hrmi_recipe_lookups lookups;
    const char *period; /* NULL: no panel */
    bool keep_totals;
    int32_t duplicates;
    int32_t decimal;
    hrmi_recipe_column *columns;
    size_t column_count;
} hrmi_recipe_table;

typedef struct hrmi_recipe_proximity {
    hrmi_recipe_source source;
    const char *id;
    const char *title[2];
} hrmi_recipe_proximity;

/* Where a source looked: outside it "none" is not known, so the value is missing. */
enum { HRMI_COVERS_ALL = 0, HRMI_COVERS_LISTED = 1, HRMI_COVERS_CODES = 2 };
typedef struct hrmi_recipe_covers {
    hrmi_place place;
    int32_t kind;
    bool assumed; /* not said: all */
    const char **codes;
    size_t code_count;
} hrmi_recipe_covers;

typedef struct hrmi_recipe_points {
    hrmi_recipe_source source;
    hrmi_recipe_covers covers;
    const char *id;
    const char *title[2];
    const char *x; /* NULL: the features' geometry */
    const char *y;
    const char *by;
    int32_t decimal;
    const char **sums;   /* names of the values: <id>_<sum>_sum */
    const char **fields; /* where they are in the file */
    const char **units;  /* elements "" where not given */
    double *scales;
    size_t sum_count;
} hrmi_recipe_points;

/* Values of other boundaries, brought to the communities. */
typedef struct hrmi_recipe_areas {
    hrmi_recipe_source source;
    hrmi_recipe_source weights; /* path NULL: by area */
    hrmi_recipe_column *columns;
    int32_t *kinds; /* HRM_AREAL_… of each */
    size_t column_count;
    int32_t decimal, weights_decimal;
    const char *x; /* of the weights; NULL: the features' geometry */
    const char *y;
    const char *weight; /* NULL: every point weighs the same */
    bool fall_back_to_area, share_gaps;
    double least_covered_share;
} hrmi_recipe_areas;

typedef struct hrmi_recipe_projects {
    hrmi_recipe_source source;
    hrmi_recipe_covers covers;
    const char *key;
    const char *amount;
    const char *given_unit; /* NULL: not given, so the currency itself */
    double scale;
    int32_t actor;
    const char *actor_field;
    const char *sector;
    const char *period;
    const char *id;
    int32_t decimal;
} hrmi_recipe_projects;

/* One indicator asked for: of the catalogue, or the recipe's own. */
typedef struct hrmi_recipe_indicator {
    hrmi_place place;
    hrm_indicator indicator; /* texts borrowed from the catalogue or the arena */
    bool own;
    const char *needed_by; /* the id of the one that reads it, where the recipe does not name it; else NULL */
} hrmi_recipe_indicator;

typedef struct hrmi_recipe_output {
    hrmi_place place;
    const char *file;
    bool is_geopackage; /* else CSV */
    bool reasons;       /* with columns that say why values are missing */
} hrmi_recipe_output;

struct hrm_recipe {
    hrmi_arena arena;
    hrm_allocator allocator;
    const char *name;              /* for messages: the file as it was opened */
    const char *home;              /* the recipe's own folder; "" for the working directory */
    char *folder;                  /* what relative paths are relative to; allocated apart: it can be set */
    char sha256[HRMI_SHA256_SIZE]; /* of the text */
    size_t bytes;
    const char *title[2];
    bool allow_server; /* sources may be databases on servers */
    hrmi_recipe_lookup *lookups;
    size_t lookup_count;
    hrmi_recipe_lookups common; /* of all that do not name their own */
    hrmi_recipe_communities communities;
    hrmi_recipe_table *tables;
    size_t table_count;
    hrmi_recipe_proximity *proximity;
    size_t proximity_count;
    hrmi_recipe_points *points;
    size_t points_count;
    hrmi_recipe_areas *areas;
    size_t areas_count;
    hrmi_recipe_projects *projects;
    size_t projects_count;
    const char *currency; /* of all projects; NULL without projects */
    const char *price_year;
    const char *money_unit; /* "UAH", "UAH of 2015" */
    bool all_indicators;    /* whatever of the catalogue can be computed */
    hrmi_place indicators_place;
    hrmi_recipe_indicator *indicators;
    size_t indicator_count;
    hrmi_recipe_output *outputs;
    size_t output_count;
};

/* Fills a recipe whose arena, name and allocator are set from a checked tree. */
hrm_status hrmi_recipe_read(hrm_context *ctx, hrm_recipe *recipe, const hrmi_yaml *root);

/* Whether a table or areas of the recipe make a column of this id (for a panel: of this id before the @). */
bool hrmi_recipe_has_column(const hrm_recipe *recipe, const char *id);

/* "<recipe>, line L, column C: " before the text of a failure; its status. */
hrm_status hrmi_recipe_fail_at(hrm_context *ctx, hrm_status status, const hrm_recipe *recipe,
                               hrmi_place place);

#endif
