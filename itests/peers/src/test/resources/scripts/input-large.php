<?php
// SPDX-License-Identifier: Apache-2.0
// @method POST
// @header Content-Type: application/octet-stream
// @body-bytes 300000
echo md5(file_get_contents('php://input')), "\n";
