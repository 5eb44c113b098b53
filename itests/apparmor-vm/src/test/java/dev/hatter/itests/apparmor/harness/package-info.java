// SPDX-License-Identifier: Apache-2.0
/** Boots a kernel with AppArmor over the machine's own file system, and brings back what a script found there. */
package dev.hatter.itests.apparmor.harness;
