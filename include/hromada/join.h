/**
 * @file join.h
 * Bringing rows of text to communities, and the account of every row.
 *
 * A join is fed rows (what they say of their community: code, names, coordinates; a period if there is one;
 * and cells of text) in any number of batches, and finished into columns of a table or a panel and a report.
 * Nothing is lost on the way: rows in = matched + unmatched + duplicates + unusable + kept out (totals and
 * repeated headings), and for each column the sum of the numbers in = allocated + not allocated, exactly.
 */
#ifndef HROMADA_JOIN_H
#define HROMADA_JOIN_H

#include "hromada/gazetteer.h"
#include "hromada/panel.h"

HRM_BEGIN_DECLS

/** A join under way. @see hrm_join_new */
typedef struct hrm_join hrm_join;

/** The account of a join. @see hrm_join_finish */
typedef struct hrm_join_report hrm_join_report;

/** What to do when several rows reach one community (and period). Sum and mean are of numbers; of texts they
 * keep the first there is, and others that differ are reported. */
enum {
    HRM_DUPLICATES_ERROR = 0, /**< fail, and name the first two such rows */
    HRM_DUPLICATES_FIRST = 1, /**< keep the first row as it is; later ones are reported as duplicates */
    HRM_DUPLICATES_LAST = 2,  /**< keep the last row as it is; earlier ones are reported as duplicates */
    HRM_DUPLICATES_SUM =
        3, /**< add what is present; all are matched; missing only where no row has a value */
    HRM_DUPLICATES_MEAN = 4, /**< average what is present; all are matched; missing as with the sum */
    HRM_DUPLICATES_HOLD = 5  /**< use none of them, equal ones neither, and report them all: for tables joined
                                by name, where a second row for one community means that a name is wrong.
                                The community's cells are missing, "unusable" */
};

/** How cells write decimals. */
enum {
    HRM_DECIMAL_AUTO = 0,  /**< point or comma, cell by cell; "1,234" alone is ambiguous and unusable */
    HRM_DECIMAL_POINT = 1, /**< a comma separates thousands */
    HRM_DECIMAL_COMMA = 2  /**< a point separates thousands */
};

/** One column that a join makes. In an array all have one struct_size, which is their distance. */
typedef struct hrm_join_column {
    uint32_t struct_size; /**< sizeof (hrm_join_column) */
    int32_t is_text; /**< 1: keep the cells as text, without blanks around them, at most 65536 bytes of UTF-8;
                        the words for missing are missing here too (not in panels) */
    double scale;    /**< numbers are multiplied by it, cell by cell: 1000 for thousands; 0 counts as 1 */
    const hrm_column_info *info; /**< the column's id, unit, titles …; needed; copied. `is_text` in it is
                                    ignored: the one above counts */
} hrm_join_column;

/** How to join. */
typedef struct hrm_join_options {
    uint32_t struct_size;           /**< sizeof (hrm_join_options) */
    int32_t duplicates;             /**< HRM_DUPLICATES_…; default error */
    int32_t decimal;                /**< HRM_DECIMAL_…; default auto */
    int32_t has_period;             /**< 1: every row has a period, and the join is finished into a panel */
    const hrm_join_column *columns; /**< what to make; copied */
    size_t column_count;            /**< may be 0: only the rows are accounted for */
    const char *source; /**< the file, for messages and the columns' source notes; NULL for "the table" */
    const hrm_gazetteer *gazetteer; /**< how communities are found; of the same layer; must outlive the join.
                                       NULL: by the codes and names of the layer alone */
    const char *crs;                /**< of the coordinates, as in hrm_layer_input; NULL: degrees of WGS 84 */
} hrm_join_options;

/** Prepare options: defaults, `struct_size` set. @since 0.1 */
HRM_API void hrm_join_options_init(hrm_join_options *options, size_t struct_size);

/** Prepare one column: everything zero but scale 1; `struct_size` set. @since 0.1 */
HRM_API void hrm_join_column_init(hrm_join_column *column, size_t struct_size);

