// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>
#include <string.h>
#include "COpenSSL.h"
#include "library.h"

static int add_extension(X509 *certificate, X509 *issuer, int kind, const char *value) {
    X509V3_CTX context;
    awry_ssl.X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = awry_ssl.X509V3_EXT_conf_nid(NULL, &context, kind, value);
    int done = extension && awry_ssl.X509_add_ext(certificate, extension, -1) == 1;
    if (extension) awry_ssl.X509_EXTENSION_free(extension);
    return done;
}

// RFC 5280 4.1.2.2: unlike any other of the same issuer; 64 random bits are.
static int set_serial(X509 *certificate) {
    BIGNUM *number = awry_ssl.BN_new();
    int done = number && awry_ssl.BN_rand(number, 64, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1
        && awry_ssl.BN_to_ASN1_INTEGER(number, awry_ssl.X509_get_serialNumber(certificate));
    if (number) awry_ssl.BN_free(number);
    return done;
}

static int fill(X509 *certificate, EVP_PKEY *key, X509 *issuer, awry_tls_request request) {
    X509_NAME *name = awry_ssl.X509_get_subject_name(certificate);
    if (!awry_ssl.X509_set_version(certificate, 2) || !set_serial(certificate)
        || !awry_ssl.X509_gmtime_adj(awry_ssl.X509_getm_notBefore(certificate), request.valid_from)
        || !awry_ssl.X509_gmtime_adj(awry_ssl.X509_getm_notAfter(certificate), request.valid_to)
        || !awry_ssl.X509_set_pubkey(certificate, key)
        || !awry_ssl.X509_NAME_add_entry_by_txt(
            name, "CN", MBSTRING_UTF8, (const unsigned char *)request.name, -1, -1, 0)
        || !awry_ssl.X509_set_issuer_name(certificate, awry_ssl.X509_get_subject_name(issuer)))
        return 0;
    // The key's identifiers: Python from 3.13 on, and Go, want them.
    if (!add_extension(certificate, issuer, NID_subject_key_identifier, "hash")
        || !add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always"))
        return 0;
    if (!request.subjects)
        return add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE")
            && add_extension(certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
    return add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE")
        && add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature")
        && add_extension(certificate, issuer, NID_ext_key_usage, "serverAuth")
        && add_extension(certificate, issuer, NID_subject_alt_name, request.subjects);
}

static uint8_t *written(X509 *certificate, EVP_PKEY *key, size_t *size) {
    BIO *out = awry_ssl.BIO_new(awry_ssl.BIO_s_mem());
    uint8_t *text = NULL;
    if (out && awry_ssl.PEM_write_bio_X509(out, certificate) == 1
        && awry_ssl.PEM_write_bio_PKCS8PrivateKey(out, key, NULL, NULL, 0, NULL, NULL) == 1) {
        *size = awry_ssl.BIO_ctrl_pending(out);
        text = malloc(*size);
        if (text && awry_ssl.BIO_read(out, text, (int)*size) != (int)*size) {
            free(text);
            text = NULL;
        }
    }
    if (out) awry_ssl.BIO_free(out);
    return text;
}

uint8_t *awry_tls_make_certificate(awry_tls_request request, size_t *size) {
    awry_ssl.ERR_clear_error();
    X509 *issuer = NULL;
    EVP_PKEY *signer = NULL;
    if (request.authority) {
        BIO *pem = awry_ssl.BIO_new_mem_buf(request.authority, (int)request.authority_size);
        issuer = pem ? awry_ssl.PEM_read_bio_X509(pem, NULL, NULL, NULL) : NULL;
        signer = pem ? awry_ssl.PEM_read_bio_PrivateKey(pem, NULL, NULL, NULL) : NULL;
        if (pem) awry_ssl.BIO_free(pem);
    }
    uint8_t *text = NULL;
    X509 *certificate = awry_ssl.X509_new();
    EVP_PKEY *key = awry_ssl.EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
    int has_signer = !request.authority || (issuer && signer);
    if (certificate && key && has_signer && fill(certificate, key, issuer ? issuer : certificate, request)
        && awry_ssl.X509_sign(certificate, signer ? signer : key, awry_ssl.EVP_sha256()))
        text = written(certificate, key, size);
    if (certificate) awry_ssl.X509_free(certificate);
    if (key) awry_ssl.EVP_PKEY_free(key);
    if (issuer) awry_ssl.X509_free(issuer);
    if (signer) awry_ssl.EVP_PKEY_free(signer);
    return text;
}

void awry_tls_release(uint8_t *text) { free(text); }

long awry_tls_seconds_left(const uint8_t *pem, size_t size) {
    BIO *in = awry_ssl.BIO_new_mem_buf(pem, (int)size);
    X509 *certificate = in ? awry_ssl.PEM_read_bio_X509(in, NULL, NULL, NULL) : NULL;
    int days = 0, seconds = 0;
    if (certificate) awry_ssl.ASN1_TIME_diff(&days, &seconds, NULL, awry_ssl.X509_get0_notAfter(certificate));
    if (certificate) awry_ssl.X509_free(certificate);
    if (in) awry_ssl.BIO_free(in);
    awry_ssl.ERR_clear_error();
    return days * 86400L + seconds;
}
