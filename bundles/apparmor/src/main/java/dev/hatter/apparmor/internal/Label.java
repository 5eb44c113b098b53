// SPDX-License-Identifier: Apache-2.0
package dev.hatter.apparmor.internal;

/**
 * What a task wears.
 *
 * @param name the profile's; "unconfined" for none
 * @param mode "enforce", "complain", "kill" and so on; null where the kernel names none, as for "unconfined"
 */
record Label(String name, String mode) {
    private static final String UNCONFINED = "unconfined";

    boolean isUnconfined() {
        return name.equals(UNCONFINED);
    }

    /** As the kernel writes it. */
    @Override
    public String toString() {
        return mode == null ? name : name + " (" + mode + ")";
    }
}
