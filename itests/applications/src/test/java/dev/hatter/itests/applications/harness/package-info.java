// SPDX-License-Identifier: Apache-2.0
/** What the tests of applications need besides the peers' harness. */
package dev.hatter.itests.applications.harness;
