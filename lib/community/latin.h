/*
 * Latin spellings of Ukrainian names made equal.
 */
#ifndef HRMI_LATIN_H
#define HRMI_LATIN_H

#include "base/base.h"

/*
 * Folds a Latin name (small letters, no blanks) so that the official table of 2010 and the other usual ways
 * of writing it give one text: y, i, j and yi alike, ie/ye/je as e and so with a, o, u; h and g; kh and x; c,
 * tz and ts; š and sh …; ss and s; marks on letters left out. The result stands for comparing only: its
 * capitals are sounds of several letters. Returns its length, or 0 when it does not fit into capacity bytes.
 */
size_t hrmi_latin_fold(const char *name, size_t length, char *out, size_t capacity);

#endif
