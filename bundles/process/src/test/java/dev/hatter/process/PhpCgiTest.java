// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stock FastCGI program takes descriptor 0 for what it is. */
@Timeout(60)
class PhpCgiTest {
    private static final byte GET_VALUES = 9;
    private static final byte GET_VALUES_RESULT = 10;

    @TempDir
    Path run;

    @Test
    void itAnswersGetValues() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/php-cgi")), "needs php-cgi");
        try (CloseableLauncher launcher = Launchers.open(run)) {
            Lines lines = new Lines();
            LaunchSpec spec = Specs.of(lines, "php-cgi");
            Identity identity = "root".equals(System.getProperty("user.name")) ? new Identity("nobody", null) : null;
            WorkerProcess process = launcher.launch(new LaunchSpec(
                    "pool www", spec.command(), Map.of("PHP_FCGI_MAX_REQUESTS", "0"), null, identity, 16, lines));
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(process.socket()))) {
                channel.write(getValues("FCGI_MPXS_CONNS"));
                ByteBuffer header = read(channel, 8);
                assertThat(header.get(1)).isEqualTo(GET_VALUES_RESULT);
                ByteBuffer content = read(channel, header.getShort(4));
                String text = StandardCharsets.US_ASCII.decode(content).toString();
                assertThat(text).isEqualTo((char) 15 + "" + (char) 1 + "FCGI_MPXS_CONNS0");
            }
            assertThat(lines.out()).isEmpty();
            assertThat(lines.err()).isEmpty();
        }
    }

    private static ByteBuffer getValues(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        short content = (short) (2 + bytes.length);
        return ByteBuffer.allocate(8 + content)
                .put((byte) 1)
                .put(GET_VALUES)
                .putShort((short) 0)
                .putShort(content)
                .putShort((short) 0)
                .put((byte) bytes.length)
                .put((byte) 0)
                .put(bytes)
                .flip();
    }

    private static ByteBuffer read(SocketChannel channel, int length) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // goes on until all is there
        }
        return buffer.flip();
    }
}
