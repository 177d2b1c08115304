/**
 * @file io.h
 * Files: opening layers, references and tables of any format that GDAL reads, and writing results. Not in the
 * core profile.
 *
 * A source is a file, or one in an archive (`/vsizip/a.zip/b.shp`, `/vsigzip/a.csv.gz`,
 * `/vsitar/a.tar/b.csv`). Files are not trusted: nothing is read beside the named file and its own companions
 * (the parts of a Shapefile), nothing from the network or from databases on servers (but PostgreSQL, where
 * the caller allows it), links in files are not followed, and sizes are bounded.
 *
 * **Headings** of CSV and spreadsheets are found: they are the first of the first 50 rows, alone or joined
 * with up to 3 rows below it, that hold every field that is asked for. Of several rows a heading is
 * `upper / lower`: an empty upper one continues the one to its left (merged cells come so), one with nothing
 * below it stands for itself. A field is named by the whole heading, or by its lower part where only one
 * field has it; case, blanks and line breaks, no-break spaces and zero-width characters do not count.
 *
 * **Rows that are no data** are kept out and told: the headings again; right below them column numbers (1, 2,
 * 3 …) and rows that say nothing in the fields that are asked for; and totals: rows that begin with a word
 * for them (`Всього`, `Усього по області`, `Total` …) before any other text.
 *
 * **CSV** is separated by the one of `,` `;` tab `|` that stands equally often in most rows, and is UTF-8
 * with or without its mark, UTF-16 with its mark, or Windows-1251. The last is found without being told where
 * the first MiB is not UTF-8 and all its bytes above ASCII are Ukrainian or Russian letters and marks in it
 * that make plausible words; then a warning says so. Otherwise cells that are not UTF-8 are unusable. A file
 * in which UTF-8 is mixed into another encoding is an error with the line.
 */
#ifndef HROMADA_IO_H
#define HROMADA_IO_H

#include "hromada/areal.h"
#include "hromada/catalogue.h"
#include "hromada/join.h"
#include "hromada/projects.h"
#include "hromada/proximity.h"
#include "hromada/tally.h"

HRM_BEGIN_DECLS

/** Where in a file the features or rows are. Part of the options below. */
typedef struct hrm_source {
    uint32_t struct_size; /**< sizeof (hrm_source) */
    uint32_t header_row; /**< CSV and spreadsheets: the (first) row of headings, counted from 1. Rows above it
                            are passed over. 0: found, the first of the first 50 rows whose headings hold all
                            fields that are asked for; where none is, by what stands above the first row with
                            a code. A row that holds codes is no row of headings (HRM_ERROR_FORMAT). Of other
                            formats more than 1 is refused */
    const char *path;    /**< needed; a relative one is relative to the working directory */
    const char *layer;   /**< the layer or sheet; NULL: the only one, of layers with boundaries the only one
                            with geometry (several: an error that names them) */
    const char *where; /**< an attribute filter, OGR SQL; cells of CSV and spreadsheets are text in it; NULL:
                          all. Of files a text in it has at most 3 signs `%`, as comparing long cells with
                          more takes too long (HRM_ERROR_UNSUPPORTED) */
    const char *crs;   /**< said by the caller: wins over the file's, with a warning where they differ; NULL:
                          the file's */
    const char *encoding; /**< "CP1251", for files that do not say; NULL: as the file says, else UTF-8 or
                             found (CSV, see above). A name that is not known is an error
                             (HRM_ERROR_UNSUPPORTED) */
    const char *sql; /**< GeoPackage, SQLite, PostgreSQL: one SELECT (or WITH … SELECT) in the database's own
                        SQL, whose rows are read instead of a layer's; none at all is an error. NULL: none.
                        Excludes `layer` and `where`. In files only functions that read nothing but the file
                        may be called, here and in `where`, and no WITH may read from itself, as it need not
                        come to an end; of other formats it is refused (HRM_ERROR_UNSUPPORTED). While the
                        database works for its next row, cancelling waits: see hrm_context_cancel() */
    uint32_t header_rows; /**< CSV and spreadsheets: how many rows of headings there are, one below the other:
                             joined as `upper / lower`, an empty upper one being that to its left (merged
                             cells). 0: found as header_row is, up to 4; at most 8 */
    int32_t allow_server; /**< 1: `path` may be a PostgreSQL connection ("PG:host=… dbname=…"), which is
                             read in one transaction that only reads and is undone at the end; messages tell
                             of it only where it is. What reading itself may do there (call functions that
                             read the server's files or connect elsewhere) is for the rights of the user that
                             it names: give one that may only read. 0, the default: refused, as everything
                             that is no file */
} hrm_source;

