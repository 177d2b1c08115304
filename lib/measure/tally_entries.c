/*
 * The points that no community got and the values that are no number, one by one with the reason: so that
 * they can be found in the file and mended. The list is bounded, as a file with its coordinates exchanged has
 * nothing else; what it does not hold is counted.
 */
#include "measure/tally.h"

/* A list that grows behind the entries that count. */
typedef struct lister {
    hrm_context *ctx;
    hrm_tally *tally;
    size_t staged;
    uint64_t beyond;
} lister;

static hrm_status put(lister *l, const hrm_tally_entry *entry) {
    hrm_tally *const t = l->tally;
    const size_t place = t->entry_count + l->staged;
    if (place >= HRMI_TALLY_ENTRIES) {
        l->beyond++;
        return HRM_OK;
    }
    const hrm_status status = hrmi_array_grow_by(l->ctx, &t->allocator, &t->entries, &t->entry_capacity,
                                                 place + 1, sizeof *t->entries);
    if (status != HRM_OK) return status;
    t->entries[place] = *entry;
    l->staged++;
    return HRM_OK;
}

static const char *reason_of(const hrm_tally_entry *entry, const hrmi_point_note *note) {
    if (entry->outcome == HRM_POINT_OUTSIDE) return "it lies in no community";
    if (note != NULL) return note->text;
    return isfinite(entry->x) && isfinite(entry->y) ? "its coordinates cannot be brought to WGS 84"
                                                    : "a coordinate is missing";
}

/* Lists one point, with the notes that it has. */
static hrm_status list_point(lister *l, hrm_tally_entry *entry, const hrmi_point_note *notes, size_t count) {
    hrm_status status = HRM_OK;
    const bool has_why = count > 0 && notes[0].field == HRM_NONE;
    if (entry->outcome != HRM_POINT_INSIDE) {
        entry->field = HRM_NONE;
        entry->text = reason_of(entry, has_why ? notes : NULL);
        status = put(l, entry);
    }
    for (size_t i = has_why ? 1 : 0; i < count && status == HRM_OK; i++) {
        entry->field = notes[i].field;
        entry->text = notes[i].text;
        status = put(l, entry);
    }
    return status;
}

hrm_status hrmi_tally_list(hrm_context *ctx, hrm_tally *tally, size_t count, const double *x, const double *y,
                           const uint32_t *row, const hrmi_point_notes *notes, size_t *staged,
                           uint64_t *beyond) {
    static const hrmi_point_notes nothing = {NULL, NULL, 0, 0};
    lister l = {ctx, tally, 0, 0};
    hrm_status status = HRM_OK;
    size_t next = 0;
    if (notes == NULL) notes = &nothing;
    for (size_t i = 0; i < count && status == HRM_OK; i++) {
        hrm_tally_entry entry = {
            .outcome = row[i] == HRMI_POINT_UNUSABLE  ? HRM_POINT_UNUSABLE
                       : row[i] == HRMI_POINT_OUTSIDE ? HRM_POINT_OUTSIDE
                                                      : HRM_POINT_INSIDE,
            .row = notes->rows != NULL ? notes->rows[i] : (int64_t)(tally->counts.points + i + 1),
            .x = x[i],
            .y = y[i],
        };
        const size_t first = next;
        while (next < notes->count && notes->notes[next].point == i) next++;
        if (entry.outcome != HRM_POINT_INSIDE || next > first)
            status = list_point(&l, &entry, notes->notes + first, next - first);
    }
    *staged = l.staged;
    *beyond = l.beyond + notes->beyond;
    return status;
}

size_t hrm_tally_entry_count(const hrm_tally *tally) {
    return tally->entry_count;
}

bool hrm_tally_entry_at(const hrm_tally *tally, size_t i, hrm_tally_entry *out) {
    return i < tally->entry_count && hrmi_give_struct(out, &tally->entries[i], sizeof tally->entries[i]);
}
