/* What the thin programs share: see program.h. */
#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

/* ---- Ctrl-C ---- */

static hrm_context *_Atomic running; /* what Ctrl-C stops; the handler may touch nothing else */

static void interrupt(int number) {
    hrm_context *const ctx = atomic_load(&running);
    (void)number;
    if (ctx != NULL) hrm_context_cancel(ctx);
}

/* The first Ctrl-C asks the work to stop, which leaves no file half written; the second one kills. */
static void catch_interrupt(hrm_context *ctx) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = interrupt;
    action.sa_flags = (int)SA_RESETHAND;
    (void)sigemptyset(&action.sa_mask);
    atomic_store(&running, ctx);
    (void)sigaction(SIGINT, &action, NULL);
}

/* ---- messages and progress, on standard error ---- */

static void close_line(program *self) {
    if (self->line_is_open) (void)fputs("\r\033[K", stderr);
    self->line_is_open = false;
}

static void show_message(int32_t level, const char *message, void *user) {
    program *const self = user;
    close_line(self);
    (void)fprintf(stderr, "%s: %s%s\n", self->name, level == HRM_LOG_WARNING ? "warning: " : "", message);
}

static bool show_progress(double share, const char *step, void *user) {
    enum { WIDTH = 30 };
    program *const self = user;
    const int percent = (int)(share * 100.0);
    if (percent == self->shown_percent && step == self->shown_step && self->line_is_open) return true;
    const int filled = percent * WIDTH / 100;
    (void)fputs("\r\033[K[", stderr);
    for (int i = 0; i < WIDTH; i++) (void)fputc(i < filled ? '#' : '.', stderr);
    (void)fprintf(stderr, "] %3d %% %s", percent, step);
    (void)fflush(stderr);
    self->shown_percent = percent;
    self->shown_step = step;
    self->line_is_open = true;
    return true;
}

/* ---- the command line ---- */

enum { HELP, VERSION, QUIET, THREADS, COMMON_COUNT };

static program_option common[COMMON_COUNT] = {
    {.name = "help", .letter = 'h', .help = "print this text"},
    {.name = "version", .letter = 'V', .help = "print the version"},
    {.name = "quiet", .letter = 'q', .help = "print nothing but errors"},
    {.name = "threads", .argument = "N", .help = "use N threads; the results are the same"}};

static size_t option_count(const program *self) {
    return self->option_count + COMMON_COUNT;
}

static program_option *option_at(const program *self, size_t i) {
    return i < self->option_count ? &self->options[i] : &common[i - self->option_count];
}

static void print_option(const program_option *option) {
    char left[64];
    const char letter[] = {'-', option->letter, ',', ' ', '\0'};
    (void)snprintf(left, sizeof left, "%s--%s%s%s", option->letter != '\0' ? letter : "    ", option->name,
                   option->argument != NULL ? " " : "", option->argument != NULL ? option->argument : "");
    printf("  %-22s  %s\n", left, option->help);
}

static void print_help(const program *self) {
    printf("Usage: %s [OPTION]...%s%s\n\n%s\n\nOptions:\n", self->name, self->arguments[0] != '\0' ? " " : "",
           self->arguments, self->about);
    for (size_t i = 0; i < option_count(self); i++) print_option(option_at(self, i));
    printf("\nExit status: 0 done, 1 the input or the work failed, 2 wrong usage.\n");
}

/* How many letters must be put in, left out or exchanged to get from one name to the other. */
static size_t edit_distance(const char *a, const char *b) {
    enum { MOST = 64 };
    size_t row[MOST + 1];
    const size_t width = strlen(b);
    if (width > MOST) return MOST;
    for (size_t j = 0; j <= width; j++) row[j] = j;
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t corner = row[0]++;
        for (size_t j = 0; j < width; j++) {
            size_t best = corner + (a[i] == b[j] ? 0 : 1);
            if (row[j + 1] + 1 < best) best = row[j + 1] + 1;
            if (row[j] + 1 < best) best = row[j] + 1;
            corner = row[j + 1];
            row[j + 1] = best;
        }
    }
    return row[width];
}

