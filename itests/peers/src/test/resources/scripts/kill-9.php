<?php
// SPDX-License-Identifier: Apache-2.0
// @alone
echo "text\n";
posix_kill(getmypid(), 9);
sleep(10);
