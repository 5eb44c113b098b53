<?php
// SPDX-License-Identifier: Apache-2.0
header('X-Large: ' . str_repeat('x', 9000));
echo "text\n";
