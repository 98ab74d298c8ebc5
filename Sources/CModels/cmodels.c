// SPDX-License-Identifier: Apache-2.0
#include "cmodels.h"

// The compiler notes the embedded file as a dependency, so a new catalogue makes a new object file.
alignas(8) const unsigned char awry_catalogue[] = {
#embed "catalogue.awry" suffix(, )
    0 // The array is never empty, even where the file is.
};

const size_t awry_catalogue_size = sizeof awry_catalogue - 1;
