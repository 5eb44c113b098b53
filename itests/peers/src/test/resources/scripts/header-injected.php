<?php
// SPDX-License-Identifier: Apache-2.0
header("X-One: 1\r\nX-Two: 2");
header("X-Nul: \0");
echo "text\n";
