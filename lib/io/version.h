/*
 * Which GDAL is loaded, for accounts of how results came about.
 */
#ifndef HRMI_IO_VERSION_H
#define HRMI_IO_VERSION_H

/* "3.6.2". Static. */
const char *hrmi_gdal_version(void);

#endif
