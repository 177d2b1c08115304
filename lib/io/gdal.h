/*
 * Entering GDAL and leaving it: its messages go to our context, its network stays shut, and the host's own
 * use of GDAL is left as it was. Every public function of io/ that calls GDAL stands between enter and leave.
 */
#ifndef HRMI_GDAL_H
#define HRMI_GDAL_H

#include <gdal.h>

#include "base/base.h"

enum { HRMI_GDAL_MESSAGE_SIZE = 400 };

typedef struct hrmi_gdal {
    hrm_context *ctx;
    const char *path;                     /* what warnings are about; borrowed */
    char **options;                       /* the host's options of this thread, to be put back */
    unsigned warnings;                    /* told so far */
    bool refused_link;                    /* a link in the file was not followed */
    char message[HRMI_GDAL_MESSAGE_SIZE]; /* the first failure since hrmi_gdal_clear(), "" for none */
} hrmi_gdal;

/* Registers GDAL's drivers if nobody did. `path` names what is worked on, in warnings. */
void hrmi_gdal_enter(hrmi_gdal *gdal, hrm_context *ctx, const char *path);

/* Nothing for a struct that is all zero. */
void hrmi_gdal_leave(hrmi_gdal *gdal);

/* Forgets an earlier failure of GDAL. */
void hrmi_gdal_clear(hrmi_gdal *gdal);

/* What GDAL said of the first failure; "no reason was given" where it said nothing. */
const char *hrmi_gdal_reason(const hrmi_gdal *gdal);

#endif
