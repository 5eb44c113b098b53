// SPDX-License-Identifier: Apache-2.0
/** The FastCGI 1.0 protocol: records, roles, parameters, an incremental decoder and an encoder. Free of sockets and threads. */
@Version("1.0.0")
package dev.hatter.fastcgi;

import org.osgi.annotation.versioning.Version;
