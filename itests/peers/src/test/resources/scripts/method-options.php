<?php
// SPDX-License-Identifier: Apache-2.0
// @method OPTIONS
header('Allow: GET');
echo $_SERVER['REQUEST_METHOD'], "\n";
