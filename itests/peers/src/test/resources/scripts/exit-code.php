<?php
// SPDX-License-Identifier: Apache-2.0
echo "text\n";
exit(3);
