// SPDX-License-Identifier: Apache-2.0
/** What a request costs in Hatter's own code, without sockets: {@code benchmarks/run --jmh}. */
package dev.hatter.benchmarks.jmh;
