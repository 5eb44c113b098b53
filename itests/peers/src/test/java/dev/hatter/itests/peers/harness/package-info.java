// SPDX-License-Identifier: Apache-2.0
/** What the tests start, end and measure: Hatter itself, the web servers in front of it, the programs behind it. */
package dev.hatter.itests.peers.harness;
