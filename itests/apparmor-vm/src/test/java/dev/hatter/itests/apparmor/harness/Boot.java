// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.harness;

/** The guests that the tests share: each is run once, when the first test asks for it. */
public enum Boot {
    /** AppArmor as Debian has it; with room for each refusal in the log. */
    CONFINED("confined", "apparmor=1 security=apparmor log_buf_len=16M audit_backlog_limit=65536"),
    /** No AppArmor in the kernel. */
    WITHOUT("without", "apparmor=0");

    private final String script;
    private final String kernelParameters;
    private Guest guest;
    private Throwable failure;

    Boot(String script, String kernelParameters) {
        this.script = script;
        this.kernelParameters = kernelParameters;
    }

    /** What it brought back; if it failed, or can't run here, that again for each test. */
    public synchronized Guest guest() throws Throwable {
        if (failure != null) {
            throw failure;
        }
        if (guest == null) {
            try {
                guest = Guest.run(script, kernelParameters);
            } catch (RuntimeException | Error e) {
                failure = e;
                throw e;
            }
        }
        return guest;
    }
}
