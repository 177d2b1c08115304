/*
 * A list of projects from inside: projects.c keeps it, projects_place.c brings it to communities.
 */
#ifndef HRMI_PROJECTS_H
#define HRMI_PROJECTS_H

#include "hromada/projects.h"
#include "measure/label.h"

enum { HRMI_ACTOR_COUNT = HRM_ACTOR_PEOPLE + 1 };

/* A line; texts that many lines share are numbers of labels, HRM_NONE where there is none. */
typedef struct hrmi_project_line {
    int64_t row;
    double amount; /* NaN: not stated */
    size_t id, code, sector, period;
    const char *problem; /* with the amount; NULL where there is none */
    const char *period_problem;
    int32_t actor;
} hrmi_project_line;

struct hrm_projects {
    hrm_allocator allocator;
    hrmi_arena texts;
    const char *unit, *source;
    hrmi_project_line *lines;
    size_t count, capacity;
    hrmi_labels ids, codes, sectors, periods;
    bool all_actors; /* each has a column, also those without a line */
    bool placed;
    hrm_projects_account account; /* of the last placing */
    hrm_projects_entry *entries;
    size_t entry_count;
};

#endif