/** Prepare a source: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_source_init(hrm_source *source, size_t struct_size);

/**
 * Whether two paths lead to one file, through links too, or to one that is not there yet. Programs ask it
 * before any work, so that no result is written over what it was made of: the functions that write replace
 * what stands there. Needs no context. NULL leads to none.
 * @since 0.1
 */
HRM_API bool hrm_same_file(const char *a, const char *b);

/** How to open a layer of communities. Field names are compared without regard to case. */
typedef struct hrm_layer_options {
    uint32_t struct_size; /**< sizeof (hrm_layer_options) */
    int32_t find_names;   /**< 1: fields of names that are NULL below are found where they are called as usual
                             (`ADM3_UA`, `name_uk`, `raion_uk` …); 0, the default: none then */
    const char *code; /**< the field of codes; NULL: the only field whose values are KATOTTG codes or P-codes
                         of communities; "": there is none, `codifier` finds them by name */
    const char *name_uk;          /**< the field of Ukrainian names; NULL: none */
    const char *name_en;          /**< of English names; NULL: none */
    const char *raion_uk;         /**< of the raion's Ukrainian name; NULL: none */
    const char *raion_en;         /**< of its English name; NULL: none */
    const char *oblast_uk;        /**< of the oblast's Ukrainian name; NULL: none */
    const char *oblast_en;        /**< of its English name; NULL: none */
    const char *official_area;    /**< the field of the official area; NULL: none */
    double official_area_scale;   /**< m² in one unit of it, above 0: 1e6 for km² (the default) */
    const hrm_codifier *codifier; /**< NULL; else a layer without a field of codes gets those of the codifier,
                                     by name (name_uk, or else name_en, within raion and oblast; those named
                                     in neither language are found as with find_names): see gazetteer.h.
                                     Features not found are left out, as without a code, and say why; so are
                                     all that claim one community, as a name among them must be wrong.
                                     HRM_ERROR_CODE where fewer than half are known, or most have names of
                                     oblasts */
    const hrm_crosswalk *aliases; /**< NULL, or names that a person settled, for the same; needs `codifier`.
                                     Their codes need not be in it (the Chornobyl zone, UA3200000) */
} hrm_layer_options;

/** Prepare options: defaults, `struct_size` set. @since 0.1 */
HRM_API void hrm_layer_options_init(hrm_layer_options *options, size_t struct_size);

/**
 * Open a layer of communities.
 *
 * @param ctx       the caller's context
 * @param source    where; see hrm_source
 * @param options   NULL for the defaults
 * @param[out] out  the layer; free with hrm_layer_free()
 * @return as hrm_layer_from_wkb(), and HRM_ERROR_FILE, HRM_ERROR_FORMAT, HRM_ERROR_FIELD (no code field, two
 * possible ones, no such field or layer; the message lists what there is)
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_layer_open(hrm_context *ctx, const hrm_source *source,
                                                 const hrm_layer_options *options, hrm_layer **out);

/** Open a reference: as hrm_reference_from_wkb(), and the errors of hrm_layer_open(). @since 0.1 */
HRM_API HRM_MUST_CHECK hrm_status hrm_reference_open(hrm_context *ctx, const hrm_source *source,
                                                     hrm_reference **out);

/** Which fields of a table say what. Headings are compared without regard to case, blanks around and inside,
 * and zero-width characters. */
typedef struct hrm_join_fields {
    uint32_t struct_size; /**< sizeof (hrm_join_fields) */
    int32_t keep_totals;  /**< 1: rows of totals are rows as any other; 0, the default: kept out, reported */
    const char *code;     /**< the field of codes; NULL: none. One of code, name and x is needed */
    const char *oblast;   /**< of the oblast's name or code; NULL: none */
    const char *raion;    /**< of the raion's name or code; NULL: none */
    const char *name;     /**< of the community's name; NULL: none */
    const char *type;     /**< of its type (міська …); NULL: none */
    const char *x;        /**< of eastings or longitudes; NULL: none. "" : the features' points */
    const char *y;        /**< of northings or latitudes; with x */
    const char *period;   /**< of periods; NULL: none */
    const char *const *fields; /**< the fields to hand to the join's columns, in their order */
    size_t field_count;        /**< as many as the join has columns */
} hrm_join_fields;

