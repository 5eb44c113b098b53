// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.FastCgi;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks by FastCGI, with the parameters that nginx would send. */
final class Asking {
    private Asking() {}

    static Map<String, String> params(Site site, String script) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("QUERY_STRING", "");
        params.put("REQUEST_METHOD", "GET");
        params.put("CONTENT_TYPE", "");
        params.put("CONTENT_LENGTH", "");
        params.put("SCRIPT_NAME", script);
        params.put("REQUEST_URI", script);
        params.put("DOCUMENT_URI", script);
        params.put("DOCUMENT_ROOT", site.root().toString());
        params.put("SERVER_PROTOCOL", "HTTP/1.1");
        params.put("REQUEST_SCHEME", "http");
        params.put("GATEWAY_INTERFACE", "CGI/1.1");
        params.put("SERVER_SOFTWARE", "nginx");
        params.put("REMOTE_ADDR", "127.0.0.1");
        params.put("REMOTE_PORT", "12345");
        params.put("SERVER_ADDR", "127.0.0.1");
        params.put("SERVER_PORT", "80");
        params.put("SERVER_NAME", "");
        params.put("REDIRECT_STATUS", "200");
        params.put("SCRIPT_FILENAME", site.root() + script);
        params.put("HTTP_HOST", "127.0.0.1");
        return params;
    }

    static String ask(FastCgi client, Map<String, String> params) throws IOException {
        FastCgi.Answer answer = client.request(params, new byte[0]);
        if (answer.status() != 200) {
            throw new IOException("status " + answer.status() + ": " + answer.body() + answer.stderr());
        }
        return answer.body();
    }

    static void hello(FastCgi client, Map<String, String> params) throws IOException {
        String body = ask(client, params);
        if (!body.equals("hello")) {
            throw new IOException("not what hello.php says: " + body);
        }
    }
}
