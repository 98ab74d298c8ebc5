// SPDX-License-Identifier: Apache-2.0
//
// A small face over libxml2 that names none of its types: libxml2's headers bring ICU's, which clash with Foundation's.

#ifndef CXML_H
#define CXML_H

#include <stddef.h>
#include <stdint.h>

// ---- writing ----

typedef struct cxml_writer cxml_writer;

// A writer into memory; NULL without memory. `declaration`: begin with the XML declaration and a line feed.
// `quotes`: write `"` in texts as `&quot;`.
cxml_writer *cxml_writer_create(int declaration, int quotes);
void cxml_writer_free(cxml_writer *writer);

// Opens an element. Bytes that no XML name may hold become `_`. `space` is its xmlns, or NULL.
void cxml_writer_start(cxml_writer *writer, const char *name, const char *space);
// An attribute of the element just opened; the same rule for its name.
void cxml_writer_attribute(cxml_writer *writer, const char *name, const char *value, size_t length);
// Text, escaped. An empty one makes `<a></a>` of what would be `<a/>`.
void cxml_writer_text(cxml_writer *writer, const char *text, size_t length);
void cxml_writer_end(cxml_writer *writer);
// An element that holds only a text.
void cxml_writer_element(cxml_writer *writer, const char *name, const char *text, size_t length);

// Ends what is open and gives all bytes written, which live as long as the writer; NULL if memory ran out.
const uint8_t *cxml_writer_finish(cxml_writer *writer, size_t *length);

// ---- reading ----

// One element. Offsets are into `cxml_document.bytes`, indices into `nodes` or `attributes`; -1 is none.
typedef struct {
    int32_t name, name_length;
    // The text of an element without child elements; empty for others.
    int32_t text, text_length;
    int32_t first_child, next_sibling;
    int32_t first_attribute, attribute_count;
    // Where its start tag ends.
    int32_t line, column;
} cxml_node;

typedef struct {
    // Local name and value.
    int32_t name, name_length;
    int32_t value, value_length;
} cxml_attribute;

typedef struct {
    uint8_t *bytes;
    size_t byte_count;
    cxml_node *nodes;
    size_t node_count;
    cxml_attribute *attributes;
    size_t attribute_count;
    // 0 if the document is well formed; else one of CXML_…, and where.
    int mistake;
    int line, column;
    // libxml2's words for CXML_MALFORMED, cut to fit, no line feed.
    char message[160];
} cxml_document;

typedef struct {
    size_t bytes, nodes, depth, attributes;
} cxml_limits;

enum {
    CXML_MALFORMED = 1,
    CXML_DOCTYPE = 2,
    CXML_TOO_DEEP = 3,
    CXML_TOO_MANY_NODES = 4,
    CXML_TOO_LONG = 5,
    CXML_TOO_MANY_ATTRIBUTES = 6,
    CXML_NO_MEMORY = 7,
};

// Reads a whole document as UTF-8: no DTD, no entities beyond XML's five, no network, no files.
// The result must be freed with cxml_document_free, also after a mistake.
void cxml_read(const uint8_t *text, size_t length, cxml_limits limits, cxml_document *document);
void cxml_document_free(cxml_document *document);

// ---- signing ----

// The canonical form (Exclusive XML Canonicalization 1.0, or Canonical XML 1.0 where `exclusive` is 0; no comments) of
// the element that is `index` in `cxml_document.nodes`, without the one that is `without` (-1: with all). `prefixes`:
// the InclusiveNamespaces, divided by spaces, or NULL. NULL where there is no such element, or no memory; else bytes
// for `cxml_canonical_free`. The text must have passed cxml_read.
uint8_t *cxml_canonical(
    const uint8_t *text, size_t length, int32_t index, int32_t without, int exclusive, const char *prefixes,
    size_t *count);
void cxml_canonical_free(uint8_t *bytes);

// Prepares libxml2 for use by many threads; call once before anything else.
void cxml_initialize(void);

#endif
