// SPDX-License-Identifier: Apache-2.0
// What we need of OpenSSL, without a type of its own. The library is loaded when it is first asked for: a server that
// speaks no TLS neither needs it nor pays for its start (1.3 ms and 1.4 MiB).
//
// A session has no socket: ciphertext is handed in and taken out, so that the transport sends and receives as it does
// without TLS, and breaks what it sends at the same places.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Loads the library. NULL if it is there, else what is missing. To be called before anything else here, and by one
/// thread first.
const char *_Nullable awry_tls_load(void);

/// What the last call of this thread failed for, in OpenSSL's words.
void awry_tls_reason(char *_Nonnull text, size_t size);

typedef struct awry_tls_context awry_tls_context;
typedef struct awry_tls_session awry_tls_session;

/// A server's certificate chain and key, both as PEM; NULL if they cannot be read or do not go together.
awry_tls_context *_Nullable awry_tls_context_new(
    const uint8_t *_Nonnull chain, size_t chain_size, const uint8_t *_Nonnull key, size_t key_size);
void awry_tls_context_free(awry_tls_context *_Nonnull context);

/// The server's side of a conversation; any number may share a context.
awry_tls_session *_Nullable awry_tls_session_new(awry_tls_context *_Nonnull context);
void awry_tls_session_free(awry_tls_session *_Nonnull session);

/// Hands in ciphertext that came; 0 if there is no memory for it.
int awry_tls_feed(awry_tls_session *_Nonnull session, const void *_Nonnull bytes, size_t size);

enum {
    awry_tls_more = 0,     ///< Nothing, until more has come.
    awry_tls_ended = -1,   ///< The peer has said that it sends no more.
    awry_tls_broken = -2,  ///< What came is no TLS, or the handshake has failed.
};

/// Takes plaintext: how many bytes, or one of the above. Also carries the handshake on.
ssize_t awry_tls_read(awry_tls_session *_Nonnull session, void *_Nonnull bytes, size_t size);

/// Hands in plaintext to be sent: all of it is taken (1), or the session cannot send (0).
int awry_tls_write(awry_tls_session *_Nonnull session, const void *_Nonnull bytes, size_t size);

/// Says that nothing more will be sent.
void awry_tls_end(awry_tls_session *_Nonnull session);

/// How much ciphertext waits to go out.
size_t awry_tls_waiting(awry_tls_session *_Nonnull session);

/// Takes ciphertext that is to go out; how many bytes.
size_t awry_tls_take(awry_tls_session *_Nonnull session, void *_Nonnull bytes, size_t size);

/// What a certificate is made of.
typedef struct {
    /// The name of its subject.
    const char *_Nonnull name;
    /// Its names and addresses, as OpenSSL writes them: `DNS:localhost,IP:::1`; NULL for an authority.
    const char *_Nullable subjects;
    /// Seconds from now.
    long valid_from;
    long valid_to;
    /// The authority's certificate and key as PEM, one after the other; NULL for one that signs itself.
    const uint8_t *_Nullable authority;
    size_t authority_size;
} awry_tls_request;

/// Makes a key and a certificate for it, and writes both as PEM, the certificate first. The caller frees the text with
/// `awry_tls_release`; NULL if that failed.
uint8_t *_Nullable awry_tls_make_certificate(awry_tls_request request, size_t *_Nonnull size);
void awry_tls_release(uint8_t *_Nullable text);

/// Seconds until the first certificate of a PEM ends; 0 or less if it has ended or cannot be read.
long awry_tls_seconds_left(const uint8_t *_Nonnull pem, size_t size);
