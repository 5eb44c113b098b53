<?php
// SPDX-License-Identifier: Apache-2.0
// @method POST
// @header Content-Type: application/x-www-form-urlencoded
// @body a=1&b[]=x%20y&b[]=%C3%BC
echo json_encode($_POST), file_get_contents('php://input'), "\n";
