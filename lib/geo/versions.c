/* The versions of GEOS and PROJ that are loaded. */
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>
#include <proj.h>

#include "geo/versions.h"

const char *hrmi_geos_version(void) {
    return GEOSversion();
}

const char *hrmi_proj_version(void) {
    return proj_info().version;
}
