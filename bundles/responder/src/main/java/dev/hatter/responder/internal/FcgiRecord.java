// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

/**
 * A record, without its padding.
 *
 * @param type as on the wire, also one that FastCGI 1.0 doesn't know
 * @param content owned by whoever has the record
 */
record FcgiRecord(int type, int id, byte[] content) {
    int unsigned(int index) {
        return content[index] & 0xff;
    }

    boolean isManagement() {
        return id == 0;
    }
}
