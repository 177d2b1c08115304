/**
 * @file version.h
 * Which libhromada this is: for the preprocessor, and to ask at run time.
 */
#ifndef HROMADA_VERSION_H
#define HROMADA_VERSION_H

#include "hromada/export.h"

/** The version that a program was compiled against; the build reads its own from here. */
#define HRM_VERSION_MAJOR 0
/** Grows with new functions; what there was stays. */
#define HRM_VERSION_MINOR 1
/** Grows with corrections. */
#define HRM_VERSION_PATCH 0

HRM_BEGIN_DECLS

/**
 * The version of the library that is loaded, as "0.1.0".
 *
 * @return static text, never NULL. Threads: any.
 * @since 0.1
 */
HRM_API const char *hrm_version(void);

/**
 * Whether the loaded library can read and write files (the full profile), or works on arrays only (the core
 * profile).
 *
 * @return true in the full profile. Threads: any.
 * @since 0.1
 */
HRM_API bool hrm_has_io(void);

HRM_END_DECLS

#endif