static const char *nearest_option(const program *self, const char *name) {
    const char *best = NULL;
    size_t least = 4; /* further away than three letters is another word */
    for (size_t i = 0; i < option_count(self); i++) {
        const char *const known = option_at(self, i)->name;
        const size_t distance = edit_distance(name, known);
        if (distance < least && distance < strlen(known)) {
            least = distance;
            best = known;
        }
    }
    return best;
}

static int wrong_usage(const program *self, const char *what, const char *word) {
    (void)fprintf(stderr, "%s: %s%s%s\nTry '%s --help'.\n", self->name, what, word[0] != '\0' ? " " : "",
                  word, self->name);
    return PROGRAM_USAGE;
}

static int unknown_option(const program *self, const char *given, const char *name) {
    const char *const nearest = nearest_option(self, name);
    (void)fprintf(stderr, "%s: unknown option %s", self->name, given);
    if (nearest != NULL) (void)fprintf(stderr, "; did you mean --%s?", nearest);
    (void)fprintf(stderr, "\nTry '%s --help'.\n", self->name);
    return PROGRAM_USAGE;
}

/* Finds "--name", "--name=value", "-x" or "-xvalue"; *value is NULL where none is attached. */
static program_option *find_option(const program *self, const char *given, char *name, size_t name_size,
                                   const char **value) {
    const bool is_long = given[1] == '-';
    const char *const start = is_long ? given + 2 : given + 1;
    const size_t length = is_long ? strcspn(start, "=") : 1;
    (void)snprintf(name, name_size, "%.*s", (int)length, start);
    *value = is_long ? (start[length] == '=' ? start + length + 1 : NULL)
                     : (start[length] != '\0' ? start + length : NULL);
    for (size_t i = 0; i < option_count(self); i++) {
        program_option *const option = option_at(self, i);
        if (is_long ? strcmp(option->name, name) == 0 && strlen(option->name) == length
                    : option->letter != '\0' && option->letter == start[0])
            return option;
    }
    return NULL;
}

/* Reads one option; *i is moved on where the value is the next word. */
static int read_option(program *self, int argc, char **argv, int *i) {
    char name[64];
    const char *value = NULL;
    const char *const given = argv[*i];
    program_option *const option = find_option(self, given, name, sizeof name, &value);
    if (option == NULL) return unknown_option(self, given, name);
    if (option->argument == NULL) {
        if (value != NULL) return wrong_usage(self, "no value may follow the option", given);
        option->value = "";
        return PROGRAM_DONE;
    }
    if (value == NULL && *i + 1 < argc) value = argv[++*i];
    if (value == NULL || value[0] == '\0') return wrong_usage(self, "a value must follow the option", given);
    option->value = value;
    return PROGRAM_DONE;
}

static int read_command_line(program *self, int argc, char **argv) {
    bool options_ended = false;
    for (int i = 1; i < argc; i++) {
        const char *const word = argv[i];
        if (!options_ended && strcmp(word, "--") == 0) {
            options_ended = true;
        } else if (!options_ended && word[0] == '-' && word[1] != '\0') {
            const int code = read_option(self, argc, argv, &i);
            if (code != PROGRAM_DONE) return code;
        } else {
            if (self->operand_count == self->most || self->operand_count == PROGRAM_MOST_OPERANDS)
                return wrong_usage(self, "unexpected argument", word);
            self->operands[self->operand_count++] = word;
        }
    }
    return PROGRAM_DONE;
}

/* A whole number from 1 to 9999, or 0 for what is none. */
static uint32_t read_threads(const char *text) {
    uint32_t number = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (text[i] < '0' || text[i] > '9' || i == 4) return 0;
        number = number * 10 + (uint32_t)(text[i] - '0');
    }
    return number;
}

static int make_context(program *self) {
    if (hrm_context_new(NULL, &self->ctx) != HRM_OK) {
        (void)fprintf(stderr, "%s: out of memory\n", self->name);
        return PROGRAM_FAILED;
    }
    const char *const threads = common[THREADS].value;
    if (threads != NULL && hrm_context_set_threads(self->ctx, read_threads(threads)) != HRM_OK) {
        hrm_context_free(self->ctx);
        self->ctx = NULL;
        return wrong_usage(self, "--threads wants a number from 1 to 1024, not", threads);
    }
    self->shows_progress = !self->quiet && isatty(STDERR_FILENO) == 1;
    if (!self->quiet) hrm_context_set_log(self->ctx, show_message, self);
    if (self->shows_progress) hrm_context_set_progress(self->ctx, show_progress, self);
    catch_interrupt(self->ctx);
    return PROGRAM_DONE;
}

