// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stddef.h>

/// A page of the guide: its name, and its Markdown, which has no NUL at its end.
typedef struct {
    const char *name;
    const unsigned char *text;
    size_t size;
} awry_page;

extern const awry_page awry_guide[];
extern const size_t awry_guide_count;

/// The first page. Swift sees no arrays without a size.
static inline const awry_page *awry_guide_start(void) { return awry_guide; }
