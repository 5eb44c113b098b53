// SPDX-License-Identifier: Apache-2.0
/** Measures the built distribution next to php-fpm and others, in turn, and writes what came out as ratios. */
package dev.hatter.benchmarks;
