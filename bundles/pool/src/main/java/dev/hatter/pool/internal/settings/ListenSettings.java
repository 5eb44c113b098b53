// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import dev.hatter.fastcgi.transport.FrontSettings;
import dev.hatter.fastcgi.transport.ListenAddress;

/**
 * Where a pool listens, and who may connect.
 *
 * @param address {@code listen}
 * @param front {@code listen.*}
 */
public record ListenSettings(ListenAddress address, FrontSettings front) {}
