<?php
// SPDX-License-Identifier: Apache-2.0
// @leave
require __DIR__ . '/pieces.inc';
register_shutdown_function(function () {
    echo "nobody reads it\n";
    file_put_contents($_SERVER['MARK'], 'shut down, aborted ' . connection_aborted());
});
left_after("text\n");
while (say_on()) {
}
