// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Backend;
import java.io.IOException;

/** Whether somebody listens. */
final class Sockets {
    private Sockets() {}

    static boolean listens(Backend address) {
        try (var channel = address.connect()) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
