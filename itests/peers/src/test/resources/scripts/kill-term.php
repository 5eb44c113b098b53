<?php
// SPDX-License-Identifier: Apache-2.0
// @alone
posix_kill(getmypid(), 15);
echo "text\n";
