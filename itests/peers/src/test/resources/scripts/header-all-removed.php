<?php
// SPDX-License-Identifier: Apache-2.0
header_remove();
header('Content-Type: text/x-odd');
echo "text\n";
