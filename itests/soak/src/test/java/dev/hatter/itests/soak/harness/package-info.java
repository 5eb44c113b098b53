// SPDX-License-Identifier: Apache-2.0
/** What the soak tests load, look at and draw with, besides the harness of the peers' tests. */
package dev.hatter.itests.soak.harness;
