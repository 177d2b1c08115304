/*
 * The command line of the thin programs: read by program_options.c for program.c.
 */
#ifndef PROGRAM_OPTIONS_H
#define PROGRAM_OPTIONS_H

#include "program.h"

/* The options that all programs have. */
enum { PROGRAM_HELP, PROGRAM_VERSION, PROGRAM_QUIET, PROGRAM_THREADS, PROGRAM_COMMON_COUNT };

/* Reads options and operands into the program: PROGRAM_DONE, or PROGRAM_USAGE after saying what is wrong. */
int program_read_options(program *self, int argc, char **argv);

/* The argument of a common option, "" where it takes none; NULL where it was not given. */
const char *program_common_value(int option);

void program_print_help(const program *self);

#endif
