/* Numbers for people, and small tables aligned on a terminal. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "program.h"

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
    if (magnitude > 0 && magnitude < 0.00005) { /* four decimals would show a zero */
        (void)snprintf(text, size, "%s0.0001", value < 0 ? "> -" : "< ");
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
size_t program_text_width(const char *text) {
    size_t width = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
        const bool continues = (*p & 0xC0) == 0x80;
        const bool combines = (*p == 0xCC && p[1] >= 0x80) || (*p == 0xCD && p[1] >= 0x80 && p[1] < 0xB0);
        if (!continues && !combines) width++;
    }
    return width;
}

size_t program_width(void) {
    struct winsize size = {0};
    if (isatty(STDOUT_FILENO) != 1 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return 100;
    if (size.ws_col < 60) return 60;
    return size.ws_col > 120 ? 120 : size.ws_col;
}

static void print_spaces(size_t count) {
    for (size_t i = 0; i < count; i++) (void)putchar(' ');
}

void program_print_wrapped(const char *text, size_t used, size_t indent) {
    const size_t width = program_width();
    bool first = true;
    while (*text != '\0') {
        char word[512];
        const size_t length = strcspn(text, " ");
        (void)snprintf(word, sizeof word, "%.*s", (int)length, text);
        const size_t places = program_text_width(word);
        if (!first && used + 1 + places > width) {
            (void)putchar('\n');
            print_spaces(indent);
            used = indent;
            first = true;
        }
        used += places + (first ? 0 : 1);
        if (!first) (void)putchar(' ');
        (void)fputs(word, stdout);
        first = false;
        text += length;
        while (*text == ' ') text++;
    }
    (void)putchar('\n');
}

void program_print_table(const char *const *cells, size_t rows, size_t columns, size_t left) {
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            const char *const cell = cells[r * columns + c];
            size_t widest = 0;
            for (size_t i = 0; i < rows; i++) {
                const size_t width = program_text_width(cells[i * columns + c]);
                if (width > widest) widest = width;
            }
            const size_t gap = widest - program_text_width(cell);
            if (c > 0) print_spaces(2);
            if (c >= left) print_spaces(gap);
            (void)fputs(cell, stdout);
            if (c < left && c + 1 < columns) print_spaces(gap);
        }
        (void)putchar('\n');
    }
}
