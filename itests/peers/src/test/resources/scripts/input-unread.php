<?php
// SPDX-License-Identifier: Apache-2.0
// @method POST
// @header Content-Type: application/octet-stream
// @body-bytes 300000
echo $_SERVER['CONTENT_LENGTH'], "\n";
