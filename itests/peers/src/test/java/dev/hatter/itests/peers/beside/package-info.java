// SPDX-License-Identifier: Apache-2.0
/** What the tests need that ask php-fpm and Hatter the same and compare what comes. */
package dev.hatter.itests.peers.beside;
