<?php
// SPDX-License-Identifier: Apache-2.0
// @param HTTP_AUTHORIZATION Basic dXNlcjpwYXNz
echo $_SERVER['PHP_AUTH_USER'], ' ', $_SERVER['PHP_AUTH_PW'], "\n";
