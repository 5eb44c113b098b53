<?php
// SPDX-License-Identifier: Apache-2.0
// @alone
error_log(str_repeat('x', 3000));
error_log(str_repeat('y', 20000));
echo "text\n";
