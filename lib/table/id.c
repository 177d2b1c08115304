/* Ids and periods: see id.h. What is a letter is Unicode's word (utf8proc), so that Ukrainian ids work. */
#include <utf8proc.h>

#include "base/utf8.h"
#include "table/id.h"

bool hrmi_id_begins(uint32_t c) {
    if (c == '_') return true;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return true;
    default:
        return false;
    }
}

bool hrmi_id_goes_on(uint32_t c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || hrmi_id_begins(c);
}

static bool in_period(uint32_t c) {
    if (c == ' ') return true;
    if (c == '@' || c == '"') return false;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_CN: /* not assigned, controls, formats (invisible), surrogates, private */
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZS: /* blanks that look like the plain one and are another */
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return true;
    }
}

const char *hrmi_period_fault(const char *period, size_t length) {
    if (length == 0) return "the period is empty";
    if (length > HRMI_PERIOD_MOST) return "the period is longer than 32 bytes";
    if (hrmi_utf8_first_invalid(period, length) != length) return "the period is not UTF-8";
    if (period[0] == ' ' || period[length - 1] == ' ') return "the period has blanks around it";
    for (const char *at = period, *const end = period + length; at < end;)
        if (!in_period(hrmi_utf8_next(&at, end)))
            return "the period has a character that cannot stand in one (@, a double quote, or an invisible "
                   "one)";
    return NULL;
}

const char *hrmi_id_fault(const char *id) {
    const size_t length = strlen(id);
    const char *const at_sign = memchr(id, '@', length);
    const char *const end = at_sign != NULL ? at_sign : id + length;
    const char *at = id;
    if (length > HRMI_ID_MOST) return "it is longer than 255 bytes";
    if (hrmi_utf8_first_invalid(id, length) != length) return "it is not UTF-8";
    if (at == end) return "it is empty";
    if (!hrmi_id_begins(hrmi_utf8_next(&at, end))) return "it must begin with a letter or _";
    while (at < end)
        if (!hrmi_id_goes_on(hrmi_utf8_next(&at, end)))
            return "only letters, digits, _, . and - may stand in it, and one @ before a period";
    return at_sign == NULL ? NULL : hrmi_period_fault(at_sign + 1, (size_t)(id + length - at_sign - 1));
}

/* The length without ".0", ".00" … where all before the point are digits. */
static size_t without_empty_decimals(const char *text, size_t length) {
    size_t digits = 0;
    while (digits < length && text[digits] >= '0' && text[digits] <= '9') digits++;
    if (digits == 0 || length < digits + 2 || text[digits] != '.') return length;
    for (size_t i = digits + 1; i < length; i++)
        if (text[i] != '0') return length;
    return digits;
}

const char *hrmi_period_read(const char *text, size_t length, char out[HRMI_PERIOD_SIZE]) {
    length = hrmi_utf8_trim(&text, length);
    length = without_empty_decimals(text, length);
    const char *const fault = hrmi_period_fault(text, length);
    if (fault != NULL) return fault;
    memcpy(out, text, length);
    out[length] = '\0';
    return NULL;
}

hrm_status hrmi_id_with(hrm_context *ctx, hrmi_buffer *buffer, const char *id, const char *suffix) {
    const size_t base = strcspn(id, "@");
    hrm_status status = hrmi_buffer_add(ctx, buffer, id, base);
    if (status == HRM_OK) status = hrmi_buffer_text(ctx, buffer, suffix);
    if (status == HRM_OK) status = hrmi_buffer_text(ctx, buffer, id + base);
    return status;
}
