/* Options and operands of the command line, the help that lists them, and the nearest option to a misspelt
 * one. */
#include <stdio.h>
#include <string.h>

#include "program_options.h"

static program_option common[PROGRAM_COMMON_COUNT] = {
    {.name = "help", .letter = 'h', .help = "print this text"},
    {.name = "version", .letter = 'V', .help = "print the version"},
    {.name = "quiet", .letter = 'q', .help = "print nothing but errors"},
    {.name = "threads", .argument = "N", .help = "use N threads; the results are the same"}};

static size_t option_count(const program *self) {
    return self->option_count + PROGRAM_COMMON_COUNT;
}

static program_option *option_at(const program *self, size_t i) {
    return i < self->option_count ? &self->options[i] : &common[i - self->option_count];
}

static void print_option(const program_option *option) {
    char left[64];
    const char letter[] = {'-', option->letter, ',', ' ', '\0'};
    (void)snprintf(left, sizeof left, "%s--%s%s%s", option->letter != '\0' ? letter : "    ", option->name,
                   option->argument != NULL ? " " : "", option->argument != NULL ? option->argument : "");
    printf("  %-26s  %s\n", left, option->help);
}

void program_print_help(const program *self) {
    printf("Usage: %s [OPTION]...%s%s\n\n%s\n\nOptions:\n", self->name, self->arguments[0] != '\0' ? " " : "",
           self->arguments, self->about);
    for (size_t i = 0; i < option_count(self); i++) print_option(option_at(self, i));
    if (self->examples != NULL) printf("\nExamples:\n%s", self->examples);
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

int program_wrong_usage(const program *self, const char *what, const char *word) {
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
        if (value != NULL) return program_wrong_usage(self, "no value may follow the option", given);
        option->value = "";
        return PROGRAM_DONE;
    }
    if (value == NULL && *i + 1 < argc) value = argv[++*i];
    if (value == NULL || value[0] == '\0')
        return program_wrong_usage(self, "a value must follow the option", given);
    if (option->values != NULL && option->count == option->most)
        return program_wrong_usage(self, "given too often:", given);
    if (option->values != NULL) option->values[option->count++] = value;
    option->value = value;
    return PROGRAM_DONE;
}

int program_read_options(program *self, int argc, char **argv) {
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
                return program_wrong_usage(self, "unexpected argument", word);
            self->operands[self->operand_count++] = word;
        }
    }
    return PROGRAM_DONE;
}

const char *program_common_value(int option) {
    return common[option].value;
}
