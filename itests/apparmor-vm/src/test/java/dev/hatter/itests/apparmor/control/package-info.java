// SPDX-License-Identifier: Apache-2.0
/** What runs inside of the distribution's framework, for the tests. */
package dev.hatter.itests.apparmor.control;
