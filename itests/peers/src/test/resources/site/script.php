<?php
// SPDX-License-Identifier: Apache-2.0
// A script under many names. Who can read this comment was sent its source.

header('Content-Type: text/plain');
echo 'ran ', basename(__FILE__), "\n";
foreach (['PHP_AUTH_USER', 'PHP_AUTH_PW', 'HTTP_AUTHORIZATION', 'PATH_INFO'] as $name) {
    echo $name, ' = ', $_SERVER[$name] ?? '', "\n";
}
echo 'body ', strlen(file_get_contents('php://input')), "\n";
