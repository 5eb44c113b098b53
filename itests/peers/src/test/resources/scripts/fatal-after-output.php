<?php
// SPDX-License-Identifier: Apache-2.0
echo "text\n";
absent_function();
