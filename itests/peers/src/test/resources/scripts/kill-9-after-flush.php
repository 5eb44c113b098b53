<?php
// SPDX-License-Identifier: Apache-2.0
// @alone
// @pieces 1
require __DIR__ . '/pieces.inc';
piece(1, "text\n");
posix_kill(getmypid(), 9);
sleep(10);
