<?php
// SPDX-License-Identifier: Apache-2.0
// @param PHP_VALUE precision=3
// @param PHP_ADMIN_VALUE user_agent=told
echo 1 / 3, ' ', ini_get('user_agent'), "\n";
