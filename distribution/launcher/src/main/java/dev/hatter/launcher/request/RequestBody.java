// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher.request;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What is sent as FCGI_STDIN. Its length is known before, because CONTENT_LENGTH goes ahead of it. */
record RequestBody(InputStream stream, long length, Path temporary) implements Closeable {
    static final long NONE = -1;

    static RequestBody of(String file) throws IOException {
        if (file == null) {
            return new RequestBody(InputStream.nullInputStream(), NONE, null);
        }
        if (!file.equals("-")) {
            Path path = Path.of(file);
            return new RequestBody(Files.newInputStream(path), Files.size(path), null);
        }
        Path temporary = Files.createTempFile("hatter-request", null);
        try {
            long length = Files.copy(System.in, temporary, StandardCopyOption.REPLACE_EXISTING);
            return new RequestBody(Files.newInputStream(temporary), length, temporary);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
        if (temporary != null) {
            Files.deleteIfExists(temporary);
        }
    }
}
