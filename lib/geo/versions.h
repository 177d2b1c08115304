/*
 * Which engines are under this folder, for accounts of how results came about.
 */
#ifndef HRMI_VERSIONS_H
#define HRMI_VERSIONS_H

/* "3.11.1"; "9.1.1". Static. */
const char *hrmi_geos_version(void);
const char *hrmi_proj_version(void);

#endif
