/* Uses an installed libhromada: headers, linking and a call that goes all the way down. */
#include <hromada/hromada.h>
#include <stdio.h>

int main(void) {
    hrm_context *ctx = NULL;
    if (hrm_context_new(NULL, &ctx) != HRM_OK) return 1;
    printf("libhromada %s, %s profile\n", hrm_version(), hrm_has_io() ? "full" : "core");
    hrm_context_free(ctx);
    return hrm_has_io() == (HRM_HAS_IO != 0) ? 0 : 1;
}
