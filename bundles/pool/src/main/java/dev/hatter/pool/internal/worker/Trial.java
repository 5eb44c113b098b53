// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.pool.internal.settings.PoolSettings;

/**
 * Settings whose launch has to prove itself by a first worker before they replace those in force.
 *
 * @param settings the new ones
 * @param generation of the workers that belong to them
 */
record Trial(PoolSettings settings, int generation) {}
