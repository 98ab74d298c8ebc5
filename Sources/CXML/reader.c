// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE  // memmem

#include "cxml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

// libxml2 2.9 compares each attribute of a tag with all before it, and each prefix with all name spaces in scope, so
// both numbers are bounded before it meets the text: these are far above what any AWS document has.
enum { MOST_ATTRIBUTES_IN_A_TAG = 64, MOST_NAMESPACES = 256, MOST_DEPTH = 200 };

typedef struct {
    cxml_document *document;
    cxml_limits limits;
    xmlParserCtxtPtr parser;
    size_t byte_room, node_room, attribute_room;
    size_t depth, namespaces;
    // The open elements, and the last child of each so far.
    int32_t open[MOST_DEPTH + 1], last_child[MOST_DEPTH + 1];
} reader;

static void stop(reader *reader, int mistake) {
    if (reader->document->mistake == 0) {
        reader->document->mistake = mistake;
        reader->document->line = xmlSAX2GetLineNumber(reader->parser);
        reader->document->column = xmlSAX2GetColumnNumber(reader->parser);
    }
    xmlStopParser(reader->parser);
}

// Room for `wanted` things of `size` bytes; 0 without memory.
static int grow(void **memory, size_t *room, size_t wanted, size_t size) {
    if (wanted <= *room) return 1;
    size_t next = *room < 64 ? 64 : *room * 2;
    if (next < wanted) next = wanted;
    void *grown = realloc(*memory, next * size);
    if (grown == NULL) return 0;
    *memory = grown;
    *room = next;
    return 1;
}

// Appends bytes to the arena; their offset, or -1 after stopping the parser.
static int32_t keep(reader *reader, const xmlChar *bytes, size_t length) {
    cxml_document *document = reader->document;
    if (length > reader->limits.bytes || document->byte_count > reader->limits.bytes - length) {
        stop(reader, CXML_TOO_LONG);
        return -1;
    }
    if (!grow((void **)&document->bytes, &reader->byte_room, document->byte_count + length, 1)) {
        stop(reader, CXML_NO_MEMORY);
        return -1;
    }
    if (length > 0) memcpy(document->bytes + document->byte_count, bytes, length);
    int32_t offset = (int32_t)document->byte_count;
    document->byte_count += length;
    return offset;
}

static int keep_attribute(reader *reader, const xmlChar **attribute) {
    cxml_document *document = reader->document;
    if (!grow((void **)&document->attributes, &reader->attribute_room, document->attribute_count + 1,
              sizeof(cxml_attribute))) {
        stop(reader, CXML_NO_MEMORY);
        return 0;
    }
    size_t name = strlen((const char *)attribute[0]);
    size_t value = (size_t)(attribute[4] - attribute[3]);
    cxml_attribute kept = { keep(reader, attribute[0], name), (int32_t)name, 0, (int32_t)value };
    if (kept.name < 0) return 0;
    kept.value = keep(reader, attribute[3], value);
    if (kept.value < 0) return 0;
    document->attributes[document->attribute_count++] = kept;
    return 1;
}

static void start_element(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
    const xmlChar **namespaces, int attribute_count, int defaulted, const xmlChar **attributes) {
    (void)prefix, (void)uri, (void)namespaces, (void)defaulted;
    reader *reader = ((xmlParserCtxtPtr)context)->_private;
    cxml_document *document = reader->document;
    if (document->mistake != 0) return;
    reader->namespaces += (size_t)namespace_count;
    if (reader->depth >= reader->limits.depth || reader->depth >= MOST_DEPTH) return stop(reader, CXML_TOO_DEEP);
    if (document->node_count >= reader->limits.nodes) return stop(reader, CXML_TOO_MANY_NODES);
    if (reader->namespaces > MOST_NAMESPACES
        || document->attribute_count + (size_t)attribute_count > reader->limits.attributes)
        return stop(reader, CXML_TOO_MANY_ATTRIBUTES);
    if (!grow((void **)&document->nodes, &reader->node_room, document->node_count + 1, sizeof(cxml_node)))
        return stop(reader, CXML_NO_MEMORY);

    int32_t index = (int32_t)document->node_count;
    if (reader->depth > 0) {
        cxml_node *parent = &document->nodes[reader->open[reader->depth - 1]];
        int32_t before = reader->last_child[reader->depth - 1];
        if (before >= 0) {
            document->nodes[before].next_sibling = index;
        } else {
            parent->first_child = index;
            // What stood before the first child is layout.
            document->byte_count -= (size_t)parent->text_length;
            parent->text_length = 0;
        }
        reader->last_child[reader->depth - 1] = index;
    }
    size_t length = strlen((const char *)name);
    cxml_node node = { 0 };
    node.name = keep(reader, name, length);
    if (node.name < 0) return;
    node.name_length = (int32_t)length;
    node.first_child = node.next_sibling = -1;
    node.first_attribute = (int32_t)document->attribute_count;
    node.line = xmlSAX2GetLineNumber(reader->parser);
    node.column = xmlSAX2GetColumnNumber(reader->parser);
    for (int each = 0; each < attribute_count; each++) {
        if (!keep_attribute(reader, attributes + each * 5)) return;
    }
    node.attribute_count = attribute_count;
    node.text = (int32_t)document->byte_count;
    document->nodes[document->node_count++] = node;
    reader->open[reader->depth] = index;
    reader->last_child[reader->depth] = -1;
    reader->depth++;
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)name, (void)prefix, (void)uri;
    reader *reader = ((xmlParserCtxtPtr)context)->_private;
    if (reader->document->mistake == 0 && reader->depth > 0) reader->depth--;
}

