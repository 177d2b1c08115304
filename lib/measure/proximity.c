/*
 * Nearness of communities to a reference. Whether they touch is settled first, exactly and in the plane of
 * longitude and latitude in which edges are straight; distances on the ellipsoid are then only measured
 * between things that lie apart, and areas only where a border of the reference runs through a community.
 */
#include "geo/meet.h"
#include "geo/nearest.h"
#include "geo/share.h"
#include "community/layer.h"
#include "measure/columns.h"
#include "measure/reference.h"
#include "table/id.h"

enum { ROWS_PER_REPORT = 64 };

typedef struct measures {
    double *distance, *centre_distance, *share;
} measures;

void hrm_proximity_options_init(hrm_proximity_options *options, size_t struct_size) {
    const hrm_proximity_options defaults = {.nearness = HRM_HIGHER_WORSE};
    hrmi_init_struct(options, struct_size, &defaults, sizeof defaults);
}

/* Whether all of a unit's parts lie in the reference's polygons, or none, seen from one place on each: enough
 * where no edges touch. */
static void look_at_parts(const hrmi_shapes *shapes, size_t row, const hrmi_tree *reference, bool *any,
                          bool *all) {
    *any = false;
    *all = true;
    for (size_t q = shapes->unit_start[row]; q < shapes->unit_start[row + 1]; q++) {
        const size_t v = shapes->ring_start[shapes->part_start[q]];
        const bool inside = hrmi_tree_locate(reference, 0, shapes->x[v], shapes->y[v]) != HRMI_OUTSIDE;
        *any = *any || inside;
        *all = *all && inside;
    }
}

static void measure_territory(const hrmi_shapes *shapes, const hrmi_tree *territories, size_t row,
                              const hrmi_tree *reference, const measures *out) {
    hrmi_nearest nearest = {.distance_m = NAN};
    bool any;
    bool all;
    const bool cut = hrmi_trees_touch(territories, row, reference, 0) ||
                     hrmi_tree_holds_end_of(territories, row, reference, 0);
    out->distance[row] = 0.0;
    if (cut) {
        out->share[row] = hrmi_area_share(territories, row, reference, 0);
        return;
    }
    look_at_parts(shapes, row, reference, &any, &all);
    if (any) {
        out->share[row] = all ? 1.0 : hrmi_area_share(territories, row, reference, 0);
        return;
    }
    out->share[row] = 0.0;
    (void)hrmi_nearest_of(territories, row, reference, 0, &nearest); /* neither is without edges */
    out->distance[row] = nearest.distance_m;
}

static double distance_of_place(const double place[2], const hrmi_tree *reference) {
    hrmi_nearest nearest = {.distance_m = NAN};
    if (hrmi_tree_locate(reference, 0, place[0], place[1]) != HRMI_OUTSIDE) return 0.0;
    (void)hrmi_nearest_to(place[0], place[1], reference, 0, &nearest); /* a place that is none stays NaN */
    return nearest.distance_m;
}

static hrm_status measure_all(hrm_context *ctx, const hrm_layer *layer, const hrm_reference *reference,
                              const measures *out) {
    const hrmi_shapes *const shapes = hrmi_layer_shapes(layer);
    const size_t rows = hrm_layer_count(layer);
    hrmi_tree territories;
    hrm_status status = hrmi_tree_of_shapes(ctx, shapes, &territories);
    if (status != HRM_OK) goto done;
    for (size_t row = 0; row < rows; row++) {
        double centre[2];
        if (row % ROWS_PER_REPORT == 0) {
            status = hrmi_progress(ctx, (double)row / (double)rows, "measuring nearness");
            if (status != HRM_OK) goto done;
        }
        if (territories.root[row] == HRM_NONE) {
            out->distance[row] = out->centre_distance[row] = out->share[row] = NAN;
            continue;
        }
        measure_territory(shapes, &territories, row, &reference->edges, out);
        hrm_layer_centroid(layer, row, centre);
        out->centre_distance[row] = distance_of_place(centre, &reference->edges);
    }
    status = hrmi_progress(ctx, 1.0, "measuring nearness");
done:
    hrmi_tree_free(&territories);
    return status;
}

/* ---- the columns ---- */

typedef struct column {
    const char *suffix, *title_en, *title_uk, *unit;
    int32_t direction, rollup;
    const char *weight;
    const double *values;
} column;

