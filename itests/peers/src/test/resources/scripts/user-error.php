<?php
// SPDX-License-Identifier: Apache-2.0
trigger_error('no way on', E_USER_ERROR);
echo "never seen\n";
