// SPDX-License-Identifier: Apache-2.0
/** FastCGI over Netty: a front door that web servers connect to, and a link to a worker. */
@Version("1.0.0")
package dev.hatter.fastcgi.transport;

import org.osgi.annotation.versioning.Version;