/**
 * Begin a join.
 *
 * @param ctx       the caller's context
 * @param layer     the communities; must outlive the join
 * @param options   how, and what columns to make; copied; NULL for the defaults and no columns
 * @param[out] out  the join; free with hrm_join_free()
 * @return HRM_OK, HRM_ERROR_ARGUMENT (also where columns differ in struct_size, or the gazetteer is of
 * another layer), HRM_ERROR_DUPLICATE (two columns of one id), HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_join_new(hrm_context *ctx, const hrm_layer *layer,
                                               const hrm_join_options *options, hrm_join **out);

/** Free a join; NULL is nothing. @since 0.1 */
HRM_API void hrm_join_free(hrm_join *join);

/**
 * Feed rows that say a code: hrm_join_add() with nothing else. A key is a KATOTTG code or P-code of any level
 * at or below the community, or the layer's opaque code. Rows of settlements are rows of their community. A
 * row's number, for messages, is `first_row` + its place.
 *
 * @param ctx        the caller's context
 * @param join       the join; may be fed on or freed after a failure, the failed batch did not count
 * @param first_row  the number of the first row of this batch in its source
 * @param count      rows in this batch
 * @param keys       a key per row; NULL or "" where missing (unusable)
 * @param periods    a period per row where options.has_period; else NULL. Blanks around it are passed over,
 * and whole numbers written as "2021.0" (by a program that held the column as numbers) lose their empty
 * decimals. See panel.h for what a period may be; a row with none, or with something else, is unusable
 * @param cells      count × column_count cells, those of a row side by side; NULL for an empty cell. UTF-8
 * not needed to be valid: an invalid cell is unusable
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_LIMIT (more than 4096 different periods), HRM_ERROR_MEMORY
 *
 * Memory: communities × columns × periods, and the report (some 30 MB where all of its 100,000 entries are
 * used); beside them about 10 bytes for each cell and 100 for each row of the largest batch, so feed some
 * thousand rows at a time. Cost: O(rows × columns), nothing is allocated per row but for the report.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_join_rows(hrm_context *ctx, hrm_join *join, int64_t first_row,
                                                size_t count, const char *const *keys,
                                                const char *const *periods, const char *const *cells);

/** Rows with more than a code: parallel arrays of `count`, all borrowed for the call; those that are NULL,
 * and elements that are NULL or "", say nothing. */
typedef struct hrm_join_batch {
    uint32_t struct_size;       /**< sizeof (hrm_join_batch) */
    int32_t keep_totals;        /**< 1: rows whose code or names say that they are totals are rows as any
                                   other; 0, the default: kept out */
    size_t count;               /**< rows */
    int64_t first_row;          /**< the number of the first row in its source, where `rows` is NULL */
    const int64_t *rows;        /**< NULL: the rows follow each other; else each row's number */
    const char *const *codes;   /**< as hrm_place_words::code */
    const char *const *oblasts; /**< as hrm_place_words::oblast. Where it is given, rows that say none and no
                                   raion are not found by their names alone: hrm_place_words::wants_parent */
    const char *const *raions;  /**< as hrm_place_words::raion */
    const char *const *names;   /**< as hrm_place_words::name */
    const char *const *types;   /**< as hrm_place_words::type */
    const double *x;            /**< easting or longitude; NaN for none, an infinity for what is no number. A
                                   row that says neither code nor name is placed by it: the first community
                                   that holds the point */
    const double *y;            /**< northing or latitude; with x */
    const char *const *periods; /**< as hrm_join_rows() */
    const char *const *cells;   /**< as hrm_join_rows() */
    const uint8_t *kept_out;    /**< ::HRM_REASON_TOTAL or ::HRM_REASON_HEADING where the reader knows that a
                                   row is none of a community; 0 else. Rows whose code, name, raion or oblast
                                   begins or ends with a word for totals (`Всього`, `Разом по району`,
                                   `Сумська область, усього`, `Total` …) are kept out also without */
} hrm_join_batch;

/** Prepare a batch: everything zero, `struct_size` set. @since 0.1 */
HRM_API void hrm_join_batch_init(hrm_join_batch *batch, size_t struct_size);

