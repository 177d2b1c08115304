/**
 * @file export.h
 * What every other header needs: which symbols leave the library, and which results must be looked at.
 */
#ifndef HROMADA_EXPORT_H
#define HROMADA_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define HRM_API        __attribute__((visibility("default")))
#define HRM_MUST_CHECK __attribute__((warn_unused_result))
#else
#define HRM_API
#define HRM_MUST_CHECK
#endif

#ifdef __cplusplus
#define HRM_BEGIN_DECLS extern "C" {
#define HRM_END_DECLS   }
#else
#define HRM_BEGIN_DECLS
#define HRM_END_DECLS
#endif

#endif
