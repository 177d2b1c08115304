/*
 * What the thin programs share: options, help, progress on a terminal, messages, Ctrl-C, exit codes, and
 * printing a small table. No indicator logic: that is the library's.
 *
 *     static program self = {.name = "hromada-x", .arguments = "FILE", .about = "…", .least = 1, .most = 1};
 *     int code;
 *     if (!program_start(&self, argc, argv, &code)) return code;
 *     const hrm_status status = work(&self);
 *     return program_end(&self, status);
 *
 * Exit codes: 0 done, 1 the input or the work failed (the message says why), 2 wrong usage.
 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include "hromada/hromada.h"

enum { PROGRAM_DONE = 0, PROGRAM_FAILED = 1, PROGRAM_USAGE = 2, PROGRAM_MOST_OPERANDS = 8 };

/* An option of one program, beside --help, --version, --quiet and --threads N, which all have. */
typedef struct program_option {
    const char *name;     /* without the dashes */
    char letter;          /* 'o' for -o; 0: none */
    const char *argument; /* what the help calls its argument; NULL: a flag without one */
    const char *help;
    const char *value;   /* set by program_start(): the argument, "" for a flag; NULL: not given */
    const char **values; /* of an option that may be given several times: room for `most` arguments … */
    size_t most;
    size_t count; /* … and how many there are: set by program_start() */
} program_option;

typedef struct program {
    const char *name;
    const char *arguments; /* for the usage line: "RECIPE" */
    const char *about;     /* what it does: a few lines */
    const char *examples;  /* lines for the end of the help; NULL: none */
    program_option *options;
    size_t option_count;
    size_t least, most; /* how many operands it takes */

    /* set by program_start() */
    const char *operands[PROGRAM_MOST_OPERANDS];
    size_t operand_count;
    bool quiet;
    int32_t least_level; /* HRM_LOG_…: messages below it are not shown; a program may change it */
    hrm_context *ctx;

    /* the progress bar */
    bool shows_progress;
    bool line_is_open;
    int shown_percent;
    const char *shown_step;
} program;

/* Reads the command line and makes the context. False when the program is to end with *code: after --help, or
 * wrong usage. */
bool program_start(program *self, int argc, char **argv, int *code);

/* Tells the error if there is one, frees the context, and gives the exit code. */
int program_end(program *self, hrm_status status);

/* Says what is wrong with which word of the command line, and where help is: PROGRAM_USAGE. The context, if
 * there is one, is still to be ended. */
int program_wrong_usage(const program *self, const char *what, const char *word);

/* ---- printing ---- */

/* Takes the progress bar off the line, before something is printed. */
void program_clear_line(program *self);

/* How many characters fit in a line: of the terminal, at least 60 and at most 120; 100 where it is none. */
size_t program_width(void);

/* How many places a text takes on a terminal. */
size_t program_text_width(const char *text);

/* A text behind what stands in the line already (`used` places), broken at blanks and indented where it goes
 * on; ends the line. */
void program_print_wrapped(const char *text, size_t used, size_t indent);

/* A number for people: 1 234 567, 123.4, 0.0123; a dash where it is missing. `size` of at least 40. */
void program_number(char *text, size_t size, double value);

/* Cells (rows × columns, the first row is the heading) as aligned columns on standard output. Texts stand to
 * the left in the first `left` columns, to the right in the others. */
void program_print_table(const char *const *cells, size_t rows, size_t columns, size_t left);

#endif
