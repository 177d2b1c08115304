/*
 * The account of a join as a page that a person reads in the terminal, in English or Ukrainian.
 */
#ifndef JOIN_PAGE_H
#define JOIN_PAGE_H

#include "hromada/hromada.h"

typedef struct join_page {
    const hrm_layer *layer;
    const hrm_join_report *report;
    const char *table;      /* the file, as it was named */
    const char *boundaries; /* the same */
    int32_t language;       /* HRM_UK or HRM_EN */
    bool all;               /* lists are whole, not the first lines of them */
} join_page;

void join_page_print(const join_page *page);

#endif
