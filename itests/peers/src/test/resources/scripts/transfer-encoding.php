<?php
// SPDX-License-Identifier: Apache-2.0
header('Transfer-Encoding: chunked');
echo "5\r\ntext\n\r\n0\r\n\r\n";
