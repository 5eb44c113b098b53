<?php
// SPDX-License-Identifier: Apache-2.0
// @pool php_admin_value[disable_functions] = exec,system
var_dump(function_exists('exec'));
system('true');
