<?php
// SPDX-License-Identifier: Apache-2.0
ob_start(fn ($text) => strtoupper($text));
echo "text\n";
exit(1);
