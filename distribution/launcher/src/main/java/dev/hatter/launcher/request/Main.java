// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher.request;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * {@code bin/hatter request}: asks a FastCGI application for a page, as curl asks a web server. Exit code 0 for a status
 * below 400, 22 for one from 400 (as curl -f), 1 when there is no proper answer, 64 for wrong use.
 */
public final class Main {
    private static final int BUFFER = 64 * 1024;

    private static final int FAILED = 1;
    private static final int REFUSED = 22;
    private static final int USAGE = 64;

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        try {
            RequestOptions options = RequestOptions.parse(args);
            return options == null ? help() : run(options);
        } catch (UsageException e) {
            System.err.println("hatter request: " + e.getMessage() + "; see \"hatter request --help\"");
            return USAGE;
        }
    }

    private static int help() {
        System.out.print(RequestOptions.HELP);
        return 0;
    }

    private static int run(RequestOptions options) {
        try (OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
                RequestBody body = RequestBody.of(options.body())) {
            AnswerPrinter printer = new AnswerPrinter(out, System.err, options.showHead());
            try (Call call = Call.connect(options.address())) {
                call.exchange(RequestParams.of(options, body.length()), body.stream(), printer);
            }
            return printer.finish() < 400 ? 0 : REFUSED;
        } catch (IOException e) {
            System.err.println("hatter request: " + options.address() + ": " + Faults.text(e));
            return FAILED;
        }
    }
}
