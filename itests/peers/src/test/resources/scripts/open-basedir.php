<?php
// SPDX-License-Identifier: Apache-2.0
// @pool php_admin_value[open_basedir] = @SITE@
var_dump(@file_get_contents('/etc/hostname'));
include '/etc/hostname';
