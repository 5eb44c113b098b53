<?php
// SPDX-License-Identifier: Apache-2.0
header('Location: http://elsewhere.test/', true, 307);
echo "text\n";
