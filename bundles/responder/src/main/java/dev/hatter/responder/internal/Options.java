// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

/**
 * How to run.
 *
 * @param connections how many are served at once; more wait in the socket's backlog
 * @param polite serves no page that misbehaves
 * @param deaf never accepts a connection
 * @param die the code to exit with at once; -1 to live
 */
public record Options(int connections, boolean polite, boolean deaf, int die) {
    static final int DEFAULT_CONNECTIONS = 64;
    static final int MAX_CONNECTIONS = 1024;
    private static final int MAX_EXIT_CODE = 255;

    static final Options DEFAULT = new Options(DEFAULT_CONNECTIONS, false, false, -1);

    /** @throws IllegalArgumentException with a message for the user */
    public static Options parse(String[] args) {
        Options options = DEFAULT;
        for (int i = 0; i < args.length; i++) {
            options = switch (args[i]) {
                case "--connections" -> options.withConnections(number(args, ++i, 1, MAX_CONNECTIONS));
                case "--polite" -> new Options(options.connections, true, options.deaf, options.die);
                case "--deaf" -> new Options(options.connections, options.polite, true, options.die);
                case "--die" -> options.withDie(number(args, ++i, 0, MAX_EXIT_CODE));
                default ->
                    throw new IllegalArgumentException("unknown option \"" + args[i]
                            + "\": there are --connections N, --polite, --deaf and --die CODE");
            };
        }
        return options;
    }

    private Options withConnections(int number) {
        return new Options(number, polite, deaf, die);
    }

    private Options withDie(int code) {
        return new Options(connections, polite, deaf, code);
    }

    private static int number(String[] args, int index, int min, int max) {
        String option = args[index - 1];
        String value = index < args.length ? args[index] : "";
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the message below says it
        }
        throw new IllegalArgumentException(option + " \"" + value + "\": must be a number from " + min + " to " + max);
    }
}
