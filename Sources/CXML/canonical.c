// SPDX-License-Identifier: Apache-2.0

#include "cxml.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>
#include <string.h>

enum { MOST_PREFIXES = 64 };

typedef struct {
    const xmlNode *whole, *without;
} selection;

// Whether a node is of the selection; a name space's own node stands with its element.
static int is_visible(void *data, xmlNodePtr node, xmlNodePtr parent) {
    const selection *selected = data;
    if (node == NULL) return 0;
    const xmlNode *at = node->type == XML_NAMESPACE_DECL ? parent : node;
    for (; at != NULL; at = at->parent) {
        if (at == selected->without) return 0;
        if (at == selected->whole) return 1;
    }
    return 0;
}

// The element of this number in the document's order.
static xmlNodePtr element(xmlNodePtr root, int32_t wanted) {
    int32_t number = -1;
    xmlNodePtr at = root;
    while (at != NULL) {
        if (at->type == XML_ELEMENT_NODE && ++number == wanted) return at;
        if (at->type == XML_ELEMENT_NODE && at->children != NULL) {
            at = at->children;
            continue;
        }
        while (at != NULL && at != root && at->next == NULL) at = at->parent;
        if (at == NULL || at == root) return NULL;
        at = at->next;
    }
    return NULL;
}

static uint8_t *canonical(
    xmlDocPtr document, selection *selected, int exclusive, xmlChar **prefixes, size_t *count) {
    xmlBufferPtr memory = xmlBufferCreate();
    xmlOutputBufferPtr output = memory == NULL ? NULL : xmlOutputBufferCreateBuffer(memory, NULL);
    uint8_t *bytes = NULL;
    if (output != NULL) {
        int mode = exclusive ? XML_C14N_EXCLUSIVE_1_0 : XML_C14N_1_0;
        int made = xmlC14NExecute(document, is_visible, selected, mode, exclusive ? prefixes : NULL, 0, output);
        int closed = xmlOutputBufferClose(output);
        if (made >= 0 && closed >= 0) {
            *count = (size_t)xmlBufferLength(memory);
            bytes = (uint8_t *)xmlBufferDetach(memory);
        }
    }
    if (memory != NULL) xmlBufferFree(memory);
    return bytes;
}

uint8_t *cxml_canonical(
    const uint8_t *text, size_t length, int32_t index, int32_t without, int exclusive, const char *prefixes,
    size_t *count) {
    if (length > INT_MAX || index < 0) return NULL;
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;
    xmlDocPtr document = xmlReadMemory((const char *)text, (int)length, NULL, "UTF-8", options);
    if (document == NULL) return NULL;
    uint8_t *bytes = NULL;
    xmlNodePtr root = xmlDocGetRootElement(document);
    selection selected = {element(root, index), without < 0 ? NULL : element(root, without)};
    // libxml2 takes the prefixes as a row of texts that ends with NULL.
    xmlChar *names = prefixes == NULL ? NULL : xmlStrdup((const xmlChar *)prefixes);
    xmlChar *row[MOST_PREFIXES + 1] = {NULL};
    char *rest = NULL;
    size_t found = 0;
    for (char *name = names == NULL ? NULL : strtok_r((char *)names, " \t\r\n", &rest);
         name != NULL && found < MOST_PREFIXES; name = strtok_r(NULL, " \t\r\n", &rest)) {
        row[found++] = (xmlChar *)name;
    }
    if (selected.whole != NULL) bytes = canonical(document, &selected, exclusive, found > 0 ? row : NULL, count);
    if (names != NULL) xmlFree(names);
    xmlFreeDoc(document);
    return bytes;
}

void cxml_canonical_free(uint8_t *bytes) { xmlFree(bytes); }
