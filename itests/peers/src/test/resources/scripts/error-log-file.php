<?php
// SPDX-License-Identifier: Apache-2.0
// @pool php_admin_value[error_log] = @MARK@.log
error_log('to a file');
echo "text\n";
