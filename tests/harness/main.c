/* Runs the suite of one test program, in this process, so that the leak checker sees it whole. */
#include "harness/harness.h"

int main(void) {
    SRunner *const runner = srunner_create(hrmt_suite());
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
