<?php
// SPDX-License-Identifier: Apache-2.0
echo "text\n";
flush();
absent_function();
