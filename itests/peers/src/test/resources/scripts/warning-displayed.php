<?php
// SPDX-License-Identifier: Apache-2.0
// @pool php_flag[display_errors] = on
// @pool php_flag[html_errors] = on
echo $undefined, "text\n";
