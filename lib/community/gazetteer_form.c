/* Forms of names: what the index of a gazetteer is asked for. See gazetteer_parts.h. */
#include <utf8proc.h>

#include "base/utf8.h"
#include "community/gazetteer_parts.h"
#include "community/latin.h"

size_t hrmi_form_of(const hrmi_name *name, size_t first, size_t end, bool kinds_too,
                    char form[HRMI_FORM_BYTES]) {
    char latin[HRMI_FORM_BYTES];
    char *at = form;
    const char *const limit = form + HRMI_FORM_BYTES;
    uint8_t scripts = 0;
    for (size_t i = first; i < end; i++) {
        const hrmi_word *const word = &name->words[i];
        if (!kinds_too && word->kind != 0) continue;
        if ((size_t)(limit - at) < 4 * (size_t)word->length) return 0;
        at = hrmi_word_write(name, word, '\0', at, limit);
        scripts |= word->script;
    }
    const size_t length = (size_t)(at - form);
    if (scripts != HRMI_SCRIPT_LATIN) return length;
    const size_t folded = hrmi_latin_fold(form, length, latin, sizeof latin);
    memcpy(form, latin, folded);
    return folded;
}

size_t hrmi_form_exact(const hrmi_name *name, size_t first, size_t end, bool kinds_too,
                       char form[HRMI_FORM_BYTES]) {
    char words[HRMI_FORM_BYTES];
    char latin[2 * HRMI_FORM_BYTES];
    char *at = words;
    const char *const limit = words + sizeof words - 1;
    size_t length = 1;
    for (size_t i = first; i < end; i++) {
        const hrmi_word *const word = &name->words[i];
        if (!kinds_too && word->kind != 0) continue;
        if ((size_t)(limit - at) < 4 * (size_t)word->length + 1) return 0;
        if (at > words) *at++ = ' '; /* letters are written otherwise where a word begins */
        at = hrmi_word_write(name, word, ' ', at, limit);
    }
    *at = '\0';
    if (at == words || hrm_name_latin(words, latin, sizeof latin) > sizeof latin) return 0;
    form[0] = '=';
    for (const char *c = latin; *c != '\0'; c++) {
        if (*c == ' ') continue;
        if (length == HRMI_FORM_BYTES) return 0;
        form[length++] = *c;
    }
    return length;
}

size_t hrmi_form_in_latin(const char *form, size_t length, char latin[HRMI_FORM_BYTES]) {
    char text[HRMI_FORM_BYTES + 1];
    char official[2 * HRMI_FORM_BYTES];
    if (length == 0 || length >= sizeof text) return 0;
    memcpy(text, form, length);
    text[length] = '\0';
    const size_t needed = hrm_name_latin(text, official, sizeof official);
    if (needed > sizeof official) return 0;
    latin[0] = '~';
    const size_t folded = hrmi_latin_fold(official, needed - 1, latin + 1, HRMI_FORM_BYTES - 1);
    return folded > 0 ? folded + 1 : 0;
}

/* Endings of adjectives in the genitive and the locative, longer ones first. No name of the codifier ends so
 * but a dozen villages, and what stands in an index is found before its ending is looked at. */
static const struct ending {
    const char *from, *to;
} endings[] = {
    {"ьої", "я"}, {"ої", "а"}, {"ого", "ий"}, {"ому", "ий"}, {"ській", "ська"}, {"цькій", "цька"},
};

size_t hrmi_form_nominative(const char *form, size_t length, char nominative[HRMI_FORM_BYTES]) {
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const size_t from = strlen(endings[i].from);
        const size_t to = strlen(endings[i].to);
        if (length <= from || memcmp(form + length - from, endings[i].from, from) != 0) continue;
        memcpy(nominative, form, length - from);
        memcpy(nominative + length - from, endings[i].to, to); /* never longer than the ending it replaces */
        return length - from + to;
    }
    return 0;
}

uint64_t hrmi_form_letters(const char *form, size_t length, uint16_t *points) {
    uint64_t letters = 0;
    *points = 0;
    for (const char *at = form; at < form + length; (*points)++)
        letters |= UINT64_C(1) << (hrmi_utf8_next(&at, form + length) & 63);
    return letters;
}
