<?php
// SPDX-License-Identifier: Apache-2.0
// @leave
require __DIR__ . '/pieces.inc';
register_shutdown_function(fn () => file_put_contents($_SERVER['MARK'], 'status ' . connection_status()));
left_after("text\n");
while (say_on()) {
}
file_put_contents($_SERVER['MARK'], 'went on to its end');
