/*
 * Rounding as people mean it: of the decimal number that they see. 2.675 is kept as the double
 * 2.67499999999999982236431605997495353221893310546875, and rounding that to two digits gives 2.67; what
 * people see is 2.675, and expect 2.68. So the shortest decimal text of the double is rounded, half away from
 * zero, and read again.
 */
#include "base/number.h"
#include "indicator/program.h"

/* A decimal number: 0.d[0]d[1]… × 10^point. */
typedef struct decimal {
    char digits[HRMI_NUMBER_SIZE];
    int count;
    int point;
} decimal;

/* From [-]ddd.ddd[e±xx], without leading zeros. */
static decimal decimal_from(const char *text) {
    decimal d = {.count = 0};
    bool behind_point = false;
    int exponent = 0;
    bool negative = false;
    if (*text == '-') text++;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text == '.') {
            behind_point = true;
            continue;
        }
        if (!behind_point && (d.count > 0 || *text != '0')) d.point++;
        if (behind_point && d.count == 0 && *text == '0') d.point--;
        if (d.count > 0 || *text != '0') d.digits[d.count++] = *text;
    }
    if (*text == 'e') {
        negative = text[1] == '-';
        for (text += 2; *text != '\0'; text++) exponent = exponent * 10 + (*text - '0');
    }
    d.point += negative ? -exponent : exponent;
    return d;
}

/* Keeps the first `kept` digits (0 or more), rounded half up. */
static void cut(decimal *d, int kept) {
    const bool up = d->digits[kept] >= '5';
    d->count = kept;
    if (!up) return;
    while (d->count > 0 && d->digits[d->count - 1] == '9') d->count--;
    if (d->count > 0) {
        d->digits[d->count - 1]++;
        return;
    }
    d->digits[d->count++] = '1';
    d->point++;
}

static double decimal_value(const decimal *d) {
    char text[2 * HRMI_NUMBER_SIZE] = "0.";
    size_t length = 2;
    int exponent = d->point < 0 ? -d->point : d->point;
    char reversed[8];
    size_t count = 0;
    double value = 0.0;
    if (d->count == 0) return 0.0;
    for (int i = 0; i < d->count; i++) text[length++] = d->digits[i];
    text[length++] = 'e';
    text[length++] = d->point < 0 ? '-' : '+';
    do {
        reversed[count++] = (char)('0' + exponent % 10);
        exponent /= 10;
    } while (exponent > 0);
    while (count > 0) text[length++] = reversed[--count];
    (void)hrmi_number_read(text, length, &value);
    return value;
}

double hrmi_round(double value, int digits) {
    char text[HRMI_NUMBER_SIZE];
    if (!isfinite(value) || value == 0.0) return value;
    (void)hrmi_number_write(value, text);
    decimal d = decimal_from(text);
    const int kept = d.point + digits;
    if (kept >= d.count) return value;
    if (kept < 0) return 0.0;
    cut(&d, kept);
    const double rounded = decimal_value(&d);
    return value < 0.0 ? -rounded : rounded;
}
