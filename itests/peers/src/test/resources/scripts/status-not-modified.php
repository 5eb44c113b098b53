<?php
// SPDX-License-Identifier: Apache-2.0
header('ETag: "x"');
http_response_code(304);
