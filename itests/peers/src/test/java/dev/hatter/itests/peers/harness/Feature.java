// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/** What has to work between every web server and every program; a column of the table each. */
public enum Feature {
    PAGE("page") {
        @Override
        public void check(FrontServer.Front front, Application application) {
            assertThat(page(front, application.script() + "?plain"))
                    .startsWith("Hello from")
                    .contains("\nREQUEST_METHOD = GET\n");
        }
    },
    QUERY("query string") {
        @Override
        public void check(FrontServer.Front front, Application application) {
            String query = "plain&a=1%202&b=%C3%A9+%26&c";
            assertThat(page(front, application.script() + "?" + query)).contains("\nQUERY_STRING = " + query + "\n");
        }
    },
    FORM("POST form") {
        @Override
        public void check(FrontServer.Front front, Application application) {
            String form = "name=Hatter+%C3%A9&text=" + "x".repeat(20_000);
            HttpResponse<String> answer =
                    Http.post(front.uri(application.script() + "/echo"), "application/x-www-form-urlencoded", form);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(form);
        }
    },
    UPLOAD("upload") {
        @Override
        public void check(FrontServer.Front front, Application application) {
            HttpResponse<String> answer = Http.upload(front.uri(application.script() + "/checksum"), UPLOADED);
            assertThat(answer.body().strip()).isEqualTo(Pattern.checksum(UPLOADED));
        }
    },
    DOWNLOAD("download") {
        @Override
        public void check(FrontServer.Front front, Application application) {
            assertThat(Http.download(front.uri(application.script() + "/download?bytes=" + DOWNLOADED)))
                    .isEqualTo(Pattern.checksum(DOWNLOADED));
        }
    },
    PATH_INFO("PATH_INFO") {
        @Override
        public void check(FrontServer.Front front, Application application) {
            assertThat(page(front, application.script() + "/some/path?plain"))
                    .contains("\nPATH_INFO = /some/path\n")
                    .contains("\nSCRIPT_NAME = " + application.script() + "\n");
        }
    },
    ABSENT("absent script") {
        @Override
        public boolean isFor(Application application) {
            return application != Application.RESPONDER; // it has a page for every path
        }

        @Override
        public void check(FrontServer.Front front, Application application) {
            int status =
                    Http.get(front.uri("/absent" + application.extension())).statusCode();
            // fcgiwrap refuses what it can't find; most web servers look before they ask it
            assertThat(status).isIn(404, application == Application.FCGIWRAP ? 403 : 404);
        }
    },
    LARGE_HEADERS("large headers") {
        @Override
        public void check(FrontServer.Front front, Application application) {
            HttpResponse<String> answer =
                    Http.get(front.uri(application.script() + "?plain&header=" + HEADER_OUT), "X-In", LARGE);
            assertThat(answer.body()).contains("\nHTTP_X_IN = " + LARGE + "\n");
            if (application != Application.RESPONDER) { // it sends none of its own
                assertThat(answer.headers().firstValue("X-Large").orElse("")).hasSize(HEADER_OUT);
            }
        }
    },
    LOAD("keep-alive load") {
        @Override
        public void check(FrontServer.Front front, Application application) {
            int requests = application == Application.FCGIWRAP ? 200 : 2000; // it forks for each
            Load load = Load.run(front.uri(application.script() + "/download?bytes=100"), requests, 16);
            Logs.say("      %s", load);
            assertThat(load.complete()).isEqualTo(requests);
            assertThat(load.failed()).isZero();
        }
    };

    private static final long UPLOADED = 8 << 20;
    private static final long DOWNLOADED = 16 << 20;
    /** Below the 8 KiB that web servers take as they come. */
    private static final String LARGE = "v".repeat(6000);
    /** Below the 4 KiB that nginx takes from a FastCGI program as it comes. */
    private static final int HEADER_OUT = 3000;

    private final String title;

    Feature(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    public boolean isFor(Application application) {
        return true;
    }

    /** Throws an AssertionError that says why it doesn't work. */
    public abstract void check(FrontServer.Front front, Application application);

    private static String page(FrontServer.Front front, String path) {
        HttpResponse<String> answer = Http.get(front.uri(path));
        assertThat(answer.statusCode()).as("status of %s", path).isEqualTo(200);
        return answer.body();
    }
}
