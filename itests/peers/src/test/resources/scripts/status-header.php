<?php
// SPDX-License-Identifier: Apache-2.0
header('Status: 404 Not here');
echo "text\n";