bool program_start(program *self, int argc, char **argv, int *code) {
    *code = read_command_line(self, argc, argv);
    if (*code != PROGRAM_DONE) return false;
    if (common[HELP].value != NULL) {
        print_help(self);
        return false;
    }
    if (common[VERSION].value != NULL) {
        printf("%s %s\n", self->name, hrm_version());
        return false;
    }
    if (self->operand_count < self->least) {
        *code = wrong_usage(self, "an argument is missing:", self->arguments);
        return false;
    }
    self->quiet = common[QUIET].value != NULL;
    *code = make_context(self);
    return *code == PROGRAM_DONE;
}

int program_end(program *self, hrm_status status) {
    close_line(self);
    if (status != HRM_OK) (void)fprintf(stderr, "%s: %s\n", self->name, hrm_error_message(self->ctx));
    atomic_store(&running, NULL);
    hrm_context_free(self->ctx);
    self->ctx = NULL;
    if (status != HRM_OK) return PROGRAM_FAILED;
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        (void)fprintf(stderr, "%s: standard output could not be written\n", self->name);
        return PROGRAM_FAILED;
    }
    return PROGRAM_DONE;
}

/* ---- printing ---- */

/* Digits of a whole number with a space between thousands. */
static void write_grouped(char *text, size_t size, uint64_t number) {
    char digits[32];
    size_t at = 0;
    const int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    for (int i = 0; i < count && at + 2 < size; i++) {
        if (i > 0 && (count - i) % 3 == 0) text[at++] = ' ';
        text[at++] = digits[i];
    }
    text[at] = '\0';
}

void program_number(char *text, size_t size, double value) {
    char whole[32];
    const double magnitude = fabs(value);
    if (isnan(value)) {
        (void)snprintf(text, size, "-");
        return;
    }
    if (magnitude >= 1e15) {
        (void)snprintf(text, size, "%s1e15 or more", value < 0 ? "-" : "");
        return;
    }
    unsigned decimals = 0; /* three digits or more in all */
    uint64_t power = 1;
    while (decimals < 4 && magnitude * (double)power < 99.95 && magnitude != floor(magnitude)) {
        power *= 10;
        decimals++;
    }
    const uint64_t scaled = (uint64_t)llround(magnitude * (double)power);
    write_grouped(whole, sizeof whole, scaled / power);
    const char *const sign = value < 0 && scaled > 0 ? "-" : "";
    if (decimals == 0) (void)snprintf(text, size, "%s%s", sign, whole);
    else
        (void)snprintf(text, size, "%s%s.%0*llu", sign, whole, (int)decimals,
                       (unsigned long long)(scaled % power));
}

/* How many places a text takes on a terminal: its characters, accents that stand on another one not counted.
 */
static size_t width_of(const char *text) {
    size_t width = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
        const bool continues = (*p & 0xC0) == 0x80;
        const bool combines = (*p == 0xCC && p[1] >= 0x80) || (*p == 0xCD && p[1] >= 0x80 && p[1] < 0xB0);
        if (!continues && !combines) width++;
    }
    return width;
}

static void print_spaces(size_t count) {
    for (size_t i = 0; i < count; i++) (void)putchar(' ');
}

void program_print_table(const char *const *cells, size_t rows, size_t columns, size_t left) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            const char *const cell = cells[r * columns + c];
            size_t widest = 0;
            for (size_t i = 0; i < rows; i++) {
                const size_t width = width_of(cells[i * columns + c]);
                if (width > widest) widest = width;
            }
            const size_t gap = widest - width_of(cell);
            if (c > 0) print_spaces(2);
            if (c >= left) print_spaces(gap);
            (void)fputs(cell, stdout);
            if (c < left && c + 1 < columns) print_spaces(gap);
        }
        (void)putchar('\n');
    }
}
