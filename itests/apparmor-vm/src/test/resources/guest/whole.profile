# SPDX-License-Identifier: Apache-2.0
# A profile of its own, not below another, which only complains.
abi <abi/3.0>,
include <tunables/global>

profile lax flags=(complain) {
  include <abstractions/base>
}
