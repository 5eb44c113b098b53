<?php
// SPDX-License-Identifier: Apache-2.0
// @leave
require __DIR__ . '/pieces.inc';
ignore_user_abort(true);
left_after("text\n");
while (say_on() && !connection_aborted()) {
}
file_put_contents($_SERVER['MARK'], 'aborted ' . connection_aborted());
