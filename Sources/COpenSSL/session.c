// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>
#include "COpenSSL.h"
#include "library.h"

// OpenSSL's own types, under names that its headers do not need.
#define CONTEXT(context) ((SSL_CTX *)(context))

struct awry_tls_session {
    SSL *ssl;
    BIO *in;   // Owned by `ssl`.
    BIO *out;  // Owned by `ssl`.
};

static BIO *memory(const uint8_t *bytes, size_t size) {
    return size > INT32_MAX ? NULL : awry_ssl.BIO_new_mem_buf(bytes, (int)size);
}

// The first certificate is the server's; the others lead from it to an authority.
static int use_chain(SSL_CTX *context, BIO *pem) {
    X509 *first = awry_ssl.PEM_read_bio_X509(pem, NULL, NULL, NULL);
    int fits = first && awry_ssl.SSL_CTX_use_certificate(context, first) == 1;
    if (first) awry_ssl.X509_free(first);
    X509 *next;
    while (fits && (next = awry_ssl.PEM_read_bio_X509(pem, NULL, NULL, NULL))) {
        // Taken over by the context.
        fits = awry_ssl.SSL_CTX_ctrl(context, SSL_CTRL_EXTRA_CHAIN_CERT, 0, next) == 1;
        if (!fits) awry_ssl.X509_free(next);
    }
    if (fits) awry_ssl.ERR_clear_error();  // The end of the text is one.
    return fits;
}

static int use_key(SSL_CTX *context, BIO *pem) {
    EVP_PKEY *key = awry_ssl.PEM_read_bio_PrivateKey(pem, NULL, NULL, NULL);
    int fits = key && awry_ssl.SSL_CTX_use_PrivateKey(context, key) == 1;
    if (key) awry_ssl.EVP_PKEY_free(key);
    return fits && awry_ssl.SSL_CTX_check_private_key(context) == 1;
}

awry_tls_context *awry_tls_context_new(const uint8_t *chain, size_t chain_size, const uint8_t *key, size_t key_size) {
    awry_ssl.ERR_clear_error();
    SSL_CTX *context = awry_ssl.SSL_CTX_new(awry_ssl.TLS_server_method());
    if (!context) return NULL;
    awry_ssl.SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, TLS1_2_VERSION, NULL);
    awry_ssl.SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    // A connection at rest keeps no buffers.
    awry_ssl.SSL_CTX_ctrl(context, SSL_CTRL_MODE, SSL_MODE_RELEASE_BUFFERS, NULL);
    BIO *certificates = memory(chain, chain_size), *keys = memory(key, key_size);
    int fits = certificates && keys && use_chain(context, certificates) && use_key(context, keys);
    if (certificates) awry_ssl.BIO_free(certificates);
    if (keys) awry_ssl.BIO_free(keys);
    if (fits) return (awry_tls_context *)context;
    awry_ssl.SSL_CTX_free(context);
    return NULL;
}

void awry_tls_context_free(awry_tls_context *context) { awry_ssl.SSL_CTX_free(CONTEXT(context)); }

awry_tls_session *awry_tls_session_new(awry_tls_context *context) {
    awry_tls_session *session = calloc(1, sizeof *session);
    if (!session) return NULL;
    session->ssl = awry_ssl.SSL_new(CONTEXT(context));
    session->in = awry_ssl.BIO_new(awry_ssl.BIO_s_mem());
    session->out = awry_ssl.BIO_new(awry_ssl.BIO_s_mem());
    if (!session->ssl || !session->in || !session->out) {
        if (session->in) awry_ssl.BIO_free(session->in);
        if (session->out) awry_ssl.BIO_free(session->out);
        if (session->ssl) awry_ssl.SSL_free(session->ssl);
        free(session);
        return NULL;
    }
    awry_ssl.SSL_set_bio(session->ssl, session->in, session->out);
    awry_ssl.SSL_set_accept_state(session->ssl);
    return session;
}

void awry_tls_session_free(awry_tls_session *session) {
    awry_ssl.SSL_free(session->ssl);
    free(session);
}

int awry_tls_feed(awry_tls_session *session, const void *bytes, size_t size) {
    return awry_ssl.BIO_write(session->in, bytes, (int)size) == (int)size;
}

ssize_t awry_tls_read(awry_tls_session *session, void *bytes, size_t size) {
    // The thread's list of errors is read to tell how a call ended, so none of another session may be in it.
    awry_ssl.ERR_clear_error();
    int count = awry_ssl.SSL_read(session->ssl, bytes, size > INT32_MAX ? INT32_MAX : (int)size);
    if (count > 0) return count;
    switch (awry_ssl.SSL_get_error(session->ssl, count)) {
    case SSL_ERROR_WANT_READ: return awry_tls_more;
    case SSL_ERROR_ZERO_RETURN: return awry_tls_ended;
    default: return awry_tls_broken;
    }
}

int awry_tls_write(awry_tls_session *session, const void *bytes, size_t size) {
    if (!awry_ssl.SSL_is_init_finished(session->ssl)) return 0;
    const uint8_t *rest = bytes;
    while (size > 0) {
        awry_ssl.ERR_clear_error();
        int part = size > (1 << 30) ? 1 << 30 : (int)size;
        int count = awry_ssl.SSL_write(session->ssl, rest, part);
        if (count <= 0) return 0;
        rest += count;
        size -= (size_t)count;
    }
    return 1;
}

void awry_tls_end(awry_tls_session *session) {
    awry_ssl.ERR_clear_error();
    // A session amid its handshake has nothing to end.
    if (awry_ssl.SSL_is_init_finished(session->ssl)) awry_ssl.SSL_shutdown(session->ssl);
}

size_t awry_tls_waiting(awry_tls_session *session) { return awry_ssl.BIO_ctrl_pending(session->out); }

size_t awry_tls_take(awry_tls_session *session, void *bytes, size_t size) {
    int count = awry_ssl.BIO_read(session->out, bytes, size > INT32_MAX ? INT32_MAX : (int)size);
    return count > 0 ? (size_t)count : 0;
}
