// SPDX-License-Identifier: Apache-2.0
/** Operating-system processes: launch, watch, end; what a killed run left behind. */
@Version("1.0.0")
package dev.hatter.process;

import org.osgi.annotation.versioning.Version;
