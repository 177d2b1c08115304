/* Files that appear whole or not at all: see aside.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/aside.h"
#include "io/path.h"

enum { WRITE_SIZE = 256 * 1024 };

static hrm_status fail_write(hrm_context *ctx, const char *path, const char *what, int reason) {
    char words[120] = "";
    if (strerror_r(reason, words, sizeof words) != 0) (void)snprintf(words, sizeof words, "error %d", reason);
    return hrmi_fail(ctx, HRM_ERROR_WRITE, "%s: %s: %s", path, what, words);
}

static const char *advice(int reason) {
    if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG)
        return "cannot be written; make room, or choose another folder";
    if (reason == EACCES || reason == EPERM || reason == EROFS)
        return "cannot be written; choose a folder in which you may write";
    if (reason == ENOENT || reason == ENOTDIR) return "cannot be written; make the folder first";
    return "cannot be written";
}

hrm_status hrmi_aside_open(hrm_context *ctx, const char *target, hrmi_aside *aside) {
    struct stat facts;
    const char *const base = hrmi_path_base(target);
    const size_t folder_length = (size_t)(base - target);
    const size_t size = strlen(target) * 2 + 16;
    memset(aside, 0, sizeof *aside);
    aside->ctx = ctx;
    if (base[0] == '\0' || hrmi_path_is_virtual(target))
        return hrmi_fail(ctx, HRM_ERROR_WRITE, "\"%s\": name an ordinary file to be written", target);
    if (stat(target, &facts) == 0 && !S_ISREG(facts.st_mode))
        return hrmi_fail(ctx, HRM_ERROR_WRITE, "%s: a folder or device stands there; give another name",
                         target);
    aside->target = hrmi_text_copy(ctx, target, strlen(target));
    if (aside->target == NULL) return HRM_ERROR_MEMORY;
    aside->path = hrmi_array_new(ctx, size, 1);
    if (aside->path == NULL) return HRM_ERROR_MEMORY;
    char *const folder = hrmi_array_new(ctx, folder_length + 24, 1);
    if (folder == NULL) return HRM_ERROR_MEMORY;
    (void)snprintf(folder, folder_length + 24, "%.*s.hromada-XXXXXX", (int)folder_length, target);
    if (mkdtemp(folder) == NULL) {
        const int reason = errno;
        hrmi_free(ctx, folder);
        return fail_write(ctx, target, advice(reason), reason);
    }
    aside->folder = folder;
    (void)snprintf(aside->path, size, "%s/%s", folder, base);
    return HRM_OK;
}

/* Data reach the disk before the name does: after a power cut there is the old file or the new one. */
static int flush_to_disk(const char *path, int flags) {
    const int file = open(path, flags | O_CLOEXEC);
    if (file < 0) return errno;
    const int reason = fsync(file) == 0 || errno == EINVAL ? 0 : errno;
    (void)close(file);
    return reason;
}

hrm_status hrmi_aside_commit(hrmi_aside *aside) {
    const int reason = flush_to_disk(aside->path, O_RDONLY);
    if (reason != 0) return fail_write(aside->ctx, aside->target, advice(reason), reason);
    if (rename(aside->path, aside->target) != 0)
        return fail_write(aside->ctx, aside->target, advice(errno), errno);
    return HRM_OK;
}

void hrmi_aside_close(hrmi_aside *aside) {
    static const char *const endings[] = {"", "-journal", "-wal", "-shm"};
    if (aside->ctx == NULL) return;
    for (size_t i = 0; aside->folder != NULL && i < sizeof endings / sizeof *endings; i++) {
        char path[4096];
        const int n = snprintf(path, sizeof path, "%s%s", aside->path, endings[i]);
        if (n > 0 && (size_t)n < sizeof path) (void)unlink(path);
    }
    if (aside->folder != NULL) (void)rmdir(aside->folder);
    hrmi_free(aside->ctx, aside->target);
    hrmi_free(aside->ctx, aside->folder);
    hrmi_free(aside->ctx, aside->path);
    aside->ctx = NULL;
}

/* ---- piece by piece ---- */

hrm_status hrmi_writer_open(hrm_context *ctx, const char *target, hrmi_writer *writer) {
    memset(writer, 0, sizeof *writer);
    writer->file = -1;
    hrmi_buffer_init(&writer->buffer, ctx);
    writer->status = hrmi_aside_open(ctx, target, &writer->aside);
    if (writer->status != HRM_OK) return writer->status;
    writer->file = open(writer->aside.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (writer->file < 0) writer->status = fail_write(ctx, target, advice(errno), errno);
    return writer->status;
}

static void flush(hrmi_writer *writer) {
    size_t done = 0;
    while (writer->status == HRM_OK && done < writer->buffer.length) {
        const ssize_t n = write(writer->file, writer->buffer.data + done, writer->buffer.length - done);
        if (n >= 0) done += (size_t)n;
        else if (errno != EINTR)
            writer->status = fail_write(writer->aside.ctx, writer->aside.target, advice(errno), errno);
    }
    writer->buffer.length = 0;
}

void hrmi_writer_bytes(hrmi_writer *writer, const void *bytes, size_t length) {
    if (writer->status != HRM_OK) return;
    writer->status = hrmi_buffer_add(writer->aside.ctx, &writer->buffer, bytes, length);
    if (writer->buffer.length >= WRITE_SIZE) flush(writer);
}

void hrmi_writer_text(hrmi_writer *writer, const char *text) {
    hrmi_writer_bytes(writer, text, strlen(text));
}

void hrmi_writer_cell_of(hrmi_writer *writer, const char *text, size_t length) {
    bool plain = true;
    for (size_t i = 0; i < length && plain; i++) plain = strchr(",\"\r\n", text[i]) == NULL;
    if (plain) {
        hrmi_writer_bytes(writer, text, length);
        return;
    }
    hrmi_writer_text(writer, "\"");
    for (const char *quote = memchr(text, '"', length); quote != NULL; quote = memchr(text, '"', length)) {
        const size_t taken = (size_t)(quote + 1 - text);
        hrmi_writer_bytes(writer, text, taken);
        hrmi_writer_text(writer, "\"");
        text += taken;
        length -= taken;
    }
    hrmi_writer_bytes(writer, text, length);
    hrmi_writer_text(writer, "\"");
}

void hrmi_writer_cell(hrmi_writer *writer, const char *text) {
    if (text != NULL) hrmi_writer_cell_of(writer, text, strlen(text));
}

hrm_status hrmi_writer_commit(hrmi_writer *writer) {
    flush(writer);
    if (writer->status != HRM_OK) return writer->status;
    const int file = writer->file;
    writer->file = -1;
    if (close(file) != 0)
        writer->status = fail_write(writer->aside.ctx, writer->aside.target, advice(errno), errno);
    if (writer->status == HRM_OK) writer->status = hrmi_aside_commit(&writer->aside);
    return writer->status;
}

void hrmi_writer_close(hrmi_writer *writer) {
    if (writer->aside.ctx == NULL) return;
    if (writer->file >= 0) (void)close(writer->file);
    hrmi_buffer_free(&writer->buffer);
    hrmi_aside_close(&writer->aside);
}
