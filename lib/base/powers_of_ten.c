/* The table of powers_of_ten.h: one copy for the readers and the writer of numbers. */
#include "base/powers_of_ten.h"

const hrmi_wide hrmi_powers_of_ten[HRMI_POWER_LAST - HRMI_POWER_FIRST + 1] = {
#include "powers_of_ten.inc"
};
