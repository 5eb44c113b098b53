<?php
// SPDX-License-Identifier: Apache-2.0
header('Connection: keep-alive');
header('Keep-Alive: timeout=5');
echo "text\n";
