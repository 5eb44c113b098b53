<?php
// SPDX-License-Identifier: Apache-2.0
header_register_callback(fn () => header('X-Called: 1'));
echo "text\n";
