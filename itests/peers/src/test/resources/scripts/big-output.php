<?php
// SPDX-License-Identifier: Apache-2.0
header('Content-Type: application/octet-stream');
for ($i = 0; $i < 3000; $i++) {
    echo md5((string) $i), str_repeat(chr($i % 256), 1000);
}