/**
 * Feed rows that say code, names or coordinates: as hrm_join_rows() otherwise.
 *
 * @return as hrm_join_rows(), and HRM_ERROR_CRS (the options' cannot be used)
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_join_add(hrm_context *ctx, hrm_join *join, const hrm_join_batch *batch);

/**
 * Finish a join without periods: add its columns to a table of the layer, and give the account.
 *
 * @param ctx          the caller's context
 * @param join         cannot be fed on afterwards; still to be freed
 * @param table        gets the columns, all or none; missing where no row came (no row), where the cell was
 * empty (not reported) or no number (unusable)
 * @param[out] report  the account; may be NULL; free with hrm_join_report_free(). Given also with
 * HRM_ERROR_DUPLICATE and HRM_ERROR_VALUE
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_DUPLICATE (by options, or a column's id is taken;
 * the join is used up, as with HRM_ERROR_VALUE: look with hrm_table_find() before),
 * HRM_ERROR_VALUE (rows of one community add up to more than a double holds), HRM_ERROR_MEMORY and
 * HRM_ERROR_CANCELLED (while similar names are looked for; it may be called again after both)
 *
 * Sums and means are exact before the last rounding, so they do not depend on the order of rows.
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_join_finish(hrm_context *ctx, hrm_join *join, hrm_table *table,
                                                  hrm_join_report **report);

/**
 * Finish a join with periods: a new panel over all periods that matched rows had, and the account.
 *
 * @param ctx          the caller's context
 * @param join         as for hrm_join_finish()
 * @param[out] panel   the panel; free with hrm_panel_free()
 * @param[out] report  as for hrm_join_finish()
 * @return as hrm_join_finish(), and HRM_ERROR_VALUE when no row had a usable period
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_join_finish_panel(hrm_context *ctx, hrm_join *join, hrm_panel **panel,
                                                        hrm_join_report **report);

/** What became of a row. */
enum {
    HRM_ROW_MATCHED = 0,   /**< reached a community and its values are used */
    HRM_ROW_UNMATCHED = 1, /**< a readable key that no community of the layer has */
    HRM_ROW_DUPLICATE = 2, /**< another row of the same community (and period) was kept, or none of them */
    HRM_ROW_UNUSABLE = 3,  /**< no key, a damaged key, or no period */
    HRM_ROW_KEPT_OUT =
        4 /**< totals, or headings again: no row of a community. Its numbers are in no account */
};

/** The counts of a report. rows = matched + unmatched + duplicates + unusable + kept_out. */
typedef struct hrm_join_counts {
    uint32_t struct_size;  /**< the caller's sizeof */
    uint32_t reserved;     /**< 0 */
    size_t rows;           /**< rows fed */
    size_t matched;        /**< HRM_ROW_MATCHED */
    size_t unmatched;      /**< HRM_ROW_UNMATCHED */
    size_t duplicates;     /**< HRM_ROW_DUPLICATE */
    size_t unusable;       /**< HRM_ROW_UNUSABLE */
    size_t communities;    /**< communities that at least one matched row reached */
    size_t without_row;    /**< communities that none reached */
    size_t unusable_cells; /**< cells of matched rows that are no number, or text that contradicts an earlier
                              row */
    size_t kept_out;       /**< HRM_ROW_KEPT_OUT */
    size_t ambiguous_places; /**< rows matched by place whose point lies in several communities */
    size_t not_listed; /**< rows not matched and cells not usable that the entries, at most 100,000, do not
                          hold: the list has the first ones in the order of the source */
} hrm_join_counts;

/** One row that was not matched, or one cell that could not be used. */
typedef struct hrm_join_entry {
    uint32_t struct_size; /**< the caller's sizeof */
    int32_t outcome; /**< HRM_ROW_UNMATCHED, _DUPLICATE, _UNUSABLE, _KEPT_OUT; HRM_ROW_MATCHED for a cell of a
                        matched row */
    int64_t row;     /**< the row's number in its source */
    size_t column;   /**< for a cell the column of the join; else ::HRM_NONE */
    const char *key; /**< as written, cut to 80 bytes; borrowed from the report */
    const char *text;     /**< why, in words (and the cell, cut); borrowed from the report */
    int32_t reason;       /**< HRM_REASON_…; 0 for a cell */
    uint32_t suggestions; /**< how many names come near: 0 to 3, see hrm_join_report_suggestion() */
    const char *oblast;   /**< what the row says of the oblast, as key; "" for nothing */
    const char *raion;    /**< of the raion */
    const char *text_uk;  /**< text in Ukrainian, with the same facts; borrowed from the report */
} hrm_join_entry;

