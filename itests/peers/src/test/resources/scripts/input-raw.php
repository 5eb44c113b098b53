<?php
// SPDX-License-Identifier: Apache-2.0
// @method PUT
// @header Content-Type: application/octet-stream
// @body 0123456789
$in = fopen('php://input', 'rb');
echo fread($in, 3), '|', stream_get_contents($in), "\n";
