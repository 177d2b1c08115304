/* Which files hromada-join may write: see join.h. */
#include <stddef.h>

#include "join.h"

/* Nothing is written over what is read, nor one result over the other. */
bool join_check_outputs(const join_run *r) {
    const int results[] = {OUTPUT, SUGGEST};
    const char *const inputs[] = {r->table_path, given(TO), given(CODIFIER), r->crosswalk[0], given(ALIASES)};
    const char *fault = NULL;
    const char *path = "";
    if (hrm_same_file(given(OUTPUT), given(SUGGEST))) {
        fault = "--output and --suggest are one file; give one of them another name:";
        path = given(OUTPUT);
    }
    for (size_t i = 0; i < sizeof results / sizeof *results; i++)
        for (size_t k = 0; k < sizeof inputs / sizeof *inputs; k++)
            if (hrm_same_file(given(results[i]), inputs[k])) {
                fault = "this is one of the inputs, and would be written over; give the result another name:";
                path = given(results[i]);
            }
    if (hrm_same_file(given(SUGGEST), given(ALIASES))) {
        fault = "--suggest would write over the names that are settled in --aliases; name another file, and "
                "append its rows to that one once they are filled in:";
        path = given(SUGGEST);
    }
    if (fault != NULL) (void)program_wrong_usage(r->self, fault, path);
    return fault == NULL;
}