static void characters(void *context, const xmlChar *text, int length) {
    reader *reader = ((xmlParserCtxtPtr)context)->_private;
    cxml_document *document = reader->document;
    if (document->mistake != 0 || reader->depth == 0 || length <= 0) return;
    cxml_node *node = &document->nodes[reader->open[reader->depth - 1]];
    if (node->first_child >= 0) return;
    if (keep(reader, text, (size_t)length) >= 0) node->text_length += length;
}

static void doctype(void *context, const xmlChar *name, const xmlChar *public, const xmlChar *system) {
    (void)name, (void)public, (void)system;
    stop(((xmlParserCtxtPtr)context)->_private, CXML_DOCTYPE);
}

// Only the five entities of XML itself: a document without a DTD has no others.
static xmlEntityPtr entity(void *context, const xmlChar *name) {
    (void)context;
    return xmlGetPredefinedEntity(name);
}

static void complain(void *context, xmlErrorPtr error) {
    xmlParserCtxtPtr parser = context;
    reader *reader = parser == NULL ? NULL : parser->_private;
    if (reader == NULL || reader->document->mistake != 0 || error == NULL || error->level < XML_ERR_ERROR) return;
    // A prefix that nobody declared is a mistake of name spaces, which are ignored.
    if (error->domain == XML_FROM_NAMESPACE) return;
    cxml_document *document = reader->document;
    document->mistake = error->code == XML_ERR_NO_MEMORY ? CXML_NO_MEMORY : CXML_MALFORMED;
    document->line = error->line;
    document->column = error->int2;
    if (error->message == NULL) return;
    strncpy(document->message, error->message, sizeof document->message - 1);
    document->message[strcspn(document->message, "\n")] = 0;
}

// Where what begins at `text[at]` with `<` ends, if it is a comment, a CDATA section or an instruction; else 0.
static size_t skipped(const uint8_t *text, size_t length, size_t at) {
    static const struct { const char *start, *end; } kinds[] = {
        { "<!--", "-->" }, { "<![CDATA[", "]]>" }, { "<?", "?>" } };
    for (size_t kind = 0; kind < sizeof kinds / sizeof kinds[0]; kind++) {
        size_t start = strlen(kinds[kind].start), end = strlen(kinds[kind].end);
        if (length - at < start || memcmp(text + at, kinds[kind].start, start) != 0) continue;
        const uint8_t *found = memmem(text + at + start, length - at - start, kinds[kind].end, end);
        return found == NULL ? length : (size_t)(found - text) + end;
    }
    return 0;
}

// Whether no tag has more attributes than libxml2 may be given; `*at` is where one does.
static int tags_are_small(const uint8_t *text, size_t length, size_t *at) {
    for (*at = 0; *at < length; (*at)++) {
        const uint8_t *open = memchr(text + *at, '<', length - *at);
        if (open == NULL) return 1;
        *at = (size_t)(open - text);
        size_t after = skipped(text, length, *at);
        if (after > 0) {
            *at = after - 1;
            continue;
        }
        size_t values = 0;
        for (; *at < length && text[*at] != '>'; (*at)++) {
            if (text[*at] != '"' && text[*at] != '\'') continue;
            if (++values > MOST_ATTRIBUTES_IN_A_TAG) return 0;
            const uint8_t *close = memchr(text + *at + 1, text[*at], length - *at - 1);
            if (close == NULL) return 1;
            *at = (size_t)(close - text);
        }
    }
    return 1;
}

static void locate(const uint8_t *text, size_t at, cxml_document *document) {
    document->line = 1;
    document->column = 1;
    for (size_t index = 0; index < at; index++) {
        document->column = text[index] == '\n' ? 1 : document->column + 1;
        document->line += text[index] == '\n';
    }
}

void cxml_read(const uint8_t *text, size_t length, cxml_limits limits, cxml_document *document) {
    memset(document, 0, sizeof *document);
    if (limits.bytes > INT32_MAX / 2) limits.bytes = INT32_MAX / 2;
    size_t at = 0;
    if (length > limits.bytes) {
        document->mistake = CXML_TOO_LONG;
        return;
    }
    if (!tags_are_small(text, length, &at)) {
        document->mistake = CXML_TOO_MANY_ATTRIBUTES;
        locate(text, at, document);
        return;
    }
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (parser == NULL) {
        document->mistake = CXML_NO_MEMORY;
        return;
    }
    reader reader = { .document = document, .limits = limits, .parser = parser };
    parser->_private = &reader;
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->initialized = XML_SAX2_MAGIC;
    parser->sax->internalSubset = doctype;
    parser->sax->getEntity = entity;
    parser->sax->startElementNs = start_element;
    parser->sax->endElementNs = end_element;
    parser->sax->characters = characters;
    parser->sax->cdataBlock = characters;
    parser->sax->ignorableWhitespace = characters;
    parser->sax->serror = complain;
    // The encoding is forced, whatever the declaration says: AWS's documents are UTF-8, and no converter is let in.
    xmlDocPtr tree = xmlCtxtReadMemory(parser, (const char *)text, (int)length, NULL, "UTF-8", XML_PARSE_NONET);
    if (document->mistake == 0 && !parser->wellFormed) document->mistake = CXML_MALFORMED;
    if (document->mistake == 0 && document->node_count == 0) document->mistake = CXML_MALFORMED;
    if (tree != NULL) xmlFreeDoc(tree);
    if (parser->myDoc != NULL && parser->myDoc != tree) xmlFreeDoc(parser->myDoc);
    parser->myDoc = NULL;
    xmlFreeParserCtxt(parser);
}

void cxml_document_free(cxml_document *document) {
    free(document->bytes);
    free(document->nodes);
    free(document->attributes);
    memset(document, 0, sizeof *document);
}
