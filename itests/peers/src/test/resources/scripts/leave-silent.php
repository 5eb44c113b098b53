<?php
// SPDX-License-Identifier: Apache-2.0
// @leave
require __DIR__ . '/pieces.inc';
left_after("text\n");
usleep(200_000);
file_put_contents($_SERVER['MARK'], 'went on to its end, status ' . connection_status());
