<?php
// SPDX-License-Identifier: Apache-2.0
ob_start();
echo "never seen\n";
ob_end_clean();
ob_start();
echo "length ";
$text = ob_get_clean();
echo $text, strlen($text), "\n";
ob_start(fn ($text) => "[$text]");
ob_start(null, 3);
echo 'nested and not closed';
