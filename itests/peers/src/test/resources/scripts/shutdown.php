<?php
// SPDX-License-Identifier: Apache-2.0
register_shutdown_function(function () {
    echo "shutdown\n";
    file_put_contents($_SERVER['MARK'], 'shut down');
});
echo "text\n";
