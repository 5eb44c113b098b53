// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher.request;

import dev.hatter.launcher.Versions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters (RFC 3875, section 4.1) as a web server on this machine would send them. */
final class RequestParams {
    private RequestParams() {}

    static Map<String, String> of(RequestOptions options, long bodyLength) {
        Map<String, String> params = new LinkedHashMap<>();
        boolean hasBody = bodyLength != RequestBody.NONE;
        String method = options.method() != null ? options.method() : hasBody ? "POST" : "GET";
        putServer(params, options);
        putUri(params, options);
        params.put("REQUEST_METHOD", method);
        if (hasBody) {
            params.put("CONTENT_LENGTH", Long.toString(bodyLength));
            params.put("CONTENT_TYPE", "application/octet-stream");
        }
        params.putAll(options.params());
        return params;
    }

    private static void putServer(Map<String, String> params, RequestOptions options) {
        params.put("GATEWAY_INTERFACE", "CGI/1.1");
        params.put("SERVER_SOFTWARE", "hatter/" + Versions.load().hatter());
        params.put("SERVER_PROTOCOL", "HTTP/1.1");
        params.put("SERVER_NAME", "localhost");
        params.put("SERVER_ADDR", "127.0.0.1");
        params.put("SERVER_PORT", "80");
        params.put("REMOTE_ADDR", "127.0.0.1");
        params.put("REMOTE_PORT", "0");
        params.put("REQUEST_SCHEME", "http");
        params.put("HTTP_HOST", "localhost");
        params.put("REDIRECT_STATUS", "200"); // what a php-cgi with cgi.force_redirect wants to see
        if (options.root() != null) {
            params.put("DOCUMENT_ROOT", options.root());
        }
    }

    private static void putUri(Map<String, String> params, RequestOptions options) {
        String uri = options.uri();
        int mark = uri.indexOf('?');
        String path = decode(mark < 0 ? uri : uri.substring(0, mark));
        params.put("REQUEST_URI", uri);
        params.put("DOCUMENT_URI", path);
        params.put("SCRIPT_NAME", path);
        params.put("QUERY_STRING", mark < 0 ? "" : uri.substring(mark + 1));
        if (options.root() != null) {
            params.put("SCRIPT_FILENAME", options.root() + path);
        }
    }

    private static String decode(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }
}
