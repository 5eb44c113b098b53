// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

/**
 * Who a process runs as, by names or numbers as php-fpm's {@code user} and {@code group} take them.
 *
 * @param user name or number; null keeps Hatter's own
 * @param group name or number; null is the user's primary group
 */
public record Identity(String user, String group) {}
