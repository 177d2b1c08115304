/* What the thin programs share: beginning and end, messages, progress, Ctrl-C. See program.h. */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "program_options.h"

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

void program_clear_line(program *self) {
    if (self->line_is_open) (void)fputs("\r\033[K", stderr);
    (void)fflush(stderr);
    self->line_is_open = false;
}

static void show_message(int32_t level, const char *message, void *user) {
    program *const self = user;
    if (level < self->least_level) return;
    program_clear_line(self);
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

/* ---- beginning and end ---- */

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
    const char *const threads = program_common_value(PROGRAM_THREADS);
    if (threads != NULL && hrm_context_set_threads(self->ctx, read_threads(threads)) != HRM_OK) {
        hrm_context_free(self->ctx);
        self->ctx = NULL;
        return program_wrong_usage(self, "--threads wants a number from 1 to 1024, not", threads);
    }
    self->shows_progress = !self->quiet && isatty(STDERR_FILENO) == 1;
    if (!self->quiet) hrm_context_set_log(self->ctx, show_message, self);
    if (self->shows_progress) hrm_context_set_progress(self->ctx, show_progress, self);
    catch_interrupt(self->ctx);
    return PROGRAM_DONE;
}

/* A full disk shows only when what was printed is written out. */
static int finish_output(const program *self) {
    if (fflush(stdout) == 0 && ferror(stdout) == 0) return PROGRAM_DONE;
    (void)fprintf(stderr, "%s: standard output could not be written\n", self->name);
    return PROGRAM_FAILED;
}

bool program_start(program *self, int argc, char **argv, int *code) {
    *code = program_read_options(self, argc, argv);
    if (*code != PROGRAM_DONE) return false;
    if (program_common_value(PROGRAM_HELP) != NULL) {
        program_print_help(self);
        *code = finish_output(self);
        return false;
    }
    if (program_common_value(PROGRAM_VERSION) != NULL) {
        printf("%s %s\n", self->name, hrm_version());
        *code = finish_output(self);
        return false;
    }
    if (self->operand_count < self->least) {
        *code = program_wrong_usage(self, "an argument is missing:", self->arguments);
        return false;
    }
    self->quiet = program_common_value(PROGRAM_QUIET) != NULL;
    *code = make_context(self);
    return *code == PROGRAM_DONE;
}

int program_end(program *self, hrm_status status) {
    program_clear_line(self);
    if (status != HRM_OK) (void)fprintf(stderr, "%s: %s\n", self->name, hrm_error_message(self->ctx));
    atomic_store(&running, NULL);
    hrm_context_free(self->ctx);
    self->ctx = NULL;
    return status == HRM_OK ? finish_output(self) : PROGRAM_FAILED;
}
