<?php
// SPDX-License-Identifier: Apache-2.0
// @pool request_terminate_timeout = 1s
// @pieces 1
require __DIR__ . '/pieces.inc';
piece(1, "text\n");
sleep(10);
