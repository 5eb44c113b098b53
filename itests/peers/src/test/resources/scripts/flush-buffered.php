<?php
// SPDX-License-Identifier: Apache-2.0
// @pool php_admin_value[output_buffering] = 4096
require __DIR__ . '/pieces.inc';
echo "in PHP's buffer\n";
flush();
echo ob_get_length(), "\n";
