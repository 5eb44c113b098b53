<?php
// SPDX-License-Identifier: Apache-2.0
// @header Accept-Encoding: gzip
ob_start('ob_gzhandler');
echo str_repeat("text\n", 1000);
