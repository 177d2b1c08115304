/*
 * Writing JSON into a buffer: commas, escapes and indentation by itself, a line feed behind the outermost
 * value. The first failure sticks; ask for it at the end.
 */
#ifndef HRMI_JSON_H
#define HRMI_JSON_H

#include "base/buffer.h"

typedef struct hrmi_json {
    hrm_context *ctx;
    hrmi_buffer *out;
    hrm_status status;
    unsigned depth;
    bool first; /* nothing written yet at this depth */
    bool after_key;
} hrmi_json;

void hrmi_json_init(hrmi_json *json, hrm_context *ctx, hrmi_buffer *out);
void hrmi_json_object(hrmi_json *json); /* { … hrmi_json_end_object */
void hrmi_json_end_object(hrmi_json *json);
void hrmi_json_array(hrmi_json *json); /* [ … hrmi_json_end_array */
void hrmi_json_end_array(hrmi_json *json);
void hrmi_json_key(hrmi_json *json, const char *key);
void hrmi_json_text(hrmi_json *json,
                    const char *text);                /* NULL: null. Bytes that are not UTF-8 become U+FFFD */
void hrmi_json_number(hrmi_json *json, double value); /* NaN and infinities: null */
void hrmi_json_count(hrmi_json *json, uint64_t value);
void hrmi_json_integer(hrmi_json *json, int64_t value);
void hrmi_json_boolean(hrmi_json *json, bool value);
hrm_status hrmi_json_status(const hrmi_json *json);

#endif
