<?php
// SPDX-License-Identifier: Apache-2.0
// @pool pm.max_children = 3
// @pool php_value[session.save_path] = @MARK@
// @times 4
session_id('fixed');
session_start();
$_SESSION['n'] = ($_SESSION['n'] ?? 0) + 1;
echo $_SESSION['n'], "\n";
