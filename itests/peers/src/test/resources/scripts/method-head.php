<?php
// SPDX-License-Identifier: Apache-2.0
// @method HEAD
header('X-Said: 1');
echo "text\n";
