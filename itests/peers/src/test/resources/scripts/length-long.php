<?php
// SPDX-License-Identifier: Apache-2.0
header('Content-Length: 50');
echo "text\n";
