<?php
// SPDX-License-Identifier: Apache-2.0
// @mark
echo "text\n";
if (function_exists('fastcgi_finish_request')) {
    fastcgi_finish_request();
}
echo "more\n";
file_put_contents($_SERVER['MARK'], 'finished');
