# SPDX-License-Identifier: Apache-2.0
# Debian's php-fpm, itself hardly confined: what is looked at are its hats.
abi <abi/3.0>,
include <tunables/global>

profile php-fpm {
  include <abstractions/base>
  file,
  capability,
  network,
  signal,
  ptrace,
  change_profile -> php-fpm//*,
  include <hatter.d>
}
