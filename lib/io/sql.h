/*
 * SQL of the caller, before a database gets it: one SELECT, which reads nothing but that database.
 */
#ifndef HRMI_SQL_H
#define HRMI_SQL_H

#include "base/base.h"

/* A statement: begins with SELECT or WITH, and is the only one. HRM_ERROR_ARGUMENT; `path` names the source.
 */
hrm_status hrmi_sql_check_select(hrm_context *ctx, const char *sql, const char *path);

/*
 * A statement or a condition for a file of SQLite or GeoPackage, whose functions can load code, read files
 * and ask the network: only functions of a list may be called, and comments may not stand in it.
 * HRM_ERROR_UNSUPPORTED, HRM_ERROR_ARGUMENT.
 */
hrm_status hrmi_sql_check_functions(hrm_context *ctx, const char *sql, const char *path);

/* Whether a statement of a file's schema (the column sql of sqlite_master) makes something that lies in the
 * file: a table, a view, an index, a trigger, or a virtual table of a kind that reads no other file. */
bool hrmi_sql_stays_in_file(const char *sql);

/* A statement for a file has no end that can be foreseen where a WITH reads from itself, said to be RECURSIVE
 * or not. HRM_ERROR_UNSUPPORTED. After hrmi_sql_check_functions(). */
hrm_status hrmi_sql_check_end(hrm_context *ctx, const char *sql, const char *path);

/* A filter of OGR SQL: LIKE takes the length of the cell to the power of the number of signs %, and nothing
 * can stop it in between. At most 3 in a text. HRM_ERROR_UNSUPPORTED. */
hrm_status hrmi_sql_check_patterns(hrm_context *ctx, const char *where, const char *path);

#endif
