// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.IOException;
import java.util.Map;

/** Which page answers which path. */
final class Site {
    private static final Map<String, Page> PAGES = Map.of(
            "/echo", Pages::echo,
            "/download", Pages::download,
            "/checksum", Pages::checksum);

    private static final Map<String, Page> MISDEEDS = Map.ofEntries(
            Map.entry("/slow", Misdeeds::slow),
            Map.entry("/never", Misdeeds::never),
            Map.entry("/crash", Misdeeds::crash),
            Map.entry("/kill", Misdeeds::kill),
            Map.entry("/garbage", Misdeeds::garbage),
            Map.entry("/truncate", Misdeeds::truncate),
            Map.entry("/hangup", Misdeeds::hangUp),
            Map.entry("/noend", Misdeeds::noEnd),
            Map.entry("/stderr", Misdeeds::stderr),
            Map.entry("/fcgi-stderr", Misdeeds::fcgiStderr));

    private final boolean polite;

    Site(boolean polite) {
        this.polite = polite;
    }

    void answer(Request request) throws IOException {
        try {
            pageOf(pathOf(request)).answer(request);
        } catch (BadRequestException e) {
            request.head(400, "text/plain; charset=utf-8");
            request.text(e.getMessage() + "\n");
        }
    }

    private Page pageOf(String path) {
        Page misdeed = MISDEEDS.get(path);
        if (misdeed != null) {
            return polite ? Site::refuse : misdeed;
        }
        return PAGES.getOrDefault(path, Pages::hello);
    }

    private static void refuse(Request request) throws IOException {
        request.head(403, "text/plain; charset=utf-8");
        request.text("This responder was started with --polite and doesn't misbehave.\n");
    }

    /** The last path that names a page: a server may put the page into SCRIPT_NAME or, behind a script, into PATH_INFO. */
    private static String pathOf(Request request) {
        String pathInfo = request.param("PATH_INFO");
        return pathInfo.isEmpty() ? request.param("SCRIPT_NAME") : pathInfo;
    }
}
