// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

/** The settings of one pool, parsed and checked, in three parts by what a change of them asks for. */
public record PoolSettings(String name, ListenSettings listen, LaunchSettings launch, RunSettings run) {}
