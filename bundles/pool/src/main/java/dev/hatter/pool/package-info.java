// SPDX-License-Identifier: Apache-2.0
/** What may be known of a pool from outside: its state and a snapshot of its numbers. Read-only. */
@Version("1.0.0")
package dev.hatter.pool;

import org.osgi.annotation.versioning.Version;
