<?php
// SPDX-License-Identifier: Apache-2.0
header('Content-Length: 5');
echo "text\n";
