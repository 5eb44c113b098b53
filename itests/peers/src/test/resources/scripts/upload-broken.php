<?php
// SPDX-License-Identifier: Apache-2.0
// @method POST
// @header Content-Type: multipart/form-data
// @body --b
echo count($_FILES), "\n";
