/* The version that is loaded, and its profile. */
#include "hromada/config.h"
#include "hromada/version.h"

#define TEXT_OF(x) #x
#define TEXT(x)    TEXT_OF(x)

const char *hrm_version(void) {
    return TEXT(HRM_VERSION_MAJOR) "." TEXT(HRM_VERSION_MINOR) "." TEXT(HRM_VERSION_PATCH);
}

bool hrm_has_io(void) {
    return HRM_HAS_IO != 0;
}
