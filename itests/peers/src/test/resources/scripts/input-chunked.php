<?php
// SPDX-License-Identifier: Apache-2.0
// @method POST
// @header Content-Type: application/octet-stream
// @chunked
// @body 0123456789
echo $_SERVER['CONTENT_LENGTH'], ' ', strlen(file_get_contents('php://input')), "\n";
