/*
 * JSON as people read it: one value a line, two blanks a level, short containers not folded. Text is checked
 * on the way out, so whatever came in, what is written is valid JSON in valid UTF-8 (RFC 8259).
 */
#include "base/json.h"
#include "base/number.h"
#include "base/utf8.h"

void hrmi_json_init(hrmi_json *json, hrm_context *ctx, hrmi_buffer *out) {
    *json = (hrmi_json){.ctx = ctx, .out = out, .status = HRM_OK, .first = true};
}

static void add(hrmi_json *json, const char *bytes, size_t length) {
    if (json->status == HRM_OK) json->status = hrmi_buffer_add(json->ctx, json->out, bytes, length);
}

static void new_line(hrmi_json *json) {
    add(json, "\n", 1);
    for (unsigned i = 0; i < json->depth; i++) add(json, "  ", 2);
}

/* What stands before every key and every value: a comma after the one before, and a line of its own. */
static void begin_item(hrmi_json *json) {
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (!json->first) add(json, ",", 1);
    json->first = false;
    if (json->depth > 0) new_line(json);
}

/* What stands behind every value: the text ends with a line feed. */
static void end_value(hrmi_json *json) {
    if (json->depth == 0) add(json, "\n", 1);
}

static void begin_container(hrmi_json *json, char bracket) {
    begin_item(json);
    add(json, &bracket, 1);
    json->depth++;
    json->first = true;
}

static void end_container(hrmi_json *json, char bracket) {
    const bool empty = json->first;
    assert(json->depth > 0 && !json->after_key);
    json->depth--;
    if (!empty) new_line(json);
    add(json, &bracket, 1);
    json->first = false;
    end_value(json);
}

void hrmi_json_object(hrmi_json *json) {
    begin_container(json, '{');
}

void hrmi_json_end_object(hrmi_json *json) {
    end_container(json, '}');
}

void hrmi_json_array(hrmi_json *json) {
    begin_container(json, '[');
}

void hrmi_json_end_array(hrmi_json *json) {
    end_container(json, ']');
}

/* Quotes, backslashes and control characters must be escaped; nothing else is. */
static void add_escape(hrmi_json *json, unsigned char c) {
    static const char hex[] = "0123456789abcdef";
    static const char with_letter[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    const char *const known = c == '\0' ? NULL : strchr(with_letter, c);
    if (known != NULL) escape[1] = letters[known - with_letter];
    add(json, escape, known != NULL ? 2 : sizeof escape);
}

static void add_plain(hrmi_json *json, const char *text, size_t length) {
    size_t start = 0;
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        add(json, text + start, i - start);
        add_escape(json, c);
        start = i + 1;
    }
    add(json, text + start, length - start);
}

static void add_string(hrmi_json *json, const char *text) {
    const char *at = text;
    const char *const end = text + strlen(text);
    add(json, "\"", 1);
    while (at < end) {
        const size_t good = hrmi_utf8_first_invalid(at, (size_t)(end - at));
        add_plain(json, at, good);
        at += good;
        if (at == end) break;
        (void)hrmi_utf8_next(&at, end);
        add(json, "\xEF\xBF\xBD", 3);
    }
    add(json, "\"", 1);
}

void hrmi_json_key(hrmi_json *json, const char *key) {
    assert(!json->after_key);
    begin_item(json);
    add_string(json, key);
    add(json, ": ", 2);
    json->after_key = true;
}

static void add_value(hrmi_json *json, const char *text) {
    begin_item(json);
    add(json, text, strlen(text));
    end_value(json);
}

void hrmi_json_text(hrmi_json *json, const char *text) {
    if (text == NULL) {
        add_value(json, "null");
        return;
    }
    begin_item(json);
    add_string(json, text);
    end_value(json);
}

void hrmi_json_number(hrmi_json *json, double value) {
    char text[HRMI_NUMBER_SIZE] = "null";
    if (isfinite(value)) (void)hrmi_number_write(value, text);
    add_value(json, text);
}

void hrmi_json_count(hrmi_json *json, uint64_t value) {
    char text[24];
    size_t i = sizeof text - 1;
    text[i] = '\0';
    do {
        text[--i] = (char)('0' + (int)(value % 10));
        value /= 10;
    } while (value > 0);
    add_value(json, text + i);
}

void hrmi_json_integer(hrmi_json *json, int64_t value) {
    char text[24];
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    size_t i = sizeof text - 1;
    text[i] = '\0';
    do {
        text[--i] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    } while (rest > 0);
    if (value < 0) text[--i] = '-';
    add_value(json, text + i);
}

void hrmi_json_boolean(hrmi_json *json, bool value) {
    add_value(json, value ? "true" : "false");
}

hrm_status hrmi_json_status(const hrmi_json *json) {
    return json->status;
}
