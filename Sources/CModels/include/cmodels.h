// SPDX-License-Identifier: Apache-2.0
#ifndef CMODELS_H
#define CMODELS_H

#include <stddef.h>

/// The catalogue's bytes, part of the program's read-only data.
extern const unsigned char awry_catalogue[];

/// How many bytes the catalogue has.
extern const size_t awry_catalogue_size;

/// Where the catalogue begins: Swift does not import arrays without a length.
static inline const unsigned char *awry_catalogue_start(void) {
    return awry_catalogue;
}

#endif
