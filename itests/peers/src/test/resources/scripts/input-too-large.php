<?php
// SPDX-License-Identifier: Apache-2.0
// @method POST
// @header Content-Type: application/x-www-form-urlencoded
// @pool php_admin_value[post_max_size] = 1K
// @body-bytes 3000
echo count($_POST), ' ', strlen(file_get_contents('php://input')), "\n";