/* `measured` is NaN where there is no boundary; elsewhere a value is only missing where there is no area. */
static hrm_status lay_column(hrmi_laying *laying, const hrm_proximity_options *o, const column *c,
                             const double *measured) {
    hrmi_laying_next(laying);
    hrm_status status = hrmi_laying_say(laying, o->id, c->title_en, c->title_uk);
    if (status == HRM_OK) status = hrmi_laying_say(laying, c->suffix, o->title_en, o->title_uk);
    if (status == HRM_OK && o->period != NULL) {
        status = hrmi_laying_say(laying, "@", ", ", ", ");
        if (status == HRM_OK) status = hrmi_laying_say(laying, o->period, o->period, o->period);
    }
    if (status != HRM_OK) return status;
    for (size_t row = 0; row < hrm_table_row_count(laying->table); row++) {
        laying->values[row] = c->values[row];
        if (isnan(c->values[row]))
            hrmi_laying_miss(laying, row,
                             isnan(measured[row]) ? HRM_MISSING_NO_COVERAGE : HRM_MISSING_UNDEFINED);
    }
    laying->info.direction = c->direction;
    laying->info.rollup = c->rollup;
    laying->info.weight = c->weight;
    laying->info.unit = c->unit;
    return hrmi_laying_add(laying);
}

/* The direction of a measure that falls as nearness rises. */
static int32_t against(int32_t nearness) {
    if (nearness == HRM_HIGHER_WORSE) return HRM_HIGHER_BETTER;
    return nearness == HRM_HIGHER_BETTER ? HRM_HIGHER_WORSE : HRM_NEUTRAL;
}

static hrm_status lay_columns(hrm_context *ctx, hrm_table *table, const hrm_reference *reference,
                              const hrm_proximity_options *o, const measures *m) {
    const size_t area = hrm_table_find(table, "area_m2");
    const bool weighted = area != HRM_NONE && hrm_table_values(table, area) != NULL;
    const column columns[] = {
        {"_distance_m", "Distance from the territory to ", "Відстань від території до ", "m",
         against(o->nearness), HRM_ROLLUP_MIN, NULL, m->distance},
        {"_centre_distance_m", "Distance from the centre to ", "Відстань від центру до ", "m",
         against(o->nearness), HRM_ROLLUP_NONE, NULL, m->centre_distance},
        {"_inside_share", "Share of the territory inside ", "Частка території в межах ", "share", o->nearness,
         weighted ? HRM_ROLLUP_MEAN : HRM_ROLLUP_NONE, weighted ? "area_m2" : NULL, m->share},
    };
    const size_t count = reference->counts.polygons > 0 ? 3 : 2;
    hrmi_laying laying;
    hrm_status status =
        hrmi_laying_begin(ctx, table, o->source != NULL ? o->source : reference->source, &laying);
    for (size_t i = 0; i < count && status == HRM_OK; i++)
        status = lay_column(&laying, o, &columns[i], m->distance);
    return hrmi_laying_end(&laying, status);
}

static hrm_status read_options(hrm_context *ctx, const hrm_proximity_options *given,
                               hrm_proximity_options *o) {
    hrm_proximity_options_init(o, sizeof *o);
    const hrm_status status = hrmi_read_struct(ctx, o, sizeof *o, given, "hrm_proximity_options");
    if (status != HRM_OK) return status;
    if (o->id == NULL || o->id[0] == '\0')
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT,
                         "hrm_proximity: the options have no id, which begins the columns' names");
    if (o->nearness < HRM_NEUTRAL || o->nearness > HRM_HIGHER_WORSE)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_proximity: %ld is no direction of nearness",
                         (long)o->nearness);
    const char *const fault = o->period == NULL ? NULL : hrmi_period_fault(o->period, strlen(o->period));
    if (fault != NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_proximity: \"%.40s\" cannot be a period: %s",
                         o->period, fault);
    if (o->title_en == NULL) o->title_en = o->id;
    if (o->title_uk == NULL) o->title_uk = o->id;
    return hrmi_must_begin_ids(ctx, o->id);
}

hrm_status hrm_proximity(hrm_context *ctx, const hrm_layer *layer, const hrm_reference *reference,
                         const hrm_proximity_options *options, hrm_table *table) {
    hrm_proximity_options o;
    double *values = NULL;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (layer == NULL || reference == NULL || table == NULL)
        return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_proximity: layer, reference or table is NULL");
    hrm_status status = read_options(ctx, options, &o);
    if (status != HRM_OK) return status;
    status = hrmi_must_be_communities(ctx, table, layer);
    if (status != HRM_OK) return status;
    const size_t rows = hrm_layer_count(layer);
    values = hrmi_array_new(ctx, rows, 3 * sizeof *values);
    if (values == NULL) return HRM_ERROR_MEMORY;
    const measures m = {values, values + rows, values + 2 * rows};
    status = measure_all(ctx, layer, reference, &m);
    if (status == HRM_OK) status = lay_columns(ctx, table, reference, &o, &m);
    hrmi_free(ctx, values);
    return status;
}
