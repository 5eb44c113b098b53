<?php
// SPDX-License-Identifier: Apache-2.0
setcookie('a', 'b c', 2_000_000_000, '/path', 'example.test', true, true);
setcookie('gone', '');
setrawcookie('raw', 'x%20y');
setcookie('strict', '1', ['samesite' => 'Strict']);
echo "text\n";
