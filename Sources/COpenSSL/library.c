// SPDX-License-Identifier: Apache-2.0
#include "library.h"
#include <dlfcn.h>
#include <stdio.h>
#include "COpenSSL.h"

struct awry_library awry_ssl;

const char *awry_tls_load(void) {
    static const char *failure = NULL;
    static int tried = 0;
    if (tried) return failure;
    tried = 1;
    // libssl brings libcrypto along, and a look-up by its handle finds the functions of both.
    void *library = dlopen("libssl.so.3", RTLD_NOW | RTLD_LOCAL);
    if (!library) return failure = "libssl.so.3 is not installed (Debian's package libssl3)";
#define AWRY_FIND(name)                                                                                                \
    if (!(awry_ssl.name = (__typeof__(name) *)dlsym(library, #name))) return failure = "libssl.so.3 lacks " #name;
    AWRY_FUNCTIONS(AWRY_FIND)
#undef AWRY_FIND
    return NULL;
}

void awry_tls_reason(char *text, size_t size) {
    const char *reason = awry_ssl.ERR_reason_error_string(awry_ssl.ERR_peek_last_error());
    snprintf(text, size, "%s", reason ? reason : "unknown");
    awry_ssl.ERR_clear_error();
}
