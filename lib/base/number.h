/*
 * Numbers in text: strict machine numbers, cells as people fill them in, and writing back.
 *
 * Reading and writing are exact and know no locale: a text becomes the nearest double (ties to even) whatever
 * its length, and a double becomes the shortest text that reads back as the same double. Nothing allocates.
 */
#ifndef HRMI_NUMBER_H
#define HRMI_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

enum { HRMI_NUMBER_SIZE = 32 }; /* room for any written number and its final NUL */

/*
 * Read a machine number: [+-] digits [. digits] [e [+-] digits], where the digits on one side of the point
 * may be missing ("5.", ".5"). The whole of text[0 … length) must be used; nothing around it is skipped.
 *
 * false, and *out unchanged, when it is anything else ("inf", "nan", hexadecimal and blanks included) or too
 * large for a double. What is too small becomes a subnormal or a zero with its sign, as IEEE 754 rounds it.
 */
bool hrmi_number_read(const char *text, size_t length, double *out);

/*
 * Write a finite number: the shortest digits that read back as the same double, and the closest to it among
 * the shortest. Laid out as Python's repr() does, but for the ".0" of whole numbers: plainly from 0.0001 up
 * to below 1e+16, else as d.ddde+XX with two exponent digits at least. Zero keeps its sign ("-0").
 *
 * Returns the length without the final NUL. NaN and infinity are the caller's mistake and give an empty text.
 */
size_t hrmi_number_write(double value, char out[HRMI_NUMBER_SIZE]);

typedef enum hrmi_decimal {
    HRMI_DECIMAL_AUTO = 0,  /* by what stands in the cell; "1,234" is then unusable, as it has two meanings */
    HRMI_DECIMAL_POINT = 1, /* a comma only separates thousands */
    HRMI_DECIMAL_COMMA = 2  /* a point only separates thousands */
} hrmi_decimal;

typedef enum hrmi_cell_kind {
    HRMI_CELL_NUMBER = 0,
    HRMI_CELL_MISSING = 1, /* empty, or a word or sign for "no data" */
    HRMI_CELL_UNUSABLE = 2 /* there is text, and it is not one certain number */
} hrmi_cell_kind;

typedef struct hrmi_cell {
    double value;    /* NaN but for HRMI_CELL_NUMBER */
    const char *why; /* static English text for HRMI_CELL_UNUSABLE, else NULL */
    bool percent;    /* a % sign stood behind the number: "15.4 %" is 15.4, the sign is a unit */
} hrmi_cell;

/*
 * Read a cell of a table or a spreadsheet; text may be NULL where length is 0.
 *
 * Understood: machine numbers; blanks around (also no-break, thin and zero-width ones); thousands separated
 * by blanks, apostrophes, commas or points in true groups of three ("1 234 567,8", "1'234.5", "1.234.567"); a
 * decimal comma; the minus signs U+2212 and U+2013; a percent sign.
 * Missing: no text, or alone in the cell and in any case: NA, N/A, #N/A, n.a., n/d, NaN, null, none, nil,
 * <NA>, no data, н/д, н.д., нема даних, немає даних, дані відсутні, немає інформації, інформація відсутня,
 * нет данных, one dash or minus sign or "--", an ellipsis or one to three points.
 * Everything else is unusable, and why says so: nothing is guessed, and no part of a cell is left unread.
 *
 * Cost: linear in length, without memory.
 */
hrmi_cell_kind hrmi_number_read_cell(const char *text, size_t length, hrmi_decimal decimal, hrmi_cell *out);

#endif
