/*
 * Entering GDAL and leaving it. The error handler and the configuration options are those of the calling
 * thread only, and the host's are put back; nothing global is touched but the list of drivers, which is
 * filled where the host has not done so (1.6 ms, measured with GDAL 3.6 and its 210 drivers).
 *
 * A GeoJSON file may name its CRS by a link, a KML file its styles: GDAL would fetch them. While we are
 * inside, the thread's fetches are answered by refuse_fetch().
 */
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_string.h>

#include "base/utf8.h"
#include "io/gdal.h"
#include "io/version.h"

#define MOST_WARNINGS 20

/* One line of valid UTF-8, as long as it fits. */
static void copy_message(char out[HRMI_GDAL_MESSAGE_SIZE], const char *text) {
    size_t length = strlen(text);
    const size_t invalid = hrmi_utf8_first_invalid(text, length);
    if (invalid < length) length = invalid;
    length = hrmi_utf8_cut(text, length, HRMI_GDAL_MESSAGE_SIZE - 1);
    for (size_t i = 0; i < length; i++) out[i] = text[i] == '\n' || text[i] == '\r' ? ' ' : text[i];
    out[length] = '\0';
}

static void CPL_STDCALL on_message(CPLErr level, CPLErrorNum number, const char *text) {
    hrmi_gdal *const gdal = CPLGetErrorHandlerUserData();
    char message[HRMI_GDAL_MESSAGE_SIZE];
    (void)number;
    if (level == CE_Warning) {
        if (gdal->warnings++ >= MOST_WARNINGS) return;
        copy_message(message, text);
        hrmi_log(gdal->ctx, HRM_LOG_WARNING, "%s: %s%s", gdal->path, message,
                 gdal->warnings == MOST_WARNINGS ? " (further warnings on this file are not told)" : "");
    } else if (level >= CE_Failure && gdal->message[0] == '\0') {
        copy_message(gdal->message, text);
    }
}

/* An answer, so that GDAL does not go on to ask the network itself. */
static CPLHTTPResult *refuse_fetch(const char *url, CSLConstList options, GDALProgressFunc progress,
                                   void *progress_data, CPLHTTPFetchWriteFunc write, void *write_data,
                                   void *user) {
    CPLHTTPResult *const result = CPLCalloc(1, sizeof *result);
    hrmi_gdal *const gdal = user;
    (void)options;
    (void)progress;
    (void)progress_data;
    (void)write;
    (void)write_data;
    gdal->refused_link = true;
    CPLError(CE_Warning, CPLE_HttpResponse, "the link %s was not followed: nothing is read from the network",
             url);
    result->nStatus = 1;
    result->pszErrBuf = CPLStrdup("nothing is read from the network");
    return result;
}

void hrmi_gdal_enter(hrmi_gdal *gdal, hrm_context *ctx, const char *path) {
    memset(gdal, 0, sizeof *gdal);
    gdal->ctx = ctx;
    gdal->path = path;
    gdal->options = CPLGetThreadLocalConfigOptions();
    CPLPushErrorHandlerEx(on_message, gdal);
    (void)CPLHTTPPushFetchCallback(refuse_fetch, gdal);
    if (GDALGetDriverByName("GPKG") == NULL || GDALGetDriverByName("GeoJSON") == NULL) GDALAllRegister();
}

void hrmi_gdal_leave(hrmi_gdal *gdal) {
    if (gdal->ctx == NULL) return;
    (void)CPLHTTPPopFetchCallback();
    CPLPopErrorHandler();
    CPLSetThreadLocalConfigOptions((const char *const *)gdal->options);
    CSLDestroy(gdal->options);
    gdal->options = NULL;
    gdal->ctx = NULL;
}

void hrmi_gdal_clear(hrmi_gdal *gdal) {
    gdal->message[0] = '\0';
}

const char *hrmi_gdal_reason(const hrmi_gdal *gdal) {
    return gdal->message[0] != '\0' ? gdal->message : "no reason was given";
}

const char *hrmi_gdal_version(void) {
    return GDALVersionInfo("RELEASE_NAME");
}
