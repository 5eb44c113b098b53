<?php
// SPDX-License-Identifier: Apache-2.0
header('X-Gone: 1');
header_remove('X-Gone');
header_remove('X-Powered-By');
header('Content-Type:');
echo "text\n";
