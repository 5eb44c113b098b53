<?php
// SPDX-License-Identifier: Apache-2.0
// @pool php_admin_value[auto_prepend_file] = @SITE@/prepend.inc
// @pool php_admin_value[auto_append_file] = @SITE@/prepend.inc
echo "text\n";
