// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher.request;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints an answer as it comes: the head (RFC 3875, section 6) when asked to, the page, and what came as FCGI_STDERR. */
final class AnswerPrinter {
    private static final int MAX_HEAD = 256 * 1024;
    private static final int DEFAULT_STATUS = 200;
    private static final int LOCATION_STATUS = 302;
    private static final Pattern STATUS = Pattern.compile("(?im)^Status:[ \\t]*([0-9]{3})\\b.*$");
    private static final Pattern LOCATION = Pattern.compile("(?im)^Location:.*$");

    private final OutputStream out;
    private final PrintStream err;
    private final boolean showHead;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private int lineLength;
    private boolean inBody;

    AnswerPrinter(OutputStream out, PrintStream err, boolean showHead) {
        this.out = out;
        this.err = err;
        this.showHead = showHead;
    }

    void stdout(byte[] bytes) throws IOException {
        int used = 0;
        while (!inBody && used < bytes.length) {
            headByte(bytes[used++]);
        }
        out.write(bytes, used, bytes.length - used);
    }

    private void headByte(byte b) throws IOException {
        head.write(b);
        if (b == '\n') {
            inBody = lineLength == 0;
            lineLength = 0;
        } else if (b != '\r') {
            lineLength++;
        }
        if (head.size() > MAX_HEAD) {
            throw new ProtocolException("a head of more than " + MAX_HEAD + " bytes");
        }
        if (inBody && showHead) {
            head.writeTo(out);
        }
    }

    void stderr(byte[] bytes) {
        err.write(bytes, 0, bytes.length);
        err.flush();
    }

    /** The answer is complete. @return its status */
    int finish() throws IOException {
        if (!inBody) {
            throw new ProtocolException(head.size() == 0 ? "an empty answer" : "an answer without an end of its head");
        }
        out.flush();
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher status = STATUS.matcher(text);
        if (status.find()) {
            return Integer.parseInt(status.group(1));
        }
        return LOCATION.matcher(text).find() ? LOCATION_STATUS : DEFAULT_STATUS;
    }
}
