/*
 * Databases on servers: PostgreSQL, as `PG:host=… dbname=…`, the pairs of libpq. Only read, and no password
 * of a connection is ever told.
 */
#ifndef HRMI_SERVER_H
#define HRMI_SERVER_H

#include "base/base.h"

/* Whether a path is such a connection. */
bool hrmi_server_is(const char *path);

/* A connection or an address as it may be told: of the pairs only those that say where, of an address no
 * name and password; every other path as it is. */
void hrmi_server_show(const char *path, char *out, size_t size);

/*
 * The text to open a connection with: the caller's, made read-only and not waiting for ever. Free with
 * hrmi_free(); NULL with the error set: HRM_ERROR_ARGUMENT where it is no list of pairs,
 * HRM_ERROR_UNSUPPORTED where it sets `options`. `shown` names it in errors.
 */
char *hrmi_server_connection(hrm_context *ctx, const char *path, const char *shown);

/* What the driver says of a failure, unless it quotes the connection. Borrowed from `message` or static. */
const char *hrmi_server_reason(const char *path, const char *message);

#endif