/** Prepare fields: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_join_fields_init(hrm_join_fields *fields, size_t struct_size);

/**
 * Feed all rows of a file to a join.
 *
 * @param ctx     the caller's context
 * @param source  a CSV, spreadsheet, GeoPackage … table
 * @param fields  which fields say what
 * @param join    gets the rows; row numbers are those of the file as a spreadsheet program shows them, the
 * first row being 1 (of a layer the first feature that passes the filter); blank lines are no rows but count
 * for the numbers, and a row of CSV is one however many lines its cells have. After a failure it may hold the
 * rows before it: free it
 * @return HRM_OK, HRM_ERROR_FILE, HRM_ERROR_FORMAT, HRM_ERROR_FIELD (names the nearest field),
 * HRM_ERROR_LIMIT (a cell over 1 MiB; a spreadsheet of more than 1 GiB when unpacked), HRM_ERROR_ARGUMENT,
 * HRM_ERROR_MEMORY, HRM_ERROR_CANCELLED
 *
 * CSV is damaged, and an error with its line, where a quote is never closed, a row has more cells than there
 * are headings, or a zero byte stands; rows with fewer cells are filled with empty ones, with a warning.
 * Fields of numbers and dates become exact text: integers as they are, doubles with as many digits as give
 * the same double back, dates as ISO 8601.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_join_read(hrm_context *ctx, const hrm_source *source,
                                                const hrm_join_fields *fields, hrm_join *join);

/** What the fields of a table hold. @see hrm_fields_open */
typedef struct hrm_fields hrm_fields;

/** One field. Texts are borrowed from the fields. */
typedef struct hrm_field_info {
    uint32_t struct_size; /**< the caller's sizeof */
    int32_t is_number;    /**< 1: more than half of what is filled are numbers, none with zeros in front, and
                             they are no codes of communities: its other cells will be unusable */
    const char *name;     /**< the heading as it stands */
    const char *id;   /**< an id for a column made of it: what is no letter, digit or `_` becomes `_`, and no
                         other field, nor a column that results have themselves, is called so */
    size_t filled;    /**< rows in which it says something */
    size_t numbers;   /**< of those, numbers, whatever points and commas mean (`1,234` too) */
    size_t codes;     /**< of those, KATOTTG codes and P-codes of communities and what lies in them */
    size_t old_codes; /**< of those, codes of 8 to 11 digits: former ones, perhaps */
} hrm_field_info;

/**
 * Look at the fields of a table: all rows but totals and repeated headings are read.
 *
 * @param ctx           the caller's context
 * @param source        a CSV, spreadsheet, GeoPackage … table
 * @param wanted        fields that there must be: the row of headings is found by them; may be NULL with 0
 * @param wanted_count  how many
 * @param[out] out      the fields; free with hrm_fields_free()
 * @return the errors of hrm_join_read()
 *
 * Cost: one reading of the file.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_fields_open(hrm_context *ctx, const hrm_source *source,
                                                  const char *const *wanted, size_t wanted_count,
                                                  hrm_fields **out);

/** Free fields; NULL is nothing. @since 0.1 */
HRM_API void hrm_fields_free(hrm_fields *fields);

/** How many fields. @since 0.1 */
HRM_API size_t hrm_fields_count(const hrm_fields *fields);

/** How many rows were looked at. @since 0.1 */
HRM_API size_t hrm_fields_row_count(const hrm_fields *fields);

/** One field. @return false when there is none of that number or `out` has no size @since 0.1 */
HRM_API bool hrm_fields_field(const hrm_fields *fields, size_t i, hrm_field_info *out);

/** The field of a name, compared as headings are (without regard to case, blanks around and inside …); of
 * several the first, of none ::HRM_NONE. @since 0.1 */
HRM_API size_t hrm_fields_find(const hrm_fields *fields, const char *name);

/**
 * The field of codes: the only one that is filled in half of the rows at least, nine tenths with codes of
 * communities; of several that name the same communities row by row, the first. Where there is none, codes
 * may be rarer: a third where the heading says that it holds codes, else three quarters.
 *
 * @param ctx         the caller's context
 * @param fields      the fields
 * @param[out] place  the field
 * @return HRM_OK, HRM_ERROR_FIELD (none, or several that differ: they are named), HRM_ERROR_ARGUMENT
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_fields_find_code(hrm_context *ctx, const hrm_fields *fields,
                                                       size_t *place);

/** Which fields of a table hold a codifier. NULL: found by the headings of the official file (five levels,
 * the category, the name) or of tables that name their columns alike; without. */
