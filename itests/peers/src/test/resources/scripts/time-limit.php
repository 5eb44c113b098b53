<?php
// SPDX-License-Identifier: Apache-2.0
set_time_limit(1);
echo "text\n";
while (true) {
}
