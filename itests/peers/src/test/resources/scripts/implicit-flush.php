<?php
// SPDX-License-Identifier: Apache-2.0
// @pieces 2
// @pool php_admin_flag[implicit_flush] = on
require __DIR__ . '/pieces.inc';
echo "(piece 1)\n";
wait_for(1);
echo "(piece 2)\n";
wait_for(2);