typedef struct hrm_codifier_fields {
    uint32_t struct_size;   /**< sizeof (hrm_codifier_fields) */
    uint32_t reserved;      /**< 0; anything else is refused */
    const char *code;       /**< of codes: one field, or NULL for the last filled one of the five levels */
    const char *name_uk;    /**< as hrm_codifier_input::names_uk */
    const char *name_en;    /**< as hrm_codifier_input::names_en */
    const char *category;   /**< as hrm_codifier_input::categories */
    const char *type;       /**< as hrm_codifier_input::types */
    const char *old_code;   /**< as hrm_codifier_input::old_codes */
    const char *old_name;   /**< as hrm_codifier_input::old_names */
    const char *valid_from; /**< as hrm_codifier_input::valid_from */
    const char *valid_to;   /**< as hrm_codifier_input::valid_to */
    const char *successor;  /**< as hrm_codifier_input::successors */
} hrm_codifier_fields;

/** Prepare fields: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_codifier_fields_init(hrm_codifier_fields *fields, size_t struct_size);

/**
 * Open a codifier, as the ministry publishes it (CSV, XLSX), or a table with such fields.
 *
 * @param ctx       the caller's context
 * @param source    a table; see hrm_source
 * @param fields    NULL: found
 * @param[out] out  the codifier; free with hrm_codifier_free()
 * @return the errors of hrm_join_read() and hrm_codifier_new()
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_codifier_open(hrm_context *ctx, const hrm_source *source,
                                                    const hrm_codifier_fields *fields, hrm_codifier **out);

/** Which fields of a table hold a crosswalk or aliases. */
typedef struct hrm_crosswalk_fields {
    uint32_t struct_size; /**< sizeof (hrm_crosswalk_fields) */
    uint32_t reserved;    /**< 0; anything else is refused */
    const char *written;  /**< of former codes, or names as they are written; NULL: `written` */
    const char *oblast;   /**< within which oblast; NULL: `oblast` where there is such a field */
    const char *raion;    /**< within which raion; NULL: `raion` where there is such a field */
    const char *code;     /**< of the codes they lead to; NULL: `code` */
    const char *row; /**< of the numbers of rows, for records that hold for one row of the table alone; NULL:
                        `row` where there is such a field */
} hrm_crosswalk_fields;

/** Prepare fields: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_crosswalk_fields_init(hrm_crosswalk_fields *fields, size_t struct_size);

/**
 * Open a crosswalk or an alias file: any table with a field of written forms and one of codes.
 *
 * @param ctx       the caller's context
 * @param source    a table; see hrm_source
 * @param[out] out  the crosswalk; free with hrm_crosswalk_free()
 * @param fields    NULL: `written`, `code`, and `oblast`, `raion` and `row` where there are such
 * @return the errors of hrm_join_read() and hrm_crosswalk_new(), HRM_ERROR_VALUE (a number of a row that is
 * none)
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_crosswalk_open(hrm_context *ctx, const hrm_source *source,
                                                     const hrm_crosswalk_fields *fields, hrm_crosswalk **out);

/**
 * Write an alias file for a person to correct: every written form that a report could not match, with what it
 * may mean. CSV, which begins with the mark of UTF-8, as spreadsheet programs want it (readers here pass it
 * over), `oblast,raion,written,row,code,rows,why,suggestion_1,suggestion_1_code,` … `_3_code`; `code`
 * is empty, and wants the right one of the codes beside it. Forms are told once, with the number of their
 * rows. But where each row should be of a community of its own (HRM_DUPLICATES_HOLD without periods), several
 * rows of one form that is ambiguous or claims one community have a line each, with the number of the `row`.
 * Codes that were not found are in it too, for a crosswalk; rounded ones are not, as each stands for many.
 * Texts are those of the table, also where a spreadsheet program would take one for a formula (`=…`): open a
 * stranger's as text. `why` is in Ukrainian: `text_uk` of ::hrm_join_entry.
 *
 * @return HRM_OK, HRM_ERROR_WRITE, HRM_ERROR_ARGUMENT, HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_join_report_write_aliases(hrm_context *ctx,
                                                                const hrm_join_report *report,
                                                                const hrm_layer *layer, const char *path);

/** How points lie in a file. */
typedef struct hrm_points_options {
    uint32_t struct_size;      /**< sizeof (hrm_points_options) */
    int32_t decimal;           /**< HRM_DECIMAL_… for numbers in text cells */
    const char *x;             /**< the field of eastings or longitudes; NULL: the features' geometry */
    const char *y;             /**< the field of northings or latitudes; NULL with x */
    const char *class_field;   /**< the field of classes, for a tally by class; NULL: none */
    const char *const *fields; /**< the tally's fields, in its order */
    size_t field_count;        /**< as many as the tally has */
    const double *scales; /**< what the values of each field are multiplied by: 1000 for thousands; NULL: 1 */
} hrm_points_options;

