<?php
// SPDX-License-Identifier: Apache-2.0
header('Content-Length: 3');
echo "text\n";
