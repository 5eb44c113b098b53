<?php
// SPDX-License-Identifier: Apache-2.0
header('HTTP/1.0 404 Not Found');
echo "text\n";