/** Prepare options: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_points_options_init(hrm_points_options *options, size_t struct_size);

/**
 * The CRS that a source of points states or is said to have, as text for hrm_tally_options::crs: WKT, or what
 * the source is said to have. Opens the file; 16 KiB are enough for the text of nearly every CRS.
 *
 * @param ctx             the caller's context
 * @param source          where
 * @param[out] buffer     gets the text; NULL to ask only
 * @param capacity        its size
 * @param[out] size       bytes needed, the closing zero included
 * @return HRM_OK, HRM_ERROR_CRS (none), and the errors of opening
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_source_crs(hrm_context *ctx, const hrm_source *source, char *buffer,
                                                 size_t capacity, size_t *size);

/**
 * Add all points of a file to a tally. Values that are no number count as missing and are told apart in
 * `unusable`.
 *
 * @param ctx             the caller's context
 * @param source          where
 * @param options         which fields
 * @param tally           gets the points; after a failure it may hold those before it: free it
 * @param[out] unusable   cells of fields that are no number; may be NULL
 * @return HRM_OK, the errors of hrm_join_read() and of hrm_tally_add()
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_tally_read(hrm_context *ctx, const hrm_source *source,
                                                 const hrm_points_options *options, hrm_tally *tally,
                                                 uint64_t *unusable);

/** Which fields of a layer of polygons hold the variables. */
typedef struct hrm_areal_fields {
    uint32_t struct_size;            /**< sizeof (hrm_areal_fields) */
    int32_t decimal;                 /**< HRM_DECIMAL_… for numbers in text fields */
    const hrm_areal_column *columns; /**< what to make; at least 1 */
    const char *const *fields;       /**< the field of each */
    const double *scales;            /**< what each field's values are multiplied by; NULL: 1 */
    size_t column_count;             /**< of all three */
} hrm_areal_fields;

/** Prepare fields: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_areal_fields_init(hrm_areal_fields *fields, size_t struct_size);

/** Which fields of a table or layer hold weights and their places. */
typedef struct hrm_areal_points {
    uint32_t struct_size;     /**< sizeof (hrm_areal_points) */
    int32_t decimal;          /**< HRM_DECIMAL_… for numbers in text cells */
    const hrm_source *source; /**< where; needed */
    const char *x;            /**< the field of eastings or longitudes; NULL: the features' points */
    const char *y;            /**< the field of northings or latitudes; NULL with x */
    const char *weight;       /**< the field of weights; NULL: every point weighs 1 */
} hrm_areal_points;

/** Prepare points: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_areal_points_init(hrm_areal_points *points, size_t struct_size);

/**
 * Bring the values of a file of polygons to communities: hrm_areal() over all its features. A row's number is
 * that of the feature, from 1, of those that pass the filter. A cell that is no number is missing, and
 * counted in hrm_areal_amount::unusable; points whose weight or place is none are unusable.
 *
 * @param ctx          the caller's context
 * @param layer        the communities
 * @param source       a layer with polygons, of any format
 * @param fields       its variables
 * @param points       weights; NULL: by area, or options.weights
 * @param options      as for hrm_areal()
 * @param table        as for hrm_areal()
 * @param[out] report  as for hrm_areal()
 * @return as hrm_areal() and hrm_reference_open(), and HRM_ERROR_FIELD (no such field, or one in which there
 * is text and not one number)
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_areal_read(hrm_context *ctx, const hrm_layer *layer,
                                                 const hrm_source *source, const hrm_areal_fields *fields,
                                                 const hrm_areal_points *points,
                                                 const hrm_areal_options *options, hrm_table *table,
                                                 hrm_areal_report **report);

/** How projects lie in a table. */
typedef struct hrm_projects_fields {
    uint32_t struct_size;    /**< sizeof (hrm_projects_fields) */
    int32_t actor;           /**< HRM_ACTOR_… of all lines, where `actor_field` is NULL */
    int32_t decimal;         /**< HRM_DECIMAL_… */
    int32_t reserved;        /**< 0; anything else is refused */
    double scale;            /**< amounts are multiplied by it: 1000 for thousands; 0 counts as 1 */
    const char *key;         /**< the field of codes; needed */
    const char *amount;      /**< the field of amounts; needed */
    const char *id;          /**< the field of project ids; NULL: every row is a project */
    const char *actor_field; /**< the field of actors, by their names; NULL: `actor` for all */
    const char *sector;      /**< the field of sectors; NULL: none */
    const char *period;      /**< the field of periods; NULL: none */
} hrm_projects_fields;