/** The account of one column's numbers, after scaling: total = allocated + unallocated, exactly before
 * rounding; an infinity stands for a sum that no double can hold. Cells of all rows are counted, but of those
 * kept out. */
typedef struct hrm_join_amount {
    uint32_t struct_size; /**< the caller's sizeof */
    uint32_t reserved;    /**< 0 */
    const char *id;       /**< the column; borrowed from the report */
    double total;         /**< the sum of all numbers that came in */
    double allocated;     /**< of those on matched rows */
    double unallocated;   /**< of those on unmatched, duplicate and unusable rows */
    size_t numbers;       /**< cells that are numbers */
    size_t missing;       /**< cells that say nothing */
    size_t unusable;      /**< cells that are no number */
    size_t percent_signs; /**< numbers written with a % sign */
} hrm_join_amount;

/** The counts. @return false when `out` has no size @since 0.1 */
HRM_API bool hrm_join_report_counts(const hrm_join_report *report, hrm_join_counts *out);

/** How many entries there are: rows not matched and cells not usable, in the order of the source, the first
 * 100,000 of them. @since 0.1 */
HRM_API size_t hrm_join_report_entry_count(const hrm_join_report *report);

/** One entry. @return false when there is none of that number or `out` has no size @since 0.1 */
HRM_API bool hrm_join_report_entry(const hrm_join_report *report, size_t i, hrm_join_entry *out);

/** How many rows were matched by a way: HRM_MATCH_…; together the matched rows. 0 for no way. @since 0.1 */
HRM_API size_t hrm_join_report_way_count(const hrm_join_report *report, int32_t way);

/** How many rows were not used for a reason: HRM_REASON_…; together the rows that are not matched. @since 0.1
 */
HRM_API size_t hrm_join_report_reason_count(const hrm_join_report *report, int32_t reason);

/** The k-th nearest community of entry i: its row in the layer, or ::HRM_NONE when there is none. They are
 * looked for for the first 2,000 different names; a remark says so where there are more. @since 0.1 */
HRM_API size_t hrm_join_report_suggestion(const hrm_join_report *report, size_t i, size_t k);

/** How many remarks there are on the table as a whole: headings that name thousands where no scale was given,
 * a heading row that was found further down … @since 0.1 */
HRM_API size_t hrm_join_report_note_count(const hrm_join_report *report);

/** One of them, in words; NULL when there is none of that number. Borrowed. @since 0.1 */
HRM_API const char *hrm_join_report_note(const hrm_join_report *report, size_t i);

/**
 * The report as JSON: counts, ways, reasons, amounts, notes, and every entry with its suggestions. A sum that
 * no double can hold is `null` there.
 *
 * @param ctx          the caller's context
 * @param report       the report
 * @param layer        the join's layer, for names of what is suggested
 * @param[out] buffer  room for the text and a zero; NULL to ask only
 * @param capacity     its size
 * @param[out] size    bytes needed, the zero included; when that is more than `capacity`, nothing was written
 * @return HRM_OK, HRM_ERROR_ARGUMENT, HRM_ERROR_MEMORY
 * @since 0.1
 */
HRM_API HRM_MUST_CHECK hrm_status hrm_join_report_json(hrm_context *ctx, const hrm_join_report *report,
                                                       const hrm_layer *layer, char *buffer, size_t capacity,
                                                       size_t *size);

/** How many columns of numbers have an account. @since 0.1 */
HRM_API size_t hrm_join_report_amount_count(const hrm_join_report *report);

/** One column's account. @return false when there is none of that number or `out` has no size @since 0.1 */
HRM_API bool hrm_join_report_amount(const hrm_join_report *report, size_t i, hrm_join_amount *out);

/** Whether a matched row reached row i of the layer. @since 0.1 */
HRM_API bool hrm_join_report_has_row(const hrm_join_report *report, size_t i);

/** Free a report; NULL is nothing. @since 0.1 */
HRM_API void hrm_join_report_free(hrm_join_report *report);

HRM_END_DECLS

#endif
