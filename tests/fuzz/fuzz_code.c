/* Codes of any bytes: a key is seven digits that stand in the text, its lack has a reason, blanks change
 * nothing. */
#include <stdlib.h>

#include "base/utf8.h"
#include "community/code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so) {
    if (!so) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char key[HRMI_KEY_SIZE] = "";
    char again[HRMI_KEY_SIZE] = "";
    const char *why = NULL;
    const char *text = (const char *)data;
    size_t length = size;
    const bool has = hrmi_code_key(text, length, key, &why);
    must(has == (why == NULL));
    length = hrmi_utf8_trim(&text, length);
    must(length <= size && text >= (const char *)data && text + length <= (const char *)data + size);
    must(hrmi_code_key(text, length, again, &why) == has);
    if (!has) return 0;
    must(strlen(key) == HRMI_KEY_DIGITS && memcmp(key, again, sizeof key) == 0);
    must(length >= 9 && length <= 19 && memcmp(text + 2, key, HRMI_KEY_DIGITS) == 0);
    return 0;
}
