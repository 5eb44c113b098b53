// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool;

/**
 * That a pool's newest configuration isn't in force. A service from when it was refused until it is mended or deleted; both
 * are properties of the service as well, so that a console's list of services tells them, and {@code component.id} is the
 * one of the pool's component, by which {@code scr:info} finds it.
 *
 * @param pool the pool's name
 * @param reason what is at fault, by key, and what is allowed
 */
public record Refusal(String pool, String reason) {}
