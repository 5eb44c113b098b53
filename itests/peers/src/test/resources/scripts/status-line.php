<?php
// SPDX-License-Identifier: Apache-2.0
header("HTTP/1.1 418 I'm a teapot");
echo "text\n";
