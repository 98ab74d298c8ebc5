// SPDX-License-Identifier: Apache-2.0
// The functions that are used, as pointers of the types that OpenSSL's headers give them. A new one is a name here.
#pragma once
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#define AWRY_FUNCTIONS(of)                                                                                             \
    of(TLS_server_method) of(SSL_CTX_new) of(SSL_CTX_free) of(SSL_CTX_ctrl) of(SSL_CTX_set_options)                    \
    of(SSL_CTX_use_certificate) of(SSL_CTX_use_PrivateKey) of(SSL_CTX_check_private_key)                               \
    of(SSL_new) of(SSL_free) of(SSL_set_bio) of(SSL_set_accept_state) of(SSL_read) of(SSL_write)                       \
    of(SSL_shutdown) of(SSL_get_error) of(SSL_is_init_finished)                                                        \
    of(BIO_new) of(BIO_s_mem) of(BIO_free) of(BIO_read) of(BIO_write) of(BIO_ctrl_pending) of(BIO_new_mem_buf)         \
    of(BIO_ctrl)                                                                                                       \
    of(ERR_clear_error) of(ERR_peek_last_error) of(ERR_reason_error_string)                                            \
    of(PEM_read_bio_X509) of(PEM_read_bio_PrivateKey) of(PEM_write_bio_X509) of(PEM_write_bio_PKCS8PrivateKey)         \
    of(EVP_PKEY_Q_keygen) of(EVP_PKEY_free) of(EVP_sha256)                                                             \
    of(X509_new) of(X509_free) of(X509_set_version) of(X509_get_serialNumber) of(X509_gmtime_adj)                      \
    of(X509_getm_notBefore) of(X509_getm_notAfter) of(X509_get0_notAfter) of(X509_set_pubkey)                          \
    of(X509_get_subject_name) of(X509_set_issuer_name) of(X509_NAME_add_entry_by_txt) of(X509_sign)                    \
    of(X509_add_ext) of(X509_EXTENSION_free) of(X509V3_set_ctx) of(X509V3_EXT_conf_nid)                                \
    of(BN_new) of(BN_free) of(BN_rand) of(BN_to_ASN1_INTEGER)                                                          \
    of(ASN1_TIME_diff)

struct awry_library {
#define AWRY_POINTER(name) __typeof__(name) *name;
    AWRY_FUNCTIONS(AWRY_POINTER)
#undef AWRY_POINTER
};

extern struct awry_library awry_ssl;
