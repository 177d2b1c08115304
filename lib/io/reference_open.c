/*
 * Opening a reference: every geometry of a layer, whatever its fields.
 */
#include "io/features.h"

typedef struct reader {
    hrm_context *ctx;
    hrmi_opened opened;
    hrmi_arena arena;
    const uint8_t **wkb;
    size_t *sizes;
    size_t count, wkb_capacity, size_capacity;
    char *crs;
} reader;

static hrm_status take_feature(hrmi_features *features, void *user) {
    reader *const r = user;
    hrm_status status = hrmi_array_grow(r->ctx, &r->wkb, &r->wkb_capacity, r->count + 1, sizeof *r->wkb);
    if (status == HRM_OK)
        status = hrmi_array_grow(r->ctx, &r->sizes, &r->size_capacity, r->count + 1, sizeof *r->sizes);
    if (status == HRM_OK)
        status = hrmi_features_wkb(r->ctx, features, &r->arena, &r->wkb[r->count], &r->sizes[r->count]);
    if (status == HRM_OK) r->count++;
    return status;
}

static hrm_status open_reference(reader *r, const hrm_source *source) {
    hrm_status status = hrmi_source_check(r->ctx, source, &r->opened);
    if (status == HRM_OK) status = hrmi_source_open(r->ctx, HRMI_SOURCE_FEATURES, &r->opened);
    if (status != HRM_OK) return status;
    r->crs = hrmi_source_crs_text(r->ctx, &r->opened);
    return r->crs != NULL ? HRM_OK : hrm_error_status(r->ctx);
}

hrm_status hrm_reference_open(hrm_context *ctx, const hrm_source *source, hrm_reference **out) {
    reader r;
    hrm_status status = HRM_OK;
    if (ctx == NULL) return HRM_ERROR_ARGUMENT;
    hrmi_enter(ctx);
    if (out == NULL) return hrmi_fail(ctx, HRM_ERROR_ARGUMENT, "hrm_reference_open: out is NULL");
    *out = NULL;
    memset(&r, 0, sizeof r);
    r.ctx = ctx;
    hrmi_arena_init(&r.arena, ctx);
    status = hrmi_progress(ctx, 0, "opening");
    const hrmi_range outer = hrmi_progress_part(ctx, 0, 0.5);
    if (status == HRM_OK) status = open_reference(&r, source);
    if (status != HRM_OK) goto done;
    status = hrmi_features_each(ctx, &r.opened, take_feature, &r);
    if (status != HRM_OK) goto done;
    hrmi_source_close(&r.opened);
    hrmi_progress_restore(ctx, outer);
    (void)hrmi_progress_part(ctx, 0.5, 1);
    status = hrm_reference_from_wkb(ctx, r.wkb, r.sizes, r.count, r.crs, r.opened.source.path, out);
done:
    hrmi_progress_restore(ctx, outer);
    hrmi_source_close(&r.opened);
    hrmi_free(ctx, r.wkb);
    hrmi_free(ctx, r.sizes);
    hrmi_free(ctx, r.crs);
    hrmi_arena_free(&r.arena);
    return status;
}
