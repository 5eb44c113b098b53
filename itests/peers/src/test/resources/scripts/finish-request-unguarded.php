<?php
// SPDX-License-Identifier: Apache-2.0
// @alone
echo "text\n";
fastcgi_finish_request();
