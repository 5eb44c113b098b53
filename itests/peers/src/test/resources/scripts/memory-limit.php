<?php
// SPDX-License-Identifier: Apache-2.0
ini_set('memory_limit', '8M');
echo "text\n";
$text = str_repeat('x', 100_000_000);
