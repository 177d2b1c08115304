/* Cells as people fill them in: any bytes give one of three consistent answers, and the readings agree. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition) {
    if (!condition) abort();
}

static bool same_number(const hrmi_cell *a, const hrmi_cell *b) {
    return memcmp(&a->value, &b->value, sizeof a->value) == 0 && a->percent == b->percent;
}

static void check_alone(hrmi_cell_kind kind, const hrmi_cell *cell) {
    require((kind == HRMI_CELL_NUMBER) == (isfinite(cell->value) != 0));
    require((kind == HRMI_CELL_UNUSABLE) == (cell->why != NULL));
    require(kind == HRMI_CELL_NUMBER || !cell->percent);
    require(cell->why == NULL || strlen(cell->why) > 5);
    if (kind != HRMI_CELL_NUMBER) return;
    char text[HRMI_NUMBER_SIZE];
    hrmi_cell back;
    const size_t length = hrmi_number_write(cell->value, text);
    require(hrmi_number_read_cell(text, length, HRMI_DECIMAL_POINT, &back) == HRMI_CELL_NUMBER);
    require(memcmp(&back.value, &cell->value, sizeof back.value) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char before[] = "\uFEFF ", after[] = "\u00A0\t";
    const char *const text = (const char *)data;
    hrmi_cell cell[3], padded;
    hrmi_cell_kind kind[3];
    const size_t room = sizeof before - 1 + size + sizeof after - 1;
    char *const copy = malloc(room);
    if (copy == NULL) return 0;
    memcpy(copy, before, sizeof before - 1);
    if (size > 0) memcpy(copy + sizeof before - 1, data, size);
    memcpy(copy + sizeof before - 1 + size, after, sizeof after - 1);
    for (int decimal = HRMI_DECIMAL_AUTO; decimal <= HRMI_DECIMAL_COMMA; decimal++) {
        kind[decimal] = hrmi_number_read_cell(text, size, (hrmi_decimal)decimal, &cell[decimal]);
        check_alone(kind[decimal], &cell[decimal]);
        require((kind[decimal] == HRMI_CELL_MISSING) == (kind[0] == HRMI_CELL_MISSING));
        require(hrmi_number_read_cell(copy, room, (hrmi_decimal)decimal, &padded) == kind[decimal]);
        require(kind[decimal] != HRMI_CELL_NUMBER || same_number(&padded, &cell[decimal]));
    }
    const bool point = kind[HRMI_DECIMAL_POINT] == HRMI_CELL_NUMBER;
    const bool comma = kind[HRMI_DECIMAL_COMMA] == HRMI_CELL_NUMBER;
    if (kind[HRMI_DECIMAL_AUTO] == HRMI_CELL_NUMBER) { /* is one of the two plain readings */
        require((point && same_number(&cell[HRMI_DECIMAL_AUTO], &cell[HRMI_DECIMAL_POINT])) ||
                (comma && same_number(&cell[HRMI_DECIMAL_AUTO], &cell[HRMI_DECIMAL_COMMA])));
    }
    if (point && comma && memchr(text, ',', size) != NULL) { /* a comma with two readings is never settled */
        require(same_number(&cell[HRMI_DECIMAL_POINT], &cell[HRMI_DECIMAL_COMMA]) ||
                kind[HRMI_DECIMAL_AUTO] == HRMI_CELL_UNUSABLE);
    }
    free(copy);
    return 0;
}
