<?php
// SPDX-License-Identifier: Apache-2.0
// @header Accept-Encoding: gzip
// @pool php_admin_flag[zlib.output_compression] = on
echo str_repeat("text\n", 1000);
