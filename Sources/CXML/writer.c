// SPDX-License-Identifier: Apache-2.0

#include "cxml.h"

#include <libxml/parser.h>
#include <libxml/xmlwriter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cxml_writer {
    xmlBufferPtr buffer;
    xmlTextWriterPtr writer;
    int quotes;
    int failed;
    size_t depth;
};

void cxml_initialize(void) { xmlInitParser(); }

cxml_writer *cxml_writer_create(int declaration, int quotes) {
    cxml_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL) return NULL;
    writer->quotes = quotes;
    writer->buffer = xmlBufferCreateSize(1024);
    if (writer->buffer == NULL) goto failed;
    // The text writer would look up an encoder for the declaration; UTF-8 needs none, so the line is put there first.
    if (declaration && xmlBufferCCat(writer->buffer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") != 0) goto failed;
    writer->writer = xmlNewTextWriterMemory(writer->buffer, 0);
    if (writer->writer != NULL) return writer;
failed:
    cxml_writer_free(writer);
    return NULL;
}

void cxml_writer_free(cxml_writer *writer) {
    if (writer == NULL) return;
    if (writer->writer != NULL) xmlFreeTextWriter(writer->writer);
    if (writer->buffer != NULL) xmlBufferFree(writer->buffer);
    free(writer);
}

static int is_name_byte(unsigned char byte, int first) {
    if (byte >= 0x80 || byte == '_' || byte == ':') return 1;
    unsigned char folded = byte | 0x20;
    if (folded >= 'a' && folded <= 'z') return 1;
    return !first && ((byte >= '0' && byte <= '9') || byte == '-' || byte == '.');
}

// The name itself if XML allows it, else a corrected copy in `room`.
static const xmlChar *valid_name(const char *name, char *room, size_t size) {
    size_t index = 0;
    while (name[index] != 0 && is_name_byte((unsigned char)name[index], index == 0)) index++;
    if (name[index] == 0 && index > 0) return (const xmlChar *)name;
    for (index = 0; name[index] != 0 && index + 1 < size; index++) {
        unsigned char byte = (unsigned char)name[index];
        // A first byte that may stand elsewhere (a digit) is changed like any other.
        room[index] = byte < 0x80 && is_name_byte(byte, index == 0) ? (char)byte : '_';
    }
    if (index == 0) room[index++] = '_';
    room[index] = 0;
    return (const xmlChar *)room;
}

void cxml_writer_start(cxml_writer *writer, const char *name, const char *space) {
    char room[256];
    if (xmlTextWriterStartElement(writer->writer, valid_name(name, room, sizeof room)) < 0) writer->failed = 1;
    writer->depth++;
    if (space != NULL) cxml_writer_attribute(writer, "xmlns", space, strlen(space));
}

void cxml_writer_end(cxml_writer *writer) {
    if (writer->depth == 0) return;
    writer->depth--;
    if (xmlTextWriterEndElement(writer->writer) < 0) writer->failed = 1;
}

static void raw(cxml_writer *writer, const char *bytes, size_t length) {
    while (length > 0 || bytes == NULL) {
        int part = length > 1 << 30 ? 1 << 30 : (int)length;
        if (xmlTextWriterWriteRawLen(writer->writer, (const xmlChar *)(bytes == NULL ? "" : bytes), part) < 0)
            writer->failed = 1;
        if (bytes == NULL || writer->failed) return;
        bytes += part;
        length -= (size_t)part;
    }
}

// How `text[index]` must be written instead, in `room`; 0 where it may stand as it is. `*width` is how many bytes
// of the text it replaces.
static int escape(
    const unsigned char *text, size_t rest, int quotes, int attribute, char *room, size_t *width) {
    *width = 1;
    switch (text[0]) {
        case '&': memcpy(room, "&amp;", 5); return 5;
        case '<': memcpy(room, "&lt;", 4); return 4;
        case '>': memcpy(room, "&gt;", 4); return 4;
        case '"':
            if (!quotes && !attribute) return 0;
            memcpy(room, "&quot;", 6);
            return 6;
        case '\r': memcpy(room, "&#13;", 5); return 5;
        case '\t':
        case '\n':
            if (!attribute) return 0;
            return snprintf(room, 8, "&#%d;", text[0]);
        case 0xEF:
            // U+FFFE and U+FFFF are no XML characters.
            if (rest < 3 || text[1] != 0xBF || text[2] < 0xBE) return 0;
            *width = 3;
            return snprintf(room, 12, "&#x%X;", 0xFFC0 + (text[2] & 0x3F));
        default:
            // What XML 1.0 cannot hold is written as S3 writes it in listings: strict readers refuse it.
            if (text[0] >= 0x20) return 0;
            return snprintf(room, 8, "&#x%X;", text[0]);
    }
}

static const unsigned char plain[256] = {
    ['&'] = 1, ['<'] = 1, ['>'] = 1, ['"'] = 1, [0xEF] = 1,
    [0] = 1, [1] = 1, [2] = 1, [3] = 1, [4] = 1, [5] = 1, [6] = 1, [7] = 1, [8] = 1, [9] = 1, [10] = 1, [11] = 1,
    [12] = 1, [13] = 1, [14] = 1, [15] = 1, [16] = 1, [17] = 1, [18] = 1, [19] = 1, [20] = 1, [21] = 1, [22] = 1,
    [23] = 1, [24] = 1, [25] = 1, [26] = 1, [27] = 1, [28] = 1, [29] = 1, [30] = 1, [31] = 1,
};

static void escaped(cxml_writer *writer, const char *text, size_t length, int attribute) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t start = 0;
    for (size_t index = 0; index < length;) {
        char room[16];
        size_t width = 1;
        int count = plain[bytes[index]]
            ? escape(bytes + index, length - index, writer->quotes, attribute, room, &width) : 0;
        if (count > 0) {
            if (index > start) raw(writer, text + start, index - start);
            raw(writer, room, (size_t)count);
            start = index + width;
        }
        index += width;
    }
    if (length > start) raw(writer, text + start, length - start);
}

void cxml_writer_text(cxml_writer *writer, const char *text, size_t length) {
    if (length == 0) raw(writer, NULL, 0);
    escaped(writer, text, length, 0);
}

void cxml_writer_attribute(cxml_writer *writer, const char *name, const char *value, size_t length) {
    char room[256];
    if (xmlTextWriterStartAttribute(writer->writer, valid_name(name, room, sizeof room)) < 0) {
        writer->failed = 1;
        return;
    }
    escaped(writer, value, length, 1);
    if (xmlTextWriterEndAttribute(writer->writer) < 0) writer->failed = 1;
}

void cxml_writer_element(cxml_writer *writer, const char *name, const char *text, size_t length) {
    cxml_writer_start(writer, name, NULL);
    cxml_writer_text(writer, text, length);
    cxml_writer_end(writer);
}

const uint8_t *cxml_writer_finish(cxml_writer *writer, size_t *length) {
    // EndDocument would add a line feed; ending the elements by hand does not.
    while (writer->depth > 0) cxml_writer_end(writer);
    if (xmlTextWriterFlush(writer->writer) < 0 || writer->failed) return NULL;
    *length = (size_t)xmlBufferLength(writer->buffer);
    return xmlBufferContent(writer->buffer);
}
