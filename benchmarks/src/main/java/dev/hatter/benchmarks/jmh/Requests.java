// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks.jmh;

import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request as nginx sends it, and php-cgi's answer to it. */
final class Requests {
    private Requests() {}

    static ByteBuf request(String script) {
        ByteBuf out = Unpooled.directBuffer();
        RecordEncoder.beginRequest(out, 1, Role.RESPONDER, true);
        Params params = Params.of(params(script));
        RecordEncoder.params(out, 1, params);
        params.release();
        RecordEncoder.endOfStream(out, RecordType.STDIN, 1);
        return out;
    }

    static ByteBuf answer() {
        ByteBuf out = Unpooled.directBuffer();
        ByteBuf page =
                Unpooled.copiedBuffer("Content-type: text/html; charset=UTF-8\r\n\r\nhello", StandardCharsets.US_ASCII);
        RecordEncoder.stream(out, RecordType.STDOUT, 1, page);
        page.release();
        RecordEncoder.endRequest(out, 1, 0, ProtocolStatus.REQUEST_COMPLETE);
        return out;
    }

    private static Map<String, String> params(String script) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("QUERY_STRING", "");
        params.put("REQUEST_METHOD", "GET");
        params.put("CONTENT_TYPE", "");
        params.put("CONTENT_LENGTH", "");
        params.put("SCRIPT_NAME", "/hello.php");
        params.put("REQUEST_URI", "/hello.php");
        params.put("DOCUMENT_URI", "/hello.php");
        params.put("DOCUMENT_ROOT", "/srv/www");
        params.put("SERVER_PROTOCOL", "HTTP/1.1");
        params.put("REQUEST_SCHEME", "http");
        params.put("GATEWAY_INTERFACE", "CGI/1.1");
        params.put("SERVER_SOFTWARE", "nginx/1.22.1");
        params.put("REMOTE_ADDR", "127.0.0.1");
        params.put("REMOTE_PORT", "54321");
        params.put("SERVER_ADDR", "127.0.0.1");
        params.put("SERVER_PORT", "8080");
        params.put("SERVER_NAME", "");
        params.put("REDIRECT_STATUS", "200");
        params.put("SCRIPT_FILENAME", script);
        params.put("HTTP_HOST", "127.0.0.1:8080");
        return params;
    }
}
