<?php
// SPDX-License-Identifier: Apache-2.0
register_shutdown_function(function () {
    echo "shutdown\n";
    exit(4);
});
echo "text\n";
