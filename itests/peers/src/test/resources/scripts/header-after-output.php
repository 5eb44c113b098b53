<?php
// SPDX-License-Identifier: Apache-2.0
// @pool php_admin_value[output_buffering] = 0
echo "text\n";
header('X-Late: 1');
var_dump(headers_sent());
