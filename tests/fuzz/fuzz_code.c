/* Codes of any bytes: a key is the first digits of what was read, its lack has a reason, blanks around change
 * nothing, a mended code reads as itself, and what needs no mending stands in the text. */
#include <stdlib.h>

#include "base/utf8.h"
#include "community/code.h"
#include "hromada/gazetteer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so) {
    if (!so) abort();
}

static void check(const hrmi_code *code) {
    char whole[HRMI_CODE_SIZE + 2] = "UA";
    hrmi_code again;
    const bool has = code->kind == HRMI_CODE_COMMUNITY;
    must(has == (code->reason == HRM_REASON_NONE) && has == (code->key[0] != '\0'));
    must(has || code->why != NULL);
    must((code->why == NULL) == (has && code->mends == 0));
    must(code->digit_count == strlen(code->digits) && code->mends < 2 * HRMI_MEND_LAST);
    if (!has && code->kind != HRMI_CODE_OBLAST && code->kind != HRMI_CODE_RAION) return;
    must(!has ||
         (strlen(code->key) == HRMI_KEY_DIGITS && strncmp(code->digits, code->key, HRMI_KEY_DIGITS) == 0));
    memcpy(whole + 2, code->digits, code->digit_count);
    hrmi_code_read(whole, code->digit_count + 2, &again);
    must(again.kind == code->kind && again.mends == 0 && strcmp(again.digits, code->digits) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char key[HRMI_KEY_SIZE] = "";
    const char *why = NULL;
    const char *text = (const char *)data;
    size_t length = size;
    hrmi_code code, trimmed;
    hrmi_code_read(text, length, &code);
    check(&code);
    const bool has = hrmi_code_key(text, length, key, &why);
    must(has == (why == NULL));
    must(has == (code.kind == HRMI_CODE_COMMUNITY && (code.mends & ~(uint32_t)HRMI_MEND_SMALL) == 0));
    length = hrmi_utf8_trim(&text, length);
    must(length <= size && text >= (const char *)data && text + length <= (const char *)data + size);
    hrmi_code_read(text, length, &trimmed);
    must(trimmed.kind == code.kind && trimmed.mends == code.mends && trimmed.why == code.why);
    must(strcmp(trimmed.digits, code.digits) == 0);
    if (!has) return 0;
    must(strcmp(key, code.key) == 0 && length == code.digit_count + 2);
    must(length >= 9 && length <= 19 && memcmp(text + 2, key, HRMI_KEY_DIGITS) == 0);
    return 0;
}