/** Prepare fields: everything zero but scale 1, `struct_size` set. @since 0.1 */
HRM_API void hrm_projects_fields_init(hrm_projects_fields *fields, size_t struct_size);

/**
 * Read a table of projects into a list; after a failure it may hold the lines before it: free it. An amount
 * that is no number is not stated, and the account says why.
 * @return HRM_OK, the errors of hrm_join_read(), HRM_ERROR_VALUE (an actor that is none, with row and nearest
 * name)
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_projects_read(hrm_context *ctx, const hrm_source *source,
                                                    const hrm_projects_fields *fields,
                                                    hrm_projects *projects);

/** How to write results. */
typedef struct hrm_write_options {
    uint32_t struct_size; /**< sizeof (hrm_write_options) */
    int32_t reasons; /**< 1: a column `<id>_missing` with the reason in words after each column that lacks
                        values; 0, the default: none */
} hrm_write_options;

/** Prepare options: defaults, `struct_size` set. @since 0.1 */
HRM_API void hrm_write_options_init(hrm_write_options *options, size_t struct_size);

/**
 * Write a table of communities as CSV: `code,name,raion,oblast` (the code as the layer wrote it, the
 * Ukrainian name or else the English one, the codes of raion and oblast), then the columns; UTF-8, line
 * feeds, a point for decimals, empty for missing, as many digits as give the same double back. The file
 * appears whole or not at all.
 *
 * @param ctx           the caller's context
 * @param layer         the table's layer
 * @param table         communities, raions or oblasts (then only `code,name,oblast` or `code,name`)
 * @param options       NULL for the defaults
 * @param path          the file; replaced
 * @return HRM_OK, HRM_ERROR_WRITE (with the system's reason), HRM_ERROR_ARGUMENT, HRM_ERROR_DUPLICATE (a
 * column has one of the first names, in capitals or not), HRM_ERROR_MEMORY, HRM_ERROR_CANCELLED
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_table_write_csv(hrm_context *ctx, const hrm_layer *layer,
                                                      const hrm_table *table,
                                                      const hrm_write_options *options, const char *path);

/** One layer of a GeoPackage to write. In an array all have one struct_size, which is their distance. */
typedef struct hrm_output_layer {
    uint32_t struct_size;   /**< sizeof (hrm_output_layer) */
    uint32_t reserved;      /**< 0; anything else is refused */
    const char *name;       /**< "communities"; UTF-8, and beginning neither with `gpkg` nor with `sqlite` */
    const hrm_table *table; /**< of this layer, at any level; its boundaries are written with it */
} hrm_output_layer;

/**
 * Write a GeoPackage: a layer per table and its boundaries (fields `code`, `key`, `name`, `name_en`, `raion`,
 * `oblast`, of raions and oblasts fewer; then the columns, with their titles in the file's schema), the table
 * `columns` that says what each column is, and the table `catalogue` with the indicators used. The file
 * appears whole or not at all. The same input gives the same bytes: its date of change is SOURCE_DATE_EPOCH,
 * or the beginning of 1970.
 *
 * @param ctx               the caller's context
 * @param layer             whose tables they are
 * @param layers            what to write
 * @param layer_count       how many
 * @param indicators        rows of `catalogue`, all of one struct_size; may be NULL with 0
 * @param indicator_count   how many
 * @param options           NULL for the defaults
 * @param path              the file; replaced
 * @return as hrm_table_write_csv(), and HRM_ERROR_DUPLICATE (a column has the name of one of the first
 * fields)
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_write_geopackage(hrm_context *ctx, const hrm_layer *layer,
                                                       const hrm_output_layer *layers, size_t layer_count,
                                                       const hrm_indicator *indicators,
                                                       size_t indicator_count,
                                                       const hrm_write_options *options, const char *path);

HRM_END_DECLS

#endif
